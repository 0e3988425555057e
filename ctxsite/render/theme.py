"""A theme as a value: layers of files, the site's own before the theme's before its parent's.

Whoever reads files hands them in as `ThemeFiles`; which parents are needed is found here, by asking for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_templates import (
    INVALID_THEME_FILE,
    THEME_CYCLE,
    THEME_WITHOUT_PAGE,
    UNKNOWN_PARENT_THEME,
)
from ctxsite.source import Location, SourceText, Span
from ctxsite.syntax import nodes
from ctxsite.syntax.yaml import read_yaml

COMPONENTS = "components/"
"""The folder, below `templates/`, of the templates that directives call."""

_KEYS = ("name", "parent", "description")


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


def assemble_theme(
    site: ThemeFiles, theme: ThemeFiles, find: Callable[[str], ThemeFiles | None], available: Iterable[str]
) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Make the chain site → theme → parent → ….

    `find` returns a theme's files by name, or None; `available` are the names it knows, for suggestions.
    """
    layers, diagnostics = [site, theme], list[Diagnostic]()
    while True:
        current = layers[-1]
        parent, found = _parent(current)
        diagnostics += found
        if parent is None:
            break
        name = str(parent.value)
        chain = [layer.name for layer in layers[1:]]
        if name in chain:
            circle = " → ".join([*chain[chain.index(name) :], name])
            diagnostics.append(THEME_CYCLE.at(parent.span, f"themes inherit in a circle: {circle}"))
            break
        files = find(name)
        if files is None:
            message = f"there is no theme `{name}`"
            diagnostics.append(UNKNOWN_PARENT_THEME.at(parent.span, message, help=did_you_mean(name, available)))
            break
        layers.append(files)
    result = Theme(tuple(layers))
    if not diagnostics and result.template("page.html") is None:
        diagnostics.append(_without_page(result, theme))
    return result, tuple(diagnostics)


def _without_page(theme: Theme, files: ThemeFiles) -> Diagnostic:
    place = Location(f"{files.label}templates/page.html", 1, 1, 2, "")
    near = did_you_mean("page.html", theme.template_names())
    message = f"the theme `{files.name}` has no template `page.html`"
    return THEME_WITHOUT_PAGE.at(place, message, help=near if near and near.startswith("did") else None)


def _parent(files: ThemeFiles) -> tuple[nodes.Scalar | None, tuple[Diagnostic, ...]]:
    """Return the `parent:` of a layer's `theme.yaml`, if it has one."""
    if files.config is None:
        return None, ()
    root, diagnostics = read_yaml(files.config)
    if root is None:
        return None, diagnostics
    if not isinstance(root, nodes.Mapping):
        return None, (*diagnostics, _invalid(root.span, f"this is {nodes.kind(root)}, not a mapping of keys"))
    found = list(diagnostics)
    for key, value in root.entries:
        if key.value not in _KEYS:
            message = f"unknown key `{key.value}`"
            found.append(INVALID_THEME_FILE.at(key.span, message, help=did_you_mean(str(key.value), _KEYS)))
        elif not (isinstance(value, nodes.Scalar) and isinstance(value.value, str)):
            found.append(_invalid(value.span, f"`{key.value}` is a text, but this is {nodes.kind(value)}"))
    parent = root.get("parent")
    usable = isinstance(parent, nodes.Scalar) and isinstance(parent.value, str)
    return parent if usable and isinstance(parent, nodes.Scalar) else None, tuple(found)


def _invalid(span: Span, message: str) -> Diagnostic:
    return INVALID_THEME_FILE.at(span, message)
