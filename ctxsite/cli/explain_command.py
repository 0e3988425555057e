"""`ctxsite explain`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from ctxsite.cli import report
from ctxsite.cli.list_command import surveyed_or_stop
from ctxsite.cli.options import Flags, clock_options, site_option

if TYPE_CHECKING:
    import datetime as dt

    from ctxsite.config.settings import Settings
    from ctxsite.model.address import Hosts
    from ctxsite.model.page import Page, SiteMap
    from ctxsite.rules.ast import Decision
    from ctxsite.rules.explain import Explanation
    from ctxsite.rules.vocabulary import Vocabulary


@click.command("explain")
@click.argument("urls", metavar="[URL]...", nargs=-1)
@site_option
@clock_options
@click.option("--context", "context_text", metavar="JSON", help="The visitor's context as a JSON object.")
@click.option(
    "--contexts",
    "contexts_file",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE",
    help="Contexts as JSON lines (`-`: standard input); with --json, one line for each page and context.",
)
@click.option("--matrix", "wants_matrix", is_flag=True, help="Print who sees what: a row for everybody.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    urls: tuple[str, ...],
    context_text: str | None,
    contexts_file: TextIO | None,
    wants_matrix: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Say which variant, and which branch of each block, a visitor gets on a page, and why.

    Without a context: what a visitor gets about whom nothing is known.
    """
    if context_text is not None and contexts_file is not None:
        raise click.UsageError("give either --context or --contexts")
    if wants_matrix and (context_text is not None or contexts_file is not None):
        raise click.UsageError("--matrix is about all contexts: give none")
    contexts = list(_read_contexts(contexts_file)) if contexts_file else []
    single = _read_context(context_text) if context_text is not None else {}
    if not urls and contexts_file is None:
        raise click.UsageError("name a page, for example `ctxsite explain /`")
    flags = Flags(**options, as_json=as_json)
    surveyed = surveyed_or_stop(flags)
    pages = _find(urls, surveyed.sitemap, surveyed.settings.hosts)
    vocabulary = surveyed.settings.vocabulary
    if wants_matrix:
        _matrix(pages, surveyed.settings, flags.request().moment.now, as_json)
    elif contexts_file is not None:
        _in_bulk(pages, contexts, vocabulary, as_json)
    else:
        _one_by_one(pages, single, vocabulary, as_json)


def _read_context(text: str) -> object:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise click.UsageError(f"--context is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise click.UsageError('--context must be a JSON object, like \'{"segments": ["business"]}\'')
    return value


def _read_contexts(file: TextIO) -> Iterator[tuple[int, object]]:
    for index, line in enumerate(file):
        if line.strip():
            try:
                yield index, json.loads(line)
            except json.JSONDecodeError as error:
                raise click.UsageError(f"{file.name}:{index + 1}: this line is no JSON: {error}") from None


def _find(urls: Sequence[str], sitemap: SiteMap, hosts: Hosts) -> list[Page]:
    """Return the pages named, or all that have a decision. A URL may be whole, with the host of its language."""
    from ctxsite.diagnostics import did_you_mean
    from ctxsite.model.page import block_decisions

    if not urls:
        return [page for page in sitemap.pages if page.decision() or block_decisions(page)]
    found = []
    for url in urls:
        address = hosts.find(url)
        page = None if address is None else sitemap.by_address.get(address)
        if page is None:
            hint = (
                (did_you_mean(address, sitemap.by_address) or "") if address else "It is on none of the site's hosts."
            )
            raise click.UsageError(f"there is no page at {url}. {hint}".strip())
        found.append(page)
    return found


def _blocks(page: Page, variant: str) -> list[Decision]:
    """Return the decisions of the blocks that occur in a variant of the page."""
    from ctxsite.model.page import block_decisions

    return [block.decision for block in block_decisions(page) if variant in block.variants]


def _matrix(pages: Sequence[Page], settings: Settings, now: dt.datetime, as_json: bool) -> None:
    from ctxsite.build.who_sees_what import who_sees_what
    from ctxsite.rules.matrix import as_data, as_text

    answers = []
    for page in pages:
        tables = who_sees_what(page, settings, now)
        if as_json:
            answers.append({"page": page.address, "matrices": [as_data(table) for table in tables]})
            continue
        click.echo(f"{page.address}  {page.meta.title}")
        for table in tables:
            click.echo(f"\n{f'Block {table.decision}' if table.decision else 'The page'}:\n{as_text(table)}")
        if not tables:
            click.echo("This page has no variants and no blocks: everybody gets the same.")
    if as_json:
        report.as_json(answers[0] if len(answers) == 1 else answers)


def _in_bulk(
    pages: Sequence[Page], contexts: Sequence[tuple[int, object]], vocabulary: Vocabulary, as_json: bool
) -> None:
    from ctxsite.rules.context import read_context
    from ctxsite.rules.evaluate import Visit

    visits = [(index, Visit(read_context(data), vocabulary)) for index, data in contexts]
    lines: list[str] = []
    for page in pages:
        own = page.decision()
        blocks = {name: _blocks(page, name) for name in ["default", *(v.name for v in page.variants)]}
        for index, visit in visits:
            variant = visit.decide(own) if own else "default"
            shown = {block.name: visit.decide(block) for block in blocks[variant]}
            if as_json:
                line = {"page": page.address, "context": index, "variant": variant, "blocks": shown}
                lines.append(json.dumps(line, ensure_ascii=False))
            else:
                tail = "".join(f"  {name}: {branch}" for name, branch in shown.items())
                lines.append(f"{page.address}  #{index}  {variant}{tail}")
    if lines:
        click.echo("\n".join(lines))


def _one_by_one(pages: Sequence[Page], data: object, vocabulary: Vocabulary, as_json: bool) -> None:
    from ctxsite.rules.context import read_context
    from ctxsite.rules.evaluate import Visit
    from ctxsite.rules.explain import as_data, explain

    visit = Visit(read_context(data), vocabulary)
    answers = []
    for page in pages:
        own = page.decision()
        first = [explain(own, visit)] if own else []
        variant = first[0].chosen if first else "default"
        others = [explain(block, visit) for block in _blocks(page, variant)]
        if not as_json:
            _tell(page, first, others)
            continue
        answers.append({
            "page": page.address,
            "variant": variant,
            "blocks": {found.decision: found.chosen for found in others},
            "trace": [as_data(found) for found in first + others],
        })  # fmt: skip
    if as_json:
        report.as_json(answers[0] if len(answers) == 1 else answers)


def _tell(page: Page, own: Sequence[Explanation], blocks: Sequence[Explanation]) -> None:
    from ctxsite.rules.explain import as_text

    click.echo(f"{page.address}  {page.meta.title}")
    for found in own:
        click.echo(f"\nThe page: {found.chosen}\n{as_text(found)}")
    for found in blocks:
        click.echo(f"\nBlock {found.decision}: {found.chosen}\n{as_text(found)}")
    if not own and not blocks:
        click.echo("This page has no variants and no blocks: everybody gets the same.")
