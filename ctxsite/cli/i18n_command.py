"""`ctxsite i18n`: what there is to translate, and how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ctxsite.cli import report
from ctxsite.cli.options import Flags, clock_options, site_option

if TYPE_CHECKING:
    from ctxsite.build.messages import SiteMessages
    from ctxsite.build.survey import Surveyed
    from ctxsite.build.translations import Tally, Translation

TEMPLATE = "i18n/messages.pot"


@click.group("i18n")
def command() -> None:
    """Translate: keep catalogues of strings up to date, and see which pages are translated, missing or outdated."""


def _survey(options: dict[str, Any]) -> Surveyed:
    """Read the site. What is wrong with pages is for `check` to say, what keeps us from working is said here."""
    from ctxsite.build.survey import survey

    surveyed = survey(Flags(**options).request())
    broken = [found for found in surveyed.diagnostics if found.code.startswith(("CTX50", "CTX10", "CTX14"))]
    if report.failed(broken) or not surveyed.theme.layers:
        report.stop(broken or surveyed.diagnostics)
    return surveyed


def _messages(surveyed: Surveyed) -> SiteMessages:
    from ctxsite.build.messages import site_messages

    return site_messages(surveyed.theme, list(surveyed.settings.languages))


def _write(site: Path, path: str, text: str) -> str:
    """Write a file if it differs, and say what became of it."""
    target = site / path
    before = target.read_text("utf-8") if target.exists() else None
    if before == text:
        return "unchanged"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return "made" if before is None else "updated"


@command.command("extract")
@site_option
@clock_options
def extract_command(**options: Any) -> None:
    """Write the messages of all templates to i18n/messages.pot.

    Those of a theme that ships with ctxsite are among them only where it lacks one of the site's languages.
    """
    from ctxsite.i18n.messages import template_catalogue

    surveyed = _survey(options)
    found = _messages(surveyed).template()
    text = template_catalogue(found, surveyed.settings.title or "site")
    click.echo(f"{TEMPLATE}: {len(found)} messages, {_write(options['site'], TEMPLATE, text)}")


@command.command("update")
@click.argument("languages", metavar="[LANGUAGE]...", nargs=-1)
@site_option
@clock_options
def update_command(languages: tuple[str, ...], **options: Any) -> None:
    """Bring the catalogues i18n/LANGUAGE.po up to date with the templates; make those that are not there yet.

    New messages come in empty, near ones with a guess marked as fuzzy, and those that are gone are kept as obsolete.
    """
    from ctxsite.diagnostics import did_you_mean
    from ctxsite.i18n.catalogues import in_english
    from ctxsite.i18n.messages import template_catalogue, updated

    surveyed = _survey(options)
    known = surveyed.settings.languages
    for language in languages:
        if language not in known:
            raise click.UsageError(
                f"the site has no language {language!r}. {did_you_mean(language, known) or ''}".strip()
            )
    messages = _messages(surveyed)
    title = surveyed.settings.title or "site"
    _write(options["site"], TEMPLATE, template_catalogue(messages.template(), title))
    files = {Path(path).stem.replace("_", "-").lower(): path for path in surveyed.files.catalogues}
    for language in languages or [code for code in known if not in_english(code)]:
        wanted = messages.wanted(language)
        path = files.get(language.lower(), f"i18n/{language}.po")
        target = options["site"] / path
        before = target.read_text("utf-8") if target.exists() else None
        if before is None and not wanted:
            click.echo(f"{language}: nothing to translate")
            continue
        click.echo(
            f"{path}: {len(wanted)} messages, {_write(options['site'], path, updated(before, wanted, language, title))}"
        )


@command.command("status")
@site_option
@clock_options
@click.option("--diff", "diffs", is_flag=True, help="Show what has changed in the sources of outdated translations.")
@click.option("-v", "--verbose", is_flag=True, help="List what is missing, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status_command(diffs: bool, verbose: bool, as_json: bool, **options: Any) -> None:
    """Say for each language and section what is translated, missing or outdated.

    A translation is outdated if its source has changed since `ctxsite i18n done` was said of it. One of which that was
    never said counts as translated, and as unmarked.
    """
    from ctxsite.build.translations import State, by_section, translations_of

    surveyed = _survey(options)
    found = translations_of(surveyed.sitemap, surveyed.settings)
    tallies = by_section(found)
    messages = _messages(surveyed)
    strings = {code: _strings(messages, surveyed, code) for code in tallies}
    changes = {
        one.document.path: _changes(one, options["site"])
        for one in found
        if diffs and one.state is State.OUTDATED and one.document
    }
    if as_json:
        report.as_json({
            "languages": {
                code: {
                    "strings": dict(zip(("translated", "missing"), strings[code], strict=True)),
                    "sections": {name: _tally(tally) for name, tally in sorted(sections.items())},
                }
                for code, sections in tallies.items()
            },
            "translations": [_as_data(one, changes) for one in found],
        })  # fmt: skip
        return
    _table(tallies, strings)
    for one in found:
        if one.document is not None and one.state is State.OUTDATED:
            click.echo(f"outdated: {one.document.path} (source: {one.source.path})")
            if diffs:
                click.echo(changes[one.document.path] or "  git knows no version of the source with this fingerprint\n")
    for one in found if verbose else ():
        if one.state is State.MISSING:
            variant = "" if one.variant == "default" else f", variant {one.variant}"
            click.echo(f"missing: {one.source.path} in {one.key.language}{variant}")


def _strings(messages: SiteMessages, surveyed: Surveyed, language: str) -> tuple[int, int]:
    """Return how many messages have a translation in a language, and how many have none."""
    known = surveyed.strings[language]
    asked = [*messages.own, *messages.shipped]
    there = sum(known.has(context, text) for context, text, _ in asked)
    return there, len(asked) - there


def _changes(one: Translation, site: Path) -> str | None:
    from ctxsite.build.history import changes_since

    mark = one.document.front.meta.source_digest if one.document else None
    return changes_since(site, one.source.path, mark) if mark else None


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "total": tally.total,
        "translated": tally.translated,
        "missing": tally.missing,
        "outdated": tally.outdated,
        "unmarked": tally.unmarked,
    }


def _as_data(one: Translation, changes: dict[str, str | None]) -> dict[str, object]:
    path = one.document.path if one.document else None
    data: dict[str, object] = {
        "page": one.key.id,
        "language": one.key.language,
        "variant": one.variant,
        "state": str(one.state),
        "source": one.source.path,
        "path": path,
    }
    return {**data, "diff": changes[path]} if path in changes else data


def _table(tallies: dict[str, dict[str, Tally]], strings: dict[str, tuple[int, int]]) -> None:
    head = ("language", "section", "total", "translated", "missing", "outdated", "unmarked")
    rows: list[tuple[str, ...]] = [head]
    for code, sections in tallies.items():
        there, missing = strings[code]
        rows.append((code, "(strings)", str(there + missing), str(there), str(missing), "", ""))
        for name, tally in sorted(sections.items()):
            rows.append((code, name or "(top)", *(str(count) for count in _tally(tally).values())))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1])]
        cells += [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        click.echo("  ".join(cells).rstrip())


@command.command("done")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@site_option
@clock_options
def done_command(paths: tuple[str, ...], **options: Any) -> None:
    """Note in the translation PATH that it is one of its source as that is now.

    This writes `source_digest:` into its front matter. PATH is a file below content/, such as content/prices.de.md.
    """
    from ctxsite.build.translations import translations_of
    from ctxsite.content.marking import fingerprint, marked
    from ctxsite.diagnostics import did_you_mean

    surveyed = _survey(options)
    site: Path = options["site"]
    known = {one.document.path: one for one in translations_of(surveyed.sitemap, surveyed.settings) if one.document}
    wanted = [_inside(path, site) for path in paths]
    for path, given in zip(wanted, paths, strict=True):
        if path not in known:
            raise click.UsageError(f"{given} is no translation. {did_you_mean(path, known) or ''}".strip())
    for path in wanted:
        text = (site / path).read_bytes().decode("utf-8")
        lines = "\r\n" if "\r\n" in text else "\n"
        mark = fingerprint(known[path].source.digest)
        after = marked(text.replace("\r\n", "\n"), mark).replace("\n", lines)
        (site / path).write_bytes(after.encode())
        click.echo(f"{path}: translation of {known[path].source.path} as it is now ({mark})")


def _inside(path: str, site: Path) -> str:
    """Return a path as the site names it: from its root, with forward slashes."""
    if (site / path).exists():
        return Path(path).as_posix().removeprefix("./")
    try:
        return Path(path).resolve().relative_to(site.resolve()).as_posix()
    except ValueError:
        return path
