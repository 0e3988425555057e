"""`ctxsite build` and what it shares with `ctxsite check`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from ctxsite.cli import report
from ctxsite.cli.options import Flags, build_options, clock_options, site_option

if TYPE_CHECKING:
    from ctxsite.build.pipeline import Compiled


def compiled_or_stop(flags: Flags) -> Compiled:
    """Compile the site with a sign of progress; end with exit code 1 if there is a problem."""
    from ctxsite.build.pipeline import compile_site

    progress = report.Progress(enabled=not flags.quiet and not flags.as_json)
    compiled = compile_site(flags.request(progress))
    progress.clear()
    if report.failed(compiled.diagnostics, flags.strict):
        report.stop(compiled.diagnostics, json_wanted=flags.as_json)
    return compiled


@click.command("build")
@site_option
@build_options
@clock_options
@click.option("--force", is_flag=True, help="Overwrite files in the output folder that no build of ours wrote.")
def command(force: bool, **options: Any) -> None:
    """Build the site into its output folder.

    Nothing is written if there is an error: the previous output stays as it is.
    """
    from ctxsite.build.publish import foreign, publish
    from ctxsite.diagnostics.json import all_as_data

    flags = Flags(**options)
    started = time.monotonic()
    compiled = compiled_or_stop(flags)
    diagnostics = compiled.diagnostics
    folder = compiled.output
    if not force and (found := foreign(compiled.artifacts, folder, flags.site)):
        report.stop((*diagnostics, *found), json_wanted=flags.as_json)
    try:
        done = publish(compiled.artifacts, folder, flags.site)
    except OSError as error:
        raise click.ClickException(f"cannot write to {folder}: {error.strerror or error}") from error
    seconds = time.monotonic() - started
    if flags.as_json:
        report.as_json({
            "ok": True,
            "output": str(folder),
            "pages": len(compiled.sitemap.pages),
            "written": done.written,
            "unchanged": done.unchanged,
            "removed": done.removed,
            "diagnostics": all_as_data(diagnostics),
        })  # fmt: skip
        return
    report.show(diagnostics)
    if flags.quiet:
        return
    variants = sum(len(page.variants) for page in compiled.sitemap.pages)
    click.echo(
        f"{len(compiled.sitemap.pages)} pages and {variants} variants in {len(compiled.settings.languages)} languages, "
        f"{seconds:.2f} s: {report.tally(diagnostics)}"
    )
    click.echo(f"{folder}: {done.written} files written, {done.unchanged} unchanged, {done.removed} removed")
    if flags.verbose:
        for artifact in compiled.artifacts:
            click.echo(f"  {artifact.path}")
