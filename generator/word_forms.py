"""From text to what is looked up: the same steps for what is indexed and what readers type.

Written twice, here and in `theme_overrides/assets/word-forms.js`, since the index is made at build
time and questions are asked in the page; `tests/search/word_forms.yaml` holds the two equal.
"""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans(
    "ٱىة٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "ايه01234567890123456789",
    "ـء",
)
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])")
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile(r"[\u0621-\u064a]+")

# The article with what is written in one with it, then single letters that are; longest first.
# With each, how many letters must be left.
_ARABIC_PREFIXES = (
    ("وال", 2),
    ("بال", 3),
    ("كال", 3),
    ("فال", 3),
    ("ال", 3),
    ("ل", 3),
    ("و", 4),
    ("ب", 4),
)
_ARABIC_SUFFIXES = ("ها", "هم", "ان", "ات", "ون", "وا", "ين", "يه", "ه", "ي", "ا")
_MIN_STEM = 3
_MIN_LATIN = 4


def normalize(text: str) -> str:
    """Return a text in small letters, without accents, tashkeel and variants of the same letter."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    # Marks, and the invisible signs that order or join letters.
    kept = (c for c in decomposed if unicodedata.category(c)[0] != "M")
    plain = "".join(c for c in kept if unicodedata.category(c) != "Cf").translate(_SPECIAL)
    for ligature, letters in _LIGATURES.items():
        plain = plain.replace(ligature, letters)
    return plain


def split_words(text: str) -> list[str]:
    """Return the normalized words of a text in order, single letters left out.

    Acronyms with full stops are one word: `H.C.R.` is `hcr`.
    """
    joined = _ACRONYM.sub(lambda match: match[0].replace(".", ""), normalize(text))
    return [word for word in _WORD.findall(joined) if len(word) > 1 or word.isdecimal()]


def stem(word: str) -> str:
    """Return what forms of a normalized word have in common.

    Light stemming, by script. Of Arabic words the article, joined prepositions and one ending go;
    of Latin ones a few endings of English and French, as long as there are any.
    """
    if _ARABIC.match(word):
        return _stem_arabic(word)
    return _stem_latin(word) if word.isalpha() else word


def without_prefixes(word: str) -> str:
    """Return a normalized word without the Arabic article and joined prepositions."""
    while True:
        for prefix, least in _ARABIC_PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= least:
                word = word.removeprefix(prefix)
                break
        else:
            return word


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text, in order, each as often as it stands there."""
    return [stem(word) for word in split_words(text)]


def _stem_arabic(word: str) -> str:
    word = without_prefixes(word)
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            return word.removesuffix(suffix)
    return word


def _stem_latin(word: str) -> str:
    while (shorter := _shorten_latin(word)) != word:
        word = shorter
    return word


def _shorten_latin(word: str) -> str:
    """Return a word with one ending less, or as it is."""
    if len(word) <= _MIN_LATIN - 1:
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > _MIN_LATIN:
        return f"{word[:-3]}al"
    if word.endswith("s") and not word.endswith(("us", "is", "ss")):
        return word[:-1]
    if word.endswith("e"):
        return word[:-1]
    for ending in ("ing", "ed", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_LATIN:
            return word.removesuffix(ending)
    if word.endswith("y"):
        return f"{word[:-1]}i"
    if word[-1] == word[-2] != "s":
        return word[:-1]
    return word
