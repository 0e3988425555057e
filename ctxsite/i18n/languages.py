"""Languages by their tags (BCP 47): which one stands in for which.

Parents come from CLDR: `de-AT` falls back to `de`, `es-MX` to `es-419`, and `zh-Hant` to no other Chinese,
since who reads one script need not read the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctxsite.config.language_tags import normal


def parents(code: str) -> tuple[str, ...]:
    """Return the languages that `code` inherits from, nearest first, without `code` and without the root."""
    current = normal(code).replace("-", "_")
    if "_" not in current:
        return ()
    from babel.core import get_global  # noqa: PLC0415  (a site of plain tags such as `en` needs no CLDR data)

    exceptions, likely = get_global("parent_exceptions"), get_global("likely_subtags")
    chain: list[str] = []
    while "_" in current:
        current = exceptions.get(current) or _truncated(current, likely)
        if current == "root":
            break
        chain.append(current.replace("_", "-"))
    return tuple(chain)


def _truncated(tag: str, likely: Mapping[str, str]) -> str:
    """Return a tag without its last part, unless the language is usually written in another script (UTS #35)."""
    shorter = tag.rpartition("_")[0]
    if "_" in shorter:
        return shorter
    usual = _script(likely.get(shorter, ""))
    own = _script(tag)
    if own:
        return shorter if own == usual or not usual else "root"
    script = _script(likely.get(tag, ""))
    return shorter if script in (usual, "") else f"{shorter}_{script}"


def _script(tag: str) -> str:
    parts = tag.split("_")
    return parts[1] if len(parts) > 1 and len(parts[1]) == 4 else ""


def fallback_chain(code: str, default: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the languages among `known` whose text may stand in for `code`, nearest first, the default last.

    `code` itself is not among them.
    """
    by_tag = {normal(tag): tag for tag in known}
    chain = [by_tag[tag] for tag in parents(code) if tag in by_tag]
    if default != code and default not in chain:
        chain.append(default)
    return tuple(chain)
