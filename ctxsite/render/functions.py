"""Functions and filters of the template API that depend on the site or a language, not on one page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ctxsite.config.settings import Settings
from ctxsite.diagnostics import did_you_mean
from ctxsite.i18n.catalogues import PLACEHOLDER, Translations
from ctxsite.i18n.formats import (
    format_currency,
    format_date,
    format_number,
    format_percent,
    format_series,
    format_time,
    format_unit,
)
from ctxsite.model.address import Hosts
from ctxsite.render.errors import TemplateUseError
from ctxsite.render.markup import safe
from ctxsite.render.reads import Reads

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_FIELD = re.compile(rf"%%|{PLACEHOLDER.pattern}")


def link(hosts: Hosts, path: str, here: str) -> str:
    """Return the URL of a path below the root of the host that `here` is on; what is a URL of its own stays."""
    return path if _ELSEWHERE.match(path) else hosts.url(hosts.placed("/" + path.removeprefix("/"), here), here)


def site_functions(
    settings: Settings, assets: Mapping[str, str], reads: Reads | None = None
) -> dict[str, Callable[..., str]]:
    """Return `url` and `asset`. Where languages have hosts of their own, they ask which page it is for."""
    hosts, reads = settings.hosts, reads or Reads()

    def url_on(path: object, here: str) -> str:
        return link(hosts, str(path), here)

    def asset_on(path: object, here: str) -> str:
        name = str(path).removeprefix("/")
        if _ELSEWHERE.match(name):
            return name
        reads.note("asset", name)
        digest = assets.get(name)
        if digest is None:
            advice = did_you_mean(name, assets)
            raise TemplateUseError(f"there is no static file `{name}`", name.rpartition("/")[2], advice=advice)
        return f"{link(hosts, name, here)}?v={digest[:10]}"

    def url(path: object = "") -> str:
        return url_on(path, "/")

    def asset(path: object) -> str:
        return asset_on(path, "/")

    @pass_context
    def url_here(context: Context, path: object = "") -> str:
        return url_on(path, settings.home(_language(context)))

    @pass_context
    def asset_here(context: Context, path: object) -> str:
        return asset_on(path, settings.home(_language(context)))

    return {"url": url_here, "asset": asset_here} if hosts.own else {"url": url, "asset": asset}


def site_filters(settings: Settings) -> dict[str, Callable[..., object]]:
    """Return the filters that write values in the page's language, and `absolute`."""

    @pass_context
    def date(context: Context, value: object, format: str = "long") -> str:  # noqa: A002  (a keyword for authors)
        return _formatted(format_date, value, _language(context), format)

    @pass_context
    def number(context: Context, value: object, pattern: str | None = None) -> str:
        return _formatted(format_number, value, _language(context), pattern)

    @pass_context
    def currency(context: Context, value: object, code: str) -> str:
        return _formatted(format_currency, value, _language(context), code)

    @pass_context
    def percent(context: Context, value: object) -> str:
        return _formatted(format_percent, value, _language(context))

    @pass_context
    def unit(context: Context, value: object, name: str, length: str = "long") -> str:
        return _formatted(format_unit, value, _language(context), name, length)

    @pass_context
    def time(context: Context, value: object, format: str = "short") -> str:  # noqa: A002  (a keyword for authors)
        return _formatted(format_time, value, _language(context), format)

    @pass_context
    def series(context: Context, value: object, style: str = "standard") -> str:
        return _formatted(format_series, value, _language(context), style)

    hosts = settings.hosts

    @pass_context
    def absolute(context: Context, value: object) -> str:
        text = str(value)
        host = hosts.of(settings.home(_language(context))) if hosts.own else hosts.main
        origin = host.base_url.removesuffix(host.base_path)
        return origin + text if text.startswith("/") and not text.startswith("//") else text

    return {
        "date": date, "time": time, "number": number, "percent": percent, "currency": currency, "unit": unit,
        "series": series, "absolute": absolute,
    }  # fmt: skip


def _language(context: Context) -> str:
    return str(context.resolve("lang").code)


def _formatted(how: Callable[..., str], *arguments: object) -> str:
    try:
        return how(*arguments)
    except ValueError as error:
        raise TemplateUseError(str(error)) from None


def language_functions(strings: Translations, reads: Reads | None = None) -> dict[str, Callable[..., Markup]]:
    """Return `_`, `gettext`, `ngettext`, `pgettext`, `npgettext` of a language.

    Messages are HTML of the theme's author; what is put in for `%(name)s` is escaped. `%%` is a per cent sign, and
    so is a `%` that begins no placeholder.
    """

    reads = reads or Reads()
    ready: dict[str, Markup] = {}

    def translate(message: str, /, **values: Any) -> Markup:
        reads.note("string", strings.language, "", str(message))
        known = ready.get(message)
        if known is not None:
            return known
        text = strings.text(message)
        filled = _filled(text, values)
        if "%" not in text:
            ready[message] = filled
        return filled

    def ngettext(singular: str, plural: str, num: int, /, **values: Any) -> Markup:
        reads.note("plural", strings.language, "", str(singular), str(plural), str(num))
        return _filled(strings.plural_text(singular, plural, num), {"num": num, **values})

    def pgettext(context: str, message: str, /, **values: Any) -> Markup:
        reads.note("string", strings.language, "=" + str(context), str(message))
        return _filled(strings.text(message, context), values)

    def npgettext(context: str, singular: str, plural: str, num: int, /, **values: Any) -> Markup:
        reads.note("plural", strings.language, "=" + str(context), str(singular), str(plural), str(num))
        return _filled(strings.plural_text(singular, plural, num, context), {"num": num, **values})

    return {
        "_": translate, "gettext": translate, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext,
    }  # fmt: skip


def _filled(message: str, values: Mapping[str, Any]) -> Markup:
    if "%" not in message:
        return safe(message)

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return "%"
        if name not in values:
            raise TemplateUseError(f"nothing is given for `%({name})s` in this message", name)
        return str(escape(values[name]))

    return safe(_FIELD.sub(fill, message))
