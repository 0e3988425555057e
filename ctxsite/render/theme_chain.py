"""Themes and their parents: which layers make a theme, found by asking for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_templates import (
    INVALID_THEME_FILE,
    THEME_CYCLE,
    THEME_WITHOUT_PAGE,
    UNKNOWN_PARENT_THEME,
)
from ctxsite.render.theme import Theme, ThemeFiles
from ctxsite.source import Location, Span
from ctxsite.syntax import nodes
from ctxsite.syntax.yaml import read_yaml

_KEYS = ("name", "parent", "description")


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
