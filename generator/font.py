"""The letters of the guides, by which maps are measured too: IBM Plex Sans Arabic.

It has Latin and Arabic. A language of another script has pages but no guides, until it gets a font
of its own here.
"""

from __future__ import annotations

import functools
import importlib.resources
import unicodedata
from pathlib import Path

import uharfbuzz


def font_folder() -> Path:
    """Return the folder of the font's files, one for each weight."""
    return Path(str(importlib.resources.files("fontpkg_ibm_plex_sans_arabic") / "files"))


@functools.cache
def read_face(weight: str) -> uharfbuzz.Face:
    """Return the shapes of one weight: `Regular`, `Medium`, `Bold`."""
    content = (font_folder() / f"IBMPlexSansArabic-{weight}.ttf").read_bytes()
    return uharfbuzz.Face(uharfbuzz.Blob(content))


def find_unprintable(text: str) -> list[str]:
    """Return the characters of a text that the font lacks, each once.

    Line breaks and invisible signs (Unicode categories Cc and Cf) need no shape.
    """
    known = _known_characters()
    return [
        letter
        for letter in dict.fromkeys(text)
        if ord(letter) not in known and unicodedata.category(letter) not in ("Cc", "Cf")
    ]


def can_print(text: str) -> bool:
    """Tell whether the font has all letters of a text; of a language, it is asked by its name."""
    return not find_unprintable(text)


@functools.cache
def _known_characters() -> frozenset[int]:
    weights = ("Regular", "Medium", "Bold")
    return frozenset.intersection(*(frozenset(read_face(one).unicodes) for one in weights))
