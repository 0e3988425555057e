"""The browser's engine: put together, for a site, from the parts that its rules need.

The parts are built from `ctxsite/selector/parts/` (see there, and `tools/selector.mjs`); their text is part of this
program. One engine serves a whole site, so that a Content-Security-Policy needs one hash for it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pkgutil import get_data

from ctxsite.frozen import dataclass

TABLE_ID = "ctxsite"
"""The `id` of the element that holds a page's table, and so the name under which the engine finds it.

(HTML, 7.2.2.3, named access on the Window object.) The engine takes the table's place there.
"""

SLOT_LINE = "ctxsite.place?.()"
"""The script in front of each default. Where the engine did not run, `ctxsite` is the table's element: no error."""

GUARD_CSS = (
    "[data-slot],[data-vary],[data-default]{display:contents}"
    "[data-shown]:not([data-shown=default])>[data-default]{display:none!important}"
)
"""Wrappers leave no trace in the layout, and a default is hidden once its alternative is there: not before."""

_OPENING = f"($=>{{%s}})(self.ctxsite=JSON.parse({TABLE_ID}.text))"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the engine: minified JavaScript, and the names of the parts it cannot do without."""

    name: str
    needs: tuple[str, ...]
    code: str


@cache
def parts() -> tuple[Part, ...]:
    """Return all parts, in the order in which they stand in an engine."""
    data = json.loads(get_data("ctxsite", "selector/engine.json") or b"[]")
    return tuple(Part(part["name"], tuple(part["needs"]), part["code"]) for part in data)


def script_text(data: object) -> str:
    """Return JSON that can stand in a script element, as data or as an expression."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def compose_engine(features: Iterable[str], constants: Mapping[str, object] | None = None) -> str:
    """Return the script for a site that needs these features, or an empty text if it needs none.

    `features` are names of parts, as `browser.features` finds them; what they need comes with them. `constants`
    are data that the parts find under these names.
    """
    known = {part.name: part for part in parts()}
    wanted: set[str] = set()
    waiting = list(features)
    if not waiting:
        return ""
    waiting.append("start")
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += known[name].needs
    given = "".join(f"$.{name}={script_text(value)};" for name, value in (constants or {}).items())
    return _OPENING.replace("%s", given + "".join(part.code for part in parts() if part.name in wanted))


def csp_hash(text: str) -> str:
    """Return the source expression that allows an inline script or style (CSP Level 3, 2.3.1), without quotes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
