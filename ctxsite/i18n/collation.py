"""The order of words in a language: titles and tags sorted as their readers expect.

With PyICU installed the order is CLDR's. Without it, letters are compared without their marks (`Ä` with `A`), except
where a language has them as letters of their own; scripts other than Latin are in the order of Unicode, which is that
of their alphabets. Kana are compared without regard to hiragana and katakana; kanji have no order without a reading.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

_NORDIC = "æ>z ø>z ö>z å>z"
_LETTERS = {
    "cs": "č>c ř>r š>s ž>z", "da": _NORDIC, "es": "ñ>n", "et": "š>s z>s ž>s õ>w ä>w ö>w ü>w", "fi": "å>z ä>z ö>z",
    "hr": "č>c ć>c đ>d š>s ž>z", "hu": "ö>o ü>u", "is": "á>a ð>d é>e í>i ó>o ú>u ý>y þ>z æ>z ö>z", "lt": "č>c š>s ž>z",
    "lv": "č>c ģ>g ķ>k ļ>l ņ>n š>s ž>z", "nb": _NORDIC, "nn": _NORDIC, "no": _NORDIC,
    "pl": "ą>a ć>c ę>e ł>l ń>n ó>o ś>s ź>z ż>z", "ro": "ă>a â>a î>i ș>s ş>s ț>t ţ>t", "sk": "ä>a č>c ô>o š>s ž>z",
    "sl": "č>c š>s ž>z", "sv": "å>z ä>z ö>z", "tr": "ç>c ğ>g ı>h ö>o ş>s ü>u", "az": "ç>c ə>e ğ>g ı>h ö>o ş>s ü>u",
}  # fmt: skip
"""Letters of their own, each behind the letter that comes before it, in their order."""

_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_BEHIND = 0x10FFF0
"""Characters from here on (private, in no text) put a letter behind all that begin like the one before it."""


def sort_key(text: str, language: str) -> str:
    """Return a text that is in the order of `text` for readers of a language, letter case aside."""
    key = _icu(language)
    return key(text) if key is not None else _key(text, language.partition("-")[0].lower())


@lru_cache(maxsize=65536)
def _key(text: str, language: str) -> str:
    folded = text.casefold() if language not in {"tr", "az"} else text.replace("I", "ı").replace("İ", "i").casefold()
    if folded.isascii() and language not in {"et", "tr", "az"}:
        return folded
    folded = unicodedata.normalize("NFC", folded).translate(_letters(language)).translate(_SPELT)
    plain = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return plain.translate(_KATAKANA)


_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


@cache
def _letters(language: str) -> dict[int, str]:
    found: dict[int, str] = {}
    behind: dict[str, int] = {}
    for pair in _LETTERS.get(language, "").split():
        letter, _, base = pair.partition(">")
        behind[base] = behind.get(base, 0) + 1
        found[ord(letter)] = base + chr(_BEHIND + behind[base])
    return found


@cache
def _icu(language: str) -> Callable[[str], str] | None:
    try:
        from icu import Collator, Locale  # noqa: PLC0415  (optional)
    except ImportError:
        return None
    collator = Collator.createInstance(Locale.forLanguageTag(language))
    return lambda text: collator.getSortKey(text).decode("latin-1")
