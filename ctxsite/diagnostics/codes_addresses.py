"""CTX32x and CTX33x: addresses, variants' files, and what is written where."""

from ctxsite.diagnostics.model import Code, Severity

SAME_ADDRESS = Code(
    "CTX320", "same-address", Severity.ERROR,
    "Two sources claim one address, or two that differ only in letter case (many file systems and servers cannot tell "
    "them apart). Nothing is overwritten in silence: give one of them another `slug:` or name.",
)  # fmt: skip
SAME_PAGE = Code(
    "CTX321", "same-page", Severity.ERROR,
    "Two files are the same page in the same language, for example `about.md` and `about/index.md`. Keep one.",
)  # fmt: skip
UNKNOWN_VARIANT = Code(
    "CTX322", "unknown-variant", Severity.ERROR,
    "A file `page@name.md` is the body of the variant `name`, which the page's front matter does not declare.",
)  # fmt: skip
VARIANT_WITHOUT_PAGE = Code(
    "CTX323", "variant-without-page", Severity.ERROR,
    "A file `page@name.md` is the body of a variant, and needs the page itself, `page.md`, beside it.",
)  # fmt: skip
IDENTITY_IN_VARIANT = Code(
    "CTX324", "identity-in-variant", Severity.ERROR,
    "A variant shows the same page in another way; keys that say which page it is (slug, date, aliases, …) belong to "
    "the page itself.",
)  # fmt: skip
RESERVED_ADDRESS = Code(
    "CTX325", "reserved-address", Severity.ERROR,
    "Names that start with `~` are reserved for the addresses of variants, in every part of an address.",
)  # fmt: skip
MISSING_VARIANT = Code(
    "CTX510", "variant-not-translated", Severity.WARNING,
    "The variant has no version in this language, so its visitors get this language's default. "
    "Add the file named, or declare the page's own `variants:` in this language.",
)  # fmt: skip
MISSING_TRANSLATION = Code(
    "CTX511", "missing-translation", Severity.ERROR,
    "The page has no translation in a language of the site, and `missing_translations: error` asks for one.",
)  # fmt: skip
UNDECLARED_LANGUAGE = Code(
    "CTX512", "undeclared-language", Severity.ERROR,
    "The file's name ends like a translation's, but the site does not declare that language. Declare it under "
    "`languages:`, or rename the file.",
)  # fmt: skip
SAME_TRANSLATION_KEY = Code(
    "CTX513", "same-translation-key", Severity.ERROR,
    "Two pages of one language carry the same `translation_key`, so it is not clear whose translation a page is.",
)  # fmt: skip
BAD_VARIANT_NAME = Code(
    "CTX326", "bad-variant-name", Severity.ERROR,
    "The part after `@` in a file's name is a variant's name: lower-case letters, digits and hyphens.",
)  # fmt: skip
FOREIGN_FILE = Code(
    "CTX327", "foreign-file", Severity.ERROR,
    "A file that no build of this site wrote stands where one is to be written. It is kept: move it away, choose "
    "another output folder, or say `--force`.",
)  # fmt: skip
DEAD_END = Code(
    "CTX328", "dead-end", Severity.ERROR,
    "A finished page links or loads something inside the site that is not in the output, so that its visitors would "
    "meet a dead end. The link does not come from content, but from a template, a menu or a component.",
)  # fmt: skip
SAME_ALIAS = Code(
    "CTX329", "same-alias", Severity.ERROR,
    "Two pages name the same former address in their `aliases:`, and it can lead to one of them only: the first.",
    lenient=True,
)  # fmt: skip
SAME_TAG_PAGE = Code(
    "CTX330", "same-tag-page", Severity.WARNING,
    "With `tag_pages: true` two tags have the same page, because the address of a tag has only the letters and digits "
    "of its name: `C++` and `C#` are both `c`. Pages with either are listed together. Write one of them differently.",
)  # fmt: skip
UNDECLARED_FOLDER = Code(
    "CTX514", "undeclared-folder", Severity.WARNING,
    "With `language_layout: folder`, a folder in `content/` has the name of a language that the site does not declare. "
    "It is taken for a section of the default language. Declare the language, or rename the folder.",
    gathered=True,
)  # fmt: skip
HIDDEN_FALLBACK = Code(
    "CTX515", "hidden-fallback", Severity.WARNING,
    "A page has no translation of its name, but another page of that language stands at the address at which it would "
    "be shown in another language. Mostly that page is the translation, under another file's name: rename it, or give "
    "both the same `translation_key`.",
)  # fmt: skip
