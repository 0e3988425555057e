"""The whole build: from a folder to artifacts.

Its second half needs what takes longest to import, Jinja2 above all, and its first needs nothing of that. So where
copies of this process compile documents, this one lets them begin, and imports meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from ctxsite.build.memory import DamagedError
from ctxsite.build.survey import Request, Surveyed, map_site

if TYPE_CHECKING:
    from ctxsite.build.artifacts import Compiled


def compile_site(request: Request) -> Compiled:
    """Make all artifacts of a site, and all diagnostics; write nothing."""
    try:
        return _compile(request)
    except DamagedError:
        return _compile(replace(request, memory=None))


def _compile(request: Request) -> Compiled:
    def import_the_rest() -> Callable[[Request, Surveyed], Compiled]:
        request.begin("imports")
        make: Callable[[Request, Surveyed], Compiled] = import_module("ctxsite.build.artifacts").make_artifacts
        return make

    surveyed = map_site(request, import_the_rest)
    return import_the_rest()(request, surveyed)
