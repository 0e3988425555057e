"""What pages carry whose alternatives are loaded when needed: a script and a style rule, both constant.

The script's source is `ctxsite/selector/fragments/load.js`; built, it is part of this program, as the engine is.
"""

from __future__ import annotations

from functools import cache
from pkgutil import get_data

LIMIT = 3_000
"""How long a fragment may take, in milliseconds; then the default is shown."""

WAITING_CSS = (
    "[data-waiting]>[data-default]{visibility:hidden;animation:ctxsite-late 1ms 4s forwards!important}"
    "@keyframes ctxsite-late{to{visibility:visible}}"
)
"""A default whose alternative is on its way keeps its place, invisible: a second longer than `LIMIT`, at most."""


@cache
def loader() -> str:
    """Return the script. Where the engine did not run, it does nothing."""
    function = (get_data("ctxsite", "selector/fragments/load.min.js") or b"").decode().strip()
    return f"({function})(self.ctxsite,{LIMIT})"
