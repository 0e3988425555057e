"""The site's settings, typed and complete: every key has a value, whether it was written or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from urllib.parse import urlsplit

from ctxsite.frozen import dataclass
from ctxsite.model.address import Host, Hosts
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import Span

Menus = Mapping[str, tuple["MenuItem", ...]]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of a menu. It leads to `page` (an id such as `blog/first`, empty for the home page) or to `url`.

    An empty title means the page's own. An entry with neither is a heading for its children.
    """

    title: str
    page: str | None = None
    url: str | None = None
    weight: int | None = None
    children: tuple[MenuItem, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site. `code` is a BCP 47 tag, `name` how it calls itself, `dir` is `ltr` or `rtl`.

    `title`, `description`, `params` and `menus` take precedence over the site's. `content_dir` is its folder, relative
    to the site's root, where languages are kept in folders. `suffix` is what names of its files or folders carry
    where that is not the tag. `base_url` is set where the language stands at an address of its own.
    """

    code: str
    name: str
    dir: str
    title: str | None = None
    description: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    menus: Menus = field(default_factory=dict)
    content_dir: str | None = None
    suffix: str | None = None
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """How bodies become HTML. `extensions` is None for the engine's usual ones.

    `places` tells where each is named, and each of their options (`toc.permalink`).
    """

    engine: str = "commonmark"
    extensions: tuple[str, ...] | None = None
    extension_configs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    highlight: bool = True
    smart: bool = False
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a site.

    `base_url` has no slash at its end, and may be empty or only a path. `languages` are in the order in which they
    are shown, the default one included. `language_layout` is `suffix` or `folder`, `unknown_keys` `error` or `params`.
    `severities` maps codes to `error`, `warning`, `note` or `off`. `inline_limit` counts bytes of a page's
    alternatives; `feed_limit` entries.
    `places` maps the keys that were written to the place of their values.
    """

    title: str = ""
    description: str = ""
    base_url: str = ""
    base_path: str = ""
    default_language: str = "en"
    default_language_prefix: bool = False
    languages: Mapping[str, Language] = field(default_factory=lambda: {"en": Language("en", "English", "ltr")})
    language_layout: str = "suffix"
    choose: str = "suggest"
    missing_translations: str = "fallback"
    tag_pages: bool = False
    search: bool = False
    unknown_keys: str = "error"
    severities: Mapping[str, str] = field(default_factory=dict)
    theme: str = "default"
    params: Mapping[str, object] = field(default_factory=dict)
    menus: Menus = field(default_factory=dict)
    output_dir: str = "public"
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    consent: str = "not-required"
    inline_limit: int = 50_000
    markdown: MarkdownSettings = field(default_factory=MarkdownSettings)
    feed_limit: int = 20
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)
    hosts: Hosts = field(init=False, compare=False, repr=False)
    """Where the site's addresses are: worked out of the base URLs."""

    def __post_init__(self) -> None:
        own = tuple(
            Host(self.home(code), language.base_url, urlsplit(language.base_url).path)
            for code, language in self.languages.items()
            if language.base_url and self.home(code) != "/"
        )
        object.__setattr__(self, "hosts", Hosts(Host("/", self.base_url, self.base_path), own))

    def home(self, code: str) -> str:
        """Return the address of a language's start page: `/` or `/de/`."""
        bare = code == self.default_language and not self.default_language_prefix
        return "/" if bare else f"/{code.lower()}/"

    @property
    def zone(self) -> str:
        """The zone on whose clock rules are read that name none: an IANA name, or `visitor`."""
        return self.vocabulary.zone
