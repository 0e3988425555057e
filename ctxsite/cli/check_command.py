"""`ctxsite check`."""

from __future__ import annotations

from typing import Any

import click

from ctxsite.cli import report
from ctxsite.cli.build_command import compiled_or_stop
from ctxsite.cli.options import Flags, build_options, clock_options, site_option


@click.command("check")
@site_option
@build_options
@clock_options
def command(**options: Any) -> None:
    """Check everything that `build` checks, and write nothing."""
    from ctxsite.diagnostics.json import all_as_data

    flags = Flags(**options)
    compiled = compiled_or_stop(flags)
    if flags.as_json:
        report.as_json({"ok": True, "diagnostics": all_as_data(compiled.diagnostics)})
        return
    report.show(compiled.diagnostics, verbose=bool(flags.verbose))
    if not flags.quiet:
        click.echo(f"{len(compiled.sitemap.pages)} pages checked: {report.tally(compiled.diagnostics)}")
    if flags.verbose:
        for page in compiled.sitemap.pages:
            click.echo(f"  {page.address}")
