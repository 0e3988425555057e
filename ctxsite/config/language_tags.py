"""Language tags (BCP 47, RFC 5646): their form, usual letter case, direction of writing, and own names."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({
    "Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi",
})  # fmt: skip
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr",
    "ug", "ur", "yi",
})  # fmt: skip

_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw "
    "ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm "
    "sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
"""The tags of two letters in the IANA registry; it will not get more (ISO 639-1 is closed)."""

_AUTONYMS = {
    "ar": "العربية", "bg": "Български", "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch",
    "el": "Ελληνικά", "en": "English", "es": "Español", "et": "Eesti", "fa": "فارسی", "fi": "Suomi", "fr": "Français",
    "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "id": "Indonesia", "it": "Italiano", "ja": "日本語",
    "ko": "한국어", "lt": "Lietuvių", "lv": "Latviešu", "nb": "Norsk bokmål", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "sr": "Српски",
    "sv": "Svenska", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""What `autonym` says of much-used tags, so that a site of these needs no CLDR data at the start."""


def registered(tag: str) -> bool:
    """Tell whether a tag's language exists, as far as two letters go; longer ones are taken at their word."""
    language = tag.partition("-")[0]
    return len(language) > 2 or language in _TWO_LETTERS.split()


def by_country(tag: str) -> str | None:
    """Return the language that is mostly spoken in the country with this code (`gr` is Greece: `el`)."""
    from babel.core import get_global  # noqa: PLC0415  (only to explain a mistake)

    likely = get_global("likely_subtags").get(f"und_{tag.upper()}")
    return None if likely is None else str(likely).partition("_")[0]


def normal(text: str) -> str:
    """Return a tag in its usual letter case (RFC 5646, 2.1.1): `pt_br` is `pt-BR`, `zh-hant` is `zh-Hant`."""
    first, *rest = text.replace("_", "-").split("-")
    parts = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest]
    return "-".join([first.lower(), *parts])


def canonical(text: str) -> str | None:
    """Return a tag in its usual letter case, or None if it is none.

    Extensions and private parts (`en-x-mine`) are not accepted: nothing on the web understands them.
    """
    tag = normal(text)
    return tag if _TAG.fullmatch(tag) else None


def direction(tag: str) -> str:
    """Return `rtl` or `ltr`: how a language is written, by its script if the tag names one."""
    language, *rest = tag.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    right = language in _RIGHT_TO_LEFT if script is None else script in _RIGHT_TO_LEFT_SCRIPTS
    return "rtl" if right else "ltr"


def autonym(tag: str) -> str:
    """Return a language's name in that language by CLDR (`Deutsch`), or the tag where CLDR does not know it."""
    known = _AUTONYMS.get(tag)
    return cldr_autonym(tag) if known is None else known


def cldr_autonym(tag: str) -> str:
    """Return the same, always by asking CLDR."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  (only for languages without a configured name)

    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (ValueError, UnknownLocaleError):
        return tag
    return name[:1].upper() + name[1:] if name else tag


def by_english_name(name: str) -> str | None:
    """Return the tag of a language called so in English or by itself (`german`, `Deutsch`), for suggestions."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  (only to explain a mistake)

    wanted = name.strip().casefold()
    languages = Locale("en").languages
    english = {called.casefold(): code for code, called in sorted(languages.items(), reverse=True)}
    if wanted in english:
        return canonical(english[wanted])
    for code in sorted(languages):
        try:
            own = Locale.parse(code).language_name
        except (ValueError, UnknownLocaleError):
            continue
        if own is not None and own.casefold() == wanted:
            return canonical(code)
    return None
