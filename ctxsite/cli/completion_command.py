"""`ctxsite completion SHELL`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ctxsite.cli.main import main


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the code that completes ctxsite's commands and options in SHELL.

    For example, put `eval "$(ctxsite completion bash)"` into ~/.bashrc.
    """
    kind = get_completion_class(shell)
    assert kind is not None, "the choices above are those that click knows"  # noqa: S101
    click.echo(kind(main, {}, "ctxsite", "_CTXSITE_COMPLETE").source())
