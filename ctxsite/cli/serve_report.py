"""What `ctxsite serve` says on the terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

import ctxsite
from ctxsite.cli import report
from ctxsite.cli.report import tally

if TYPE_CHECKING:
    from ctxsite.server.rebuild import Report

_NAMED = 2


class Teller:
    """Tells of builds; `verbose` names every file, `quiet` leaves out what went well."""

    def __init__(self, site: Path, *, quiet: bool, verbose: int) -> None:
        self._site = site.absolute()
        self._quiet = quiet
        self._verbose = verbose
        self._addressed = False
        self._first = True
        self._said = ""
        self._held: Report | None = None

    def note(self, text: str) -> None:
        """Say something about the server itself."""
        click.echo(f"  {text}", err=True)

    def addresses(self, rows: Sequence[tuple[str, str]], code: str = "") -> None:
        """Say where the site is; `code` is the address to show as a QR code, for telephones."""
        if not self._quiet:
            click.echo(f"\n  {self._paint('ctxsite', bold=True)} {ctxsite.__version__}  {self._site.name}\n")
        width = max(len(name) for name, _ in rows) + 2
        for name, url in rows:
            click.echo(f"  {name + ':':{width}}{self._paint(url, fg='cyan')}")
        if not self._quiet:
            click.echo(self._paint("\n  Changes show by themselves; Ctrl-C ends.\n", dim=True))
        if code:
            self._code(code)
        self._addressed = True
        if self._held is not None:
            self.built(self._held)

    @staticmethod
    def _code(url: str) -> None:
        import segno

        drawn = StringIO()
        segno.make(url, micro=False).terminal(drawn, compact=True)
        click.echo(drawn.getvalue())

    def built(self, found: Report) -> None:
        """Say what was built, and why, and what is wrong; of the first build, after the addresses."""
        if not self._addressed:
            self._held = found
            return
        why = self._why(found.paths)
        took = f"{found.seconds * 1000:.0f} ms"
        if found.built is None:
            self._line(why, self._paint(found.failure, fg="red"))
            if self._verbose and found.details:
                click.echo(found.details, err=True)
            return
        said = found.built.compiled.diagnostics
        text = report.rendered(said)
        if text and text != self._said:
            report.show(said, verbose=bool(self._verbose))
        self._said = text
        if not found.built.ok:
            kept = "" if self._first else "; the last good pages stay"
            self._line(why, self._paint(f"{tally(said)}{kept}", fg="red"), f"({took})")
        elif self._first or found.paths or found.changed or found.mended or self._verbose:
            self._good(found, why, took)
        self._first = self._first and not found.built.ok

    def _good(self, found: Report, why: str, took: str) -> None:
        assert found.built is not None  # noqa: S101
        if self._quiet:
            return
        said = found.built.compiled.diagnostics
        if self._first:
            count = len(found.built.compiled.sitemap.pages)
            what = f"{count} page{'' if count == 1 else 's'} built in {took}"
        else:
            what = f"{_counted(found.changed)} in {took}"
        mended = self._paint("mended, ", fg="green") if found.mended else ""
        self._line(why, mended + what + (f", {tally(said)}" if said else ""))
        for path in found.changed if self._verbose and not self._first else ():
            click.echo(f"            {path}")

    def _line(self, why: str, *rest: str) -> None:
        now = dt.datetime.now().astimezone().strftime("%H:%M:%S")
        click.echo(" ".join([f"  {self._paint(now, dim=True)} ", *([f"{why}:"] if why else []), *rest]))

    def _why(self, paths: Sequence[str]) -> str:
        names = [self._short(path) for path in paths]
        if self._verbose or len(names) <= _NAMED:
            return ", ".join(names)
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"

    def _short(self, path: str) -> str:
        real = self._site.resolve()
        return str(Path(path).relative_to(real)) if Path(path).is_relative_to(real) else path

    @staticmethod
    def _paint(text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
        colour = sys.stdout.isatty() and report.colours()
        return click.style(text, fg=fg, bold=bold or None, dim=dim or None) if colour else text


def _counted(changed: Sequence[str]) -> str:
    pages = sum(path.endswith(".html") for path in changed)
    others = len(changed) - pages
    counted = [
        f"{number} {name}{'' if number == 1 else 's'}" for number, name in ((pages, "page"), (others, "file")) if number
    ]
    return " and ".join(counted) or "no page differs"
