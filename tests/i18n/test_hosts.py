"""Languages on hosts of their own: URLs lead back to addresses, and rules about paths mean the page's own host."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.cli.main import main
from ctxsite.model.address import Host, Hosts

HOSTS = Hosts(
    Host("/", "https://example.org/site", "/site"),
    (Host("/de/", "https://example.de", ""), Host("/fr/", "https://example.org/site/france", "/site/france")),
)
FILES = {
    "ctxsite.yaml": """\
title: T
base_url: https://example.org/site
languages:
  en:
  de: {base_url: "https://Example.DE/"}
  fr: {base_url: "https://example.org/site/france"}
signals: {shop: {type: boolean, from: ["path:/shop/"]}}
""",
    "content/shop/über uns.md": "---\ntitle: A\nvariants: {v: {when: {shop: true}, title: B}}\n---\nText.\n",
    "content/shop/über uns.de.md": "---\ntitle: A\nvariants: {v: {when: {shop: true}, title: B}}\n---\nText.\n",
    "content/shop/über uns.fr.md": "---\ntitle: A\nvariants: {v: {when: {shop: true}, title: B}}\n---\nText.\n",
}

parts = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/~"), min_size=1), max_size=3
)


@given(st.sampled_from(["/", "/de/", "/fr/", "/it/"]), parts)
def test_a_url_leads_back_to_its_address(prefix: str, names: list[str]) -> None:
    address = "/".join([prefix.rstrip("/"), *names, ""])
    url = HOSTS.absolute(address)
    assert HOSTS.find(url) == address
    assert HOSTS.find(url.rstrip("/") + "?a=/b#c") == address
    if HOSTS.of(address) is HOSTS.main:
        assert HOSTS.find(HOSTS.url(address, address)) == address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.de/shop", "/de/shop/"),
        ("HTTPS://EXAMPLE.DE/shop/~v/?x", "/de/shop/"),
        ("https://example.de", "/de/"),
        ("https://example.dev/", None),
        ("https://example.org/sitemap", None),
        ("https://example.org/site/francesca/", "/francesca/"),
        ("/site/shop", "/shop/"),
        ("/shop", "/shop/"),
        ("shop/", "/shop/"),
        ("/", "/"),
        ("", "/"),
    ],
)
def test_urls_as_people_give_them(url: str, address: str | None) -> None:
    assert HOSTS.find(url) == address


@pytest.mark.parametrize(
    "url",
    ["https://example.de/shop/%C3%BCber-uns/?segment=a", "https://example.de/shop/über-uns/~v/", "/de/shop/über-uns/"],
)
def test_explain_understands_them(make_site: Callable[..., Path], url: str) -> None:
    site = make_site(FILES)
    done = CliRunner().invoke(main, ["explain", "-s", str(site), "--json", url])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["page"] == "/de/shop/über-uns/"


def test_explain_and_list_say_where_a_page_is(make_site: Callable[..., Path]) -> None:
    site = make_site(FILES)
    done = CliRunner().invoke(main, ["explain", "-s", str(site), "https://elsewhere.example/shop/"])
    assert done.exit_code == 2
    assert "It is on none of the site's hosts." in done.stderr
    listed = json.loads(CliRunner().invoke(main, ["list", "-s", str(site), "--json"]).stdout)["pages"]
    urls = {page["address"]: page["url"] for page in listed}
    assert urls["/de/shop/über-uns/"] == "https://example.de/shop/%C3%BCber-uns/"


def test_rules_about_paths_mean_the_host_that_a_page_is_on(make_site: Callable[..., Path]) -> None:
    site = make_site(FILES)
    done = CliRunner().invoke(main, ["build", "-s", str(site)])
    assert done.exit_code == 0, done.output
    for folder, prefix in (("", "/site/shop/"), ("de/", "/shop/"), ("fr/", "/site/france/shop/")):
        text = (site / "public" / folder / "shop" / "über-uns" / "index.html").read_text("utf-8")
        table = text.partition('<script type="application/json" id="ctxsite">')[2].partition("</script>")[0]
        assert f'"{prefix}"' in table, folder
