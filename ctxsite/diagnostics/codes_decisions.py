"""CTX27x: decisions that make no difference, and what time will do to them."""

from ctxsite.diagnostics.model import Code, Severity

VARIANT_SAME = Code(
    "CTX270", "variant-same-as-default", Severity.WARNING,
    "The variant shows nothing that the default does not. Give it a body (`page@name.md`) or a key of its own, or "
    "remove it.",
)  # fmt: skip
BLOCK_SAME = Code(
    "CTX271", "block-without-difference", Severity.WARNING,
    "All branches of the block say the same as its default, so that nothing depends on the visitor.",
)  # fmt: skip
AUDIENCE_UNUSED = Code(
    "CTX272", "audience-unused", Severity.WARNING,
    "No page uses the audience, and no audience that a page uses. Remove it, or use it.",
)  # fmt: skip
STARTS_BEFORE_PAGE = Code(
    "CTX273", "starts-before-page", Severity.WARNING,
    "The variant's dates begin before its page is published, so the first part of the campaign has no page. Publish "
    "the page earlier, or let the campaign start later.",
)  # fmt: skip
