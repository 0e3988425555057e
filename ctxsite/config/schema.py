"""The JSON Schema of `ctxsite.yaml`, for editors."""

from __future__ import annotations

from ctxsite.config.keys import SITE
from ctxsite.rules.schema import audiences, definitions, signals
from ctxsite.schema.shape import document


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of the configuration."""
    return document(
        SITE, "Configuration of a ctxsite site", {**definitions(), "signals": signals(), "audiences": audiences()}
    )
