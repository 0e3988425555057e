"""The two halves of a build: the map of a site is made without what the second needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.edits import Site
from tests.build.test_again import NOW


@pytest.mark.parametrize("command", [("list",), ("explain", "/")])
def test_a_map_needs_no_templates(tmp_path: Path, command: tuple[str, ...]) -> None:
    arguments = [*command, "-s", str(Site(tmp_path).root), "--now", NOW]
    code = (
        "import sys; from ctxsite.cli.main import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print(sorted({'jinja2', 'ctxsite.build.artifacts', 'ctxsite.render.site', 'ctxsite.targets.feed'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_the_rest_is_imported_while_copies_read(tmp_path: Path) -> None:
    code = (
        "import os, sys; from ctxsite.build import workers; from ctxsite.cli.main import main\n"
        "fork, known = os.fork, []\n"
        "os.fork = lambda: known.append('jinja2' in sys.modules) or fork()\n"
        "workers.WORTH_IT = 2\n"
        f"try: main(['build', '-q', '-j', '2', '-s', {str(Site(tmp_path).root)!r}, '--now', {NOW!r}])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print(known)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[False, True]", "once for documents, once for pages"
