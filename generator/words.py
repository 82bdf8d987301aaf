"""The site's own words in one language: no text reaches a page in another way, but data."""

from __future__ import annotations

import dataclasses
import datetime
import json
import unicodedata
from functools import cached_property

import pycountry
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.units import format_unit

from generator.dataset import Dataset
from generator.models.reference import Interface
from generator.values.dates import earliest_day
from generator.values.text import SOURCE_LANGUAGE

_MEGA = 1_000_000
_ARABIC_ARTICLE = "ال"


class UnusableTextError(Exception):
    """One of the site's own words is missing or doesn't fit its place; the message says which."""


@dataclasses.dataclass(frozen=True)
class Words:
    """Texts of an interface file, with those of the source language where one is missing."""

    interface: Interface
    fallback: Interface

    @property
    def language(self) -> str:
        """The BCP 47 code of the language."""
        return self.interface.language

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.interface.direction

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text with its {placeholders} filled in; `count` chooses the plural form.

        Raises `UnusableTextError` for a text that no interface file has, or that doesn't fit.
        """
        text = self.pattern(name, count=values.get("count"))
        try:
            return text.format(**values) if values else text
        except (KeyError, IndexError) as error:
            message = (
                f"data/interface/{self.language}.yaml: the site fills in no {error} in `{name}`"
            )
            raise UnusableTextError(message) from error

    def pattern(self, name: str, *, count: object = None) -> str:
        """Return a text with its {placeholders} still in it, in the plural form for `count`."""
        text = self._text(name)
        if isinstance(text, dict):
            if not isinstance(count, int):
                raise UnusableTextError(f"`{name}` in data/interface/ can't depend on a number")
            text = text.get(self._locale.plural_form(count), text["other"])
        assert isinstance(text, str)
        return text

    def plural_forms(self, name: str) -> str:
        """Return all plural forms of a text as JSON, for scripts that count."""
        text = self._text(name)
        forms = text if isinstance(text, dict) else {"other": text}
        return json.dumps(forms, ensure_ascii=False, sort_keys=True)

    def date(self, date: str) -> str:
        """Return an ISO 8601 date of any precision as the language writes it."""
        day: datetime.date = earliest_day(date)
        if len(date) == len("2025"):
            return date
        if len(date) == len("2025-03"):
            return str(format_skeleton("yMMMM", day, locale=self._locale))
        return str(format_date(day, format="long", locale=self._locale))

    def weekday(self, code: str) -> str:
        """Return the short name of a day, which is given as in iCalendar (MO, TU, WE)."""
        index = ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(code)
        return str(self._locale.days["stand-alone"]["abbreviated"][index])

    def language_name(self, code: str) -> str:
        """Return the name of another language in this one."""
        return self._locale.languages.get(code) or _language_in_english(code)

    def runs_to_the_left(self, code: str) -> bool:
        """Tell whether another language is written from right to left (Unicode CLDR)."""
        return str(Locale.parse(code).character_order) == "right-to-left"

    def labelled(self, name: str, text: str) -> str:
        """Return a text after what names it, with the sign that the language sets between them."""
        return f"{self('site.labelled', name=name)} {text}"

    def ltr(self, text: str) -> str:
        """Return a text of numbers and signs so that it keeps its order inside this language."""
        return f"\u2066{text}\u2069" if self.direction == "rtl" else text

    def country_name(self, code: str) -> str | None:
        """Return the name of a country (ISO 3166-1 alpha-2) that the data has no record of."""
        return self._locale.territories.get(code)

    def size(self, size: int) -> str:
        """Return a number of bytes as readers say it: `72 kB`, `1.3 MB`."""
        unit, amount = ("megabyte", size / _MEGA) if size >= _MEGA else ("kilobyte", size / 1000)
        shown = round(amount, 1) if amount < 10 else round(amount)  # noqa: PLR2004
        return str(format_unit(shown, f"digital-{unit}", length="short", locale=self._locale))

    def join(self, parts: list[str]) -> str:
        """Return the parts as a list in a sentence: `Arabic, French and English`."""
        return str(format_list(parts, locale=self._locale))

    def join_names(self, names: list[str]) -> str:
        """Return names of authors as a list; where they run against the text, without a word."""
        return ", ".join(names) if self.direction == "rtl" else self.join(names)

    def _text(self, name: str) -> object:
        for interface in (self.interface, self.fallback):
            if name in interface.texts:
                return interface.texts[name]
        raise UnusableTextError(f"data/interface/{self.fallback.language}.yaml lacks `{name}`")


def words_for(dataset: Dataset, language: str) -> Words:
    """Return the site's words. Raises `KeyError` for a language without an interface file."""
    return Words(dataset.interfaces[language], dataset.interfaces[SOURCE_LANGUAGE])


def _language_in_english(code: str) -> str:
    language = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return str(language.name) if language else code


def alphabetically(text: str) -> str:
    """Return what a text sorts by: small letters without accents, without the Arabic article.

    So `Égypte` stands before `Libye`, and words that begin with the article under the letter
    behind it, where a reader of an Arabic list looks for them.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return plain.removeprefix(_ARABIC_ARTICLE)
