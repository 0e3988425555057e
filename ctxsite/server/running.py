"""Sockets, the ASGI server, and its end within a second of Ctrl-C."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import multiprocessing
import os
import socket
from collections.abc import Callable, Iterable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

PORT = 8289
"""The usual port: 289 is `ctx` on a telephone's keys."""

_TRIES = 50
_GRACE = 0.4
"""Seconds for answers that are being sent when the server ends."""


def listening(address: str, port: int) -> socket.socket:
    """Return a socket that listens at a port, or at the next free one after it. Raises OSError if there is none."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    last = port + _TRIES if port else port
    for number in range(port, min(last, 65535) + 1):
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((address, number))
            opened.listen(1024)
        except OSError as error:
            opened.close()
            if error.errno != errno.EADDRINUSE or number == min(last, 65535):
                raise
        else:
            return opened
    raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


def url_host(address: str) -> str:
    """Return how a URL names an address: an IPv6 address stands in brackets, "any address" is this machine."""
    found = ipaddress.ip_address(address)
    if found.is_unspecified:
        return "127.0.0.1" if found.version == 4 else "[::1]"
    return f"[{address}]" if found.version == 6 else address


def own_address() -> str:
    """Return this machine's address in its network: that from which it would send; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


class _Server(uvicorn.Server):
    """Tells when it is asked to end, so that streams that never end by themselves do."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  (the signature is uvicorn's)
        """Take a signal. It is not raised again at the end: this is how the program is meant to be ended."""
        self.should_exit = True
        self._ending()


def run(app: ASGIApp, sockets: Iterable[socket.socket], ending: Callable[[], None]) -> None:
    """Serve until a signal comes; `ending` is called when it does."""
    config = uvicorn.Config(
        app, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None, access_log=False,
        server_header=False, timeout_keep_alive=60, timeout_graceful_shutdown=1,
    )  # fmt: skip
    config.timeout_graceful_shutdown = _GRACE  # type: ignore[assignment]  # seconds: only its type says whole ones
    server = _Server(config, ending)
    asyncio.run(server.serve(list(sockets)))


def end_at_once() -> None:
    """End this process and those that build for it, in whatever they are doing: they have nothing to put in order."""
    for process in multiprocessing.active_children():
        process.kill()
    os._exit(0)
