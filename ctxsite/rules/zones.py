"""Time zones, from the `tzdata` package alone: the same on every machine, whatever its own database says."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_HOUR = 3600
_STEP = 6 * _HOUR


@cache
def zone_names() -> frozenset[str]:
    """Return all names of the IANA database; `Factory` is none, it means "not configured"."""
    names = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return frozenset(names) - {"Factory"}


@cache
def zone_info(name: str) -> ZoneInfo | None:
    """Return the zone of that name, or None if there is none (letter case matters)."""
    if name not in zone_names():
        return None
    with files("tzdata.zoneinfo").joinpath(name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def offset_at(zone: ZoneInfo, seconds: int) -> int:
    """Return the zone's offset from UTC, in seconds, at an instant given in seconds since 1970."""
    offset = (EPOCH + dt.timedelta(seconds=seconds)).astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101 - a ZoneInfo always answers for an aware instant
    return offset.days * 86400 + offset.seconds
