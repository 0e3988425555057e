"""What other programs read, adjusted after a quick build: feeds, indexes of searches, the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ctxsite.build.recall import Frame, Recalled, UncertainError
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import NOT_FOUND_ID, Kind, Page
from ctxsite.targets.feed import feeds
from ctxsite.targets.search import search_line
from ctxsite.targets.summary_lines import with_lines


def renewed_feeds(recalled: Recalled, changed: Mapping[str, Page]) -> Iterator[Artifact]:
    """Yield the feeds that have one of these pages, by name. They have the same pages as before, in the same order."""
    site = recalled.frame.site
    wanted = [names for names in recalled.frame.feeds.values() if not changed.keys().isdisjoint(names)]
    if wanted:
        pages = tuple(page for names in wanted for name in names if (page := recalled.page(name)) is not None)
        yield from feeds(replace(site.sitemap, pages=pages), site.settings).values()


def renewed_indexes(
    frame: Frame, pages: Sequence[tuple[Page, Page]], output: Callable[[str], bytes]
) -> Iterator[Artifact]:
    """Yield the indexes of searches in which one of the pages, as it was and as it is, has another line."""
    site = frame.site
    for code, address in site.searches.items():
        changes: dict[str, str] = {}
        for before, after in pages:
            if after.key.language != code or after.fallback or after.key.id == NOT_FOUND_ID:
                continue
            if before.meta.title != after.meta.title and after.kind is not Kind.PAGE:
                raise UncertainError  # the lines of the pages in it have its title
            was, now = (search_line(page, site.sitemap, site.settings) for page in (before, after))
            if was != now:
                changes[was] = now
        if changes:
            yield Artifact(address[1:], adjusted_lines(output(address[1:]), changes))


def adjusted_lines(written: bytes, changes: Mapping[str, str]) -> bytes:
    """Return a file of lines with some of them changed. Raises UncertainError where it is not as expected."""
    adjusted = with_lines(written, changes)
    if adjusted is None:
        raise UncertainError
    return adjusted
