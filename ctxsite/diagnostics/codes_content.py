"""CTX15x and CTX16x: directives in bodies. CTX17x: Markdown."""

from ctxsite.diagnostics.model import Code, Severity

# fmt: off
UNCLOSED_DIRECTIVE = Code(
    "CTX150", "unclosed-directive", Severity.ERROR,
    "A directive that starts with `::: name` ends with a line `:::` (as many colons as it was opened with). "
    "Without one it would swallow the rest of the page. A code fence or an HTML comment that is not closed hides the "
    "`:::` too.",
)
STRAY_END = Code(
    "CTX151", "stray-directive-end", Severity.ERROR,
    "A line `:::` closes a directive, but none is open here. Remove it, or write it as `\\:::` if it is meant as text.",
)
WHEN_OUTSIDE_VARY = Code(
    "CTX152", "when-outside-vary", Severity.ERROR,
    "`::: when` starts a branch of a `::: vary` block, but no such block is open here.",
)
BLOCK_NAME = Code(
    "CTX153", "block-name", Severity.ERROR,
    "A block is written `::: vary name`. The name is how reports, tests and analytics call it: small letters, digits "
    "and hyphens.",
)
DUPLICATE_BLOCK = Code(
    "CTX154", "duplicate-block", Severity.ERROR,
    "Two `::: vary` blocks of one page have the same name, so reports could not tell them apart. Rename one.",
)
VARY_WITHOUT_BRANCH = Code(
    "CTX155", "vary-without-branch", Severity.ERROR,
    "A `::: vary` block or a `[[vary: …]]` without a branch always shows its default. Add a branch, or write the text "
    "without it.",
)
DUPLICATE_BRANCH = Code(
    "CTX156", "duplicate-branch", Severity.ERROR,
    "Two branches of one block are for the same audience. The first one wins, so the second could never be shown.",
)
DIRECTIVE_SYNTAX = Code(
    "CTX157", "directive-syntax", Severity.ERROR,
    "A component is called with `::: name \"argument\" key=value key=\"two words\"`; every part but the name may be "
    "left out.",
)
WHEN_WITHOUT_CONDITION = Code(
    "CTX158", "when-without-condition", Severity.ERROR,
    "`::: when` needs an audience's name or a condition in braces, such as `::: when {time: \"18:00-23:00\"}`.",
)
UNCLOSED_INLINE = Code(
    "CTX159", "unclosed-inline-directive", Severity.WARNING,
    "`[[vary: …` or `[[data: …` is not closed by `]]` in the same paragraph, so it stays text. "
    "Close it, or write `\\[[` if it is meant as text.",
)
INLINE_VARY_SYNTAX = Code(
    "CTX160", "inline-vary-syntax", Severity.ERROR,
    "Inline alternatives are written `[[vary: default text | audience: its text | audience: its text]]`. "
    "A `|` that is meant as text is written `\\|`.",
)
DATA_PATH = Code(
    "CTX161", "data-path", Severity.ERROR,
    "`[[data: file.key.key]]` names a file of `data/` and keys in it, joined with dots; letters, digits, `_` and `-`.",
)
VARY_IN_ATTRIBUTE = Code(
    "CTX162", "vary-in-attribute", Severity.ERROR,
    "`[[vary: …]]` can change text, but not a link's destination, a picture's description or another attribute. "
    "Put the whole link or picture into the alternatives.",
)
DIRECTIVE_LOST = Code(
    "CTX163", "directive-lost", Severity.ERROR,
    "The Markdown engine took this directive for code or for part of an HTML tag, so it cannot be shown. "
    "Indent it like the text around it, and close the HTML tags before it.",
)
DIRECTIVE_IN_QUOTE = Code(
    "CTX164", "directive-in-quote", Severity.WARNING,
    "Directives are not read inside block quotes (`>`), so this stays text. "
    "Put the quote inside the directive instead.",
)
DIRECTIVE_DEPTH = Code(
    "CTX165", "directive-depth", Severity.ERROR,
    "Directives are nested so deeply that hardly anybody meant it; mostly the lines `:::` that close them are missing.",
)
DUPLICATE_ANCHOR = Code(
    "CTX170", "duplicate-anchor", Severity.WARNING,
    "Two elements of a page have the same id, so links and scripts reach only the first. Change one of them.",
)
MARKDOWN_EXTENSION = Code(
    "CTX171", "markdown-extension", Severity.ERROR,
    "`markdown.extensions` names an extension that the chosen engine does not have, or that is not installed.",
)
MARKDOWN_OPTION = Code(
    "CTX172", "markdown-option", Severity.ERROR,
    "An option under `markdown.extension_configs` is not one that this extension has, or its value is refused.",
)
MARKDOWN_FAILED = Code(
    "CTX173", "markdown-failed", Severity.ERROR,
    "A Markdown extension failed on this page. Switch off the extension, or change the text that it fails on.",
)
# fmt: on
