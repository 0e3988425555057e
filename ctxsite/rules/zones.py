"""Time zones, from the `tzdata` package alone: the same on every machine, whatever its own database says."""

from __future__ import annotations

import datetime as dt
import struct
from functools import cache
from io import BytesIO
from pkgutil import get_data
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DAY = 86400
_FORTNIGHT = 14 * _DAY


@cache
def zone_names() -> frozenset[str]:
    """Return all names of the IANA database; `Factory` is none, it means "not configured"."""
    return frozenset((get_data("tzdata", "zones") or b"").decode().split()) - {"Factory"}


@cache
def zone_info(name: str) -> ZoneInfo | None:
    """Return the zone of that name, or None if there is none (letter case matters)."""
    if name not in zone_names():
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (most sites name no zone)

    return ZoneInfo.from_file(BytesIO(get_data("tzdata.zoneinfo", name) or b""), key=name)


def offset_at(zone: ZoneInfo, seconds: int) -> int:
    """Return the zone's offset from UTC, in seconds, at an instant given in seconds since 1970."""
    offset = (EPOCH + dt.timedelta(seconds=seconds)).astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101 - a ZoneInfo always answers for an aware instant
    return offset.days * _DAY + offset.seconds


@cache
def _written_changes(name: str) -> tuple[tuple[int, ...], bool]:
    """Return the changes that the zone's file lists, and whether a rule goes on after them (RFC 9636, 3).

    Files are of version 2 or later: a block with 32-bit times, then one with 64-bit times, then the rule as text.
    """
    data = get_data("tzdata.zoneinfo", name) or b""
    start = 0
    for width in (4, 8):
        utc, standard, leaps, times, types, letters = struct.unpack_from(">6l", data, start + 20)
        first = start + 44
        start = first + times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standard + utc
    return struct.unpack_from(f">{times}q", data, first), b"," in data[start:]


@cache
def transitions(name: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return when a zone's offset changes: `(instant, offset)` pairs in seconds, for the instants `[start, end)`.

    The first pair is `start` with the offset then; each other one is the exact second from which an offset holds.
    Raises ValueError for a zone that does not exist.
    """
    zone = zone_info(name)
    if zone is None:
        raise ValueError(name)
    written, goes_on = _written_changes(name)
    found = [(start, offset_at(zone, start))]
    for instant in written:
        if start < instant < end and (offset := offset_at(zone, instant)) != found[-1][1]:
            found.append((instant, offset))
    begun = max(start, written[-1] if written else start)
    for sample in (*range(begun + _FORTNIGHT, end, _FORTNIGHT), end - 1) if goes_on and begun < end else ():
        offset = offset_at(zone, sample)
        if offset != found[-1][1]:  # a rule changes the offset twice a year, months apart
            found.append((_change(zone, max(begun, sample - _FORTNIGHT), sample, found[-1][1]), offset))
    return tuple(found)


def _change(zone: ZoneInfo, before: int, after: int, old: int) -> int:
    """Return the first second after `before` at which the offset is no longer the old one."""
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def offset_table(name: str, start: dt.datetime, end: dt.datetime) -> tuple[tuple[int, int], ...]:
    """Return a zone's offsets between two aware instants, for a table that travels to the browser.

    Pairs of the first second (since 1970 UTC) and the offset in minutes that holds from then on; sorted; the first
    is for everything before the second one, too. Offsets have been whole minutes since 1972; earlier ones are cut.
    Raises ValueError for a zone that does not exist.
    """
    first, last = (int((at - EPOCH).total_seconds()) for at in (start, end))
    return tuple((instant, offset // 60) for instant, offset in transitions(name, first, last))
