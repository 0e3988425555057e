"""`ctxsite clean`."""

from __future__ import annotations

from pathlib import Path

import click

from ctxsite.cli import report
from ctxsite.cli.options import site_option


@click.command("clean")
@site_option
@click.option(
    "-d", "--output", "--destination", "output", type=click.Path(file_okay=False, path_type=Path),
    help="The output folder (default: the setting output_dir, `public`).",
)  # fmt: skip
@click.option("--cache", is_flag=True, help="Remove what builds remember (`.ctxsite`) instead.")
def command(site: Path, output: Path | None, cache: bool) -> None:
    """Remove what builds wrote; files that no build wrote stay."""
    if cache:
        from ctxsite.build.store import FOLDER
        from ctxsite.build.store import clean as forget

        there = forget(site)
        click.echo(f"{site / FOLDER}: {'removed' if there else 'there was none'}")
        return
    from ctxsite.build.load import read_config
    from ctxsite.build.publish import clean
    from ctxsite.config.read import read_settings

    if output is None:
        source, problems = read_config(site)
        if source is None:
            report.stop(problems)
        settings, problems = read_settings(source)
        if settings is None:
            report.stop(problems)
        output = site / settings.output_dir
    click.echo(f"{output}: {clean(output)} files removed")
