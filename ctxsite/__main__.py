"""The program: `python -m ctxsite` is the same as `ctxsite`."""

from __future__ import annotations

import gc
import os
import sys
import threading
from importlib import import_module


def run() -> None:
    """Run a command and end the process.

    Nearly all that is made stays, so looking for what does not seldom pays, least of all while modules are imported.
    Taking a site apart in memory takes a twentieth of the time of building it, and the system frees all of it anyway.
    So the process ends at once where nothing is left to do: all output written, no other thread running.
    """
    gc.set_threshold(500_000, 30, 1000)
    try:
        import_module("ctxsite.cli.main").main()
    except SystemExit as stop:
        if isinstance(stop.code, int) and threading.active_count() == 1 and _flushed():
            os._exit(stop.code)
        raise


def _flushed() -> bool:
    """Write out what is printed; return whether that went well. If not, the usual end of a process says so."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    run()
