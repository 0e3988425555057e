"""The keys of front matter, each described once: for reading, for editors, and for the documentation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ctxsite.diagnostics.codes_site import IDENTITY_KEY
from ctxsite.model.meta import IDENTITY_KEYS
from ctxsite.schema.dates import DATE_TIME
from ctxsite.schema.paths import ADDRESS, SLUG, TEMPLATE
from ctxsite.schema.shape import Field, Shape
from ctxsite.schema.types import BOOLEAN, FREE, TEXT, integer, list_of, mapping_of, one_of, untouched
from ctxsite.syntax.nodes import Node

_FREE_KEYS = "keys of your own go under `params:`"

TITLE = Field("title", TEXT, "", "The page's title. Without one, the first heading or the file's name serves.")
DESCRIPTION = Field("description", TEXT, "", "One or two sentences for search engines and previews.")
DATE: Field[dt.datetime | None] = Field(
    "date", DATE_TIME, None, "When the page was written. Sections list pages by it, newest first."
)
UPDATED: Field[dt.datetime | None] = Field(
    "updated", DATE_TIME, None, "When it last changed in substance.", foreign=("lastmod", "modified")
)
PUBLISH_DATE: Field[dt.datetime | None] = Field(
    "publish_date", DATE_TIME, None, "Not published before (unless `--future`).", foreign=("publishDate", "pubdate")
)
EXPIRY_DATE: Field[dt.datetime | None] = Field(
    "expiry_date",
    DATE_TIME,
    None,
    "Not published from then on (unless `--expired`).",
    foreign=("expiryDate", "unpublishdate"),
)
DRAFT = Field("draft", BOOLEAN, False, "Not published (unless `--drafts`).")
SLUG_KEY: Field[str | None] = Field(
    "slug", SLUG, None, "The last part of the page's address, in place of the file's name."
)
URL: Field[str | None] = Field("url", ADDRESS, None, "The page's whole address on this site, such as `/about/us/`.")
ALIASES: Field[tuple[str, ...]] = Field(
    "aliases", list_of(ADDRESS), (), "Former addresses of the page; each redirects to it.", foreign=("redirect_from",)
)
WEIGHT: Field[int | None] = Field(
    "weight", integer(), None, "The page's place among its siblings: small numbers come first."
)
SUMMARY: Field[str | None] = Field(
    "summary", TEXT, None, "What lists show, in place of the first paragraph.", foreign=("excerpt",)
)
TAGS: Field[tuple[str, ...]] = Field("tags", list_of(TEXT), (), "What the page is about.")
TEMPLATE_KEY: Field[str | None] = Field(
    "template", TEMPLATE, None, "The template that renders the page, relative to `templates/`.", foreign=("layout",)
)
PARAMS: Field[Mapping[str, object]] = Field(
    "params", FREE, {}, "Values of your own; templates read them as `page.params`.", foreign=("extra",)
)
TRANSLATION_KEY: Field[str | None] = Field(
    "translation_key",
    TEXT,
    None,
    "Pages with the same key are translations of each other.",
    foreign=("translationKey",),
)

MISSING_TRANSLATIONS: Field[str | None] = Field(
    "missing_translations",
    one_of("fallback", "omit", "error"),
    None,
    "Where this page, or one below this section, is not translated: as the setting of that name, in its place.",
)
SOURCE_DIGEST: Field[str | None] = Field(
    "source_digest",
    TEXT,
    None,
    "The fingerprint of the text that this is the translation of; `ctxsite i18n done` writes it.",
)

WHEN: Field[Node | None] = Field(
    "when", untouched({"$ref": "#/$defs/when"}), None, "The condition, or an audience's name.", required=True
)
_PRESENTATIONAL = (TITLE, DESCRIPTION, SUMMARY, TEMPLATE_KEY, PARAMS)
_FOREIGN_IDENTITY = (
    *UPDATED.foreign, *PUBLISH_DATE.foreign, *EXPIRY_DATE.foreign, *ALIASES.foreign, *TRANSLATION_KEY.foreign,
)  # fmt: skip
_REASON = "belongs to the page itself, a variant cannot override it"

VARIANT = Shape(
    "a variant",
    (WHEN, *_PRESENTATIONAL),
    _FREE_KEYS,
    dict.fromkeys((*sorted(IDENTITY_KEYS), *_FOREIGN_IDENTITY), (IDENTITY_KEY, _REASON)),
)
"""One entry of `variants:`."""

CONTEXT: Field[Mapping[str, object]] = Field(
    "context", FREE, {}, "The visit, as data: `{segments: [business]}`.", required=True
)
EXPECTED_VARIANT: Field[str | None] = Field(
    "variant", TEXT, None, "The variant that such a visit must get, or `default`."
)
EXPECTED_BLOCKS: Field[Mapping[str, str]] = Field(
    "blocks", mapping_of(TEXT), {}, "For blocks by name, the branch that it must get."
)

EXPECTATION = Shape("an expectation", (CONTEXT, EXPECTED_VARIANT, EXPECTED_BLOCKS))
"""One entry of `expect:`."""

VARIANTS: Field[Node | None] = Field(
    "variants", untouched({"type": "object", "additionalProperties": VARIANT.json_schema()}), None,
    "Alternatives of the page by name; the first whose condition holds is shown.",
)  # fmt: skip
EXPECT: Field[Node | None] = Field(
    "expect", untouched({"type": "array", "items": EXPECTATION.json_schema()}), None,
    "What given visits must get; every build holds it.",
)  # fmt: skip

PAGE = Shape(
    "front matter",
    (
        TITLE, DESCRIPTION, DATE, UPDATED, PUBLISH_DATE, EXPIRY_DATE, DRAFT, SLUG_KEY, URL, ALIASES, WEIGHT, SUMMARY,
        TAGS, TEMPLATE_KEY, PARAMS, TRANSLATION_KEY, MISSING_TRANSLATIONS,
        SOURCE_DIGEST, VARIANTS, EXPECT,
    ),
    _FREE_KEYS,
)  # fmt: skip
