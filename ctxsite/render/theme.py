"""A theme as a value: layers of files, the site's own before the theme's before its parent's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.source import SourceText

COMPONENTS = "components/"
"""The folder, below `templates/`, of the templates that directives call."""


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """What one layer holds.

    `label` is how its folder is named to people (`themes/plain/`, or `` for the site). `templates` are by their
    path below `templates/`, `static` paths of files by their path below `static/` (the value is the reader's
    affair), `catalogues` by language.
    """

    name: str
    label: str
    config: SourceText | None = None
    templates: Mapping[str, SourceText] = field(default_factory=dict)
    static: Mapping[str, str] = field(default_factory=dict)
    catalogues: Mapping[str, SourceText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Theme:
    """All layers, the strongest (the site's own) first."""

    layers: tuple[ThemeFiles, ...]

    def template(self, name: str, start: int = 0) -> tuple[int, SourceText] | None:
        """Return a template's text and the number of its layer, looking from layer `start` on; None if absent."""
        for number, layer in enumerate(self.layers[start:], start):
            if name in layer.templates:
                return number, layer.templates[name]
        return None

    def template_names(self) -> list[str]:
        """Return the names of all templates, sorted."""
        return sorted({name for layer in self.layers for name in layer.templates})

    def components(self) -> list[str]:
        """Return the names of all components, sorted."""
        return [
            name.removeprefix(COMPONENTS).removesuffix(".html")
            for name in self.template_names()
            if name.startswith(COMPONENTS)
        ]

    def catalogues(self) -> list[Mapping[str, SourceText]]:
        """Return the layers' catalogues, as `read_translations` takes them."""
        return [layer.catalogues for layer in self.layers]

    def static(self) -> dict[str, tuple[ThemeFiles, str]]:
        """Return each static file by its path in the output, with the layer that has it and its value there."""
        files: dict[str, tuple[ThemeFiles, str]] = {}
        for layer in self.layers:
            for name, path in layer.static.items():
                files.setdefault(name, (layer, path))
        return dict(sorted(files.items()))
