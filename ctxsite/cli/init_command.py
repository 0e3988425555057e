"""`ctxsite init`."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Make a small working site in DIR: two languages, three variants."""
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; name a new folder, or empty this one")
    count = _copy(files("ctxsite.cli") / "starter", folder)
    place = "" if folder == Path() else f" -s {folder}"
    click.echo(f"{folder}: {count} files made. Next:\n  ctxsite serve{place}\n  ctxsite build{place}")


def _copy(source: Traversable, target: Path) -> int:
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            count += _copy(entry, target / entry.name)
        elif not entry.name.endswith(".pyc"):
            (target / entry.name).write_bytes(entry.read_bytes())
            count += 1
    return count
