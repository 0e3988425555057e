"""The `srcset` attribute (HTML, 4.8.4.2.1): several addresses in one value."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"[\t\n\f\r ,]*([^\t\n\f\r ,][^\t\n\f\r ]*)")
_DESCRIPTORS = re.compile(r"(?:[^(,]|\([^)]*\)?)*")


def candidates(srcset: str) -> Iterator[tuple[int, int]]:
    """Yield where each address begins and ends. Commas within one are its own: only what follows white space, or a
    comma at its end, is another."""
    position = 0
    while match := _ADDRESS.match(srcset, position):
        address = match[1].rstrip(",")
        yield match.start(1), match.start(1) + len(address)
        position = match.end()
        if address == match[1] and (descriptors := _DESCRIPTORS.match(srcset, position)):
            position = descriptors.end()
