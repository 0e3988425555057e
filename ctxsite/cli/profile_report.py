"""What `ctxsite build --profile` says, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ctxsite.build.profile import Profile, memory_peak

if TYPE_CHECKING:
    from ctxsite.build.artifacts import Compiled

_SLOWEST = 10
_REASONS = 20
_EXAMPLES = 3


def profile_data(profile: Profile, compiled: Compiled | None, *, cached: bool) -> dict[str, Any]:
    """Return what was taken down, as JSON has it: seconds and bytes. `compiled` is None where nothing had changed."""
    peak = memory_peak()
    data: dict[str, Any] = {
        "stages": [
            {"name": stage.name, "wall": _round(stage.wall), "processor": _round(stage.processor)}
            for stage in profile.stages
        ],
        "memory": None if peak is None else {"main": peak.main, "worker": peak.worker},
        "unchanged": compiled is None,
    }
    if compiled is None:
        return data
    documents, pages = profile.documents, profile.pages
    known = len(compiled.learnt.documents)
    shown = [*compiled.sitemap.pages, *compiled.sitemap.not_found] if compiled.theme.layers else []
    ranked = sorted(profile.templates.items(), key=lambda each: (-each[1][1], each[0]))
    return {
        **data,
        "cache": cached,
        "documents": {"compiled": len(documents), "kept": max(known - len(documents), 0)},
        "slowest_documents": [{"path": path, "seconds": spent} for path, spent in _slowest(documents)],
        "pages": {"rendered": len(pages), "kept": len(shown) - len(pages)},
        "slowest_pages": [{"page": address, "seconds": spent} for address, spent in _slowest(pages)],
        "templates": [
            {"template": name, "runs": runs, "seconds": _round(seconds)} for name, (runs, seconds) in ranked[:_SLOWEST]
        ],
        "reasons": _reasons(compiled.reasons, (page.address for page in shown)),
    }


def profile_text(data: Mapping[str, Any]) -> str:
    """Return the same for people."""
    widest = max((len(stage["name"]) for stage in data["stages"]), default=0) + 4
    lines = [f"{'stage':<{widest}}  {'wall':>11}  {'processor':>11}"]
    lines += [f"{each['name']:<{widest}}  {_ms(each['wall'])}  {_ms(each['processor'])}" for each in data["stages"]]
    whole = (_ms(sum(stage[key] for stage in data["stages"])) for key in ("wall", "processor"))
    lines += [f"{'all':<{widest}}  {'  '.join(whole)}", ""]
    if data["unchanged"]:
        lines += ["nothing has changed since the last build: nothing was read or rendered", ""]
    else:
        lines += _work(data)
    if data["memory"] is not None:
        main, worker = (f"{data['memory'][key] / 1e6:.0f} MB" for key in ("main", "worker"))
        lines.append(f"memory: at most {main}" + (f", and {worker} in a worker" if data["memory"]["worker"] else ""))
    return "\n".join(lines)


def _work(data: Mapping[str, Any]) -> list[str]:
    documents, pages = data["documents"], data["pages"]
    lines = [f"documents: {documents['compiled']:,} compiled, {documents['kept']:,} kept"]
    lines += [f"{_ms(each['seconds'])}  {each['path']}" for each in data["slowest_documents"]]
    lines += ["", f"pages: {pages['rendered']:,} rendered, {pages['kept']:,} kept"]
    lines += [f"{_ms(each['seconds'])}  {each['page']}" for each in data["slowest_pages"]]
    lines += ["", "templates, without the components they call:"] if data["templates"] else [""]
    lines += [
        f"{_ms(each['seconds'])}  {each['template']}, {each['runs']:,} times" for each in data["templates"]
    ]  # fmt: skip
    if not data["cache"]:
        return [*lines, "", "without --cache everything is done anew", ""]
    lines += ["", "why pages were rendered:"] if data["reasons"] else [""]
    for each in data["reasons"]:
        more = ", …" if each["pages"] > len(each["examples"]) else ""
        lines.append(f"{each['pages']:8,}  {each['reason']} ({', '.join(each['examples'])}{more})")
    return [*lines, ""]


def _reasons(reasons: Mapping[str, str], addresses: Iterable[str]) -> list[dict[str, Any]]:
    """Group reasons, the most frequent first, each with the addresses of a few pages."""
    grouped: dict[str, list[str]] = {}
    for address in addresses:
        if address in reasons:
            grouped.setdefault(reasons[address], []).append(address)
    ranked = sorted(grouped.items(), key=lambda each: (-len(each[1]), each[0]))
    return [
        {"reason": reason, "pages": len(found), "examples": found[:_EXAMPLES]} for reason, found in ranked[:_REASONS]
    ]


def _slowest(spent: Mapping[str, float]) -> list[tuple[str, float]]:
    ranked = sorted(spent.items(), key=lambda each: (-each[1], each[0]))
    return [(name, _round(seconds)) for name, seconds in ranked[:_SLOWEST]]


def _round(seconds: float) -> float:
    return round(seconds, 6)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:8.1f} ms"
