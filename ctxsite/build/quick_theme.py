"""A recalled theme with templates as they are now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ctxsite.build.load import read_source
from ctxsite.build.recall import UncertainError
from ctxsite.render.theme import Theme, ThemeFiles


def maybe_template(path: str) -> bool:
    """Tell whether a file of a site may be a template, by its path from the site's root."""
    return path.startswith(("templates/", "themes/"))


def with_templates(theme: Theme, root: Path, changed: Collection[str]) -> Theme:
    """Return a theme with the texts that these files of the site have now.

    Raises UncertainError where one of them is no template of the theme, or cannot be read.
    """
    found: set[str] = set()

    def renewed(layer: ThemeFiles) -> ThemeFiles:
        own = {name: source.path for name, source in layer.templates.items() if source.path in changed}
        read = {name: read_source(root, path)[0] for name, path in own.items()}
        texts = {name: source for name, source in read.items() if source is not None}
        found.update(own[name] for name in texts)
        return replace(layer, templates={**layer.templates, **texts})

    layers = tuple(map(renewed, theme.layers))
    if found != set(changed):
        raise UncertainError
    return Theme(layers)
