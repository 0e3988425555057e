"""From an exception in a template to one diagnostic: which template, which line, which page, what to do.

Python keeps the compiled template's frames in the traceback; Jinja knows which line of the template each of
them stands for. The innermost such frame is where the mistake is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import FrameType, MappingProxyType

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing

from ctxsite.diagnostics import Diagnostic, Related, did_you_mean
from ctxsite.diagnostics.codes_templates import (
    TEMPLATE_FAILURE,
    TEMPLATE_NOT_FOUND,
    TEMPLATE_SYNTAX,
    UNDEFINED_NAME,
)
from ctxsite.render.environment import PARENT, SHARED_NAMES, ThemeEnvironment
from ctxsite.render.errors import TemplateUseError, UnknownNameError
from ctxsite.render.places import word_in_line
from ctxsite.source import SourceText, Span

HERE = "while rendering this page"
"""What is said of the page at which a fault in a template showed; faults that differ in it alone are one."""

_LOCAL = re.compile(r"l_\d+_(\w+)")
_NO_SUCH = re.compile(r"No (filter|test) named '([^']*)'")


def explain(
    error: Exception, environment: ThemeEnvironment, page: Span, related: Iterable[tuple[str, Span]] = ()
) -> Diagnostic:
    """Return the diagnostic of what went wrong in a template while `page` was rendered.

    Raises the error again where no template is part of it: that is a fault of this program.
    """
    others = [*related, (HERE, page)]
    if isinstance(error, TemplateSyntaxError):
        return _syntax(error, environment, others)
    name, line, frame = _innermost(error)
    if name is None:
        raise error
    source = environment.source(name)
    if isinstance(error, UnknownNameError):
        message, known = _unknown(error, frame)
        place = _place(source, line, error.name)
        return UNDEFINED_NAME.at(place, message, help=did_you_mean(error.name, known), related=others)
    if isinstance(error, UndefinedError):
        return UNDEFINED_NAME.at(_place(source, line), _sentence(str(error)), related=others)
    if isinstance(error, TemplateNotFound):
        wanted = str(error.name or "")
        if wanted.startswith(PARENT):
            message, help_text = f"no theme below this one has a template `{wanted.removeprefix(PARENT)}`", None
        else:
            message, help_text = f"there is no template `{wanted}`", did_you_mean(wanted, environment.list_templates())
        return TEMPLATE_NOT_FOUND.at(_place(source, line, wanted), message, help=help_text, related=others)
    if isinstance(error, TemplateUseError):
        return error.code.at(_place(source, line, error.word), str(error), help=error.advice, related=others)
    if _NO_SUCH.search(str(error)):
        return _no_such(str(error), _line_of(source, line), environment, others)
    message, word = _failure(error)
    return TEMPLATE_FAILURE.at(_place(source, line, word), message, related=others)


def merge(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each cause once: equal diagnostics, and template errors that several pages hit, with their number.

    The order is that of the first of each, so the pages' order decides which page is named.
    """
    counts: dict[Diagnostic, int] = {}
    first: dict[Diagnostic, Diagnostic] = {}
    for diagnostic in dict.fromkeys(diagnostics):
        by_page = any(other.message == HERE for other in diagnostic.related)
        cause = replace(diagnostic, related=(), help=None) if by_page else diagnostic
        first.setdefault(cause, diagnostic)
        counts[cause] = counts.get(cause, 0) + 1
    return tuple(_counted(diagnostic, counts[cause] - 1) for cause, diagnostic in first.items())


def _counted(diagnostic: Diagnostic, others: int) -> Diagnostic:
    if not others:
        return diagnostic
    more = f"{HERE} and {others} other{'s' if others > 1 else ''}"
    related = [Related(more, item.location) if item.message == HERE else item for item in diagnostic.related]
    return replace(diagnostic, related=tuple(related))


def _innermost(error: BaseException) -> tuple[str | None, int, FrameType | None]:
    found: tuple[str | None, int, FrameType | None] = (None, 0, None)
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template) and template.name is not None:
            found = (template.name, template.get_corresponding_lineno(trace.tb_lineno), trace.tb_frame)
        trace = trace.tb_next
    return found


def _syntax(error: TemplateSyntaxError, environment: ThemeEnvironment, related: list[tuple[str, Span]]) -> Diagnostic:
    source = environment.source(error.name or "")
    message = error.message or "this is not Jinja's syntax"
    if _NO_SUCH.search(message):
        return _no_such(message, _line_of(source, error.lineno), environment, related)
    word = re.search(r"unknown tag '([^']*)'", message)
    help_text = None
    if word:
        tags = ["if", "for", "block", "extends", "include", "import", "from", "macro", "call", "set", "with", "filter"]
        known = [*tags, "slot", "trans", "raw", "endif", "endfor", "endblock", "endmacro", "endslot", "else", "elif"]
        help_text = did_you_mean(word[1], known)
    place = _place(source, error.lineno, word[1] if word else "")
    what = _sentence(message.split(". ")[0]).replace("encountered unknown tag", "there is no tag")
    still_open = re.search(r"innermost block that needs to be closed is '([^']*)'", message)
    if still_open:
        what = f"{what.replace('there is no tag', 'this is not the place of')}: `{still_open[1]}` is not closed"
    return TEMPLATE_SYNTAX.at(place, what, help=help_text, related=related)


def _no_such(
    message: str, at: tuple[SourceText, int] | None, environment: ThemeEnvironment, related: list[tuple[str, Span]]
) -> Diagnostic:
    match = _NO_SUCH.search(message)
    kind, name = (match[1], match[2]) if match else ("filter", "")
    known = environment.filters if kind == "filter" else environment.tests
    place = _place(at[0], at[1], name) if at else None
    return TEMPLATE_SYNTAX.at(
        place, f"there is no {kind} `{name}`", help=did_you_mean(name, known.keys()), related=related
    )


def _unknown(error: UnknownNameError, frame: FrameType | None) -> tuple[str, list[str]]:
    """Return what is wrong, and the names that would have been right."""
    owner, name = error.owner, error.name
    if owner is None:
        local = [match[1] for key in (frame.f_locals if frame else ()) if (match := _LOCAL.fullmatch(key))]
        values = frame.f_locals if frame else {}
        known = [word for word in local if any(values.get(f"l_{n}_{word}", missing) is not missing for n in range(9))]
        return f"`{name}` is not defined", sorted({*known, *(SHARED_NAMES - {"_open_slot"}), "url", "asset"})
    if isinstance(owner, (dict, MappingProxyType)):
        return f"this mapping has no key `{name}`", [str(key) for key in owner]
    if isinstance(owner, (str, int, float, list, tuple)):
        kinds: Mapping[type, str] = {str: "a text", int: "a number", float: "a number", list: "a list", tuple: "a list"}
        return f"{kinds.get(type(owner), 'this')} has no `{name}`", []
    label = getattr(type(owner), "label", None) or type(owner).__name__
    return f"`{label}` has no attribute `{name}`", [key for key in dir(type(owner)) if not key.startswith("_")]


def _failure(error: Exception) -> tuple[str, str]:
    """Return what Python says, in our words, and the word in the template that it is about."""
    if isinstance(error, RecursionError):
        return "this calls itself without end", ""
    reason = _sentence(str(error)) or type(error).__name__
    reason = reason.replace("siteView.", "site.").replace("pageView.", "page.")
    word = re.search(r"keyword argument `(\w+)`", reason)
    return f"this cannot be evaluated: {reason}", word[1] if word else ""


def _line_of(source: SourceText | None, line: int) -> tuple[SourceText, int] | None:
    return (source, line) if source is not None else None


def _place(source: SourceText | None, line: int, word: str = "") -> Span | None:
    return None if source is None else word_in_line(source, line, word)


def _sentence(message: str) -> str:
    """Return the first line of a message, as part of ours: no full stop, quotes as elsewhere."""
    first = message.strip().split("\n")[0].rstrip(".")
    first = re.sub(r"'([^']*)'", r"`\1`", first)
    return first[:1].lower() + first[1:]
