"""CTX4xx: themes, templates, components, slots, and data in bodies."""

from ctxsite.diagnostics.model import Code, Severity

TEMPLATE_SYNTAX = Code(
    "CTX401", "template-syntax", Severity.ERROR,
    "A template does not follow Jinja's syntax, or uses a tag, filter or test that does not exist.",
)  # fmt: skip
UNDEFINED_NAME = Code(
    "CTX402", "undefined-name", Severity.ERROR,
    "A template uses a variable or attribute that does not exist. Where something may be absent, say so: "
    '`page.params.get("x")`, `x is defined`, or `x|default("")`.',
)  # fmt: skip
TEMPLATE_NOT_FOUND = Code(
    "CTX403", "template-not-found", Severity.ERROR,
    "A template extends, includes or imports a file that is neither in the site's `templates/` nor in its theme.",
)  # fmt: skip
TEMPLATE_FAILURE = Code(
    "CTX404", "template-failure", Severity.ERROR,
    "An expression in a template could not be evaluated for this page. The message is the reason Python gives.",
)  # fmt: skip
UNKNOWN_TEMPLATE = Code(
    "CTX405", "unknown-template", Severity.ERROR,
    "A page's `template:` names a file that is neither in the site's `templates/` nor in its theme.",
    lenient=True,
)  # fmt: skip
UNKNOWN_COMPONENT = Code(
    "CTX410", "unknown-component", Severity.ERROR,
    "A directive `::: name` calls the theme's `components/name.html`, and there is no such template.",
)  # fmt: skip
UNKNOWN_DATA = Code(
    "CTX411", "unknown-data", Severity.ERROR,
    "`[[data: path.to.value]]` leads nowhere: the site's `data/` folder has no such value. The path is the file's "
    "name without its ending, then keys, then places in lists counted from 0.",
)  # fmt: skip
DATA_NOT_A_VALUE = Code(
    "CTX412", "data-not-a-value", Severity.ERROR,
    "`[[data: path]]` leads to a list or a mapping, which cannot stand in a text. Name one value in it, or use a "
    "component whose template goes through it.",
)  # fmt: skip
DATA_FORMAT = Code(
    "CTX413", "data-format", Severity.ERROR,
    "What follows `|` in `[[data: path | format]]` says how to write the value in the page's language: `currency EUR`, "
    "`number`, `percent`, `date long`, `time`, `unit kilometer`, `series`. There is no such format, or it cannot write "
    "such a value.",
)  # fmt: skip
DIFFERS_OUTSIDE_SLOTS = Code(
    "CTX420", "differs-outside-slots", Severity.WARNING,
    "A variant's page differs from the default's outside every `{% slot %}` of the theme. That part is seen only at "
    "the variant's own address, not where a visitor gets the variant in place. Put a slot around it in the template.",
)  # fmt: skip
SLOT_REPEATED = Code(
    "CTX421", "slot-repeated", Severity.ERROR,
    "A slot's name is used twice on one page. A name says which alternatives belong where, so it must be unique.",
)  # fmt: skip
SLOT_INVALID = Code(
    "CTX422", "slot-invalid", Severity.ERROR,
    "A slot needs a name of letters, digits, `-` and `_`. Its `tag` is `div` (the default) or, where only phrasing "
    "content may stand, as in a heading, `span`; its `loading`, if it has one, is `eager` or `lazy`. In lists and "
    "tables put the slot around the whole list or table.",
)  # fmt: skip
SLOT_MISPLACED = Code(
    "CTX423", "slot-misplaced", Severity.ERROR,
    "A slot that differs becomes an element with alternatives, so it must stand where an element can: in the body, "
    "not in `<head>` and not inside a tag's attributes.",
)  # fmt: skip
ALTERNATIVES_HEAVY = Code(
    "CTX424", "alternatives-heavy", Severity.WARNING,
    "A page carries more bytes of alternatives than the site's `inline_limit`. Some can be loaded when they are "
    "needed: those that stand far down the page, and those in slots with `loading=\"lazy\"`. The others stay, because "
    "visitors would wait for what they see first.",
)  # fmt: skip
INVALID_THEME_FILE = Code(
    "CTX430", "invalid-theme-file", Severity.ERROR,
    "`theme.yaml` is a mapping with the keys `name`, `parent` and `description`, all of them optional.",
)  # fmt: skip
UNKNOWN_PARENT_THEME = Code(
    "CTX431", "unknown-parent-theme", Severity.ERROR,
    "`parent:` in a theme's `theme.yaml` names a theme that is neither in `themes/` nor shipped with ctxsite.",
)  # fmt: skip
THEME_CYCLE = Code(
    "CTX432", "theme-cycle", Severity.ERROR,
    "Themes inherit from one another in a circle. One of them must not name a parent.",
)  # fmt: skip
THEME_WITHOUT_PAGE = Code(
    "CTX433", "theme-without-page", Severity.ERROR,
    "Neither the site's `templates/`, nor the theme, nor its parents have `page.html`, the one template that every "
    "theme needs.",
)  # fmt: skip
UNKNOWN_MENU_PAGE = Code(
    "CTX440", "unknown-menu-page", Severity.ERROR,
    "A menu's `page:` is a page's id: its path below `content/` without language and ending, as in `blog/first-post`.",
)  # fmt: skip
