"""Codes of the rule language: 200 to 229 conditions, 230 to 249 declarations, 250 to 269 what is proved."""

from __future__ import annotations

from ctxsite.diagnostics.model import Code, Severity

ERROR = Severity.ERROR
WARNING = Severity.WARNING

CONDITION_SHAPE = Code(
    "CTX201", "condition-shape", ERROR,
    "A condition is a mapping of questions such as `{time: \"18:00-23:00\"}`, or the name of an audience. "
    "Several conditions are joined by `any:` or `all:`, never by a bare list.",
)  # fmt: skip
CONDITION_EMPTY = Code(
    "CTX202", "condition-empty", ERROR,
    "An empty mapping, list or text asks nothing, and means neither always nor never. "
    "Write the question, or remove the key.",
)  # fmt: skip
KEY_UNKNOWN = Code(
    "CTX203", "condition-key-unknown", ERROR,
    "A condition's key is a question of the rule language or a signal declared under `signals:` in ctxsite.yaml. "
    "Correct the spelling, or declare the signal.",
)  # fmt: skip
VALUE_TYPE = Code(
    "CTX204", "condition-value-type", ERROR,
    "The value has another type than the signal was declared with. Quote text that looks like a number or like "
    "true and false; leave numbers and true/false unquoted.",
)  # fmt: skip
TIME_INVALID = Code(
    "CTX205", "time-invalid", ERROR,
    "A time is a range of the day's minutes such as `18:00-23:00`, from 00:00 up to 24:00 (only as an end), "
    "always with four digits.",
)  # fmt: skip
RANGE_EMPTY = Code(
    "CTX206", "range-empty", ERROR,
    "The range's end does not come after its start, so it contains nothing, or it could be read as everything. "
    "Only times, weekdays and yearly dates may wrap around.",
)  # fmt: skip
WEEKDAY_INVALID = Code(
    "CTX207", "weekday-invalid", ERROR,
    "A weekday is `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`, or a range such as `mon-fri`.",
)  # fmt: skip
DATE_INVALID = Code(
    "CTX208", "date-invalid", ERROR,
    "A date is `2026-12-24`, a range such as `2026-12-01..2026-12-24` with one end open if need be, "
    "or one of every year: `12-24`, `12-20..01-06`. The day must exist in the calendar.",
)  # fmt: skip
MOMENT_INVALID = Code(
    "CTX209", "moment-invalid", ERROR,
    "A moment is a range of date and time such as `2026-11-27T18:00..2026-11-30T09:00`; either end may be left open.",
)  # fmt: skip
ZONE_UNKNOWN = Code(
    "CTX210", "zone-unknown", ERROR,
    "A zone is `visitor` or a name of the IANA time-zone database such as `Europe/Berlin`. "
    "Abbreviations and offsets are no zones: they do not know daylight-saving time.",
)  # fmt: skip
ZONE_ALONE = Code(
    "CTX211", "zone-alone", ERROR,
    "`zone` asks nothing: it says on whose clock `time`, `weekday`, `date` and `moment` of the same mapping are read. "
    "Put it beside one of them.",
)  # fmt: skip
ZONE_UNUSED = Code(
    "CTX212", "zone-unused", WARNING,
    "`zone` concerns `time`, `weekday`, `date` and `moment` of the same mapping only, not those inside `any`, `all`, "
    "`not` or an audience. Here it has no effect: move it beside the question it belongs to.",
)  # fmt: skip
LANGUAGE_INVALID = Code(
    "CTX213", "language-range-invalid", ERROR,
    "A language range is a BCP 47 tag such as `de`, `de-AT` or `zh-Hant`, with hyphens, or `*` for any known language.",
)  # fmt: skip
COUNTRY_INVALID = Code(
    "CTX214", "country-invalid", ERROR,
    "A country is written as its two letters of ISO 3166-1, such as `DE`.",
)  # fmt: skip
REFERRER_INVALID = Code(
    "CTX215", "referrer-invalid", ERROR,
    "A referrer is a host name such as `example.org`, which also matches its subdomains: no scheme, port or path, "
    "and in ASCII form as browsers report it.",
)  # fmt: skip
NUMBER_INVALID = Code(
    "CTX216", "number-invalid", ERROR,
    "A number is asked for by a value such as `5` or by a range with both ends included: `3..5`, `3..`, `..5`.",
)  # fmt: skip
VALUE_UNKNOWN = Code(
    "CTX217", "value-unknown", ERROR,
    "The signal never has this value: it is not among its declared `values:`. "
    "Correct the spelling, or declare the value.",
)  # fmt: skip
SIGNAL_UNKNOWN = Code(
    "CTX218", "signal-unknown", ERROR,
    "`known` names signals: `time`, `language`, `country` and the other built-in ones, or those "
    "declared under `signals:`.",
)  # fmt: skip
AUDIENCE_UNKNOWN = Code(
    "CTX219", "audience-unknown", ERROR,
    "Audiences are conditions with a name, declared under `audiences:` in ctxsite.yaml. "
    "Correct the spelling, or declare the audience.",
)  # fmt: skip
CONDITION_DEEP = Code(
    "CTX220", "condition-too-deep", ERROR,
    "Conditions are nested deeper than anybody could read. Give parts of it a name under `audiences:`, or simplify.",
)  # fmt: skip

SIGNALS_SHAPE = Code(
    "CTX230", "declaration-shape", ERROR,
    "`signals:` and `audiences:` are mappings from a name to what it stands for; each signal is itself a mapping "
    "such as `{type: enum, values: [sun, rain], from: [\"cookie:weather\"]}`.",
)  # fmt: skip
SIGNAL_NAME = Code(
    "CTX231", "signal-name", ERROR,
    "A signal's name starts with a letter and goes on with letters, digits, `-` and `_`. "
    "Names that the rule language uses itself cannot be given to signals of the site's own.",
)  # fmt: skip
SIGNAL_KEY = Code(
    "CTX232", "signal-key-unknown", ERROR,
    "A signal's declaration has the keys `type`, `values`, `from` and `remember`; built-in signals take fewer.",
)  # fmt: skip
SIGNAL_TYPE = Code(
    "CTX233", "signal-type", ERROR,
    "A signal's type is `enum`, `set`, `boolean`, `number` or `text`; `segment` is always a `set`.",
)  # fmt: skip
SIGNAL_VALUES = Code(
    "CTX234", "signal-values", ERROR,
    "`enum` and `set` signals list their possible `values:`: texts, each once, not empty, without commas in a set. "
    "Other types have no list.",
)  # fmt: skip
SIGNAL_SOURCE = Code(
    "CTX235", "signal-source", ERROR,
    "A source is `query:NAME`, `cookie:NAME`, `storage:NAME`, `meta:NAME`, `media:QUERY` or `path:PREFIX`.",
)  # fmt: skip
SIGNAL_REMEMBER = Code(
    "CTX236", "signal-remember", ERROR,
    "`remember:` is `no`, `session`, or a number of days such as `30d`.",
)  # fmt: skip
AUDIENCE_NAME = Code(
    "CTX237", "audience-name", ERROR,
    "An audience's name consists of lower-case letters, digits and hyphens. `default` and `when-1`, `when-2` … are "
    "reserved: they name branches of blocks.",
)  # fmt: skip
AUDIENCE_CYCLE = Code(
    "CTX238", "audience-cycle", ERROR,
    "An audience cannot be defined by itself, not even by way of others. Break the circle at one of its members.",
)  # fmt: skip

BRANCH_IMPOSSIBLE = Code(
    "CTX250", "branch-impossible", ERROR,
    "The condition holds in no context at all, so what stands behind it is never shown. "
    "Parts of it exclude each other: a date that is no such weekday, two zones that are never so far apart, a minute "
    "that the change to daylight-saving time skips.",
)  # fmt: skip
BRANCH_SHADOWED = Code(
    "CTX251", "branch-shadowed", ERROR,
    "The first branch whose condition holds is shown, and earlier branches take every case of this one. "
    "Put the more specific branch first, or narrow the earlier ones.",
)  # fmt: skip
DECISION_UNDECIDED = Code(
    "CTX252", "decision-undecided", WARNING,
    "The decision asks too many questions at once to be looked through completely, so nothing is claimed about this "
    "branch. Fewer branches, or simpler conditions, can be proved.",
)  # fmt: skip
UNKNOWN_VISITOR = Code(
    "CTX253", "unknown-visitor-gets-branch", WARNING,
    "Logic is two-valued: `not` holds where a signal is unknown, so visitors about whom nothing is known get this "
    "branch instead of the default. Add `known:` if that is not meant.",
)  # fmt: skip
BRANCH_PAST = Code(
    "CTX254", "branch-past", WARNING,
    "All times at which this branch could be shown are over. Remove it, or give it new dates.",
)  # fmt: skip
BRANCH_CLOCKLESS = Code(
    "CTX255", "branch-without-clock", WARNING,
    "Earlier branches take every time of every day, so only visitors whose clock is unknown get here, "
    "and browsers always know the time.",
)  # fmt: skip
DEFAULT_UNREACHABLE = Code(
    "CTX256", "default-never-chosen", WARNING,
    "The branches take every case, so the default is seen without JavaScript only.",
)  # fmt: skip
