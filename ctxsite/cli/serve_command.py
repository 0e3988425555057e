"""`ctxsite serve`: the site in a browser while it is written."""

from __future__ import annotations

import datetime as dt
import ipaddress
import signal
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ctxsite.cli.options import clock, clock_options
from ctxsite.frozen import dataclass

if TYPE_CHECKING:
    from socket import socket

    from ctxsite.cli.serve_report import Teller
    from ctxsite.server.live import Live

_LOOPBACK = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"  # noqa: S104  (only where --lan asks for it)


class Address(click.ParamType[str]):
    """An IP address, or `localhost`."""

    name = "ADDRESS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address, or fail with an example."""
        if value == "localhost":
            return _LOOPBACK
        try:
            return str(ipaddress.ip_address(value))
        except ValueError:
            self.fail(f"{value!r} is no IP address; write one like 127.0.0.1 or 0.0.0.0", param, ctx)


@click.command("serve")
@click.option(
    "-s", "--site", type=click.Path(file_okay=False, path_type=Path), default=".",
    help="The site's folder (default: this one).",
)  # fmt: skip
@click.option("-p", "--port", type=click.IntRange(0, 65535), help="The port, or the next free one (default: 8289).")
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("--bind", type=Address(), default=_LOOPBACK, help="Listen at this address (default: 127.0.0.1).")
@click.option("--lan", is_flag=True, help="Show the site in the local network: prints its address and a QR code.")
@click.option("--allow-host", metavar="NAME", multiple=True, help="Answer to this host name, too (repeatable).")
@click.option("--editor", metavar="CMD", default="", help="Open files with this at a click, e.g. `code -g`.")
@click.option("--poll", is_flag=True, help="Look for changes, where there are no file events (network drives).")
@click.option("-b", "--base-url", help="Use this base URL instead of the setting.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes (default: one a core).")
@click.option("-q", "--quiet", is_flag=True, help="Print the address and diagnostics only.")
@click.option("-v", "--verbose", count=True, help="Say more: each file, and all problems of one kind.")
@clock_options
def command(**options: Any) -> None:
    """Serve the site, build it again at each change, and let browsers show it.

    Everything is in memory: nothing is written. Only this machine sees the site, unless told otherwise.
    """
    from ctxsite.cli.serve_report import Teller
    from ctxsite.server.running import end_at_once

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: end_at_once())
    given = Given(**options)
    serve(given, Teller(given.site, quiet=given.quiet, verbose=given.verbose))


@dataclass(frozen=True, slots=True)
class Given:
    """The command's options, by their names."""

    site: Path
    port: int | None
    open_browser: bool
    bind: str
    lan: bool
    allow_host: tuple[str, ...]
    editor: str
    poll: bool
    base_url: str | None
    jobs: int | None
    quiet: bool
    verbose: int
    now: dt.datetime | None
    drafts: bool
    future: bool
    expired: bool

    @property
    def address(self) -> str:
        """Where to listen."""
        return _EVERYWHERE if self.lan and self.bind == _LOOPBACK else self.bind


def serve(given: Given, teller: Teller) -> None:
    """Build, serve, and build again until a signal comes."""
    from ctxsite.build.session import Session
    from ctxsite.server.app import make_app
    from ctxsite.server.guard import host_allowed
    from ctxsite.server.live import Live, Place
    from ctxsite.server.quiet import Changes
    from ctxsite.server.rebuild import Rebuilder
    from ctxsite.server.running import end_at_once, run
    from ctxsite.server.watch import Watching

    listener = _listener(given, teller)
    shown = {"drafts": given.drafts, "future": given.future, "expired": given.expired}
    session = Session(given.site, base_url=given.base_url, jobs=given.jobs, **shown)
    live, changes = Live(Place(given.site, given.editor)), Changes()
    rebuilder = Rebuilder(
        session.build, lambda: clock(given.now), live, changes, teller.built, ticking=given.now is None
    )
    with closing(Watching(given.site, changes, poll=given.poll, tell=teller.note)) as watcher:
        watcher.watch(rebuilder.first())
        url = _tell_addresses(given, teller, listener, live)
        builder = rebuilder.start(watcher)

        def ending() -> None:
            live.close()
            changes.close()

        names = frozenset(name.lower() for name in given.allow_host)
        everybody = not ipaddress.ip_address(given.address).is_loopback
        app = make_app(live, lambda host: host_allowed(host, open_to_network=everybody, names=names))
        if given.open_browser:
            click.launch(url)
        run(app, [listener], ending)
        builder.join(0.2)
        if builder.is_alive():
            end_at_once()


def _listener(given: Given, teller: Teller) -> socket:
    from ctxsite.server.running import PORT, listening

    port = PORT if given.port is None else given.port
    try:
        listener = listening(given.address, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen at {given.address}:{port}: {error.strerror or error}") from error
    got = listener.getsockname()[1]
    if port not in {0, got}:
        teller.note(f"port {port} is taken: using {got}")
    return listener


def _tell_addresses(given: Given, teller: Teller, listener: socket, live: Live) -> str:
    """Say where the site can be seen; return the first address."""
    from ctxsite.server.inject import OWN
    from ctxsite.server.lookup import local_name
    from ctxsite.server.running import own_address, url_host

    port = listener.getsockname()[1]
    good = live.view.good
    base = good.compiled.settings.base_path if good else ""
    url = f"http://{url_host(given.address)}:{port}{base}/"
    rows = [("Site", url)]
    own = good.compiled.settings.hosts.own if good else ()
    rows += [(host.base_url, f"http://{local_name(host)}:{port}{host.base_path}/") for host in own]
    rows.append(("Board", f"http://{url_host(given.address)}:{port}{OWN}"))
    if given.lan:
        rows.append(("Network", f"http://{url_host(own_address())}:{port}{base}/"))
    teller.addresses(rows, code=rows[-1][1] if given.lan else "")
    return url
