"""What is measured, in which order: the most important first, so that a run that must end early has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks import tools
from benchmarks.tools import Tool

MEMORY, DISK = "memory file system", "disk"

START = 0.5
"""Seconds that a build takes whatever it builds; for planning only."""
VARIANT_PAGES = 1000
LARGE = 20_000
"""From so many pages on, only what is fast is measured."""
VARIANT_RENDERINGS = 9 * VARIANT_PAGES


@dataclass(frozen=True, slots=True)
class Step:
    """Some builds that belong together: they take turns, or each needs what the one before left.

    `kind` is `pair` (each tool cold, in turns), `warm` (one tool cold, remembering, then after edits), `peak` (one
    tool cold, its memory watched), `variants` or `plain` (as many pages as the variants workload has renderings).
    """

    kind: str
    tools: tuple[Tool, ...]
    medium: str
    round: int
    cost: float
    """About how many seconds it takes on an idle machine."""

    @property
    def name(self) -> str:
        return f"{self.kind} {self.round} of {', '.join(tool.name for tool in self.tools)} on {self.medium}"


@dataclass(frozen=True, slots=True)
class _Planner:
    """Makes steps for a size."""

    pages: int
    repeats: int
    media: list[str]
    hugo: list[Tool]
    slow: list[Tool]

    def step(self, kind: str, *used: Tool, medium: str | None = None, number: int = 1) -> Step:
        cost = sum(START + tool.cost * self.pages for tool in used)
        if kind == "warm" and used[0].peer is None:
            cost = cost * 1.8 + self.repeats * (0.6 + self.pages * 3e-5)
        elif kind == "warm":
            cost *= 1 + 2 * used[0].again
        return Step(kind, used, medium or self.media[0], number, cost)

    def pairs(self, *rounds: int) -> list[Step]:
        """Return ctxsite and Hugo in turns, each first in every other round; then ctxsite after edits."""
        steps = []
        for number in rounds:
            pair = (tools.CTXSITE, *self.hugo)
            for medium in self.media:
                steps.append(self.step("pair", *pair[:: 1 if number % 2 else -1], medium=medium, number=number))
                steps.append(self.step("warm", tools.CTXSITE, medium=medium, number=number))
        return steps

    def others(self, number: int, slowest: bool) -> list[Step]:
        """Return the other peers; MkDocs in turns with the engine that uses the same parser."""
        alone = [tool for tool in self.slow if tool is not tools.MKDOCS and (slowest or tool is not tools.PELICAN)]
        mkdocs = [tool for tool in self.slow if tool is tools.MKDOCS]
        paired = [self.step("pair", tools.PYTHON_MARKDOWN, *mkdocs, number=number)]
        return paired + [self.step("pair", tool, number=number) for tool in alone]

    def variants(self, number: int) -> list[Step]:
        if self.pages != VARIANT_PAGES:
            return []
        plain = START + tools.CTXSITE.cost * VARIANT_RENDERINGS
        return [
            Step("variants", (tools.VARIANTS,), self.media[0], number, 20),
            Step("plain", (tools.CTXSITE,), self.media[0], number, plain),
        ]

    def each(self, kind: str, used: list[Tool]) -> list[Step]:
        return [self.step(kind, tool) for tool in used]


def plan(pages: int, rounds: int, peers: list[Tool], media: list[str], repeats: int) -> list[Step]:
    """Return all steps for a size, with those peers that are there."""
    hugo = [tool for tool in peers if tool in tools.HUGOS]
    slow = [tool for tool in peers if tool not in tools.HUGOS]
    make = _Planner(pages, repeats, media, hugo, slow)
    peaks = make.each("peak", [tools.CTXSITE, *hugo[:1]])
    if pages > LARGE:
        first, elsewhere = replace(make, media=media[:1]).pairs(1), replace(make, media=media[1:]).pairs(1)
        return [first[0], peaks[0], *first[1:], *peaks[1:], *elsewhere, *make.pairs(*range(2, rounds + 1))]
    steps = make.pairs(1) + peaks
    steps += make.pairs(2) + make.others(1, slowest=True) + make.variants(1) + make.pairs(3) + make.variants(2)
    quick = [tool for tool in slow if tool is not tools.PELICAN]
    slowest = [tool for tool in slow if tool is tools.PELICAN]
    steps += make.each("warm", [*hugo[:1], *quick]) + make.pairs(4, 5) + make.each("peak", quick)
    steps += make.others(2, slowest=False) + make.each("warm", slowest) + make.each("peak", slowest)
    steps += make.pairs(*range(6, rounds + 1))
    steps += [step for number in (3, 4, 5) for step in make.others(number, slowest=False)]
    return [step for step in steps if step.round <= rounds]
