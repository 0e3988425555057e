"""The command line. Each command is a module of this package, imported when it is run."""

from __future__ import annotations

from importlib import import_module

import click

import ctxsite

COMMANDS = {
    "build": "Build the site into its output folder.",
    "check": "Check everything that `build` checks, and write nothing.",
    "clean": "Remove what builds wrote.",
    "codes": "Explain the codes of diagnostics.",
    "completion": "Print the code that completes commands in your shell.",
    "config": "Show the settings in effect.",
    "explain": "Say which variant a visitor gets, and why.",
    "i18n": "Keep translations up to date: strings and pages.",
    "init": "Make a small working site.",
    "list": "List pages, languages and variants.",
    "new": "Make a page.",
    "schema": "Print the JSON Schema of the settings or of front matter.",
    "serve": "Show the site in browsers while it is written.",
}


class Commands(click.Group):
    """A group whose commands are modules: listing them costs no import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, or return None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"ctxsite.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a name that is none, suggest the nearest."""
        from ctxsite.diagnostics import did_you_mean

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], COMMANDS) or ""
            ctx.fail(f"No such command '{args[0]}'. {hint}".strip())
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table above, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(ctxsite.__version__, "--version", prog_name="ctxsite")
def main() -> None:
    """Compile Markdown with variant rules into localized static pages.

    Exit codes: 0 all well, 1 problems in the site, 2 wrong usage.
    """
