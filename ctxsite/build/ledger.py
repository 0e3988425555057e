"""What renderings read, numbered alike for a whole build, whichever process has rendered them.

A process numbers facts as it meets them (`render.reads`), and tells each once. So what crosses between processes for a
page is a few bytes, not the same two dozen texts for each.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

from ctxsite.build.link_reads import READ_BY_LINKS
from ctxsite.render.reads import Fact, Told


class Ledger:
    """The facts of a build. `known` have the numbers from 0 on, in all processes.

    What a process tells is to be entered in the order in which it was told.
    """

    def __init__(self, known: Iterable[Fact] = ()) -> None:
        self.facts = list(known)
        self._known = len(self.facts)
        self._numbers = {fact: number for number, fact in enumerate(self.facts)}
        self._of_links = {number for number, fact in enumerate(self.facts) if fact[0] in READ_BY_LINKS}
        self._tables: dict[int, list[int]] = {}

    def enter(self, told: Told, *more: Fact) -> bytes:
        """Return the trace of what was read for a page, and of `more`: facts' numbers, those that links read last."""
        process, read, news = told
        table = self._tables.get(process)
        if table is None:
            table = self._tables[process] = list(range(self._known))
        table += map(self._number, news)
        numbers = [table[number] for number in array("I", read)] + [self._number(fact) for fact in more]
        if not self._of_links.isdisjoint(numbers):  # so the rest can be compared at once
            numbers.sort(key=self._of_links.__contains__)
        return array("I", numbers).tobytes()

    def _number(self, fact: Fact) -> int:
        number = self._numbers.get(fact)
        if number is None:
            number = self._numbers[fact] = len(self.facts)
            self.facts.append(fact)
            if fact[0] in READ_BY_LINKS:
                self._of_links.add(number)
        return number

    def read_in(self, traces: Iterable[bytes]) -> tuple[Sequence[Fact], Callable[[bytes], bytes]]:
        """Return the facts that are in one of these traces, and what gives a trace the numbers that they have there."""
        read = set[int]()
        for trace in traces:
            read.update(array("I", trace))
        if len(read) == len(self.facts):
            return self.facts, lambda trace: trace
        numbers = {number: new for new, number in enumerate(sorted(read))}
        return (
            [self.facts[number] for number in numbers],
            lambda trace: array("I", [numbers[number] for number in array("I", trace)]).tobytes(),
        )
