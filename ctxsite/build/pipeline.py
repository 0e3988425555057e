"""The whole build: from a folder to artifacts.

Its second half needs what takes longest to import, Jinja2 above all, and its first needs nothing of that. So where
copies of this process compile documents, this one lets them begin; meanwhile it imports, and compiles templates.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from ctxsite.build.first_output import UnwritableError
from ctxsite.build.memory import DamagedError
from ctxsite.build.survey import Request, map_site
from ctxsite.config.settings import Settings
from ctxsite.render.theme import Theme

if TYPE_CHECKING:
    from ctxsite.build.artifacts import Compiled
    from ctxsite.render.environment import ThemeEnvironment


def compile_site(request: Request) -> Compiled:
    """Make all artifacts of a site, and all diagnostics. Nothing is written but what `request.first` takes."""
    first = request.first
    while True:
        try:
            return _compile(request)
        except DamagedError:
            request = replace(request, memory=None)
        except UnwritableError:
            request = replace(request, first=None)  # whoever publishes will meet the same, and can say so
        if first is not None:
            first.drop()


def _compile(request: Request) -> Compiled:
    environments: list[ThemeEnvironment] = []

    def meanwhile(settings: Settings, theme: Theme) -> None:
        environments.append(_second_half(request).make_environment(request, settings, theme))
        environments[0].warm()

    surveyed = map_site(request, meanwhile)
    compiled: Compiled = _second_half(request).make_artifacts(request, surveyed, *environments)
    return compiled


def _second_half(request: Request) -> ModuleType:
    request.begin("imports")
    return import_module("ctxsite.build.artifacts")
