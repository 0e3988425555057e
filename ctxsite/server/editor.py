"""Opening a file of the site in the editor that `--editor` names, at a click on a diagnostic."""

from __future__ import annotations

import hmac
import os
import re
import shlex
import subprocess
import threading
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ctxsite.build.load import shipped_theme_folder
from ctxsite.server.guard import host_allowed
from ctxsite.server.inject import OWN
from ctxsite.server.live import Live

_THEME = re.compile(r"<theme ([\w-]+)>/(.+)")
_TOO_LONG = 10_000


def routes(live: Live) -> list[Route]:
    """Return the address that opens a file: `POST path line column`, one a line, with the pages' token."""

    async def opened(request: Request) -> Response:
        token = request.headers.get("x-ctxsite-token", "").encode()
        local = request.client is not None and host_allowed(request.client.host, open_to_network=False)
        if not local or not hmac.compare_digest(token, live.place.token.encode()):
            return PlainTextResponse("Not for other sites.\n", 403)
        if int(request.headers.get("content-length") or _TOO_LONG) >= _TOO_LONG:
            return PlainTextResponse("Too long.\n", 413)
        path, line, column = (*(await request.body()).decode("utf-8", "replace").split("\n"), "", "", "")[:3]
        file = file_at(live.place.root, path)
        if file is None or not live.place.editor:
            return PlainTextResponse("There is no such file in this site, or no --editor.\n", 404)
        return _started(command(live.place.editor, str(file), _number(line), _number(column)))

    return [Route(f"{OWN}open", opened, methods=["POST"])]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 1


def file_at(root: Path, path: str) -> Path | None:
    """Return the file that a diagnostic's path means, if it is one of the site's or of a shipped theme's."""
    themed = _THEME.fullmatch(path)
    base = shipped_theme_folder(themed[1]) if themed else root
    real = Path(os.path.realpath(base))
    try:
        file = Path(os.path.realpath(base / (themed[2] if themed else path)))
    except ValueError:  # a NUL
        return None
    return file if file.is_relative_to(real) and file.is_file() else None


def command(editor: str, file: str, line: int, column: int) -> list[str]:
    """Return the editor's command line: `{file}`, `{line}` and `{column}` are replaced where they stand.

    Where `{file}` stands nowhere, `FILE:LINE:COLUMN` is added, which most editors understand. No shell is involved.
    """
    words = shlex.split(editor)
    if "{file}" not in editor:
        words.append("{file}:{line}:{column}")
    named = {"{file}": file, "{line}": str(line), "{column}": str(column)}
    return [re.sub(r"\{(?:file|line|column)\}", lambda match: named[match[0]], word) for word in words]


def _started(words: list[str]) -> Response:
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except (OSError, ValueError) as error:
        return PlainTextResponse(f"Cannot run the editor: {error}\n", 500)
    threading.Thread(target=process.wait, daemon=True, name="ctxsite editor").start()  # no dead process stays
    return Response(status_code=204)
