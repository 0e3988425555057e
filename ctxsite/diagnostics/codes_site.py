"""CTX10x to CTX13x: YAML, TOML and data files; typed keys; front matter; `ctxsite.yaml`."""

from ctxsite.diagnostics.model import Code, Severity

# fmt: off
YAML_SYNTAX = Code(
    "CTX101", "yaml-syntax", Severity.ERROR,
    "The text is not YAML. Mostly a value needs quotes (it contains a colon and a space, or starts with a character "
    "that means something in YAML), a quote or bracket is not closed, or a line is indented unlike its neighbours.",
)
DUPLICATE_KEY = Code(
    "CTX102", "duplicate-key", Severity.ERROR,
    "A mapping names the same key twice, so one of the two values would be lost. Remove one of them.",
)
UNSUPPORTED_YAML = Code(
    "CTX103", "unsupported-yaml", Severity.ERROR,
    "YAML allows this, but a site does not need it: tags, merge keys, keys that are no text, several documents in "
    "one file. Write the value out.",
)
TOO_LARGE = Code(
    "CTX104", "too-large", Severity.ERROR,
    "Values are nested too deeply, or aliases expand to too many values, or a number has too many digits. "
    "Such files are nearly always damaged or made to exhaust memory.",
)
CONTROL_CHARACTER = Code(
    "CTX105", "control-character", Severity.ERROR,
    "The text contains a character that cannot be seen and that no text file should contain. Delete it.",
)
TOML_SYNTAX = Code(
    "CTX106", "toml-syntax", Severity.ERROR,
    "The text is not TOML. Mostly a text is not quoted: TOML writes `title = \"Hello\"`.",
)
DATA_SYNTAX = Code(
    "CTX107", "data-syntax", Severity.ERROR,
    "A data file is not valid JSON or CSV, or its ending is none of .yaml, .yml, .json, .csv and .toml.",
)
UNKNOWN_KEY = Code(
    "CTX110", "unknown-key", Severity.ERROR,
    "This key has no meaning here; it is misspelt or stands in the wrong mapping. Keys of your own go under `params:`.",
    lenient=True,
)
WRONG_TYPE = Code(
    "CTX111", "wrong-type", Severity.ERROR,
    "The value is of another type than the key takes, for instance a list where one text is expected.",
)
INVALID_VALUE = Code(
    "CTX112", "invalid-value", Severity.ERROR,
    "The value is of the right type, but not one of those that the key takes.",
)
FOREIGN_KEY = Code(
    "CTX113", "foreign-key", Severity.NOTE,
    "The key is spelt as another tool spells it. It is understood; the note names our spelling.",
)
MISSING_KEY = Code(
    "CTX114", "missing-key", Severity.ERROR,
    "The mapping lacks a key it cannot do without.",
)
INVALID_DATE = Code(
    "CTX115", "invalid-date", Severity.ERROR,
    "The value is no date that exists. Dates are written 2026-12-24, with a time 2026-12-24T10:00, and with a time "
    "zone's offset 2026-12-24T10:00+01:00. Without an offset a time is UTC.",
)
KEY_AS_PARAM = Code(
    "CTX116", "key-as-param", Severity.NOTE,
    "The front matter has a key that is none of ours, and `unknown_keys: params` keeps it: templates read it as "
    "`page.params`. Told once for each key, at the first page that has it.",
    gathered=True,
)
FENCE_NOT_CLOSED = Code(
    "CTX120", "front-matter-not-closed", Severity.ERROR,
    "Front matter starts with a line `---` (or `+++` for TOML) and must end with one.",
)
FENCE_NOT_FIRST = Code(
    "CTX121", "front-matter-not-first", Severity.WARNING,
    "Front matter counts only if its `---` is the very first line of the file; this file starts with something else, "
    "so its front matter would be shown as text.",
)
INVALID_PATH = Code(
    "CTX122", "invalid-path", Severity.ERROR,
    "An address or a file's name is not one that a site can have: it leaves the site by `..`, uses a reserved name "
    "that starts with `~`, is empty, or has a slash too many or too few.",
)
VARIANT_NAME = Code(
    "CTX123", "variant-name", Severity.ERROR,
    "A variant's name consists of small letters, digits and hyphens, and is not `default`, which is the page itself.",
)
IDENTITY_KEY = Code(
    "CTX124", "identity-key", Severity.ERROR,
    "A variant shows the same page in another way, so it can override what is shown, not what decides which page this "
    "is, where it stands and when it is published.",
)
INVALID_LANGUAGE = Code(
    "CTX130", "invalid-language", Severity.ERROR,
    "A language is named by a BCP 47 tag such as `en`, `de-AT`, `pt-BR` or `zh-Hant`.",
)
UNKNOWN_LANGUAGE = Code(
    "CTX131", "unknown-language", Severity.ERROR,
    "The default language is not among the site's languages. Add it to `languages:`, or choose one that is there.",
)
UNREGISTERED_LANGUAGE = Code(
    "CTX134", "unregistered-language", Severity.WARNING,
    "The tag has the form of a language's, but no language is registered under it (ISO 639), so browsers and search "
    "engines make nothing of it. Often it is a country's code: Greek is `el`, not `gr`. Where files are named so, "
    "declare the right tag and say `suffix: gr`.",
)
UNKNOWN_CODE = Code(
    "CTX135", "unknown-code", Severity.ERROR,
    "`diagnostics:` names a code that does not exist. Every diagnostic shows its code.",
)
FIXED_SEVERITY = Code(
    "CTX136", "fixed-severity", Severity.ERROR,
    "The severity of this code cannot be lowered so far: with such a mistake the output would be wrong or incomplete. "
    "What was an error can become a warning or a note where the output stays well defined, and never be switched off.",
)
INVALID_BASE_URL = Code(
    "CTX132", "invalid-base-url", Severity.ERROR,
    "`base_url` is the address at which the site will stand: a scheme, a host and perhaps a path "
    "(`https://example.org/docs`), or only a path (`/docs`). It has no `?`, `#`, or user name.",
)
INVALID_OUTPUT_DIR = Code(
    "CTX133", "invalid-output-dir", Severity.ERROR,
    "`output_dir` is a folder below the site's root that holds nothing but output, so it is neither the root itself "
    "nor one of the folders with sources.",
)
