"""The two keys of front matter that are not plain values: `variants:` and `expect:`."""

from __future__ import annotations

import re

from ctxsite.content.frontmatter_keys import CONTEXT, EXPECTATION, EXPECTED_BLOCKS, EXPECTED_VARIANT, VARIANT, WHEN
from ctxsite.diagnostics.codes_site import VARIANT_NAME
from ctxsite.model.meta import DEFAULT, Expectation, VariantRule
from ctxsite.rules.ast import Any
from ctxsite.rules.parse import parse_condition
from ctxsite.rules.vocabulary import Vocabulary
from ctxsite.schema.types import Say, wrong_type
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.nodes import Node, Scalar, Sequence

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_variants(node: Node, vocabulary: Vocabulary, say: Say) -> tuple[VariantRule, ...]:
    """Read `variants:` in its order; an entry without a name or a condition is reported and left out."""
    if not isinstance(node, MappingNode):
        say.append(wrong_type(node, "`variants`", "a mapping of names to variants"))
        return ()
    rules = (_read_variant(name, entry, vocabulary, say) for name, entry in node.entries)
    return tuple(rule for rule in rules if rule is not None)


def _read_variant(name: Scalar, entry: Node, vocabulary: Vocabulary, say: Say) -> VariantRule | None:
    named = _check_name(name, say)
    record = VARIANT.read(entry, say, name.span)
    condition_node = record[WHEN]
    if condition_node is None:
        return None
    when, problems = parse_condition(condition_node, vocabulary)
    say += problems
    if not named:
        return None
    if when is None:
        when = Any((), condition_node.span)  # never holds; what follows can rely on the variant's being there
    overrides = {key: value for key, value in record.values.items() if key != WHEN.name}
    return VariantRule(name.raw, when, overrides, name.span)


def _check_name(name: Scalar, say: Say) -> bool:
    if name.raw == DEFAULT:
        message = f"`{DEFAULT}` is the page itself, so a variant cannot be named so"
        say.append(VARIANT_NAME.at(name.span, message, help="choose another name"))
        return False
    if not _NAME.fullmatch(name.raw):
        repaired = re.sub(r"[^a-z0-9]+", "-", name.raw.lower()).strip("-")
        help_text = f"did you mean `{repaired}`?" if repaired else None
        message = "a variant's name has only the letters a to z, digits and hyphens"
        say.append(VARIANT_NAME.at(name.span, message, help=help_text))
        return False
    return True


def read_expectations(node: Node, say: Say) -> tuple[Expectation, ...]:
    """Read `expect:`, a list; whether its names exist is checked where all variants are known."""
    if not isinstance(node, Sequence):
        say.append(wrong_type(node, "`expect`", "a list of expectations"))
        return ()
    found: list[Expectation] = []
    for item in node.items:
        record = EXPECTATION.read(item, say)
        if CONTEXT.name in record.values:
            found.append(Expectation(record[CONTEXT], record[EXPECTED_VARIANT], record[EXPECTED_BLOCKS], item.span))
    return tuple(found)
