"""The keys of `ctxsite.yaml`, each described once: for reading, for editors, and for the documentation."""

from __future__ import annotations

from collections.abc import Mapping

from ctxsite.config.languages import SCHEMA as LANGUAGES_SCHEMA
from ctxsite.config.menus import MENUS as MENUS_TYPE
from ctxsite.config.settings import MarkdownSettings, MenuItem, Settings
from ctxsite.config.severities import SEVERITIES
from ctxsite.config.values import BASE_URL as BASE_URL_TYPE
from ctxsite.config.values import LANGUAGE_TAG
from ctxsite.config.values import OUTPUT_DIR as OUTPUT_DIR_TYPE
from ctxsite.diagnostics.codes_site import UNKNOWN_KEY
from ctxsite.schema.shape import Field, Shape
from ctxsite.schema.types import BOOLEAN, FREE, TEXT, integer, list_of, mapping_of, one_of, untouched
from ctxsite.syntax.nodes import Node

_USUAL = Settings()
_MARKDOWN = MarkdownSettings()

TITLE = Field("title", TEXT, "", "The site's title.", foreign=("site_name",))
DESCRIPTION = Field("description", TEXT, "", "What the site is about, in a sentence.", foreign=("site_description",))
BASE_URL = Field(
    "base_url", BASE_URL_TYPE, "",
    "The address at which the site will stand, such as `https://example.org/docs/`. Needed for feeds and sitemaps.",
    foreign=("baseURL", "baseUrl", "site_url"),
)  # fmt: skip
DEFAULT_LANGUAGE: Field[str | None] = Field(
    "default_language", LANGUAGE_TAG, None,
    "The language whose pages have no prefix in their addresses. The first of `languages`, or `en`.",
    foreign=("languageCode", "defaultContentLanguage", "lang"),
)  # fmt: skip
DEFAULT_LANGUAGE_PREFIX = Field(
    "default_language_prefix", BOOLEAN, _USUAL.default_language_prefix,
    "Give the default language's addresses a prefix, too (`/en/`); `/` then leads there.",
    foreign=("defaultContentLanguageInSubdir",),
)  # fmt: skip
LANGUAGES: Field[Node | None] = Field(
    "languages", untouched(LANGUAGES_SCHEMA), None,
    "The site's languages: a list of tags, or a mapping from tags to name, title, params and menus of each. "
    "`choose` among them says how a visitor's language is offered.",
)  # fmt: skip
MISSING_TRANSLATIONS = Field(
    "missing_translations", one_of("fallback", "omit", "error"), _USUAL.missing_translations,
    "Where a page is not translated: show it in another language, leave it out, or stop the build.",
)  # fmt: skip
LANGUAGE_LAYOUT = Field(
    "language_layout", one_of("suffix", "folder"), _USUAL.language_layout,
    "How translations are kept: `page.de.md` beside `page.md`, or in a folder for each language, `content/de/page.md`.",
)  # fmt: skip
TAG_PAGES = Field(
    "tag_pages", BOOLEAN, _USUAL.tag_pages,
    "A page for each tag, in each language, and one of all tags: `/tags/`, `/tags/heating/`.",
)  # fmt: skip
SEARCH = Field(
    "search", BOOLEAN, _USUAL.search, "A search index for each language, `search.json`, and the theme's search."
)
UNKNOWN_KEYS = Field(
    "unknown_keys", one_of("error", "params"), _USUAL.unknown_keys,
    "What keys in front matter do that are none of ours: stop the build, or become `params`, as content from other "
    "tools needs it.",
)  # fmt: skip
DIAGNOSTICS: Field[Mapping[str, str]] = Field(
    "diagnostics", SEVERITIES, {},
    "Other severities for diagnostics, by code: `error`, `warning`, `note`, or `off` for what is no error.",
)  # fmt: skip
THEME = Field(
    "theme", TEXT, _USUAL.theme, "The theme's name: a folder in `themes/`, or a theme that ships with ctxsite."
)
PARAMS: Field[Mapping[str, object]] = Field(
    "params", FREE, {}, "Values of your own; templates read them as `site.params`.", foreign=("extra",)
)
MENUS: Field[Mapping[str, tuple[MenuItem, ...]]] = Field(
    "menus", MENUS_TYPE, {}, "Menus by name; each is a list of entries.", foreign=("menu",)
)
OUTPUT_DIR = Field(
    "output_dir", OUTPUT_DIR_TYPE, _USUAL.output_dir, "The folder for the output, relative to the site's root.",
    foreign=("publishDir", "site_dir", "destination"),
)  # fmt: skip
ZONE: Field[Node | None] = Field(
    "zone", untouched({"type": "string", "default": "visitor"}), None,
    "On whose clock rules are read that name no zone: an IANA name such as `Europe/Berlin`, or `visitor`.",
    foreign=("timezone", "timeZone"),
)  # fmt: skip
SIGNALS: Field[Node | None] = Field(
    "signals", untouched({"$ref": "#/$defs/signals"}), None,
    "What rules may ask about a visit, beyond the built-in signals, and where the browser finds it.",
)  # fmt: skip
AUDIENCES: Field[Node | None] = Field(
    "audiences", untouched({"$ref": "#/$defs/audiences"}), None, "Conditions with names, for use in any rule."
)
CONSENT = Field(
    "consent", one_of("required", "not-required"), _USUAL.consent,
    "Whether a visitor must agree before anything is remembered on their device.",
)  # fmt: skip
INLINE_LIMIT = Field(
    "inline_limit", integer(least=0), _USUAL.inline_limit,
    "Bytes of alternatives that a page may carry within itself; beyond, they are loaded when needed.",
)  # fmt: skip

ENGINE = Field(
    "engine", one_of("commonmark", "python-markdown"), _MARKDOWN.engine,
    "`commonmark` (CommonMark and GitHub's additions, fast), or `python-markdown` (for its extensions).",
)  # fmt: skip
EXTENSIONS: Field[tuple[str, ...] | None] = Field(
    "extensions", list_of(TEXT), None, "The engine's extensions, in place of the usual ones."
)
EXTENSION_CONFIGS: Field[Mapping[str, Mapping[str, object]]] = Field(
    "extension_configs", mapping_of(FREE), {}, "Options of extensions, by the extension's name."
)
HIGHLIGHT = Field("highlight", BOOLEAN, _MARKDOWN.highlight, "Colour code blocks that name their language.")
SMART = Field("smart", BOOLEAN, _MARKDOWN.smart, "Turn straight quotes and hyphens into typographic ones.")
MARKDOWN_SHAPE = Shape("`markdown`", (ENGINE, EXTENSIONS, EXTENSION_CONFIGS, HIGHLIGHT, SMART))
"""The keys of `markdown:`."""

FEED_LIMIT = Field("limit", integer(least=0), _USUAL.feed_limit, "Entries in a feed, the newest first; 0 for no feed.")
FEED_SHAPE = Shape("`feed`", (FEED_LIMIT,))
"""The keys of `feed:`."""

MARKDOWN: Field[Node | None] = Field(
    "markdown", untouched(MARKDOWN_SHAPE.json_schema()), None, "How bodies become HTML."
)
FEED: Field[Node | None] = Field("feed", untouched(FEED_SHAPE.json_schema()), None, "The feeds, one for each language.")

_FIXED = (UNKNOWN_KEY, "cannot be set: pages are in `content/`")
SITE = Shape(
    "ctxsite.yaml",
    (
        TITLE, DESCRIPTION, BASE_URL, DEFAULT_LANGUAGE, DEFAULT_LANGUAGE_PREFIX, LANGUAGES, LANGUAGE_LAYOUT,
        MISSING_TRANSLATIONS, TAG_PAGES, SEARCH, UNKNOWN_KEYS, DIAGNOSTICS, THEME, PARAMS, MENUS, OUTPUT_DIR, ZONE,
        SIGNALS, AUDIENCES, CONSENT, INLINE_LIMIT, MARKDOWN, FEED,
    ),
    "keys of your own go under `params:`",
    {
        **dict.fromkeys(("docs_dir", "contentDir", "content_dir"), _FIXED),
        "nav": (UNKNOWN_KEY, "has another form here: write `menus:` with lists of `{title, page}`"),
        "choose": (UNKNOWN_KEY, "stands inside `languages:`"),
    },
)  # fmt: skip
"""The whole file."""
