"""`ctxsite build` and what it shares with `ctxsite check`."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import click

from ctxsite.cli import report
from ctxsite.cli.options import Flags, build_options, clock, clock_options, site_option

Done = tuple[int, int, int]
"""How many files were written, left as they were, and removed."""

if TYPE_CHECKING:
    from ctxsite.build.artifacts import Compiled
    from ctxsite.build.first_output import FirstOutput
    from ctxsite.build.memory import Memory
    from ctxsite.build.profile import Profile
    from ctxsite.build.store import Store
    from ctxsite.build.unchanged import Asked, Seen, Told


def compiled_or_stop(
    flags: Flags,
    now: dt.datetime | None = None,
    memory: Memory | None = None,
    profile: Profile | None = None,
    first: FirstOutput | None = None,
) -> Compiled:
    """Compile the site with a sign of progress; end with exit code 1 if there is a problem."""
    from ctxsite.build.pipeline import compile_site

    progress = report.Progress(enabled=not flags.quiet and not flags.as_json)
    compiled = compile_site(flags.request(progress, now, memory, profile, first))
    progress.clear()
    if report.failed(compiled.diagnostics, flags.strict):
        report.stop(compiled.diagnostics, json_wanted=flags.as_json, verbose=bool(flags.verbose))
    return compiled


@click.command("build")
@site_option
@build_options
@clock_options
@click.option("--why", metavar="PAGE", help="Say why a page (its address) is rendered again: the read that changed.")
@click.option(
    "--cache",
    is_flag=True,
    envvar="CTXSITE_CACHE",
    show_envvar=True,
    help="Remember in .ctxsite what was read, and render only what has changed.",
)
@click.option("--profile", "measured", is_flag=True, help="Say what took how long, and why pages were rendered.")
@click.option("--force", is_flag=True, help="Overwrite files in the output folder that no build of ours wrote.")
def command(force: bool, why: str | None, cache: bool, measured: bool, **options: Any) -> None:
    """Build the site into its output folder.

    Nothing is written if there is an error: the previous output stays as it is. Nothing is written elsewhere, unless
    --cache lets the next build be quick.
    """
    from contextlib import nullcontext

    from ctxsite.build.store import Store
    from ctxsite.build.unchanged import Asked, look
    from ctxsite.build.workers import default_jobs

    flags = Flags(**options)
    started = time.monotonic()
    profile = _profile("comparing" if cache else "imports") if measured else None
    asked = Asked(clock(flags.now), flags.drafts, flags.future, flags.expired, flags.output, flags.base_url)
    if why is not None and not cache:
        raise click.UsageError("--why compares with the last build: it needs --cache")
    with Store(flags.site, _waiting) if cache else nullcontext() as store:
        compiled = None
        seen = look(store, flags.site, asked, flags.jobs or default_jobs()) if store else None
        told = seen.told if seen and seen.told and not report.failed(seen.told.diagnostics, flags.strict) else None
        done: Done | None = None
        if store and seen and told and seen.unchanged:
            done = (0, len(told.paths), 0)
            if why is not None:
                click.echo("nothing has changed since the last build")
        elif store and seen and told and why is None and not measured:  # those two are about the whole site
            done = _quickly(flags, store, asked, seen)
        if told is None or done is None:
            told, done, compiled = _build(flags, store, seen, asked, force, why, profile)
    spent = None
    if profile is not None:
        from ctxsite.cli.profile_report import profile_data

        profile.stage(None)
        spent = profile_data(profile, compiled, cached=cache)
    _tell(flags, told, done, time.monotonic() - started, spent)


def _profile(stage: str) -> Profile:
    """Begin to take notes. Nothing is imported for it unless somebody asks."""
    from ctxsite.build.profile import Profile

    profile = Profile()
    profile.stage(stage)
    return profile


def _waiting() -> None:
    click.echo("another build of this site is running: waiting for it", err=True)


def _quickly(flags: Flags, store: Store, asked: Asked, seen: Seen) -> Done | None:
    """Build what has changed where it is little; None where the whole site is to be looked at."""
    from ctxsite.build.quickly import build_quickly
    from ctxsite.build.workers import default_jobs

    jobs = flags.jobs or default_jobs()
    try:
        done = build_quickly(store, flags.site, asked, seen, None, jobs)
        if done is None:
            from ctxsite.build.quick_rules import Rules
            from ctxsite.content.assemble import Moment

            tools = Rules(Moment(asked.now, asked.drafts, asked.future, asked.expired))
            done = build_quickly(store, flags.site, asked, seen, tools, jobs)
    except OSError as error:
        raise _refused(seen.told.output if seen.told else None, error) from error
    return None if done is None else (done.written, done.unchanged, done.removed)


def _refused(folder: object, error: OSError) -> click.ClickException:
    return click.ClickException(f"cannot write to {folder}: {error.strerror or error}")


def _build(
    flags: Flags,
    store: Store | None,
    seen: Seen | None,
    asked: Asked,
    force: bool,
    why: str | None,
    profile: Profile | None,
) -> tuple[Told, Done, Compiled]:
    """Build what has changed; return what there is to say, how many files were written, kept and removed, and what."""
    if profile is not None:
        profile.stage("imports")
    from ctxsite.build.first_output import FirstOutput
    from ctxsite.build.memory import Memory

    memory = Memory(store, flags.site, seen.present or {}) if store and seen else None
    with FirstOutput(flags.site) as first:
        compiled = compiled_or_stop(flags, asked.now, memory, profile, first)

        from ctxsite.build.publish import foreign, ours, publish
        from ctxsite.build.remember import remember, told_of  # it imports all that a build does

        folder = compiled.output
        if profile is not None:
            profile.stage("publishing")
        known = ours(folder, memory.listed(folder) if memory else ())
        if not force and (found := foreign(compiled.artifacts, folder, flags.site, known)):
            report.stop((*compiled.diagnostics, *found), json_wanted=flags.as_json, verbose=bool(flags.verbose))
        try:
            done = publish(compiled.artifacts, folder, flags.site, compiled.right, known, first)
        except OSError as error:
            raise _refused(folder, error) from error
    if why is not None:
        click.echo(_reason(compiled, why))
    if profile is not None and store:
        profile.stage("remembering")
    told = (
        remember(store, memory, flags.site, asked, compiled, seen) if store and memory and seen else told_of(compiled)
    )
    return told, (done.written, done.unchanged, done.removed), compiled


def _reason(compiled: Compiled, wanted: str) -> str:
    from ctxsite.diagnostics import did_you_mean

    pages = (*compiled.sitemap.pages, *compiled.sitemap.not_found)
    known = {page.address for page in pages} | {page.key.id for page in pages}
    found = [page for page in pages if wanted in {page.address, page.key.id, page.document.path}]
    if not found:
        raise click.UsageError(f"there is no page `{wanted}`. {did_you_mean(wanted, known) or ''}".strip())
    lines = (
        f"{page.address}: {compiled.reasons.get(page.address, 'nothing that it reads has changed')}" for page in found
    )
    return "\n".join(lines)


def _tell(flags: Flags, told: Told, done: Done, seconds: float, spent: dict[str, Any] | None) -> None:
    from ctxsite.diagnostics.json import all_as_data

    written, kept, removed = done
    if flags.as_json:
        report.as_json({
            "ok": True,
            "output": str(told.output),
            "pages": told.pages,
            "written": written,
            "unchanged": kept,
            "removed": removed,
            "diagnostics": all_as_data(told.diagnostics),
            **({} if spent is None else {"profile": spent}),
        })  # fmt: skip
        return
    report.show(told.diagnostics, verbose=bool(flags.verbose))
    if spent is not None:
        from ctxsite.cli.profile_report import profile_text

        click.echo(profile_text(spent))
    if flags.quiet:
        return
    click.echo(
        f"{told.pages} pages and {told.variants} variants in {told.languages} languages, "
        f"{seconds:.2f} s: {report.tally(told.diagnostics)}"
    )
    click.echo(f"{told.output}: {written} files written, {kept} unchanged, {removed} removed")
    if flags.verbose:
        for path in told.paths:
            click.echo(f"  {path}")
