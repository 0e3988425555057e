"""Where pages lead: what is known of most links beforehand makes no difference to what is found missing."""

from __future__ import annotations

from html import unescape
from urllib.parse import unquote, urljoin

import pytest

from ctxsite.build.dead_ends import Answers, destinations, linkable
from ctxsite.model.address import Host, Hosts, file_of

FILES = (
    "index.html", "a/index.html", "a/b/index.html", "fooindex.html", "x.css", "über/index.html", "a b/index.html",
    "a,b", "a&b", "x&copy.html", "404.html", "pic.png", "a/pic.png", "de/index.html", "de/a/index.html", "de/only.png",
)  # fmt: skip
PAGES = (
    "index.html",
    "a/index.html",
    "a/b/index.html",
    "fooindex.html",
    "404.html",
    "de/index.html",
    "de/a/index.html",
)
HOSTS = {
    "at the root": Hosts(Host("/", "https://example.org")),
    "below a path": Hosts(Host("/", "https://example.org/base", "/base")),
    "a language elsewhere": Hosts(Host("/"), (Host("/de/", "https://de.example.org"),)),
    "both": Hosts(
        Host("/", "https://example.org/base", "/base"), (Host("/de/", "https://de.example.org/deutsch", "/deutsch"),)
    ),
}
PATHS = (
    "", "/", "//", "/a", "/a/", "/a/b/", "/fooindex.html", "/index.html", "/foo", "/x.css", "/über/", "/%C3%BCber/",
    "/%c3%bcber/", "/a b/", "/a%20b/", "/a,b", "/a%2Cb", "/a&b", "/a&amp;b", "/x&copy.html", "/x&amp;copy.html",
    "/gone", "/gone/", "/gone.html", "/a/gone/", "/de/", "/de/a/", "/de/only.png", "/only.png", "/deutsch/",
    "/deutsch/a/",
    "a/", "a", "b/", "pic.png", "../", "../a/", "../../a/b/", "../gone/", "./", "./pic.png", "x.css", "über/",
    "a/../a/", "//example.com/", "//example.com/gone", "https://example.com/gone", "http://example.com", "https://a.example/x,y",
    "HTTPS://example.com/", "mailto:a@example.org", "data:,x", "tel:1",
)  # fmt: skip
LINKS = (*PATHS, *(f"/base{path}" for path in PATHS if path.startswith("/") and not path.startswith("//")))
LISTS = (
    "https://example.com/x.png", "https://example.com/x.png, gone.png 2x", "https://example.com/x.png,/gone.png",
    "/pic.png 1x, /gone.png 2x", "/gone.png 1x, /pic.png 2x", "/pic.png?v=1 1x, /gone.png 2x", "/pic.png#x,/gone.png",
    "pic.png, a/pic.png 2x", "#x, /gone.png", "?x, /gone.png", " /pic.png ", "/pic.png 100w,", "/a,b", "/pic.png?v=1",
    "data:image/gif;base64,R0lGOD 1x, /gone.png 2x", "/gone,1.png 2x, /a,b 1x", "/pic.png,/gone.png 1x",
    "/base/pic.png?v=1 1x, /base/gone.png 2x", "/pic.png?a,b 2x",
)  # fmt: skip
ELEMENTS = [
    *(f'<a class="x" href="{link}{tail}">' for link in LINKS for tail in ("", "#x", "?q=/gone", "?q#x")),
    *(f'<img src="{link}" alt=">">' for link in LINKS),
    *(f'<form action="{link}"><video poster="{link}">' for link in ("/gone", "/a/")),
    *(f'<img srcset="{several}">' for several in LISTS),
    '<a data-href="/gone">', '<p>href="/gone" </p>', '<p> href="/gone" </p>', "<p>", "",
]  # fmt: skip


def missing_one_by_one(path: str, html: str, hosts: Hosts) -> tuple[str, ...]:
    """Look up each destination by itself; nothing is remembered."""
    host, found = hosts.of(f"/{path}"), []
    here = host.url("/" + path.removesuffix("index.html"))
    for written in destinations(html.encode()):
        url = unquote(urljoin(here, written))
        file = file_of(host.prefix + url.removeprefix(host.base_path + "/"))
        inside = url.startswith(host.base_path + "/")
        if not inside or not {file, f"{file}/index.html"} & set(FILES):
            found.append(written)
    return tuple(sorted(found))


@pytest.mark.parametrize("hosts", HOSTS.values(), ids=HOSTS.keys())
def test_knowing_most_links_makes_no_difference(hosts: Hosts) -> None:
    seen, answers = Answers(linkable(FILES), hosts), Answers(linkable(FILES), hosts)
    answers.warm()
    some = 0
    for path in PAGES:
        for html in [*ELEMENTS, "".join(ELEMENTS[::7])]:
            expected = missing_one_by_one(path, html, hosts)
            for each in (seen, answers, Answers(linkable(FILES), hosts)):
                assert each.missing(path, html.encode()) == expected, (path, html)
            alone = Answers(linkable(FILES), hosts)
            alone.warm()
            assert alone.missing(path, html.encode()) == expected, (path, html)
            some += bool(expected)
    assert 0 < some < len(PAGES) * len(ELEMENTS)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="/gone/">', ["/gone/"]), ('<a href="/a/#x">', []), ('<a href="?q">', []),
        ('<a href="gone">', ["gone"]),
        ('<img srcset="/pic.png?v=1 1x, /gone.png?v=1 2x">', ["/gone.png"]),
        ('<img srcset="/pic.png#x, /gone.png#x">', ["/gone.png"]), ('<img srcset="#x, /gone.png">', ["/gone.png"]),
        ('<img srcset="https://example.com/x.png, /gone.png">', ["/gone.png"]),
        ('<img srcset="data:image/gif;base64,R0lG 1x, /gone,1.png 2x">', ["/gone,1.png"]),
        ('<img srcset="/pic.png?w=1,h=2 1x, /pic.png?w=2,h=4 2x">', []),
        ('<a href="/x&copy.html">', [unescape("/x&copy.html")]), ('<a href="/x&amp;copy.html">', []),
        ('<a href="/index.html">', []), ('<a href="/foo">', ["/foo"]), ('<a href="/fooindex.html">', []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("warm", [False, True])
def test_what_is_missing(html: str, found: list[str], warm: bool) -> None:
    answers = Answers(linkable(FILES), HOSTS["at the root"])
    if warm:
        answers.warm()
    assert list(answers.missing("index.html", html.encode())) == found


def test_what_most_links_are_is_known_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Answers(linkable(FILES), HOSTS["below a path"])
    answers.warm()
    monkeypatch.setattr(Answers, "_leads_somewhere", lambda *_: pytest.fail("looked closer"))
    assert answers.missing("index.html", b'<a href="/base/"><a href="/base/a/b/"><img src="/base/pic.png">') == ()
