"""One command measured: its time, or, in a run of its own, the most memory that its processes have at once."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02
"""Seconds between two looks at the memory."""


class FailedError(Exception):
    """A command did not end, or did not end well; the text says how."""


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds on the clock, and of processors: the command's and that of all it started."""

    wall: float
    processor: float


def timed(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str], limit: float, sources: Path | None = None
) -> Time:
    """Run a command and return what it took. Raises FailedError, also after `limit` seconds.

    `sources` is a folder that the system's cache is to hold: it may have given up what nobody has read for minutes.
    """
    os.sync()  # what an earlier run left to be written is not this one's work
    for file in sources.rglob("*") if sources else ():
        if file.is_file():
            file.read_bytes()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with _started(command, cwd, environment) as process:
        _ended(process, limit)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Time(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def memory(command: Sequence[str], cwd: Path, environment: Mapping[str, str], limit: float) -> tuple[int, int]:
    """Run a command; return the most bytes that its processes had at once, and how many processes those were.

    A page of memory that processes share counts once (the sum of the proportional set sizes, PSS).
    """
    most = (0, 0)
    with _started(command, cwd, environment) as process:
        until = time.monotonic() + limit
        while process.poll() is None and time.monotonic() < until:
            found = [size for each in _session(process.pid) if (size := _pss(each))]
            most = max(most, (sum(found), len(found)))
            time.sleep(_EVERY)
        _ended(process, 0)
    return most


class _Started:
    """A process in a session of its own, of which nothing is left afterwards."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __enter__(self) -> subprocess.Popen[str]:
        return self.process

    def __exit__(self, *_: object) -> None:
        for each in _session(self.process.pid):
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()


def _started(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> _Started:
    process = subprocess.Popen(
        command, cwd=cwd, env=dict(environment), start_new_session=True, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    return _Started(process)


def _ended(process: subprocess.Popen[str], limit: float) -> None:
    try:
        _, said = process.communicate(timeout=limit or None)
    except subprocess.TimeoutExpired:
        raise FailedError(f"took longer than {limit:.0f} s") from None
    if process.returncode:
        lines = [line for line in said.splitlines() if line.strip()]
        raise FailedError(f"failed with {process.returncode}: {' '.join(lines[:2])[:200]}")


def _session(leader: int) -> list[int]:
    """Return the living processes of a session (proc(5): the sixth field of /proc/PID/stat)."""
    found = []
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            fields = Path(entry.path, "stat").read_text(errors="replace").rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == leader and fields[0] not in "ZX":
            found.append(int(entry.name))
    return found


def _pss(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
