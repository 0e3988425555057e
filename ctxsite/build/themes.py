"""Themes and strings, read from disk: the site's own layer, its theme, and that one's parents."""

from __future__ import annotations

from pathlib import Path

from ctxsite.build.load import Loaded, ThemeFolder, find_theme, read_sources, theme_names
from ctxsite.config.settings import Settings
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_files import UNKNOWN_THEME
from ctxsite.render.theme import Theme, ThemeFiles
from ctxsite.render.theme_chain import assemble_theme
from ctxsite.source import Location, Span


def read_theme(
    files: Loaded, settings: Settings, place: Span | Location | None
) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """Read the site's theme and its parents. `place` is where the configuration names it."""
    diagnostics: list[Diagnostic] = []

    def find(name: str) -> ThemeFiles | None:
        folder, found = find_theme(files.root, name)
        diagnostics.extend(found)
        return _files(folder, diagnostics) if folder else None

    theme = find(settings.theme)
    if theme is None:
        known = theme_names(files.root)
        message = f"there is no theme `{settings.theme}`"
        return None, (UNKNOWN_THEME.at(place, message, help=did_you_mean(settings.theme, known)),)
    chain, found = assemble_theme(_site_layer(files, diagnostics), theme, find, theme_names(files.root))
    return chain, (*diagnostics, *found)


def _site_layer(files: Loaded, diagnostics: list[Diagnostic]) -> ThemeFiles:
    templates, found = read_sources(files.root, files.templates)
    catalogues, more = read_sources(files.root, files.catalogues)
    diagnostics += (*found, *more)
    return ThemeFiles(
        "the site",
        "",
        None,
        {path.removeprefix("templates/"): source for path, source in templates.items()},
        {path.removeprefix("static/"): path for path in files.static},
        {Path(path).stem: source for path, source in catalogues.items()},
    )


def _files(folder: ThemeFolder, diagnostics: list[Diagnostic]) -> ThemeFiles:
    def texts(prefix: str, ending: str = "") -> dict[str, str]:
        paths = (path for path in folder.files if path.startswith(prefix) and path.endswith(ending))
        return {path.removeprefix(prefix): path for path in paths}

    named = texts("templates/")
    catalogues = texts("i18n/", ".po")
    config = [path for path in folder.files if path == "theme.yaml"]
    sources, found = read_sources(folder.root, (*named.values(), *catalogues.values(), *config), folder.label)
    diagnostics += found
    return ThemeFiles(
        folder.name,
        folder.label,
        sources.get("theme.yaml"),
        {name: sources[path] for name, path in named.items() if path in sources},
        {name: str(folder.root / path) for name, path in texts("static/").items()},
        {Path(name).stem: sources[path] for name, path in catalogues.items() if path in sources},
    )
