"""The `console` blocks of a page, run: commands after `$ `, and what they print.

All blocks of a page are one session in a new folder. In what is printed, a line `...` stands for any lines, and
times that were taken count as equal.
"""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from tests.docs.pages import blocks

_TAKEN = re.compile(r"\d+\.\d\d s\b")


class Session:
    """A shell that knows `ctxsite`, `cd`, and `echo TEXT > FILE`; it starts in `folder`."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")  # 2026-12-01
        self._monkeypatch = monkeypatch

    def run(self, line: str) -> str:
        """Run one command; return what it prints. Raises an error that is none of the user's."""
        program, *arguments = shlex.split(line, comments=True)
        if program == "cd":
            self._monkeypatch.chdir(arguments[0])
            return ""
        if program == "echo":
            text, arrow, file = arguments
            assert arrow == ">"
            Path(file).write_text(text + "\n", encoding="utf-8")
            return ""
        assert program == "ctxsite", f"`{program}` is not known to this shell"
        if arguments[0] == "serve":
            return served(arguments)
        result = CliRunner().invoke(main, arguments, prog_name="ctxsite")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return _TAKEN.sub("0.12 s", "".join(f"{line.rstrip()}\n" for line in result.output.splitlines()))


def served(arguments: list[str]) -> str:
    """Run `ctxsite serve` until it has built the site, and end it as Ctrl-C does; return what it prints.

    Its port, the time of day, and times that were taken count as equal.
    """
    command = [sys.executable, "-m", "ctxsite", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = ""
        for line in process.stdout:
            printed += f"{line.rstrip()}\n"
            if "built in" in line:
                process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    printed = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8289", printed)
    return re.sub(r"\d+ ms", "123 ms", re.sub(r"\d\d:\d\d:\d\d", "12:34:56", printed)).strip("\n") + "\n"


def commands(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block, each with what it prints. A command goes on after a backslash."""
    joined = block.replace("\\\n", "\\\0")
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", joined, re.MULTILINE)
    return [(line.replace("\0", "\n"), output) for line, output in found]


def played(page: str, session: Session, *, keep: Callable[[str, str], bool]) -> str:
    """Return a page's text with the output of each command as it is now.

    What was written stays where it stands for the same: `keep` compares it with what is printed.
    """
    for block in blocks(page, "console"):
        text = ""
        for line, written in commands(block.text):
            printed = session.run(line.replace("\\\n", " "))
            text += f"$ {line}\n" + (written if keep(written, printed) else printed)
        page = page.replace(block.text, text, 1)
    return page


def stands_for(written: str, printed: str) -> bool:
    """Tell whether `written`, perhaps with lines `...`, is what was printed."""
    pattern = "".join("(?:.*\n)*" if line.strip() == "..." else re.escape(line) for line in written.splitlines(True))
    return re.fullmatch(pattern, printed) is not None
