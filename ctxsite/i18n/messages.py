"""What there is to translate: messages found in templates, and catalogues brought up to date with them.

Both are plain gettext, read and written by Babel, so that Weblate, Poedit and every other tool works on them.
Nothing in them depends on the day: a file changes only where its messages do.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import babel_extract

from ctxsite.config.language_tags import canonical
from ctxsite.source import SourceText

KEYWORDS: Mapping[str, object] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""The functions whose arguments are messages, in the form that Babel knows."""

Message = tuple[str | None, str, str | None]
"""Context, text, and plural."""


def extract(templates: Mapping[str, SourceText], extensions: Sequence[str]) -> dict[Message, list[tuple[str, int]]]:
    """Return the messages of templates with their places (path and line), in the order of the paths.

    `extensions` are dotted names of Jinja extensions that the templates need. A template that is no template has
    no messages; building says what is wrong with it.
    """
    found: dict[Message, list[tuple[str, int]]] = {}
    options = {"extensions": ",".join(extensions), "trim_blocks": "true", "lstrip_blocks": "true"}
    for path in sorted(templates):
        source = templates[path]
        try:
            messages = list(babel_extract(io.BytesIO(source.text.encode()), tuple(KEYWORDS), (), options))
        except TemplateSyntaxError:
            continue
        for line, function, texts, _ in messages:
            message = _message(function, texts)
            if message is not None:
                found.setdefault(message, []).append((source.path, line))
    return found


def _message(function: str | None, texts: object) -> Message | None:
    """Return a call's message; None where an argument is no text, and so cannot be known."""
    given = [texts] if not isinstance(texts, (list, tuple)) else list(texts)
    words = [text for text in given if isinstance(text, str)]
    context = words.pop(0) if function in {"pgettext", "npgettext"} and words else None
    if not words:
        return None
    plural = words[1] if function in {"ngettext", "npgettext"} and len(words) > 1 else None
    return context, words[0], plural


def template_catalogue(found: Mapping[Message, Iterable[tuple[str, int]]], title: str) -> str:
    """Return the text of a `messages.pot`."""
    return _text(_catalog(found, title))


def updated(text: str | None, found: Mapping[Message, Iterable[tuple[str, int]]], language: str, title: str) -> str:
    """Return a language's catalogue brought up to date: new messages empty, near ones fuzzy, gone ones obsolete.

    `text` is the catalogue so far; None starts one. Raises ValueError (also as Babel's PoFileError) where it is none.
    """
    locale = (canonical(language) or language).replace("-", "_")
    if text is None:
        catalog = Catalog(locale=locale, project=title, fuzzy=False)
    else:
        catalog = read_po(io.StringIO(text), locale=locale, abort_invalid=True)
    catalog.update(_catalog(found, title), update_header_comment=False)
    catalog.project, catalog.version = title, "VERSION"  # Babel would take the title's last word for a version
    return _text(catalog)


def _catalog(found: Mapping[Message, Iterable[tuple[str, int]]], title: str) -> Catalog:
    catalog = Catalog(project=title, fuzzy=False)
    for (context, text, plural), places in found.items():
        flags = ["python-format"] if "%(" in text else []
        catalog.add((text, plural) if plural else text, None, list(places), flags, context=context)
    return catalog


_VOLATILE = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By")
_BLANK = ("FULL NAME", "EMAIL@ADDRESS", "<LL@li.org>")
"""What Babel writes where nobody has filled in a header."""


def _text(catalog: Catalog) -> str:
    """Write a catalogue without what changes from day to day."""
    if "FIRST AUTHOR" in str(catalog.header_comment):
        catalog.header_comment = ""
    out = io.BytesIO()
    write_po(out, catalog, width=100)
    volatile = tuple(f'"{name}:' for name in _VOLATILE)
    lines = [
        line.replace(' VERSION\\n"', '\\n"')
        for line in out.getvalue().decode().split("\n")
        if not line.startswith(volatile) and not any(word in line for word in _BLANK)
    ]
    while lines and lines[0] in {"", "#"}:
        lines.pop(0)
    return "\n".join(lines).rstrip("\n") + "\n"
