"""The reference of commands, out of click's own description of them."""

from __future__ import annotations

import click

from ctxsite.cli.main import COMMANDS, main
from tests.docs.pages import table


def command_reference(name: str) -> str:
    """Return what a command takes: its usage, its text, its options."""
    context = click.Context(main, info_name="ctxsite")
    command = main.get_command(context, name)
    assert command is not None
    inner = click.Context(command, info_name=name, parent=context)
    usage = command.get_usage(inner).removeprefix("Usage: ")
    options = [
        (", ".join(f"`{word}`" for word in _spellings(option, inner)), option.help or "")
        for option in command.get_params(inner)
        if isinstance(option, click.Option) and "--help" not in option.opts
    ]
    text = f"```text\n{' '.join(usage.split())}\n```\n\n{_paragraphs(command.help or '')}\n"
    return text + ("\n" + table(("option", "meaning"), options) if options else "")


def _spellings(option: click.Option, context: click.Context) -> list[str]:
    takes = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return [*option.opts[:-1], option.opts[-1] + takes]


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).replace("\b", "")


def overview() -> str:
    """Return the list of commands."""
    return table(("command", ""), [(f"[`{name}`](#ctxsite-{name})", text) for name, text in sorted(COMMANDS.items())])
