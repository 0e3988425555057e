"""The clocks of the world: what a named zone shows on a day, and which offsets some zone has at an instant.

A visitor's clock is that of a zone that exists. Whole hours from -12 to +14 always do (the `Etc` zones); any other
offset is that of one of a few zones, listed here and held to the database by a test.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from ctxsite.rules.daymasks import FULL, Pieces, by_pieces
from ctxsite.rules.times import DAY
from ctxsite.rules.zones import transitions

FIRST_YEAR, LAST_YEAR = 1973, 9990
"""The years in which instants are looked for: since then offsets have been whole minutes everywhere."""

COMMON = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Chicago", "Asia/Tokyo",
    "Asia/Kolkata", "Asia/Shanghai", "Australia/Sydney", "America/Sao_Paulo", "Asia/Dubai", "Africa/Lagos",
    "Africa/Johannesburg", "Africa/Nairobi", "Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok", "Australia/Brisbane",
    "Pacific/Auckland", "America/Denver", "America/Puerto_Rico", "Pacific/Honolulu", "America/Anchorage",
    "Atlantic/Azores", "America/Noronha", "Pacific/Guadalcanal", "Pacific/Fiji", "Pacific/Tongatapu",
    "Pacific/Kiritimati", "Pacific/Pago_Pago",
)  # fmt: skip
"""Zones that many people live in, those first who are likeliest to be read as an example."""

UNEVEN = (
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Kabul", "Asia/Yangon", "Asia/Tehran", "Asia/Colombo",
    "Australia/Darwin", "Australia/Adelaide", "Australia/Eucla", "Australia/Lord_Howe", "America/St_Johns",
    "America/Caracas", "Asia/Pyongyang", "Pacific/Chatham", "Pacific/Marquesas", "Pacific/Norfolk",
)  # fmt: skip
"""Zones that have had offsets other than whole hours since 2000, all such offsets covered."""

WHOLE_HOURS = tuple(f"Etc/GMT{-hours:+}" for hours in range(-12, 15) if hours)

_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()


@lru_cache(maxsize=8192)
def _year(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    start, end = (int(dt.datetime(at, 1, 1, tzinfo=dt.UTC).timestamp()) for at in (year, year + 1))
    return transitions(zone, start, end)


@lru_cache(maxsize=8192)
def change_days(zone: str, year: int) -> tuple[int, ...]:
    """Return the UTC days of a year on which the zone's offset changes, and its first day."""
    return tuple(_EPOCH_DAY + instant // 86400 for instant, _ in _year(zone, year))


@lru_cache(maxsize=65536)
def pieces(zone: str, day: int) -> Pieces:
    """Return the zone's offsets on a UTC day."""
    start = (day - _EPOCH_DAY) * DAY
    year = dt.date.fromordinal(day).year
    begun: tuple[int, int] = (0, 0)
    later: list[tuple[int, int]] = []
    for instant, offset in _year(zone, year):
        minute = instant // 60 - start
        if minute <= 0:
            begun = (0, offset // 60)
        elif minute < DAY:
            later.append((minute, offset // 60))
    return (begun, *later)


@lru_cache(maxsize=8192)
def offsets_on(day: int) -> dict[int, int]:
    """Return every offset that some zone has on a UTC day, with the mask of the minutes at which one has it."""
    found = {hours * 60: FULL for hours in range(-12, 15)}
    for zone in UNEVEN:
        parts = pieces(zone, day)
        for offset in {offset for _, offset in parts if offset % 60}:
            held = by_pieces([FULL if other == offset else 0 for _, other in parts], parts)
            found[offset] = found.get(offset, 0) | held
    return dict(sorted(found.items(), key=lambda item: (item[0] % 60 != 0, abs(item[0]), item[0])))


def zone_with_offset(offset: int, day: int, minute: int) -> str:
    """Return a zone that has the offset at that minute of a UTC day; the likeliest one."""
    for zone in (*COMMON, *UNEVEN, *WHOLE_HOURS):
        if next(other for start, other in reversed(pieces(zone, day)) if start <= minute) == offset:
            return zone
    return "UTC"
