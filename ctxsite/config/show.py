"""Settings as plain data, in the form in which `ctxsite.yaml` would say them."""

from __future__ import annotations

from ctxsite.config.languages import CHOOSE_KEY
from ctxsite.config.settings import Language, MenuItem, Menus, Settings
from ctxsite.rules.ast import Condition
from ctxsite.rules.print import condition_text
from ctxsite.rules.signals import BUILT_IN, SESSION, Signal
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import plain
from ctxsite.syntax.yaml import read_yaml


def effective(settings: Settings) -> dict[str, object]:
    """Return all settings, defaults included: dicts, lists, texts, numbers, booleans and None.

    Written to a `ctxsite.yaml`, they give the same settings again.
    """
    markdown = settings.markdown
    return {
        "title": settings.title,
        "description": settings.description,
        "base_url": settings.base_url,
        "default_language": settings.default_language,
        "default_language_prefix": settings.default_language_prefix,
        "languages": {
            CHOOSE_KEY: settings.choose,
            **{code: _language(language) for code, language in settings.languages.items()},
        },
        "language_layout": settings.language_layout,
        "missing_translations": settings.missing_translations,
        "tag_pages": settings.tag_pages,
        "search": settings.search,
        "unknown_keys": settings.unknown_keys,
        "diagnostics": dict(settings.severities),
        "theme": settings.theme,
        "params": dict(settings.params),
        "menus": _menus(settings.menus),
        "output_dir": settings.output_dir,
        "zone": settings.zone,
        "signals": {
            name: _signal(signal)
            for name, signal in settings.vocabulary.signals.items()
            if signal != BUILT_IN.get(name)
        },
        "audiences": {name: _condition(condition) for name, condition in settings.vocabulary.audiences.items()},
        "consent": settings.consent,
        "inline_limit": settings.inline_limit,
        "markdown": {
            "engine": markdown.engine,
            "extensions": None if markdown.extensions is None else list(markdown.extensions),
            "extension_configs": {name: dict(options) for name, options in markdown.extension_configs.items()},
            "highlight": markdown.highlight,
            "smart": markdown.smart,
        },
        "feed": {"limit": settings.feed_limit},
    }


def _language(language: Language) -> dict[str, object]:
    return {
        "name": language.name,
        "title": language.title,
        "description": language.description,
        "params": dict(language.params),
        "menus": _menus(language.menus),
        "content_dir": language.content_dir,
        "suffix": language.suffix,
        "base_url": language.base_url,
    }


def _menus(menus: Menus) -> dict[str, object]:
    return {name: [_item(item) for item in items] for name, items in menus.items()}


def _item(item: MenuItem) -> dict[str, object]:
    parts = {
        "title": item.title or None,
        "page": item.page,
        "url": item.url,
        "weight": item.weight,
        "children": [_item(child) for child in item.children] or None,
    }
    return {name: value for name, value in parts.items() if value is not None}


def _signal(signal: Signal) -> dict[str, object]:
    remember = {None: "no", SESSION: "session"}.get(signal.remember, f"{signal.remember}d")
    declared: dict[str, object] = {} if signal.name in BUILT_IN else {"type": str(signal.type)}
    if signal.values is not None and signal.name not in BUILT_IN:
        declared["values"] = list(signal.values)
    sources = [f"{source.kind}:{source.argument}" for source in signal.sources]
    return {**declared, "from": sources, "remember": remember}


def _condition(condition: Condition) -> object:
    node, _ = read_yaml(SourceText("", condition_text(condition)))
    return None if node is None else plain(node)
