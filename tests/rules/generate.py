"""Random conditions and contexts, as the JSON data that YAML and evaluators read.

Everything is drawn from a `random.Random`: seeded, it gives the same batch everywhere; drawn from hypothesis
(`st.randoms(use_true_random=False)`), it shrinks. Values lie on and beside the constants that conditions use.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

Json = Any

ZONES = (
    "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland",
    "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "UTC",
)  # fmt: skip
MINUTES = ("00:00", "00:01", "02:00", "02:30", "03:00", "05:00", "12:00", "18:00", "21:59", "22:00", "23:59")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
DATES = ("2024-02-29", "2025-12-31", "2026-01-01", "2026-03-29", "2026-10-25", "2026-12-24", "2027-02-28")
YEARLY = ("01-01", "02-28", "02-29", "03-01", "03-29", "10-25", "12-24", "12-31")
TAGS = ("de", "de-AT", "en", "fr-CH", "zh-Hant", "zh-Hant-TW", "pt-BR", "no", "nb")
LANGUAGES = ("de", "de-AT", "DE-CH-1996", "den", "en", "en-GB", "fr-CH", "zh-Hant-TW", "zh-hans", "pt", "no", "nb-NO")
COUNTRIES = ("DE", "AT", "CH", "NO", "US")
CAMPAIGNS = ("winter", "Summer", "bf-2026", "ÄPFEL")
HOSTS = ("example.org", "news.example.org", "t.co")
REFERRERS = (*HOSTS, "www.news.example.org", "badexample.org", "example.org.evil.net")
NUMBERS = (-1, 0, 2, 2.5, 3, 3.5, 5, 10)
ENUMS = {
    "device": ("phone", "tablet", "desktop"),
    "visit": ("new", "returning"),
    "scheme": ("light", "dark"),
    "weather": ("sun", "rain", "snow"),
}
SETS = {"segment": ("private", "business", "partner", "press"), "tags": ("a", "b", "c")}
PLANS = ("free", "pro", "Pro", "12", "true")
KNOWABLE = ("time", "language", "country", "campaign", "referrer", "orders", "member", "plan", *ENUMS, *SETS)
AUDIENCES = ("night", "dach", "night-in-dach", "quiet")
CLOCKS = ("time", "weekday", "date", "moment")
LEAVES = (
    *CLOCKS, "language", "country", "campaign", "referrer", "orders", "member", "plan", "known", "audience",
    *ENUMS, *SETS,
)  # fmt: skip


def time_range(draw: Random) -> str:
    start = draw.choice(MINUTES)
    return f"{start}-{draw.choice([end for end in (*MINUTES, '24:00') if end != start])}"


def weekdays(draw: Random) -> str:
    first, last = draw.choice(DAYS), draw.choice(DAYS)
    return first if first == last else f"{first}-{last}"


def dates(draw: Random) -> str:
    low, high = sorted((draw.choice(DATES), draw.choice(DATES)))
    first, last = draw.choice(YEARLY), draw.choice(YEARLY)
    return draw.choice((low, f"{low}..{high}", f"{low}..", f"..{high}", first, f"{first}..{last}"))


def moments(draw: Random) -> str:
    low, high = sorted(f"{draw.choice(DATES)}T{draw.choice(MINUTES)}" for _ in range(2))
    return draw.choice((f"{low}..{high}" if low != high else f"{low}..", f"{low}..", f"..{high}"))


def number(draw: Random) -> Json:
    low, high = sorted((draw.choice(NUMBERS), draw.choice(NUMBERS)))
    return draw.choice((low, f"{low}..{high}", f"{low}..", f"..{high}"))


def value(draw: Random, key: str) -> Json:
    made = {
        "time": time_range, "weekday": weekdays, "date": dates, "moment": moments, "orders": number,
    }  # fmt: skip
    if key in made:
        return made[key](draw)
    choices: dict[str, tuple[Json, ...]] = {
        "language": (*TAGS, "*"), "country": (*COUNTRIES, "no"), "campaign": CAMPAIGNS, "referrer": HOSTS,
        "member": (True, False), "plan": PLANS, "known": KNOWABLE, "audience": AUDIENCES, **ENUMS, **SETS,
    }  # fmt: skip
    return draw.choice(choices[key])


def values(draw: Random, key: str) -> Json:
    if draw.random() < 0.6:
        return value(draw, key)
    return [value(draw, key) for _ in range(draw.randint(1, 3))]


def make_condition(draw: Random, depth: int = 2) -> Json:
    """Make a condition: a mapping of one to three keys, or an audience's name."""
    if draw.random() < 0.05:
        return draw.choice(AUDIENCES)
    made: Json = {}
    for _ in range(draw.choice((1, 1, 1, 2, 2, 3))):
        if depth and draw.random() < 0.35:
            key = draw.choice(("any", "all", "not"))
            inner = [make_condition(draw, depth - 1) for _ in range(draw.randint(1, 3))]
            made[key] = inner[0] if key == "not" else inner
        else:
            key = draw.choice(LEAVES)
            made[key] = values(draw, key)
    if any(key in made for key in CLOCKS) and draw.random() < 0.4:
        made["zone"] = draw.choice((*ZONES, "visitor"))
    return made


def make_instant(draw: Random, zone: str | None) -> str:
    """Make an instant near the constants; its offset is usually the zone's, sometimes any other."""
    clock = ZoneInfo(draw.choice(ZONES))
    day = dt.date.fromisoformat(draw.choice((*DATES, "2026-06-10", "2026-11-07")))
    time = dt.time.fromisoformat(draw.choice((*MINUTES, "06:00", "18:01", "01:59")))
    at = dt.datetime.combine(day, time, clock) + dt.timedelta(minutes=draw.choice((0, 0, -1, 1, 60)))
    offset = dt.timezone(dt.timedelta(minutes=draw.choice((0, 60, -210, 345, 765))))
    shown = at.astimezone(offset if zone is None or draw.random() < 0.2 else ZoneInfo(zone))
    return shown.isoformat(timespec=draw.choice(("minutes", "seconds")))


def make_context(draw: Random) -> Json:
    """Make a well-formed context, each signal known more often than not."""
    known = draw.choice((0.2, 0.7, 0.95))

    def maybe() -> bool:
        return draw.random() < known

    made: Json = {}
    zone = draw.choice(ZONES) if maybe() else None
    if zone:
        made["zone"] = zone
    if maybe():
        made["now"] = make_instant(draw, zone)
    if maybe():
        made["languages"] = [draw.choice(LANGUAGES) for _ in range(draw.randint(1, 2))]
    if maybe():
        made["segments"] = draw.sample(SETS["segment"], draw.randint(0, 3))
    for key, choices in (
        ("country", COUNTRIES), ("campaign", (*CAMPAIGNS, "WINTER", "x")), ("referrer", REFERRERS),
        ("device", ENUMS["device"]), ("visit", ENUMS["visit"]), ("scheme", ENUMS["scheme"]),
    ):  # fmt: skip
        if maybe():
            made[key] = draw.choice(choices)
    own: Json = {
        "weather": draw.choice(ENUMS["weather"]), "orders": draw.choice((*NUMBERS, 4, 99)),
        "member": draw.choice((True, False)), "plan": draw.choice(PLANS),
        "tags": draw.sample(SETS["tags"], draw.randint(0, 3)),
    }  # fmt: skip
    made["signals"] = {name: own[name] for name in own if maybe()}
    return made


def make_variants(draw: Random) -> list[tuple[str, Json]]:
    """Make the branches of a decision: names and conditions."""
    return [(f"v{n}", make_condition(draw)) for n in range(draw.randint(1, 4))]
