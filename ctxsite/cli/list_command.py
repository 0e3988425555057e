"""`ctxsite list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ctxsite.cli import report
from ctxsite.cli.options import Flags, clock_options, site_option

if TYPE_CHECKING:
    from ctxsite.build.survey import Surveyed


def surveyed_or_stop(flags: Flags) -> Surveyed:
    """Read the site as far as its map; end with exit code 1 if there is an error."""
    from ctxsite.build.survey import survey

    surveyed = survey(flags.request())
    if report.failed(surveyed.diagnostics):
        report.stop(surveyed.diagnostics, json_wanted=flags.as_json)
    return surveyed


@click.command("list")
@site_option
@clock_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool, **options: Any) -> None:
    """List pages with their languages, variants and blocks.

    As JSON with every condition, and for each outcome a witness: a context that gets it.
    """
    flags = Flags(**options, as_json=as_json)
    surveyed = surveyed_or_stop(flags)
    if as_json:
        from functools import partial

        from ctxsite.build.decisions import prove_site
        from ctxsite.build.load import text_of
        from ctxsite.build.memory import Unresolved
        from ctxsite.targets.manifest import page_data

        settings, pages = surveyed.settings, surveyed.sitemap.pages
        proofs, _ = prove_site(
            surveyed.sitemap,
            settings,
            flags.request().moment.now,
            Unresolved(surveyed.learnt.pieces, None, partial(text_of, flags.site)),
        )
        report.as_json({"pages": [page_data(page, settings, proofs.witnesses) for page in pages]})
        return
    widest = max((len(page.address) for page in surveyed.sitemap.pages), default=0)
    for page in surveyed.sitemap.pages:
        notes = [v.name for v in page.variants]
        notes += [
            f"{block.name}: {', '.join(b.name for b in block.alternatives)}" for block in page.document.body.blocks
        ]
        if page.fallback:
            notes.append(f"text in {page.shown}")
        click.echo(f"{page.key.language:<6} {page.address:<{widest}}  {' | '.join(notes)}".rstrip())
    report.show(surveyed.diagnostics)
