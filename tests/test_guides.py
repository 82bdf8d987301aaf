"""The pocket guides as they are published: read as other programs read them, and as phones do."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from generator import urls
from generator.dataset import Dataset
from generator.guides import Guide, GuideError, LeftOut, SetGuide, make_guides, set_guides
from generator.guides.typesetting import set_guide
from generator.models.channels import Doubt, EmailChannel, PhoneChannel, ShortCodeChannel
from generator.values.text import LocalizedText
from tests.picking import digits_of_channel, find_doubtful

SITE_URL = "https://example.org/dalil/"
KINDS = ("pocket", "booklet", "wallet", "wallet-sheet")
LANGUAGES = ("en", "fr", "ar")
POINT = 25.4 / 72
SMALLEST_LETTER = 3  # points
NO_BREAK = "\u00a0"
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"(?<![\d.])(?:\+\d[\d ]{6,}\d|0\d[\d ]{6,}\d)(?![\d.])")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


# --- What other programs read ---


def read_with_pdfium(content: bytes) -> str:
    """Return the text that Chromium's viewer copies."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return _BIDI.sub("", "\n".join(pages)).replace(NO_BREAK, " ")


def read_with_poppler(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return _BIDI.sub("", done.stdout.decode())


def numbers_in(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def codes_on(page: pypdfium2.PdfPage) -> list[str]:
    """Return what a phone's camera reads on a page, as it is printed at 200 dots an inch."""
    image = page.render(scale=200 / 72).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(image)]


def numbers_of(dataset: Dataset, code: str) -> tuple[set[str], set[str]]:
    """Return the numbers of a country that can be called, and those that are printed as well."""
    callable_numbers, printed = set(), set()
    for organization, _, channel in dataset.channels():
        if organization.country != code:
            continue
        if channel.as_printed:
            printed |= numbers_in(channel.as_printed)
        match channel:
            case PhoneChannel() if channel.phone and not channel.doubtful:
                callable_numbers.add(channel.phone.shown)
            case PhoneChannel():
                printed.add(channel.number)
            case ShortCodeChannel():
                callable_numbers.add(channel.number)
    return callable_numbers, printed


def everyone(dataset: Dataset) -> Iterator[tuple[str, str]]:
    yield from ((code, language) for code in dataset.countries for language in LANGUAGES)


def guide_bytes(site: Path, code: str, kind: str, language: str) -> bytes:
    return (site / "downloads" / code.lower() / f"{kind}-{language}.pdf").read_bytes()


@pytest.mark.parametrize("read", [read_with_pdfium, read_with_poppler])
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_on_a_guide_is_one_of_the_record_in_dialling_order(
    site: Path, real_dataset: Dataset, kind: str, read: Any
) -> None:
    found = 0
    for code, language in everyone(real_dataset):
        text = read(guide_bytes(site, code, kind, language))
        callable_numbers, printed = numbers_of(real_dataset, code)
        on_guide = numbers_in(text)
        assert on_guide <= callable_numbers | printed, (code, language)
        found += len(on_guide)
    assert found > 20


@pytest.mark.parametrize("read", [read_with_pdfium, read_with_poppler])
def test_the_booklet_has_every_number_and_address_of_its_country(
    site: Path, real_dataset: Dataset, read: Any
) -> None:
    for code, language in everyone(real_dataset):
        text = read(guide_bytes(site, code, "booklet", language))
        callable_numbers, _ = numbers_of(real_dataset, code)
        missing = {number for number in callable_numbers if number not in text}
        assert missing == set(), (code, language)
        addresses = {
            channel.address
            for organization, _, channel in real_dataset.channels()
            if organization.country == code and isinstance(channel, EmailChannel)
        }
        # An address that is longer than its line is the only thing that a viewer may break.
        assert addresses <= set(_ADDRESS.findall(text)), (code, language)


def test_the_sheet_has_every_number_or_the_build_says_that_it_has_not(
    site: Path, real_dataset: Dataset
) -> None:
    guides = made(real_dataset)
    for code, language in everyone(real_dataset):
        guide = guides[f"downloads/{code.lower()}/pocket-{language}.pdf"]
        content = guide_bytes(site, code, "pocket", language)
        text = read_with_pdfium(content) + read_with_poppler(content)
        left = {row for one in set_guide(guide).left_out for row in one.rows}
        callable_numbers, _ = numbers_of(real_dataset, code)
        missing = {number for number in callable_numbers if number not in text}
        rows = [row for name in ("cities", "others") for row in guide.data[name]]
        unsaid = missing - {row["action"]["shown"] for row in rows if row["id"] in left}
        assert unsaid == set(), (code, language)


def test_what_cannot_be_called_is_not_said_to_be_unpublished(good_dataset: Dataset) -> None:
    clinic = good_dataset.organizations["TN/clinic"]
    doubt = Doubt(reason=LocalizedText({"en": "Nobody answers."}))
    for_all = {"doubtful": doubt, "nationwide": True, "location": None}
    doubtful = tuple(channel.model_copy(update=for_all) for channel in clinic.channels)
    changed = clinic.model_copy(update={"channels": doubtful, "locations": ()})
    guide = made(with_organizations(good_dataset, changed))["downloads/tn/pocket-en.pdf"]
    (where,) = {row["where"] for row in guide.data["needs"] if row["id"].endswith("/clinic")}
    assert where == "No number that can be called is known."


def test_an_organization_in_several_cities_tells_where(good_dataset: Dataset) -> None:
    guides = made(good_dataset)
    rows = guides["downloads/tn/pocket-en.pdf"].data["needs"]
    assert {row["where"] for row in rows if row["id"].endswith("/clinic")} == {
        "Tunis and Sfax: see inside"
    }
    needs = guides["downloads/tn/booklet-en.pdf"].data["needs"]
    places = [
        row["places"] for need in needs for row in need["rows"] if row["name"] == "The clinic"
    ]
    assert [[place["name"] for place in found] for found in places] == [["Tunis", "Sfax clinic"]]


def test_what_is_called_first_stands_on_the_sheet_and_on_the_card(
    site: Path, real_dataset: Dataset
) -> None:
    for code, language in everyone(real_dataset):
        first = {
            channel.phone.shown if isinstance(channel, PhoneChannel) else channel.number
            for reference in real_dataset.countries[code].call_first
            for organization, _, channel in real_dataset.channels()
            if organization.country == code
            and (organization.id, channel.id) == (reference.organization, reference.channel)
        }
        assert first
        for kind in ("pocket", "wallet"):
            text = read_with_pdfium(guide_bytes(site, code, kind, language))
            assert {number for number in first if number not in text} == set(), (code, kind)


def test_a_doubtful_number_is_told_in_the_booklet_and_can_be_called_nowhere(
    site: Path, real_dataset: Dataset
) -> None:
    for organization, channel in find_doubtful(real_dataset):
        code, number = organization.country, channel.as_printed or channel.number
        for language in LANGUAGES:
            text = read_with_poppler(guide_bytes(site, code, "booklet", language))
            assert number in text
            for kind in KINDS:
                links = links_of(guide_bytes(site, code, kind, language))
                assert not any(digits_of_channel(channel) in link for link in links)
                if kind != "booklet":
                    assert number not in read_with_poppler(guide_bytes(site, code, kind, language))


def links_of(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as file:
        return [
            str(annotation.A.URI)
            for page in file.pages
            for annotation in page.obj.get("/Annots", [])
            if "/A" in annotation and "/URI" in annotation.A
        ]


def test_every_number_that_can_be_tapped_is_one_of_the_record(
    site: Path, real_dataset: Dataset
) -> None:
    for code, language in everyone(real_dataset):
        dialled = {
            channel.phone.dialled if isinstance(channel, PhoneChannel) else channel.number
            for organization, _, channel in real_dataset.channels()
            if organization.country == code
            and not channel.doubtful
            and isinstance(channel, PhoneChannel | ShortCodeChannel)
        }
        for kind in KINDS:
            links = links_of(guide_bytes(site, code, kind, language))
            called = {link.removeprefix("tel:") for link in links if link.startswith("tel:")}
            assert called
            assert called <= dialled, (code, kind)


# --- Codes for cameras ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_on_guides_call_the_first_number_and_open_the_page(
    site: Path, real_dataset: Dataset, language: str
) -> None:
    for code, country in real_dataset.countries.items():
        reference = country.call_first[0]
        channel = next(
            channel
            for organization, _, channel in real_dataset.channels()
            if (organization.country, organization.id, channel.id)
            == (code, reference.organization, reference.channel)
        )
        dialled = channel.phone.dialled if isinstance(channel, PhoneChannel) else channel.number
        call = f"tel:{dialled}"
        page = f"{SITE_URL}{language}/{code.lower()}/"
        for kind, expected in (
            ("pocket", {call, page}),
            ("wallet", {call}),
            ("booklet", {call, page}),
        ):
            with pypdfium2.PdfDocument(guide_bytes(site, code, kind, language)) as document:
                ends = {0, len(document) - 1} if kind == "booklet" else {0}
                found = {text for number in ends for text in codes_on(document[number])}
            assert found == expected, (code, kind)
        with pypdfium2.PdfDocument(guide_bytes(site, code, "wallet-sheet", language)) as document:
            assert codes_on(document[0]) == [call] * 10


def test_a_short_code_is_encoded_without_a_prefix(good_dataset: Dataset) -> None:
    done = set_guide(made(good_dataset)["downloads/dz/wallet-en.pdf"])
    with pypdfium2.PdfDocument(done.pdf) as document:
        assert codes_on(document[0]) == ["tel:1111"]


def test_a_guide_of_a_site_without_an_address_has_no_code_for_it(real_dataset: Dataset) -> None:
    guides = made(real_dataset, site_url=None)
    (pocket,) = set_guides([guides["downloads/tn/pocket-en.pdf"]])
    with pypdfium2.PdfDocument(pocket.pdf) as document:
        assert len(codes_on(document[0])) == 1
    assert "http" not in " ".join(links_of(pocket.pdf))


# --- Their shape ---


def size_of(content: bytes) -> tuple[int, set[tuple[int, int]]]:
    """Return how many pages there are, and their sizes in millimetres."""
    with pypdfium2.PdfDocument(content) as document:
        sizes = {tuple(round(length * POINT) for length in page.get_size()) for page in document}
        return len(document), sizes  # type: ignore[return-value]


def test_guides_have_the_pages_that_they_are_made_for(site: Path, real_dataset: Dataset) -> None:
    for code, language in everyone(real_dataset):
        assert size_of(guide_bytes(site, code, "pocket", language)) == (2, {(297, 210)})
        assert size_of(guide_bytes(site, code, "wallet", language)) == (1, {(86, 54)})
        assert size_of(guide_bytes(site, code, "wallet-sheet", language)) == (1, {(210, 297)})
        count, sizes = size_of(guide_bytes(site, code, "booklet", language))
        assert count > 10
        assert sizes == {(148, 210)}
    for kind in ("glossary", "situations"):
        for language in LANGUAGES:
            _, sizes = size_of((site / f"downloads/{kind}-{language}.pdf").read_bytes())
            assert sizes == {(148, 210)}


def pages_with_text(content: bytes) -> Iterator[list[tuple[float, float, float, float]]]:
    """Yield the boxes of the lines on each page: left, bottom, right, top, in points."""
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(index) for index in range(text.count_rects())]
            # Marks over and under Arabic letters have boxes of their own.
            yield [box for box in boxes if box[3] - box[1] > SMALLEST_LETTER]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, float]:
    return (
        min(one[2], other[2]) - max(one[0], other[0]),
        min(one[3], other[3]) - max(one[1], other[1]),
    )


def collisions(boxes: list[tuple[float, float, float, float]]) -> list[Any]:
    """Return the pairs of lines of which one covers a third of the other, or more."""
    found = []
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            wide, tall = overlap(one, other)
            lower = min(one[3] - one[1], other[3] - other[1])
            # PDFium tells some boxes twice.
            if one != other and wide > 1 and tall > max(lower / 3, 1):
                found.append((one, other))
    return found


@pytest.mark.parametrize("kind", ["pocket", "wallet", "wallet-sheet"])
def test_nothing_is_outside_its_panel_and_nothing_covers_anything(
    site: Path, real_dataset: Dataset, kind: str
) -> None:
    columns, rows, margin = {"pocket": (4, 2, 8), "wallet": (1, 1, 5), "wallet-sheet": (1, 1, 30)}[
        kind
    ]
    for code, language in everyone(real_dataset):
        content = guide_bytes(site, code, kind, language)
        with pypdfium2.PdfDocument(content) as document:
            width, height = document[0].get_size()
        for number, boxes in enumerate(pages_with_text(content)):
            assert boxes
            # What is inside the folded sheet is one field.
            wide, tall = (width / columns, height / rows) if number == 0 else (width, height)
            for left, bottom, right, top in boxes:
                assert left % wide > margin, (code, language)
                assert left // wide == right // wide, (code, language)
                assert right % wide < wide - margin, (code, language)
                assert bottom // tall == top // tall, (code, language)
            assert collisions(boxes) == [], (code, language, number)


def test_the_arabic_sheet_begins_on_the_right(site: Path) -> None:
    for language, is_right in (("fr", False), ("ar", True)):
        with pypdfium2.PdfDocument(guide_bytes(site, "TN", "pocket", language)) as document:
            page = document[0]
            number = page.get_textpage().search("+216")
            first = number.get_next()
            assert first
            left, *_ = page.get_textpage().get_charbox(first[0])
            assert (left > page.get_width() / 2) is is_right


def test_guides_are_tagged_and_say_what_they_are(site: Path, real_dataset: Dataset) -> None:
    paths = sorted((site / "downloads").rglob("*.pdf"))
    assert len(paths) == len(LANGUAGES) * (len(KINDS) * len(real_dataset.countries) + 2)
    for path in paths:
        with pikepdf.open(path) as file:
            root = file.Root
            assert root.MarkInfo.Marked
            assert "/StructTreeRoot" in root
            assert str(root.Lang) == path.stem.rpartition("-")[2]
            assert root.ViewerPreferences.DisplayDocTitle
            assert "/Direction" not in root.ViewerPreferences
            with file.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["dc:title"]
            with file.open_outline() as outline:
                headings = sum(1 + len(entry.children) for entry in outline.root)
            assert headings >= (1 if "wallet" in path.name else 7)
            fonts = [
                font
                for one in file.objects
                if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"
                for font in one.get("/DescendantFonts", [])
            ]
            assert fonts
            assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_a_listener_hears_the_sheet_of_ten_cards_once(site: Path) -> None:
    with pikepdf.open(site / "downloads/dz/wallet-sheet-en.pdf") as file:
        kinds = [
            str(one.S)
            for one in file.objects
            if isinstance(one, pikepdf.Dictionary) and "/S" in one
        ]
    assert kinds.count("/H1") == 1


# --- Whether it fits ---


def made(dataset: Dataset, *, site_url: str | None = SITE_URL) -> dict[str, Guide]:
    return {guide.address.path: guide for guide in make_guides(dataset, site_url=site_url)}


def with_organizations(dataset: Dataset, *added: Any, without: str = "") -> Dataset:
    kept = {key: one for key, one in dataset.organizations.items() if key != without}
    file = dataset.files["organizations", next(iter(dataset.organizations))]
    return dataclasses.replace(
        dataset,
        organizations=dict(sorted({**kept, **{one.key: one for one in added}}.items())),
        files={**dataset.files, **{("organizations", one.key): file for one in added}},
    )


def test_the_same_guide_gives_the_same_bytes_in_another_process(real_dataset: Dataset) -> None:
    guides = [guide for path, guide in made(real_dataset).items() if path.endswith("-ar.pdf")]
    elsewhere = set_guides(guides)
    assert [one.pdf for one in elsewhere[:4]] == [set_guide(one).pdf for one in guides[:4]]
    assert [one.picture for one in elsewhere[:4]] == [set_guide(one).picture for one in guides[:4]]


def test_names_of_200_characters_fit(real_dataset: Dataset) -> None:
    long = "A very long name of an organization that goes on, "
    name = LocalizedText(dict.fromkeys(LANGUAGES, (long * 5)[:200]))
    called = real_dataset.countries["DZ"].call_first[0]
    first = real_dataset.organizations[f"DZ/{called.organization}"]
    services = tuple(one.model_copy(update={"name": name}) for one in first.services)
    changed = first.model_copy(update={"name": name, "abbreviation": None, "services": services})
    channel = next(channel for channel in first.channels if channel.id == called.channel)
    guides = made(with_organizations(real_dataset, changed))
    for language in LANGUAGES:
        for kind in KINDS:
            guide = set_guide(guides[f"downloads/dz/{kind}-{language}.pdf"])
            if kind in ("pocket", "wallet"):
                for boxes in pages_with_text(guide.pdf):
                    assert collisions(boxes) == []
            shown = re.sub(r"\s+", " ", read_with_pdfium(guide.pdf))
            assert digits_of_channel(channel)[-8:] in re.sub(r"(?<=\d) (?=\d)", "", shown)
            if language != "ar":
                assert shown.count((long * 5)[:40]) >= 1


def crowd(dataset: Dataset, count: int) -> Dataset:
    """Return Algeria with many more organizations that all do everything."""
    busiest = max(dataset.organizations_in("DZ"), key=lambda one: len(one.services))
    return with_organizations(
        dataset,
        *(
            busiest.model_copy(
                update={
                    "id": f"organization-{number:02}",
                    "name": LocalizedText({"en": f"Organization {number:02}"}),
                    "abbreviation": None,
                }
            )
            for number in range(count)
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_services_more_fit_or_it_is_said_what_was_left_out(
    real_dataset: Dataset, language: str
) -> None:
    guide = made(crowd(real_dataset, 30))[f"downloads/dz/pocket-{language}.pdf"]
    done = set_guide(guide)
    left = {row for one in done.left_out if one.place == "needs" for row in one.rows}
    rows = guide.data["needs"]
    assert left
    # Nothing goes that is more urgent than what stays, and no need stays without anybody.
    priorities = {row["id"]: row["priority"] for row in guide.data["needs_in_short"]}
    kept = set(priorities) - left
    assert max(priorities[row] for row in kept) < min(priorities[row] for row in left)
    assert {row["group"] for row in rows} == {
        row["group"] for row in guide.data["needs_in_short"] if row["id"] in kept
    }
    text = re.sub(r"\s+", " ", read_with_poppler(done.pdf))
    assert str(len(left)) in text
    if language == "en":
        assert f"and {len(left)} more on the site" in text
    if language != "ar":  # whose letters other programs read in other orders
        for row in guide.data["needs_in_short"]:
            name = row["name"] if isinstance(row["name"], str) else row["name"]["text"]
            assert name in text or row["id"] in left
    for boxes in pages_with_text(done.pdf):
        assert collisions(boxes) == []
    assert [line.partition(":")[0] for line in done.describe_left_out()] == [
        guide.address.path
    ] * len(done.left_out)


def test_what_was_left_out_is_told_by_name() -> None:
    guide = Guide(urls.guide("DZ", "pocket", "en"), "pocket.typ", {"title": "T"}, 36)
    done = SetGuide(guide, b"", b"", (0, 0), 2, (LeftOut("needs", ("health/iom", "legal/iom")),))
    assert done.describe_left_out() == [
        "downloads/dz/pocket-en.pdf: no room under needs for health/iom, legal/iom"
    ]


def test_a_booklet_of_thirty_organizations_has_them_all(real_dataset: Dataset) -> None:
    guide = made(crowd(real_dataset, 30))["downloads/dz/booklet-en.pdf"]
    text = read_with_poppler(set_guide(guide).pdf)
    assert {f"Organization {number:02}" for number in range(30)} <= set(
        re.findall(r"Organization \d\d", text)
    )


def test_a_letter_that_the_font_lacks_ends_the_build_with_the_name_of_the_guide(
    real_dataset: Dataset,
) -> None:
    guide = made(real_dataset)["downloads/tn/wallet-en.pdf"]
    data = copy.deepcopy(guide.data)
    data["country"] = "Tunisia ☎"
    with pytest.raises(GuideError, match=r"^downloads/tn/wallet-en\.pdf: .*☎"):
        set_guide(dataclasses.replace(guide, data=data))


def test_a_guide_with_too_many_pages_is_refused(real_dataset: Dataset) -> None:
    guide = made(real_dataset)["downloads/tn/booklet-en.pdf"]
    with pytest.raises(GuideError, match=r"^downloads/tn/booklet-en\.pdf has \d+ pages"):
        set_guide(dataclasses.replace(guide, pages=range(1, 3)))


def test_texts_of_the_data_are_never_read_as_markup(real_dataset: Dataset) -> None:
    nasty = '#panic("x") *bold* `raw` $x$ \\ @ref [a](b) // ~ = Heading'
    tunisia = real_dataset.countries["TN"].model_copy(update={"name": LocalizedText({"en": nasty})})
    changed = dataclasses.replace(real_dataset, countries={**real_dataset.countries, "TN": tunisia})
    guides = made(changed)
    for kind in KINDS:
        text = read_with_poppler(set_guide(guides[f"downloads/tn/{kind}-en.pdf"]).pdf)
        assert '#panic("x") *bold*' in re.sub(r"\s+", " ", text)


def test_a_hidden_location_is_in_no_guide(good_dataset: Dataset) -> None:
    guides = list(make_guides(good_dataset, site_url=None))
    assert guides
    for guide in guides:
        data = json.dumps(guide.data, ensure_ascii=False)
        assert "Secret refuge" not in data
        assert '"refuge"' not in data


def test_small_data_makes_guides_too(good_dataset: Dataset) -> None:
    done = set_guides(list(make_guides(good_dataset, site_url=None)))
    assert [one.guide.address.path for one in done] == [
        *(f"downloads/{code}/{kind}-en.pdf" for code in ("dz", "tn") for kind in KINDS),
        "downloads/glossary-en.pdf",
        "downloads/situations-en.pdf",
    ]
    assert [one.left_out for one in done] == [()] * len(done)
    # Tunisia has nobody to call first there, and its guides say so.
    text = read_with_poppler(done[4].pdf)
    assert "No number that serves the whole country is known." in re.sub(r"\s+", " ", text)


# --- The glossary in all languages, and the situations of all countries ---


def test_the_glossary_has_every_term_in_every_language(site: Path, real_dataset: Dataset) -> None:
    for language in LANGUAGES:
        content = (site / f"downloads/glossary-{language}.pdf").read_bytes()
        text = re.sub(r"\s+", " ", read_with_poppler(content))
        for term in real_dataset.glossary.values():
            for code in ("en", "fr"):
                words = term.term.root[code]
                # A name may be broken between two lines of its narrow column.
                assert words.split()[0] in text, (language, words)


def test_the_booklet_of_situations_has_the_first_numbers_of_all_countries(
    site: Path, real_dataset: Dataset
) -> None:
    text = read_with_pdfium((site / "downloads/situations-ar.pdf").read_bytes())
    for code in real_dataset.countries:
        callable_numbers, _ = numbers_of(real_dataset, code)
        assert any(number in text for number in callable_numbers), code
