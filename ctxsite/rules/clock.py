"""What the clock on the wall shows: the facts that `time`, `weekday`, `date` and `moment` ask about."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_DAY = 86400


class WallClock(NamedTuple):
    """One reading: minute of the day, weekday (0 is Sunday), and date, day of the year and moment as numbers.

    `date` is `yyyymmdd`, `month_day` `mmdd`, `moment` `yyyymmddhhmm`: numbers that order as the calendar does.
    """

    minute: int
    weekday: int
    date: int
    month_day: int
    moment: int


def wall_clock(local_seconds: int) -> WallClock:
    """Return the reading at an instant, given in seconds since 1970 on that clock (UTC plus its offset).

    Seconds are cut off: the clock shows whole minutes. The years 1 to 9999 can be shown.
    """
    days, seconds = divmod(local_seconds, _DAY)
    minute = seconds // 60
    day = dt.date.fromordinal(_EPOCH_DAY + days)
    month_day = day.month * 100 + day.day
    date = day.year * 10000 + month_day
    return WallClock(minute, (days + 4) % 7, date, month_day, date * 10000 + minute // 60 * 100 + minute % 60)


def local_seconds(date: int, minute: int) -> int:
    """Return the seconds since 1970 of a `yyyymmdd` date and a minute of that day, on the same clock."""
    day = dt.date(date // 10000, date // 100 % 100, date % 100)
    return (day.toordinal() - _EPOCH_DAY) * _DAY + minute * 60
