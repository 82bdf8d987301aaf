"""Countries, named by their ISO 3166-1 alpha-2 code."""

from __future__ import annotations

from typing import Annotated

import pycountry
from pydantic import AfterValidator, Field

from generator.values.errors import quote, value_error


def check_country_code(code: str) -> str:
    """Return the code, or raise `country-code` naming the one that was probably meant."""
    if pycountry.countries.get(alpha_2=code) and code.isupper():
        return code
    meant = find_country_code(code)
    fix = f"write {meant}" if meant else "write the two capital letters of ISO 3166-1, e.g. DZ"
    raise value_error("country-code", f"{quote(code)} is not a country code", fix=fix)


def find_country_code(text: str) -> str | None:
    """Return the code of a country that is named by another code, or in English."""
    try:
        return str(pycountry.countries.lookup(text).alpha_2)
    except LookupError:
        return None


def country_name(code: str) -> str:
    """Return the English name of a country for messages to editors, never for the site."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name))


CountryCode = Annotated[
    str,
    AfterValidator(check_country_code),
    Field(
        description="ISO 3166-1 alpha-2 code, in capitals",
        examples=["DZ"],
        json_schema_extra={"pattern": "^[A-Z]{2}$"},
    ),
]
