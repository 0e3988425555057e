"""`ctxsite schema`."""

from __future__ import annotations

import click

from ctxsite.cli import report


@click.command("schema")
@click.argument("what", type=click.Choice(["config", "front-matter"]), default="config")
def command(what: str) -> None:
    """Print a JSON Schema (2020-12) for editors: of ctxsite.yaml, or of pages' front matter."""
    if what == "config":
        from ctxsite.config.schema import json_schema
    else:
        from ctxsite.content.frontmatter import json_schema
    report.as_json(json_schema())
