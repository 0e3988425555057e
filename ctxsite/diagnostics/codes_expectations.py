"""CTX29x: what pages expect of their own decisions."""

from ctxsite.diagnostics.model import Code, Severity

EXPECTATION_FAILED = Code(
    "CTX290", "expectation-failed", Severity.ERROR,
    "A context under `expect:` gets another variant or branch than the page expects. The trace shows how each "
    "condition was answered: mend the rules, or the expectation.",
)  # fmt: skip
EXPECTATION_OF_NOTHING = Code(
    "CTX291", "expectation-of-nothing", Severity.ERROR,
    "`expect:` names a variant, block or branch that the page does not have in this language.",
)  # fmt: skip
