"""The Jinja2 environment over a theme's layers: made once for each process, its templates compiled once.

What sets it apart from a plain one:

* Templates come from a `Theme`, never from disk. `{% extends "parent:page.html" %}` (also with include and
  import) means the file of that name in the layers below the one that says so.
* A mapping's own keys come before its methods in `x.items`, so data may use any names.
* The variables of the template API are visible in imported macros without `with context`.
* Undefined is an error wherever it is used, one that knows what was looked for and where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from types import FunctionType, MappingProxyType, MethodType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context
from jinja2.utils import missing

from ctxsite.render.errors import UnknownNameError
from ctxsite.render.reads import Reads
from ctxsite.render.slots import OPEN_SLOT, SlotExtension
from ctxsite.render.theme import Theme
from ctxsite.source import SourceText

PARENT = "parent:"
"""Before a template's name: look below the layer of the template that names it."""

SHARED_NAMES = frozenset({
    "page", "site", "lang", "head", "_", "gettext", "ngettext", "pgettext", "npgettext", "shared", OPEN_SLOT,
})  # fmt: skip
"""Variables that every template sees, imported ones included."""


_SHARED = set(SHARED_NAMES)
_PLAIN = (FunctionType, MethodType)


class Missing(StrictUndefined):
    """Jinja's strict undefined, whose errors keep what was looked for as values."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Callable[[str], TemplateRuntimeError] = UndefinedError,
    ) -> None:
        if exc is UndefinedError and name is not None and hint is None:
            owner = None if obj is missing else obj

            def exc(message: str) -> TemplateRuntimeError:
                return UnknownNameError(message, str(name), owner)

        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]  # Jinja only ever calls it with the message


class _SharedContext(Context):
    """A context that hands the template API's variables on to imported templates."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Any]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> None:
        super().__init__(environment, parent, name, blocks)
        # Jinja hands an importing template's globals on; those of the environment are everywhere anyway.
        self.globals_keys = _SHARED if "page" in parent else set(globals or ())

    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a function from a template; plain functions without Jinja's search for ways to pass a context."""
        if type(function) in _PLAIN and not hasattr(function, "jinja_pass_arg"):
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            return function(*arguments, **named)
        return super().call(function, *arguments, **named)


class _ThemeLoader(BaseLoader):
    """Finds a template's text: `page.html` in any layer, `2:page.html` in that layer."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def find(self, name: str) -> tuple[int, SourceText] | None:
        number, colon, rest = name.partition(":")
        return self.theme.template(rest, int(number)) if colon and number.isdigit() else self.theme.template(name)

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str | None, None]:
        found = self.find(template)
        if found is None:
            raise TemplateNotFound(template)
        return found[1].text, None, None

    def list_templates(self) -> list[str]:
        return self.theme.template_names()


class ThemeEnvironment(Environment):
    """The environment of one theme; see the module's text."""

    def __init__(self, theme: Theme, reads: Reads | None = None) -> None:
        super().__init__(
            loader=_ThemeLoader(theme),
            extensions=[SlotExtension, "jinja2.ext.i18n"],
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.theme = theme
        self.reads = reads or Reads()
        self.context_class = _SharedContext
        self.newstyle_gettext = True  # read by `{% trans %}`: values are handed to the function, which escapes them
        for name in SHARED_NAMES:
            self.globals.pop(name, None)  # the extension's own `_` would hide the language's from imported templates
        self._loaded: dict[str, Template] = {}

    def warm(self) -> None:
        """Compile all templates. Faults are left to the pages that hit them."""
        for name in self.theme.template_names():
            with suppress(TemplateError):
                self.template(name)

    def source(self, name: str) -> SourceText | None:
        """Return the text of a template by the name that Jinja knows it by."""
        loader = self.loader
        found = loader.find(name) if isinstance(loader, _ThemeLoader) else None
        return found[1] if found else None

    def template(self, name: str) -> Template:
        """Return a compiled template. Raises TemplateNotFound or TemplateSyntaxError."""
        self.reads.note("template", name)
        loaded = self._loaded.get(name)
        if loaded is None:
            loaded = self._loaded[name] = self.get_template(name)
        return loaded

    def run(self, name: str, variables: Mapping[str, Any]) -> str:
        """Render a template to text. Whatever goes wrong in it is raised as it is, for `failures` to explain."""
        template = self.template(name)
        known = {**self.globals, **variables}  # Jinja would put them together one by one
        return "".join(template.root_render_func(template.new_context(known, shared=True)))

    def join_path(self, template: str, parent: str) -> str:
        """Resolve `parent:NAME`, as seen from the template `parent`."""
        if not template.startswith(PARENT):
            self.reads.note("template", template)
            return template
        self.reads.note("parent", parent, template.removeprefix(PARENT))
        found = self.below(parent, template.removeprefix(PARENT))
        if found is None:
            raise TemplateNotFound(template)
        self.reads.note("template", found)
        return found

    def below(self, name: str, wanted: str) -> str | None:
        """Return the name of the template `wanted` in the layers below that of `name`, or None."""
        loader = self.loader
        own = loader.find(name) if isinstance(loader, _ThemeLoader) else None
        below = self.theme.template(wanted, own[0] + 1) if own else None
        return f"{below[0]}:{wanted}" if below else None

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`; in a mapping the key of that name, if there is one."""
        if isinstance(obj, (dict, MappingProxyType)) and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)
