"""What commands print: diagnostics on standard error, results on standard output, progress on a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from typing import NoReturn

import click

from ctxsite.diagnostics import Diagnostic, Severity
from ctxsite.diagnostics.json import all_as_data
from ctxsite.diagnostics.text import render_all, summary

_MOST_OF_A_KIND = 20
"""Of one mistake that shows in thousands of places, a folder renamed say, so many are read."""
_FIRST_SIGN = 1.0
"""Seconds of silence before progress shows."""


def colours() -> bool:
    """Tell whether standard error takes colours (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def show(diagnostics: Sequence[Diagnostic], *, verbose: bool = True) -> None:
    """Print diagnostics for people; unless `verbose`, not very many of one kind."""
    if diagnostics:
        click.echo(render_all(diagnostics, colour=colours(), most=None if verbose else _MOST_OF_A_KIND), err=True)
        click.echo("", err=True)


def rendered(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the text of diagnostics, without colours."""
    return render_all(diagnostics)


def failed(diagnostics: Sequence[Diagnostic], strict: bool = False) -> bool:
    """Tell whether these diagnostics keep a build from being published."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in bad for diagnostic in diagnostics)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return "2 errors, 1 warning", or "no problems"."""
    return summary(diagnostics) or "no problems"


def as_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def stop(diagnostics: Sequence[Diagnostic], *, json_wanted: bool = False, verbose: bool = True) -> NoReturn:
    """Print diagnostics, as `show` does, and end with exit code 1."""
    if json_wanted:
        as_json({"ok": False, "diagnostics": all_as_data(diagnostics)})
    else:
        show(diagnostics, verbose=verbose)
        click.echo(tally(diagnostics), err=True)
    raise SystemExit(1)


class Progress:
    """A line on the terminal that tells the stage and how far it is; silent elsewhere, and in the first second."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr.isatty() and not os.environ.get("CI")
        self._started = time.monotonic()
        self._shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of `total` are done in `stage`."""
        if self._enabled and time.monotonic() - self._started > _FIRST_SIGN:
            sys.stderr.write(f"\r\x1b[K{stage} {done}/{total}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
