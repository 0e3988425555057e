"""Who may ask."""

from __future__ import annotations

import pytest

from ctxsite.server.guard import from_elsewhere, host_allowed

HOSTS = {
    "127.0.0.1": True, "127.0.0.1:8289": True, "localhost": True, "LOCALHOST:1": True, "[::1]:8289": True,
    "beispiel.de.localhost:8289": True, "known.test": True,
    "": False, "evil.example": False, "localhost.evil.example": False, "127.0.0.1.evil.example": False,
    "127.0.0.1@evil.example": False, "evil.example#localhost": False, "[::1": False, "evil.example:127.0.0.1": False,
    "192.0.2.7:8289": False, "0.0.0.0": False, "2130706433": False, "known.test.evil.example": False,
}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_hosts(host: str) -> None:
    assert host_allowed(host, open_to_network=False, names=frozenset({"known.test"})) is HOSTS[host]


def test_addresses_in_the_network_where_that_is_wanted() -> None:
    assert host_allowed("192.0.2.7:8289", open_to_network=True)
    assert not host_allowed("evil.example", open_to_network=True)


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, True),
        ({"origin": "http://h:1"}, False),
        ({"origin": "http://h:2"}, True),
        ({"origin": "null"}, True),
    ],
)
def test_other_sites(headers: dict[str, str], elsewhere: bool) -> None:
    assert from_elsewhere({"host": "h:1", **headers}) is elsewhere
