"""A page with a decision of its own and two blocks, and visits to it, told as a browser's state and as a context."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from tests.browser.pages import region
from tests.browser.person import Person
from tests.rules.reading import clean_vocabulary, decision

SITE = clean_vocabulary("""\
signals:
  segment: {values: [private, business], from: ["query:segment", "cookie:segment", "storage:segment"]}
  orders: {type: number, from: ["query:orders", "cookie:orders"]}
  member: {type: boolean, from: ["storage:member"]}
  plan: {type: enum, values: [basic, full], from: ["meta:plan"]}
""")
OFFICE = decision(
    [
        ["open", {"time": "08:00-18:00", "weekday": "mon-fri", "zone": "Europe/Berlin"}],
        ["night", {"time": "22:00-05:00"}],
    ],
    SITE,
    "office",
)
OFFER = decision(
    [["loyal", {"orders": "5.."}], ["member", {"all": [{"member": True}, {"plan": "full"}]}]],
    SITE,
    "offer",
)
PAGE = decision(
    [
        ["business", {"segment": "business"}],
        ["winter", {"campaign": "winter", "date": "2026-12-01..2026-12-24"}],
        ["swiss", {"language": "de-CH"}],
        ["dark", {"scheme": "dark"}],
    ],
    SITE,
)
BUSINESS = '<h1 elementtiming="variant" id="top">For companies</h1>'
DEFAULT = '<h1 elementtiming="default" id="top">For everyone</h1>'
BODY = (
    region("hero", {"business": BUSINESS, "winter swiss dark": "<h1>Others</h1>"}, DEFAULT)
    + "<p>"
    + region("office", {"open": "We are there.", "night": "We sleep."}, "We are not there.", kind="vary", tag="span")
    + "</p>"
)
OFFER_BODY = region("offer", {"loyal": "<p>Thank you</p>", "member": "<p>Members</p>"}, "<p>Welcome</p>", kind="vary")
DECISIONS = [PAGE, OFFICE]
TEXTS = {"business": "For companies", "default": "For everyone"}
OFFICE_TEXTS = {"open": "We are there.", "night": "We sleep.", "default": "We are not there."}
OFFER_TEXTS = {"loyal": "Thank you", "member": "Members", "default": "Welcome"}


ANYBODY = Person()
KOLKATA = Person(zone="Asia/Kolkata", language="de-AT")


@dataclass(frozen=True, slots=True)
class Case:
    """A visit: the instant (UTC), who comes, what the address says, and what scripts of the site left behind."""

    now: str = "2026-11-23T12:00"
    person: Person = ANYBODY
    query: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    stored: dict[str, str] = field(default_factory=dict)

    def decided(self) -> dict[str, str]:
        """Return what the definition of the language decides, by decision."""
        visit = Visit(read_context(self._context()), SITE)
        return {rule.name: visit.decide(rule) for rule in (PAGE, OFFICE, OFFER)}

    def shown(self) -> list[str]:
        """Return the texts that have to be visible."""
        decided = self.decided()
        return [TEXTS.get(decided[""], "Others"), OFFICE_TEXTS[decided["office"]], OFFER_TEXTS[decided["offer"]]]

    def _context(self) -> dict[str, Any]:
        query = dict(pair.split("=") for pair in self.query.lstrip("?").split("&") if pair)
        signals = {name: json.loads(text) for name, text in {**self.stored, **self.cookies}.items()}
        made: dict[str, Any] = {
            "now": self.now + "Z",
            "zone": self.person.zone,
            "languages": [self.person.language],
            "scheme": self.person.scheme,
            "signals": {"plan": "full", **signals},
        }
        if "segment" in query:
            made["segments"] = query["segment"].split(",")
        if "utm_campaign" in query:
            made["campaign"] = query["utm_campaign"]
        return made


VISITS: dict[str, Case] = {
    "one minute before opening": Case("2026-11-23T06:59"),
    "opening": Case("2026-11-23T07:00"),
    "a weekend": Case("2026-11-28T10:00"),
    "the Monday after it, a minute after midnight": Case("2026-11-29T23:01"),
    "years after the zone's table": Case("2031-07-07T06:00"),
    "years before it": Case("2020-07-07T05:59"),
    "a segment": Case(query="?segment=private,business"),
    "no segment of the site": Case(query="?segment=press"),
    "a campaign in its time": Case("2026-12-24T23:59", query="?utm_campaign=WINTER"),
    "a campaign after its time": Case("2026-12-25T00:00", query="?utm_campaign=winter"),
    "a campaign before its time": Case("2026-11-30T23:59", query="?utm_campaign=winter"),
    "orders in a cookie": Case(cookies={"orders": "5"}),
    "too few of them": Case(cookies={"orders": "4.9"}),
    "a member in storage": Case(stored={"member": "true"}),
    "no member": Case(stored={"member": "false"}),
    "opening, from Kolkata": Case("2026-11-23T07:00", KOLKATA),
    "one minute before closing, from Kolkata, at night": Case("2026-11-23T16:59", KOLKATA),
    "closing, from Kolkata, at night": Case("2026-11-23T17:00", KOLKATA),
    "a minute before summer time begins, from Kolkata": Case("2027-03-28T00:59", KOLKATA),
    "the Friday before summer time": Case("2027-03-26T07:00", KOLKATA),
    "the Friday before summer time, a minute earlier": Case("2027-03-26T06:59", KOLKATA),
    "the Monday after, same clock, an hour earlier": Case("2027-03-29T06:00", KOLKATA),
    "a minute before that": Case("2027-03-29T05:59", KOLKATA),
    "the Friday before winter time": Case("2026-10-23T05:59", KOLKATA),
    "the Friday before winter time, a minute later": Case("2026-10-23T06:00", KOLKATA),
    "the Monday after winter time began": Case("2026-10-26T06:59", KOLKATA),
    "the Monday after winter time began, a minute later": Case("2026-10-26T07:00", KOLKATA),
    "the first language": Case(person=Person(language="de-CH")),
    "dark": Case(person=Person(scheme="dark")),
}
"""One person's visits stand together: starting a browser takes longer than they do."""
