"""What stands in every guide: its title, language and edition, and until when it may be used."""

from __future__ import annotations

import dataclasses

from generator.dataset import Dataset
from generator.guides.pictures import render_qr_code
from generator.guides.plain import Plain
from generator.urls import Address
from generator.values.dates import months_later
from generator.views.channels import HELPLINE_MONTHS
from generator.words import Words


@dataclasses.dataclass(frozen=True)
class Guide:
    """One guide before it is set: where it goes, its template and what the template fills in.

    `pages` is how many it must have, none where that depends on what there is to say;
    `picture_ppi` is how finely its picture is drawn, in pixels per inch.
    """

    address: Address
    template: str
    data: Plain
    picture_ppi: float
    pages: range | None = None

    @property
    def title(self) -> str:
        """What the guide is called, in its own language."""
        return str(self.data["title"])


DATED = ("date", "edition", "discard")
"""What of the frame changes with every confirmation, whatever else the guide says."""


def plain_frame(
    title: str,
    description: str,
    dataset: Dataset,
    words: Words,
    *,
    page: str | None,
    is_draft: bool,
) -> Plain:
    """Return what stands in every guide. `page` is the public address that its QR code leads to.

    `is_draft` says that not all of the translation has been reviewed.

    Raises `ValueError` for data without an edition.
    """
    edition = dataset.edition
    if edition is None:
        raise ValueError("a guide needs an edition; check the data before building")
    return {
        "title": title,
        "description": description,
        "publisher": edition.publisher,
        "language": words.language,
        "direction": words.direction,
        "date": dataset.date,
        "edition": words("footer.edition", version=edition.version, date=words.date(dataset.date)),
        "discard": words(
            "age.discard", date=words.date(months_later(dataset.date, HELPLINE_MONTHS))
        ),
        "draft": words("draft.notice") if is_draft else None,
        "licence": words("footer.licence", licence=edition.licence),
        "labelled": words.pattern("site.labelled"),
        "page": {
            "shown": page.partition("//")[2].removesuffix("/"),
            "href": page,
            "qr": {"svg": render_qr_code(page), "name": words("guide.qr_page")},
        }
        if page
        else None,
    }
