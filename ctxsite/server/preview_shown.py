"""A page at one of its addresses, and which decisions are made there for a visit."""

from __future__ import annotations

from ctxsite.frozen import dataclass
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import BlockDecision, Page, block_decisions
from ctxsite.rules.ast import Decision
from ctxsite.rules.evaluate import Visit


@dataclass(frozen=True, slots=True)
class Shown:
    """A page at its own address, or at that of a variant (`fixed`), which is shown there whole.

    `own` is what is decided of the page itself, `blocks` what may be decided of blocks, at this address.
    """

    page: Page
    fixed: str | None
    own: Decision | None
    blocks: tuple[BlockDecision, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions: the page's first, then those of its blocks."""
        return (*([self.own] if self.own else []), *(block.decision for block in self.blocks))

    def variant_for(self, visit: Visit) -> str:
        """Return the variant that a visit gets."""
        return visit.decide(self.own) if self.own else self.fixed or DEFAULT

    def made_for(self, visit: Visit) -> tuple[Decision, ...]:
        """Return the decisions that are made for a visit: blocks of other variants have none."""
        variant = self.variant_for(visit)
        own = [self.own] if self.own else []
        return (*own, *(block.decision for block in self.blocks if variant in block.variants))

    def outcomes_for(self, visit: Visit) -> dict[str, str]:
        """Return what a visit gets, by decision: the variant under the empty name, if there is a choice."""
        return {decision.name: visit.decide(decision) for decision in self.made_for(visit)}


def shown_at(page: Page, variant: str | None = None) -> Shown:
    """Return a page at its own address, or at a variant's."""
    if variant is None:
        return Shown(page, None, page.decision(), block_decisions(page))
    return Shown(page, variant, None, tuple(block for block in block_decisions(page) if variant in block.variants))
