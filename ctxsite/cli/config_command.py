"""`ctxsite config`."""

from __future__ import annotations

from pathlib import Path

import click

from ctxsite.cli import report
from ctxsite.cli.options import site_option


@click.command("config")
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of YAML.")
def command(site: Path, as_json: bool) -> None:
    """Show the settings in effect, defaults included."""
    from ctxsite.build.load import read_config
    from ctxsite.config.read import read_settings
    from ctxsite.config.show import effective

    source, problems = read_config(site)
    if source is None:
        report.stop(problems, json_wanted=as_json)
    settings, problems = read_settings(source)
    if settings is None or report.failed(problems):
        report.stop(problems, json_wanted=as_json)
    if as_json:
        report.as_json(effective(settings))
        return
    import yaml

    click.echo(yaml.safe_dump(effective(settings), allow_unicode=True, sort_keys=False), nl=False)
    report.show(problems)
