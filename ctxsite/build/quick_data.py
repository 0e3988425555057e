"""A recalled site with data as it is now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from ctxsite.build.data import data_names
from ctxsite.build.load import read_source
from ctxsite.build.quick_render import facts_of
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.render.reads import Fact
from ctxsite.syntax.data import read_data


def renew_data(recalled: Recalled, root: Path, changed: Collection[str]) -> set[Fact]:
    """Have a recalled site's data as these files of the site are now. Return the facts that are others now.

    Raises UncertainError where there is anything to say about one of them.
    """
    site = recalled.frame.site
    data = site.data
    for path in changed:
        data = _with(data, data_names(path), _value(root, path))
    recalled.frame = replace(recalled.frame, site=replace(site, data=data))
    facts = facts_of(recalled, lambda _: None)
    return {fact for fact, was in recalled.facts.items() if fact[0] == "data" and facts(fact) != was}


def _value(root: Path, path: str) -> object:
    source, found = read_source(root, path)
    value, faults = read_data(source) if source is not None else (None, found)
    if faults:
        raise UncertainError
    return value


def _with(data: Mapping[str, object], names: tuple[str, ...], value: object) -> dict[str, object]:
    """Return data with another value in the place of one that is there."""
    name, *inner = names
    if inner:
        value = _with(cast(Mapping[str, object], data[name]), tuple(inner), value)
    return {**data, name: value}
