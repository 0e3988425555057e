"""A recalled site with templates and static files as they are now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ctxsite.build.load import file_digest, read_source
from ctxsite.build.quick_render import facts_of
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.model.address import Hosts
from ctxsite.model.artifact import Artifact
from ctxsite.render.reads import Fact
from ctxsite.render.theme import Theme, ThemeFiles

OF_THEME = frozenset({"asset", "template"})
"""Kinds of facts about files of themes."""


def maybe_of_theme(path: str) -> bool:
    """Tell whether a file of a site may be a template or a static file, by its path from the site's root."""
    return path.startswith(("templates/", "static/", "themes/"))


def renew_theme(recalled: Recalled, root: Path, changed: Collection[str]) -> tuple[set[Fact], list[Artifact], set[str]]:
    """Have a recalled site's theme as these files of the site are now.

    Returns the facts that are others now, the static files that differ, and which of the changed files are templates.
    Raises UncertainError where one of the files is no part of the theme, or cannot be read.
    """
    site = recalled.frame.site
    theme, templates = _with_templates(site.theme, root, changed)
    copied = _copied(site.theme, root, set(changed) - templates, site.settings.hosts)
    assets = {**site.assets, **{artifact.path: artifact.digest or "" for artifact in copied}}
    recalled.frame = replace(recalled.frame, site=replace(site, theme=theme, assets=assets))
    facts = facts_of(recalled, lambda _: None)
    stale = {fact for fact, was in recalled.facts.items() if fact[0] in OF_THEME and facts(fact) != was}
    return stale, copied, templates


def _with_templates(theme: Theme, root: Path, changed: Collection[str]) -> tuple[Theme, set[str]]:
    """Return a theme with the texts that files have now, and which of the files are templates."""
    found: set[str] = set()

    def renewed(layer: ThemeFiles) -> ThemeFiles:
        own = {name: source.path for name, source in layer.templates.items() if source.path in changed}
        texts = dict(layer.templates)
        for name, path in own.items():
            source, _ = read_source(root, path)
            if source is None:
                raise UncertainError
            texts[name] = source
        found.update(own.values())
        return replace(layer, templates=texts)

    return Theme(tuple(map(renewed, theme.layers))), found


def _copied(theme: Theme, root: Path, changed: Collection[str], hosts: Hosts) -> list[Artifact]:
    """Return the artifacts of static files, once for each host; of one that a stronger layer hides there is none."""
    found: list[Artifact] = []
    shown = {name: layer for name, (layer, _) in theme.static().items()}
    places = {f"{layer.label}static/{name}": (name, layer) for layer in theme.layers for name in layer.static}
    for path in changed:
        if path not in places:
            raise UncertainError
        name, layer = places[path]
        if shown[name] is layer:
            try:
                digest = file_digest(root, path)
            except OSError:
                raise UncertainError from None
            prefixes = ["", *(host.prefix[1:] for host in hosts.own)]
            found += [Artifact(prefix + name, copy_of=path, digest=digest) for prefix in prefixes]
    return found
