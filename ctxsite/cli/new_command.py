"""`ctxsite new`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path, PurePosixPath

import click

from ctxsite.cli.options import Instant, clock, site_option


@click.command("new")
@click.argument("path")
@site_option
@click.option("-t", "--title", help="The title (default: made from the file's name).")
@click.option("--now", type=Instant(), help="The date to put in (default: SOURCE_DATE_EPOCH, or now).")
def command(path: str, site: Path, title: str | None, now: dt.datetime | None) -> None:
    """Make the page PATH, for example `blog/winter-tips.md`, as a draft."""
    from ctxsite.content.paths import title_from

    wanted = PurePosixPath(path.replace("\\", "/"))
    if wanted.parts[:1] == ("content",):
        wanted = PurePosixPath(*wanted.parts[1:])
    if wanted.is_absolute() or ".." in wanted.parts or not wanted.name:
        raise click.UsageError(f"{path!r} must be a path below content/")
    if wanted.suffix != ".md":
        wanted = wanted.with_name(wanted.name + ".md")
    if not (site / "ctxsite.yaml").is_file():
        raise click.UsageError(f"{site} is no site: it has no ctxsite.yaml (make one with `ctxsite init`)")
    target = site / "content" / wanted
    if target.exists():
        raise click.UsageError(f"{target} exists already")
    stem = wanted.stem.split(".")[0]
    name = wanted.parent.name if stem in {"index", "_index"} else stem.split("@")[0]
    heading = json.dumps(title or title_from(name) or "Home", ensure_ascii=False)  # JSON text is YAML text
    lines = ["---", f"title: {heading}"]
    if "@" not in stem:
        lines += [f"date: {clock(now).date().isoformat()}", "draft: true"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join([*lines, "---", "", ""]), encoding="utf-8")
    click.echo(f"{target} made" + ("; it is a draft: build with -D to see it" if "@" not in stem else ""))
