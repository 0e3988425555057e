"""CTX18x: content that was written for another tool."""

from ctxsite.diagnostics.model import Code, Severity

# fmt: off
FOREIGN_SYNTAX = Code(
    "CTX180", "foreign-syntax", Severity.WARNING,
    "The text calls a template of another tool, such as Hugo's shortcodes `{{< figure >}}`. Bodies are never run "
    "through a template engine, so readers would see it as it stands. Write a component (`::: figure`), or put it into "
    "backticks if it is meant as text. Told once for each name.",
    gathered=True,
)
INVISIBLE_CHARACTER = Code(
    "CTX181", "invisible-character", Severity.WARNING,
    "The text has a control character, mostly left behind by an editor or a conversion, or written as an escape, as in "
    '`title: "\\u0007"`. Neither HTML nor a feed (XML) '
    "may have it, so it is left out.",
)
FOREIGN_SETTINGS = Code(
    "CTX182", "foreign-settings", Severity.NOTE,
    "The site has files of Hugo's, which are not read here: its configuration (`hugo.toml`, `config.toml`), or strings "
    "in `i18n/` that are no gettext catalogues. Settings stand in `ctxsite.yaml`; strings of templates in "
    "`i18n/LANGUAGE.po`, which `ctxsite i18n update` makes and translators' tools read. "
    "docs/migration tells what becomes of what.",
)
# fmt: on
