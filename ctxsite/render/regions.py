"""Regions of a page that differ: an element that holds a default with its alternatives, inert, before it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ctxsite.frozen import dataclass
from ctxsite.model.meta import DEFAULT


@dataclass(frozen=True, slots=True)
class Alternative:
    """What stands in a region for some branches or variants; `names` are theirs, with spaces between them."""

    names: str
    html: str

    def element(self) -> str:
        """Return it as it stands within the page."""
        return f'<template data-v="{self.names}">{self.html}</template>'


def grouped(branches: Iterable[tuple[str, str]]) -> list[Alternative]:
    """Return the alternatives of branches (name, HTML); those with the same HTML share one."""
    shared: dict[str, list[str]] = {}
    for branch, html in branches:
        shared.setdefault(html, []).append(branch)
    return [Alternative(" ".join(names), html) for html, names in shared.items()]


def opening(kind: str, name: str, tag: str) -> str:
    """Return what stands before a region's alternatives. `kind` is `slot` or `vary`."""
    return f'<{tag} data-{kind}="{escape(name)}" data-shown="{DEFAULT}">'


def middle(tag: str, slot_line: str) -> str:
    """Return what stands between a region's alternatives and its default."""
    return f"<script>{slot_line}</script><{tag} data-default>"


def closing(tag: str) -> str:
    """Return what stands behind a region's default."""
    return f"</{tag}></{tag}>"
