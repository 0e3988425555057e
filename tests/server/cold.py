"""What is served, compared with a build from nothing of the same files."""

from __future__ import annotations

import datetime as dt
import http.client
from pathlib import Path
from urllib.parse import quote

from ctxsite.build.pipeline import compile_site
from ctxsite.build.survey import Request
from ctxsite.content.assemble import Moment
from ctxsite.diagnostics import Severity
from ctxsite.server.inject import bare
from tests.server.serving import NOW, PATIENCE, Served, until


def built(site: Path) -> dict[str, bytes] | None:
    """Return the files of a build from nothing; None if there is an error."""
    compiled = compile_site(Request(site, Moment(dt.datetime.fromisoformat(NOW)), jobs=1))
    if any(problem.severity is Severity.ERROR for problem in compiled.diagnostics):
        return None
    return {
        artifact.path: artifact.data if artifact.copy_of is None else (site / artifact.copy_of).read_bytes()
        for artifact in compiled.artifacts
    }


def shown(served: Served, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the same files as they are served to a browser, without the client; what is not there is left out."""
    found = {}
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    for path in files:
        connection.request("GET", "/" + quote(path), headers={"sec-fetch-dest": "document"})
        response = connection.getresponse()
        body = response.read()
        if response.status == 200:
            found[path] = bare(body)
    connection.close()
    return found


def check(served: Served, site: Path, gone: tuple[str, ...] = ()) -> None:
    """Wait until exactly what a build from nothing makes is served: byte for byte, and nothing of `gone`."""
    files = built(site)
    assert files is not None
    until(lambda: shown(served, files) == files)
    assert [path for path in gone if served.ask(f"/{path}").status != 404] == []
