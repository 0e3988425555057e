"""The default's text with the alternatives of its slots, part by part.

Slots are compared by name. Where a variant's slot has the default's text around the same inner slots, the
inner slots are compared; otherwise the whole slot is an alternative. A slot that only one of the two has is a
difference of what surrounds it: of the slot around it, or of the page outside every slot.
"""

from __future__ import annotations

from collections.abc import Mapping

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_templates import SLOT_MISPLACED
from ctxsite.render.fragments import Part
from ctxsite.render.regions import closing, grouped, middle, opening
from ctxsite.render.slots import Slot, Tree, flat
from ctxsite.source import Span


def slots_of(tree: Tree) -> dict[str, Slot]:
    """Return the slots of a tree, without those inside them."""
    return {part.name: part for part in tree if isinstance(part, Slot)}


def _skeleton(tree: Tree) -> list[str]:
    """Return what stands in a tree outside its slots, with their names."""
    parts = [""]
    for part in tree:
        if isinstance(part, str):
            parts[-1] += part
        else:
            parts += [part.name, ""]
    return parts


class Weaver:
    """Lays the default out in parts, with the alternatives of its slots."""

    def __init__(self, slot_line: str, places: Mapping[str, Span]) -> None:
        self.parts: list[Part] = []
        self.diagnostics: list[Diagnostic] = []
        self._slot_line = slot_line
        self._places = places

    def weave(
        self, tree: Tree, others: Mapping[str, Mapping[str, Slot]], loading: str = "", *, common: bool = True
    ) -> None:
        """Add a tree's parts; `others` are the slots of each variant that stand at the same place.

        `loading` is what the slots around say, and `common` whether none of them differs.
        """
        for part in tree:
            if isinstance(part, str):
                self.parts.append(Part(part, loading, common))
            else:
                self._slot(part, others, part.loading or loading, common)

    def _slot(self, slot: Slot, others: Mapping[str, Mapping[str, Slot]], loading: str, common: bool) -> None:
        own = _skeleton(slot.children)
        alternatives: list[tuple[str, str]] = []
        deeper: dict[str, Mapping[str, Slot]] = {}
        for variant, slots in others.items():
            other = slots.get(slot.name)
            if other is None:
                continue
            if _skeleton(other.children) == own:
                deeper[variant] = slots_of(other.children)
            else:
                alternatives.append((variant, flat(other.children)))
        if not alternatives:
            self.weave(slot.children, deeper, loading, common=common)
            return
        self._check_place(slot)
        self.parts.append(Part(opening("slot", slot.name, slot.tag), loading, common))
        self.parts += [Part(alternative, loading, common) for alternative in grouped(alternatives)]
        self.parts.append(Part(middle(slot.tag, self._slot_line), loading, common))
        self.weave(slot.children, deeper, loading, common=False)
        self.parts.append(Part(closing(slot.tag), loading, common))

    def _check_place(self, slot: Slot) -> None:
        """Report a slot that stands in an attribute or in the head, where no element can be."""
        before = "".join(part.content for part in self.parts if isinstance(part.content, str))
        inside = before.rfind("<") > before.rfind(">")
        in_head = "<head" in before and "</head" not in before and "<body" not in before
        if inside or in_head:
            where = "inside a tag" if inside else "in `<head>`"
            message = f"the slot `{slot.name}` stands {where}, and differs between variants"
            self.diagnostics.append(SLOT_MISPLACED.at(self._places.get(slot.name), message))
