"""The world's offsets: the few zones that are listed stand for all there are."""

from __future__ import annotations

import datetime as dt

from ctxsite.rules.daymasks import FULL
from ctxsite.rules.offsets import COMMON, UNEVEN, WHOLE_HOURS, offsets_on, pieces, zone_with_offset
from ctxsite.rules.zones import EPOCH, offset_at, zone_info, zone_names

EPOCH_DAY = EPOCH.date().toordinal()
ZONES = [zone for name in sorted(zone_names()) if (zone := zone_info(name)) is not None]


def offsets_of_the_world(day: int, minute: int) -> set[int]:
    instant = (day - EPOCH_DAY) * 86400 + minute * 60
    return {offset_at(zone, instant) // 60 for zone in ZONES}


def listed(day: int, minute: int) -> set[int]:
    return {offset for offset, mask in offsets_on(day).items() if mask >> minute & 1}


def test_every_offset_of_the_world_is_listed_and_no_other() -> None:
    start, end = dt.date(2000, 1, 1).toordinal(), dt.date(2056, 1, 1).toordinal()
    for day in range(start, end, 29):
        assert listed(day, 720) == offsets_of_the_world(day, 720), dt.date.fromordinal(day)


def test_offsets_are_listed_to_the_minute() -> None:
    """On the days on which the uneven zones change."""
    for name in UNEVEN:
        for day in range(dt.date(2026, 1, 1).toordinal(), dt.date(2027, 1, 1).toordinal()):
            for minute in {at + beside for at, _ in pieces(name, day)[1:] for beside in (-1, 0)}:
                assert listed(day, minute) == offsets_of_the_world(day, minute)


def test_each_offset_has_a_zone_that_exists() -> None:
    assert {*COMMON, *UNEVEN, *WHOLE_HOURS} <= zone_names()
    day = dt.date(2026, 11, 22).toordinal()
    for offset, mask in offsets_on(day).items():
        if mask == FULL:
            zone = zone_info(zone_with_offset(offset, day, 720))
            assert zone is not None
            assert offset_at(zone, (day - EPOCH_DAY) * 86400 + 720 * 60) == offset * 60
