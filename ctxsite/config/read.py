"""From the text of `ctxsite.yaml` to settings."""

from __future__ import annotations

from dataclasses import replace

from ctxsite.config import keys
from ctxsite.config.languages import plain_language, read_languages
from ctxsite.config.settings import Language, MarkdownSettings, Settings
from ctxsite.config.values import base_url_fault, split_base_url
from ctxsite.diagnostics import Diagnostic, in_order, suggest
from ctxsite.diagnostics.codes_site import INVALID_BASE_URL, UNKNOWN_LANGUAGE
from ctxsite.rules.vocabulary import read_vocabulary
from ctxsite.schema.shape import Record
from ctxsite.schema.types import Say
from ctxsite.source import SourceText, Span
from ctxsite.syntax.controls import without_controls
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence
from ctxsite.syntax.yaml import read_yaml


def read_settings(source: SourceText) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Read the configuration. An empty one is a site in English with defaults for everything.

    None only where the text is not YAML at all; after other mistakes the settings hold defaults in their place.
    """
    node, problems = read_yaml(source)
    if node is None and problems:
        return None, problems
    say = list(problems)
    if node is not None and "\\" in source.text:
        node = without_controls(node, say)
    record = keys.SITE.read(node, say)
    languages, choose, default = _languages(record, say)
    nodes = record.nodes
    vocabulary, found = read_vocabulary(
        nodes.get(keys.SIGNALS.name), nodes.get(keys.AUDIENCES.name), nodes.get(keys.ZONE.name)
    )
    say += found
    base_url, base_path = split_base_url(record[keys.BASE_URL])
    settings = Settings(
        title=record[keys.TITLE],
        description=record[keys.DESCRIPTION],
        base_url=base_url,
        base_path=base_path,
        default_language=default,
        default_language_prefix=record[keys.DEFAULT_LANGUAGE_PREFIX],
        languages=languages,
        choose=choose,
        language_layout=record[keys.LANGUAGE_LAYOUT],
        missing_translations=record[keys.MISSING_TRANSLATIONS],
        tag_pages=record[keys.TAG_PAGES],
        search=record[keys.SEARCH],
        unknown_keys=record[keys.UNKNOWN_KEYS],
        severities=record[keys.DIAGNOSTICS],
        theme=record[keys.THEME],
        params=record[keys.PARAMS],
        menus=record[keys.MENUS],
        output_dir=record[keys.OUTPUT_DIR],
        vocabulary=vocabulary,
        consent=record[keys.CONSENT],
        inline_limit=record[keys.INLINE_LIMIT],
        markdown=_markdown(record, say),
        feed_limit=keys.FEED_SHAPE.read(record[keys.FEED], say)[keys.FEED_LIMIT],
        places={name: value.span for name, value in nodes.items()},
    )
    return settings, in_order(say)


def _languages(record: Record, say: Say) -> tuple[dict[str, Language], str, str]:
    """Return the languages, how they are chosen, and which is the default."""
    before = len(say)
    node, default = record[keys.LANGUAGES], record[keys.DEFAULT_LANGUAGE]
    languages, choose = ({}, None) if node is None else read_languages(node, say)
    if not languages:
        only = default or Settings().default_language
        languages = {only: plain_language(only)}
    if default is not None and default not in languages:
        if len(say) == before:  # otherwise it may be the one at fault
            place = record.nodes[keys.DEFAULT_LANGUAGE.name].span
            near = suggest(default, languages)
            help_text = f"add it to `languages:`, or write `{near or next(iter(languages))}`"
            say.append(
                UNKNOWN_LANGUAGE.at(place, f"`{default}` is not among the languages of this site", help=help_text)
            )
        default = None
    return languages, choose or Settings().choose, default or next(iter(languages))


def _markdown(record: Record, say: Say) -> MarkdownSettings:
    given = keys.MARKDOWN_SHAPE.read(record[keys.MARKDOWN], say)
    configs = given.nodes.get(keys.EXTENSION_CONFIGS.name)
    places: dict[str, Span] = {}
    if configs is not None and not isinstance(configs, Scalar | Sequence):
        places.update((key.raw, key.span) for key, _ in configs.entries)
        for key, options in configs.entries:
            if isinstance(options, Mapping):
                places.update((f"{key.raw}.{option.raw}", option.span) for option, _ in options.entries)
    places.update(_items(given.nodes.get(keys.EXTENSIONS.name)))
    return MarkdownSettings(
        engine=given[keys.ENGINE],
        extensions=given[keys.EXTENSIONS],
        extension_configs=given[keys.EXTENSION_CONFIGS],
        highlight=given[keys.HIGHLIGHT],
        smart=given[keys.SMART],
        places=places,
    )


def _items(node: Node | None) -> dict[str, Span]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return {item.raw.strip(): item.span for item in items if isinstance(item, Scalar)}


def with_base_url(settings: Settings, text: str) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Return the settings with another base URL, as given on the command line. All languages then stand there."""
    fault = base_url_fault(text) if text else None
    if fault is not None:
        return settings, (INVALID_BASE_URL.at(None, f"the base URL `{text}` {fault[0]}", help=fault[1]),)
    base_url, base_path = split_base_url(text)
    languages = {code: replace(language, base_url="") for code, language in settings.languages.items()}
    places = {key: place for key, place in settings.places.items() if key != keys.BASE_URL.name}
    return replace(settings, base_url=base_url, base_path=base_path, languages=languages, places=places), ()
