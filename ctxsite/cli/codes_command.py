"""`ctxsite codes`."""

from __future__ import annotations

import textwrap

import click

from ctxsite.cli import report
from ctxsite.diagnostics import Code, did_you_mean
from ctxsite.diagnostics.codes import REGISTRY

_WIDTH = 80


@click.command("codes")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(codes: tuple[str, ...], as_json: bool) -> None:
    """List the codes of diagnostics, or explain those named: by number, such as `CTX101`, or by name."""
    chosen = [_find(code) for code in codes] or list(REGISTRY.values())
    if as_json:
        report.as_json([
            {"code": code.id, "name": code.name, "severity": str(code.severity), "explanation": code.explanation}
            for code in chosen
        ])  # fmt: skip
    elif codes:
        click.echo("\n\n".join(_explained(code) for code in chosen))
    else:
        click.echo("\n".join(f"{code.id}  {code.severity:<7}  {code.name}" for code in chosen))


def _find(word: str) -> Code:
    named = {code.name: code for code in REGISTRY.values()}
    found = REGISTRY.get(word.upper()) or REGISTRY.get(f"CTX{word}") or named.get(word.lower())
    if found is None:
        hint = did_you_mean(word, [*named, *REGISTRY]) or ""
        raise click.UsageError(f"no diagnostic has the code {word}. {hint}".strip())
    return found


def _explained(code: Code) -> str:
    text = textwrap.fill(code.explanation, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return f"{code.id} {code.name} ({code.severity})\n\n{text}"
