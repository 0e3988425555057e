"""CTX14x: files that cannot be read, or stand where they must not."""

from ctxsite.diagnostics.model import Code, Severity

NO_SITE = Code(
    "CTX140", "no-site", Severity.ERROR,
    "The folder has no `ctxsite.yaml`. A site is a folder with that file; `ctxsite init DIR` makes one.",
)  # fmt: skip
UNREADABLE_FILE = Code(
    "CTX141", "unreadable-file", Severity.ERROR,
    "The operating system would not let the file be read. Check its permissions.",
)  # fmt: skip
INVALID_UTF8 = Code(
    "CTX142", "invalid-utf8", Severity.ERROR,
    "Text files are UTF-8. The place shown is the first byte that is not; save the file as UTF-8.",
)  # fmt: skip
LINK_OUT_OF_SITE = Code(
    "CTX143", "link-out-of-site", Severity.ERROR,
    "A symbolic link leads out of the site's folder. Nothing outside it is read, so that a build cannot publish what "
    "was never meant to be. Copy the file into the site.",
)  # fmt: skip
UNKNOWN_THEME = Code(
    "CTX144", "unknown-theme", Severity.ERROR,
    "`theme:` names a theme that is neither in the site's `themes/` folder nor shipped with ctxsite.",
)  # fmt: skip
SAME_DATA = Code(
    "CTX145", "same-data", Severity.ERROR,
    "Two files below `data/` have one name, or one has the name of the other's folder, so it is not clear which value "
    "is meant. Rename one of them.",
)  # fmt: skip
