"""Options that several commands share, and what they mean."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ctxsite.cli.report import Progress
from ctxsite.frozen import dataclass

if TYPE_CHECKING:
    from ctxsite.build.first_output import FirstOutput
    from ctxsite.build.memory import Memory
    from ctxsite.build.profile import Profile
    from ctxsite.build.survey import Request

Command = TypeVar("Command", bound=Callable[..., Any])


class Instant(click.ParamType[dt.datetime]):
    """An instant in ISO 8601; without an offset it is UTC, a date alone is its midnight."""

    name = "INSTANT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Return an aware datetime, or fail with an example."""
        if isinstance(value, dt.datetime):
            return value
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no instant; write it like 2026-12-24T18:00+01:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def site_option(command: Command) -> Command:
    """Add `-s/--site`."""
    path = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("-s", "--site", type=path, default=".", help="The site's folder (default: this one).")(command)


def clock_options(command: Command) -> Command:
    """Add `-D`, `-F`, `-E` and `--now`."""
    for option in (
        click.option("--now", type=Instant(), help="The build's clock (default: SOURCE_DATE_EPOCH, or now)."),
        click.option("-E", "--expired", is_flag=True, help="Include pages whose expiry_date has passed."),
        click.option("-F", "--future", is_flag=True, help="Include pages dated in the future."),
        click.option("-D", "--drafts", is_flag=True, help="Include drafts."),
    ):
        command = option(command)
    return command


def build_options(command: Command) -> Command:
    """Add what `build` and `check` share beside the site and the clock."""
    for option in (
        click.option("-v", "--verbose", count=True, help="Say more: each file, and all problems of one kind."),
        click.option("-q", "--quiet", is_flag=True, help="Print diagnostics only."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text."),
        click.option("--strict", is_flag=True, help="Let warnings fail the build, too."),
        click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes (default: one a core)."),
        click.option("-b", "--base-url", help="Use this base URL instead of the setting."),
        click.option(
            "-d", "--output", "--destination", "output", type=click.Path(file_okay=False, path_type=Path),
            help="The output folder (default: the setting output_dir, `public`).",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def clock(now: dt.datetime | None) -> dt.datetime:
    """Return the build's clock: `--now`, else SOURCE_DATE_EPOCH (reproducible-builds.org), else this second."""
    if now is not None:
        return now.astimezone(dt.UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
        except (ValueError, OverflowError, OSError):
            raise click.UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is not a number of seconds") from None
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Flags:
    """What `build` and `check` were told on the command line; the fields are the options' names."""

    site: Path
    drafts: bool
    future: bool
    expired: bool
    now: dt.datetime | None
    output: Path | None = None
    base_url: str | None = None
    jobs: int | None = None
    strict: bool = False
    as_json: bool = False
    quiet: bool = False
    verbose: int = 0

    def request(
        self,
        progress: Progress | None = None,
        now: dt.datetime | None = None,
        memory: Memory | None = None,
        profile: Profile | None = None,
        first: FirstOutput | None = None,
    ) -> Request:
        """Return the same for the pipeline."""
        from ctxsite.build.survey import Request
        from ctxsite.content.assemble import Moment

        moment = Moment(now or clock(self.now), self.drafts, self.future, self.expired)
        return Request(self.site, moment, self.output, self.base_url, self.jobs, progress, memory, profile, first)
