"""Questions about all pages, answered as they were in the last build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ctxsite.build.recall import UncertainError
from ctxsite.content.targets import Targets
from ctxsite.model.page import Page, PageKey
from ctxsite.render.queries import Queries
from ctxsite.render.reads import Fact


def recalled_queries(
    answers: Mapping[Fact, tuple[Any, ...]], facts: Callable[[Fact], str | None], targets: Targets
) -> type[Queries]:
    """Return questions that are answered as they were last time; one that was not asked then has no answer."""

    class RecalledQueries(Queries):
        def _ids(self, *fact: str) -> tuple[Any, ...]:
            self._reads.note(*fact)
            found = answers.get(fact)
            if found is None:
                raise UncertainError
            return found

        def _those(self, *fact: str) -> tuple[Page, ...]:
            return tuple(self._sitemap.by_key[PageKey(id_, self.language)] for id_ in self._ids(*fact))

        def asset(self, path: str) -> str | None:
            self._reads.note("beside", path)
            addresses = targets.assets.get(path)
            return None if addresses is None else addresses.get(self.language) or next(iter(addresses.values()))

        def chosen(
            self, section: str | None, kind: str | None, tag: str | None, sort: str, reverse: bool, limit: int | None
        ) -> tuple[Page, ...]:
            return self._those("pages", self.language, *self.asked(section, kind, tag, sort, reverse, limit))

        def sections(self) -> tuple[Page, ...]:
            return self._those("sections", self.language)

        def neighbour(self, page: Page, step: int) -> Page | None:
            fact = ("neighbour", self.language, page.key.id, str(step))
            self._reads.note(*fact)
            beside = facts(fact)
            if beside is None:
                raise UncertainError
            return self._sitemap.by_key[PageKey(beside[1:], self.language)] if beside else None

        def tags(self) -> Any:
            return list(self._ids("tags", self.language))

    return RecalledQueries
