from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from generator import urls
from generator.cli import main
from generator.dataset import Dataset
from generator.exports.feeds import render_feeds
from generator.history import State, read_history
from generator.loading import load_dataset
from generator.pages.rendering import Renderer
from generator.pages.updates import render_updates_page
from generator.values.text import LocalizedText
from generator.views.updates import Update, compare_days, view_updates
from generator.words import words_for
from tests.conftest import ROOT, copy_good_data
from tests.repositories import commit, edit, git, make_repository

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LINE = "organizations/DZ/child-line.yaml"
CLINIC = "organizations/TN/clinic.yaml"
SITE_URL = "https://example.org/dalil/"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three days on which the good data changed, in a Git repository of its own."""
    root = make_repository(tmp_path / "project", monkeypatch)
    data = root / "data"
    shutil.copy(ROOT / "data/interface/ar.yaml", data / "interface")
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "theme_overrides", root / "theme_overrides")
    commit("2026-05-01T09:00:00Z")

    # A number that was wrong for an hour of a day was never published.
    edit(data, CLINIC, ("+216 71 720 200", "+216 71 720 299"))
    # Still the second of May in UTC.
    commit("2026-05-03T00:30:00+02:00")
    confirmed = 'confirmed: {assured_date: "2026-02-20", method: phone, assurer: Clinic}, '
    edit(
        data, CLINIC,
        ("+216 71 720 299", "+216 71 720 201"),
        ("location: tunis, published", f"location: tunis, {confirmed}published"),
        ("{en: Health care}", "{en: Health}"),
        ("[health-care]}", "[health-care], description: {en: On weekdays.}}"),
        ("location: sfax, published", "location: sfax, doubtful: {reason: {en: Old.}}, published"),
    )  # fmt: skip
    commit("2026-05-02T23:00:00Z")
    (root / "README.md").write_text("no data", encoding="utf-8")
    commit("2026-05-04T09:00:00Z")

    edit(
        data, LINE,
        ('number: "+213 66169684"', 'number: "+213 66169685"'),
        ("0661 69 68 41", "0661 69 68 42"),
        ("as_printed: 0661-69-68-41, ", "label: {en: Refuge in the old town}, "),
        ("Secret refuge", "Very secret refuge"),
        ("  - {id: email, kind", "  - {id: new, kind: web, url: https://example.org/new, nationwide:"
         " true, published: {source: report-2025}}\n  - {id: email, kind"),
        ("  - {id: form,", "  # gone: {id: form,"),
    )  # fmt: skip
    (data / "good_practices/short.yaml").unlink()
    edit(root, "content/en/about.md", ("\n\n", "\n\nMore.\n\n"))
    commit("2026-05-05T09:00:00Z")
    return root


def load(root: Path) -> Dataset:
    return load_dataset(root / "data", content_dir=root / "content").dataset


def view(root: Path, language: str, *, country: str | None = None) -> list[Update]:
    history, unknown = read_history(root / "data")
    assert unknown is None
    dataset = load(root)
    return view_updates(
        compare_days(history), dataset, words_for(dataset, language), country=country
    )


def tell(updates: list[Update]) -> list[str]:
    return [
        f"{one.day} {one.name}{'' if one.address else ' (no page)'}: {' | '.join(one.lines)}"
        for one in updates
    ]


def test_three_days_of_history_give_exactly_these_updates(repository: Path) -> None:
    told = tell(view(repository, "en"))
    assert [line for line in told if not line.startswith("2026-05-01")] == [
        "2026-05-05 CL, Algeria: Phone number: +213 66169684 (doubtful) → +213 66169685 (doubtful)"
        " | No longer listed: Web page | New: Web page: https://example.org/new"
        " | 4 other details changed",
        "2026-05-05 A practice with little (no page): Removed: it is no longer listed here.",
        "2026-05-05 About the tests: One detail changed",
        "2026-05-02 The clinic, Tunisia: Reception: +216 71 720 200 → +216 71 720 201"
        " | Reception: Confirmed by phone on February 20, 2026"
        " | Reception: +216 54 006 964 is doubtful now; do not rely on it"
        " | 2 other details changed",
    ]
    first = [line for line in told if line.startswith("2026-05-01")]
    assert first[:2] == ["2026-05-01 Algeria: Added", "2026-05-01 Tunisia: Added"]


def test_updates_are_told_in_arabic_with_numbers_in_order(repository: Path) -> None:
    lines = next(one.lines for one in view(repository, "ar") if one.key == "TN/clinic")
    assert lines[0] == "Reception: \u2066+216 71 720 200\u2069 ← \u2066+216 71 720 201\u2069"
    assert lines[3] == "تغيّر تفصيلان آخران"
    assert next(one.name for one in view(repository, "ar") if one.key == "TN/clinic") == (
        "The clinic، Tunisia"
    )


def test_a_country_has_its_own_updates(repository: Path) -> None:
    told = tell(view(repository, "en", country="TN"))
    assert [line[:37] for line in told] == [
        "2026-05-02 The clinic, Tunisia: Recep",
        "2026-05-01 Tunisia: Added",
        "2026-05-01 Child line, Tunisia: Added",
        "2026-05-01 The clinic, Tunisia: Added",
    ]


def test_what_changes_at_a_hidden_place_never_shows(repository: Path) -> None:
    dataset = load(repository)
    history, _ = read_history(repository / "data")
    days = compare_days(history)
    page = render_updates_page(Renderer(dataset, "en", days=days)).html
    shown = page + "".join(
        file.content.decode() for file in render_feeds(dataset, days, site_url=None)
    )
    assert "+213 66169685" in shown
    for secret in ("refuge", "Refuge", "69 68 4", "old town"):
        assert secret not in shown


def test_what_was_shown_before_a_place_was_hidden_is_only_counted(repository: Path) -> None:
    edit(repository / "data", CLINIC, ("place: tunis}", "place: tunis, precision: hidden}"))
    told = "".join(tell(view(repository, "en")))
    assert "71 720" not in told
    assert "is doubtful now" in told
    commit("2026-05-06T09:00:00Z")
    (repository / "data" / CLINIC).unlink()
    commit("2026-05-07T09:00:00Z")
    told = "".join(tell(view(repository, "en")))
    assert "71 720" not in told
    assert "The clinic, Tunisia (no page): Removed" in told


def test_a_contact_with_another_identifier_is_no_new_one(repository: Path) -> None:
    edit(repository / "data", CLINIC, ("id: email,", "id: mail,"), ("clinic@", "Clinic@"))
    edit(repository / "data", LINE, ("id: refuge, kind: phone", "id: other, kind: phone"))
    edit(repository / "data", CLINIC, ("id: tunis, kind", "id: reception, kind"))
    edit(repository / "data", CLINIC, ("2026-02-20", "2026-02-21"))
    commit("2026-05-06T09:00:00Z")
    assert [line for line in tell(view(repository, "en")) if line.startswith("2026-05-06")] == [
        "2026-05-06 CL, Algeria: One detail changed",
        "2026-05-06 The clinic, Tunisia: Reception: Confirmed by phone on February 21, 2026"
        " | No longer listed: E-mail | New: E-mail: Clinic@example.org"
        " | One other detail changed",
    ]


def test_what_could_not_be_read_for_a_day_is_told_when_it_can_be(repository: Path) -> None:
    edit(repository / "data", CLINIC, ("71 720 201", "71 720 202"), ("kind: intern", "kind: inter"))
    edit(repository / "data", "places.csv", ("id,", "name,"))
    commit("2026-05-06T09:00:00Z")
    assert not [line for line in tell(view(repository, "en")) if line.startswith("2026-05-06")]
    edit(repository / "data", CLINIC, ("kind: inter", "kind: intern"))
    edit(repository / "data", "places.csv", ("name,", "id,"))
    commit("2026-05-07T09:00:00Z")
    assert tell(view(repository, "en"))[0] == (
        "2026-05-07 The clinic, Tunisia: Reception: +216 71 720 201 → +216 71 720 202"
    )


def test_a_second_change_on_a_day_is_told_to_programs_anew(repository: Path) -> None:
    def newest() -> list[str | None]:
        days = compare_days(read_history(repository / "data")[0])
        feed = ET.fromstring(render_feeds(load(repository), days, site_url=None)[0].content)
        entry = feed.find(f"{ATOM}entry")
        assert entry is not None
        assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")
        return [entry.findtext(f"{ATOM}{name}") for name in ("id", "updated")]

    edit(repository / "data", CLINIC, ("71 720 201", "71 720 202"))
    commit("2026-05-06T09:00:00Z")
    first = newest()
    edit(repository / "data", CLINIC, ("71 720 202", "71 720 203"))
    commit("2026-05-06T18:00:01+01:00")
    assert newest() == [first[0], "2026-05-06T17:00:01Z"]


def test_many_records_added_at_once_are_told_by_their_number(good_dataset: Dataset) -> None:
    child = good_dataset.glossary["child"]
    terms = {
        f"term-{number}": child.model_copy(update={"id": f"term-{number}"}) for number in range(11)
    }
    many = dataclasses.replace(good_dataset, glossary={**good_dataset.glossary, **terms})
    days = compare_days([("2026-05-01T09:00:00Z", good_dataset), ("2026-05-02T09:00:00Z", many)])
    words = words_for(many, "en")
    assert tell(view_updates(days, many, words)) == ["2026-05-02 Terms (no page): 11 records added"]
    del terms["term-10"]
    fewer = dataclasses.replace(good_dataset, glossary={**good_dataset.glossary, **terms})
    days = compare_days([("2026-05-01T09:00:00Z", good_dataset), ("2026-05-02T09:00:00Z", fewer)])
    assert len(view_updates(days, fewer, words)) == 10


def test_updates_are_in_the_order_in_which_readers_of_a_language_look(
    real_dataset: Dataset,
) -> None:
    none = dataclasses.replace(real_dataset, countries={}, organizations={})
    days = compare_days([("2026-05-01T09:00:00Z", none), ("2026-05-02T09:00:00Z", real_dataset)])
    first = {"en": "Mauritania Morocco Niger", "fr": "Maroc Mauritanie Niger"}
    for language, names in {**first, "ar": "مصر المغرب موريتانيا"}.items():
        words = words_for(real_dataset, language)
        found = [
            one.name for one in view_updates(days, real_dataset, words) if one.kind == "countries"
        ]
        assert names in " ".join(found)


def test_translations_are_told_in_their_own_language_only(good_dataset: Dataset) -> None:
    child = good_dataset.glossary["child"]
    texts = LocalizedText({**child.term.root, "ar": "طفل"})
    after = dataclasses.replace(
        good_dataset,
        glossary={**good_dataset.glossary, "child": child.model_copy(update={"term": texts})},
        interfaces={**good_dataset.interfaces, "ar": load_dataset(ROOT / "data").dataset.interfaces["ar"]},
        translation_lock={"ar": {"glossary/child:term": "0123456789ab"}},
    )  # fmt: skip
    days = compare_days([("2026-05-01T09:00:00Z", good_dataset), ("2026-05-02T09:00:00Z", after)])
    assert view_updates(days, after, words_for(after, "en")) == []
    assert tell(view_updates(days, after, words_for(after, "ar"))) == [
        "2026-05-02 طفل: تغيّر تفصيل واحد"
    ]


def test_only_the_last_days_are_read(repository: Path) -> None:
    history, _ = read_history(repository / "data", most_days=2)
    assert [moment for moment, _ in history] == ["2026-05-02T23:00:00Z", "2026-05-05T09:00:00Z"]
    history, _ = read_history(repository / "data")
    assert [moment[:10] for moment, _ in history] == [
        "2026-05-01", "2026-05-01", "2026-05-02", "2026-05-05",
    ]  # fmt: skip
    assert history[0][1].countries == {}


def test_a_shallow_clone_no_commit_and_no_git_are_said(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("clone", "--quiet", "--depth=1", f"file://{repository}", str(tmp_path / "shallow"))
    states, unknown = read_history(tmp_path / "shallow" / "data")
    assert states == []
    assert unknown is not None
    assert "this is a shallow clone; `git fetch --unshallow`" in unknown

    fresh = tmp_path / "fresh"
    copy_good_data(fresh / "data")
    assert "lies in no Git repository" in (read_history(fresh / "data")[1] or "")
    git("init", "--quiet", str(fresh))
    assert "has no commits" in (read_history(fresh / "data")[1] or "")

    monkeypatch.setenv("PATH", str(fresh))
    assert read_history(repository / "data") == (
        [],
        "no history of changes: there is no Git here",
    )


def build(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["build", *arguments])
    assert result.exit_code == 0, result.output
    return result.stderr


def test_the_build_tells_updates_and_goes_on_without_a_history(repository: Path) -> None:
    assert "no history" not in build()
    page = (repository / "site/en/updates/index.html").read_text("utf-8")
    assert "+216 71 720 201" in page
    assert '<link rel="alternate" type="application/atom+xml" href="updates.atom"' in page
    country = (repository / "site/ar/tn/index.html").read_text("utf-8")
    assert '<link rel="alternate" type="application/atom+xml" href="updates.atom"' in country
    assert b"+216 71 720 201" in (repository / "site/ar/tn/updates.atom").read_bytes()

    shutil.rmtree(repository / ".git")
    assert "no history of changes: " in build()
    page = (repository / "site/en/updates/index.html").read_text("utf-8")
    assert "No earlier changes are known here." in page
    assert b"<entry>" not in (repository / "site/updates.atom").read_bytes()


@pytest.fixture
def nasty(good_dataset: Dataset) -> list[State]:
    """Two states, in the second of which a name wants to be markup."""
    clinic = good_dataset.organizations["TN/clinic"]
    name = LocalizedText({"en": "A & \"B\" < 1 > ]]> 'C'"})
    channels = (clinic.channels[0].model_copy(update={"label": name}), *clinic.channels[1:])
    named = clinic.model_copy(update={"name": name, "channels": channels[1:]})
    back = named.model_copy(update={"channels": channels})
    organizations = {**good_dataset.organizations, "TN/clinic": named}
    before = dataclasses.replace(good_dataset, organizations=organizations)
    after = dataclasses.replace(good_dataset, organizations={**organizations, "TN/clinic": back})
    return [
        ("2026-05-01T09:00:00Z", good_dataset),
        ("2026-05-02T09:00:00Z", before),
        ("2026-05-03T09:00:00Z", after),
    ]


def test_feeds_are_whole_and_the_same_each_time(nasty: list[State]) -> None:
    dataset = nasty[-1][1]
    files = render_feeds(dataset, compare_days(nasty), site_url=SITE_URL)
    assert files == render_feeds(dataset, compare_days(nasty), site_url=SITE_URL)
    assert [file.address.path for file in files] == [
        "en/updates/updates.atom", "updates.atom", "en/dz/updates.atom", "en/tn/updates.atom",
    ]  # fmt: skip
    assert {file.media_type for file in files} == {"application/atom+xml"}
    feeds = {file.address.path: ET.fromstring(file.content) for file in files}
    identifiers = [feed.findtext(f"{ATOM}id", "") for feed in feeds.values()]
    assert len(set(identifiers)) == 4
    for path, feed in feeds.items():
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        assert feed.findtext(f"{ATOM}title")
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Tests"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == SITE_URL + path
    entries = feeds["updates.atom"].findall(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == ["A & \"B\" < 1 > ]]> 'C', Tunisia"] * 2
    last = entries[0]
    assert last.findtext(f"{ATOM}updated") == "2026-05-03T09:00:00Z"
    lines = [item.text for item in last.iter(f"{XHTML}li")]
    assert lines[0] == "New: A & \"B\" < 1 > ]]> 'C': +216 71 720 200"
    href = f"{SITE_URL}en/tn/organizations/clinic/"
    assert [link.get("href") for link in last.findall(f"{ATOM}link")] == [href]
    assert all(entry.findtext(f"{ATOM}id", "").startswith("urn:uuid:") for entry in entries)
    country = feeds["en/tn/updates.atom"].findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}id") for e in country] == [e.findtext(f"{ATOM}id") for e in entries]
    # Nothing happened in Algeria; the feed says when the data was published.
    assert feeds["en/dz/updates.atom"].findall(f"{ATOM}entry") == []
    assert feeds["en/dz/updates.atom"].findtext(f"{ATOM}updated") == "2026-03-01T00:00:00Z"


def test_identifiers_stay_when_more_happens_or_the_site_moves(nasty: list[State]) -> None:
    dataset = nasty[-1][1]

    def identify(history: list[State], site_url: str | None) -> list[str | None]:
        files = render_feeds(dataset, compare_days(history), site_url=site_url)
        feed = next(file for file in files if file.address == urls.FEED)
        return [element.text for element in ET.fromstring(feed.content).iter(f"{ATOM}id")]

    every = identify(nasty, SITE_URL)
    assert len(set(every)) == 3
    assert identify(nasty, None) == every
    assert identify(nasty[:2], SITE_URL) == [every[0], every[2]]


def test_names_are_escaped_on_the_page(nasty: list[State]) -> None:
    page = render_updates_page(Renderer(nasty[-1][1], "en", days=compare_days(nasty))).html
    assert "A &amp; &#34;B&#34; &lt; 1 &gt;" in page
    assert "< 1" not in page


def test_links_of_feeds_lead_to_pages_of_the_site(site: Path) -> None:
    feeds = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.atom"))
    assert len(feeds) == 1 + 3 * 8
    for path in feeds:
        feed = ET.fromstring((site / path).read_bytes())
        for link in feed.iter(f"{ATOM}link"):
            inside = urljoin(SITE_URL, link.get("href", "")).removeprefix(SITE_URL)
            target = site / inside.partition("#")[0]
            assert (target / "index.html" if target.is_dir() else target).is_file(), inside


def test_relative_links_of_feeds_lead_to_pages(nasty: list[State]) -> None:
    dataset = nasty[-1][1]
    for file in render_feeds(dataset, compare_days(nasty), site_url=None):
        for link in ET.fromstring(file.content).iter(f"{ATOM}link"):
            target = urljoin(f"/{file.address.path}", link.get("href", ""))
            assert target.endswith((".atom", "/index.html"))
            assert target.startswith(("/en/", "/updates.atom"))


def test_the_index_lists_the_feeds_and_the_site_has_the_number(site: Path) -> None:
    index = (site / "api/v1/index.json").read_text("utf-8")
    assert '"ar/updates/updates.atom"' in index
    assert '"updates.atom"' in index
    page = (site / "ar/updates/index.html").read_text("utf-8")
    assert "\u2066199\u2069 ← " in page
