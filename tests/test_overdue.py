"""Which contacts have to be checked again: the rule, the order, and its three forms."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner
from playwright.sync_api import Page

from generator.ageing import RISKS, Ageing, Contact, find_overdue
from generator.cli import main
from generator.dataset import Dataset
from generator.overdue.calendar import render_calendar
from generator.overdue.spreadsheet import COLUMNS, render_csv
from generator.overdue.table import render_table
from generator.values.dates import earliest_day, months_later
from tests.conftest import ROOT, load_good

DAY = datetime.date(2026, 7, 20)
CHILD_LINE = "organizations/DZ/child-line.yaml"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def edit(data: Path, old: str, new: str, file: str = CHILD_LINE) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def find(dataset: Dataset, today: datetime.date = DAY, within: int | None = 30) -> Ageing:
    return find_overdue(dataset, today=today, within=within)


def publish(data: Path, date: str) -> None:
    """Give the good data a date: what is confirmed later is a mistake."""
    edit(data, 'date: "2026-03-01"', f'date: "{date}"', "edition.yaml")


def contact(dataset: Dataset, key: str, today: datetime.date = DAY) -> Contact:
    (found,) = (one for one in find(dataset, today).contacts if one.key == key)
    return found


# --- The rule ---


def confirm(data: Path, channel: str, date: str, method: str = "phone") -> Dataset:
    """Give one channel of the good data a confirmation of its own."""
    edit(
        data,
        f"  - {{id: {channel}, kind",
        f'  - {{id: {channel}, confirmed: {{assured_date: "{date}", method: {method}, '
        "assurer: Editors}, kind",
    )
    return load_good(data)


@pytest.mark.parametrize(
    ("channel", "assured", "due"),
    [
        ("line", "2026-02-10", "2026-08-10"),
        ("refuge", "2026-02-10", "2026-08-10"),
        ("email", "2026-02-10", "2027-02-10"),
        ("form", "2026-02-10", "2027-02-10"),
        # A month with fewer days; a leap day.
        ("line", "2025-08-31", "2026-02-28"),
        ("line", "2023-08-31", "2024-02-29"),
        ("email", "2024-02-29", "2025-02-28"),
    ],
)
def test_a_contact_is_overdue_on_the_day_it_is_due_and_not_the_day_before(
    good_data: Path, channel: str, assured: str, due: str
) -> None:
    dataset = confirm(good_data, channel, assured)
    key = f"DZ/child-line/{channel}"
    before = day(due) - datetime.timedelta(days=1)
    assert contact(dataset, key, day(due)).due == day(due)
    assert contact(dataset, key, day(due)).state == "overdue"
    assert contact(dataset, key, before).state == "due"
    assert contact(dataset, key, day(due) - datetime.timedelta(days=30)).state == "due"
    assert contact(dataset, key, day(due) - datetime.timedelta(days=31)).state == "fresh"


@pytest.mark.parametrize(
    ("published", "number", "email"),
    [
        ("2025", "2025-07-01", "2026-01-01"),
        ("2025-09", "2026-03-01", "2026-09-01"),
        ("2025-09-15", "2026-03-15", "2026-09-15"),
    ],
)
def test_a_source_counts_from_the_first_day_that_its_date_can_mean(
    good_data: Path, published: str, number: str, email: str
) -> None:
    edit(good_data, 'published: "2025"', f'published: "{published}"', "sources/report-2025.yaml")
    dataset = load_good(good_data)
    assert contact(dataset, "DZ/child-line/line").due == day(number)
    assert contact(dataset, "DZ/child-line/email").due == day(email)


def test_what_was_tried_counts_from_then_not_from_its_source(good_data: Path) -> None:
    assert contact(load_good(good_data), "DZ/child-line/office").due == day("2026-08-10")


def test_without_a_date_a_contact_is_overdue_at_once(good_dataset: Dataset) -> None:
    for today in ("2020-01-01", "2026-07-20"):
        undated = contact(good_dataset, "DZ/child-line/free", day(today))
        assert (undated.due, undated.state) == (None, "overdue")


def test_a_doubtful_contact_is_doubtful_however_old_it_is(good_data: Path) -> None:
    dataset = confirm(good_data, "doubtful", "2019-01-01")
    doubtful = contact(dataset, "DZ/child-line/doubtful")
    assert (doubtful.due, doubtful.state) == (None, "doubtful")


def test_the_greatest_risk_comes_first_then_what_is_due_longest_then_the_key(
    good_data: Path,
) -> None:
    # A city's number older than all, and an e-mail address older still.
    edit(
        good_data,
        "location: sfax, published: {source: report-2025}",
        'location: sfax, confirmed: {assured_date: "2020-01-01", method: visit, assurer: A}',
        "organizations/TN/clinic.yaml",
    )
    edit(
        good_data,
        "address: clinic@example.org, nationwide: true, published: {source: report-2025}",
        "address: clinic@example.org, nationwide: true, "
        'confirmed: {assured_date: "2019-01-01", method: email, assurer: A}',
        "organizations/TN/clinic.yaml",
    )
    ageing = find(load_good(good_data))
    assert [(one.risk, one.key) for one in ageing.of("overdue")] == [
        ("call_first", "DZ/child-line/line"),
        ("nationwide", "DZ/child-line/free"),
        ("number", "TN/clinic/sfax"),
        ("number", "DZ/child-line/refuge"),
        ("number", "TN/clinic/tunis"),
        ("written", "TN/clinic/email"),
        ("written", "DZ/child-line/email"),
        ("written", "DZ/child-line/form"),
    ]


def test_where_a_country_names_no_number_those_its_page_puts_first_count(good_data: Path) -> None:
    edit(
        good_data,
        "call_first:\n  - {organization: child-line, channel: line}\n",
        "",
        "countries/DZ.yaml",
    )
    # The page takes one number of each organization, the first one.
    dataset = load_good(good_data)
    assert contact(dataset, "DZ/child-line/line").risk == "call_first"
    assert contact(dataset, "DZ/child-line/free").risk == "nationwide"


def test_the_line_to_edit_is_the_confirmation_or_the_number_in_doubt(good_data: Path) -> None:
    edit(
        good_data,
        "    languages: [ar, fr]\n",
        '    confirmed: {assured_date: "2026-02-10", method: phone, assurer: Editors}\n'
        "    languages: [ar, fr]\n",
    )
    dataset = load_good(good_data)
    lines = dataset.files["organizations", "DZ/child-line"].lines
    position = contact(dataset, "DZ/child-line/free").position
    assert position.path == "data/organizations/DZ/child-line.yaml"
    assert lines[position.line - 1].strip().startswith("confirmed:")
    doubtful = contact(dataset, "DZ/child-line/doubtful").position
    assert lines[doubtful.line - 1][doubtful.column - 1 :].startswith('"+213 66169684"')
    line = contact(dataset, "DZ/child-line/line").position
    assert "id: line" in lines[line.line - 1]


@pytest.mark.browser
def test_pages_warn_from_the_day_on_which_a_contact_is_due(blank_page: Page) -> None:
    script = (ROOT / "theme_overrides/assets/ages.js").read_text(encoding="utf-8")
    one_day = datetime.timedelta(days=1)
    ends = [day(text) for text in ("2023-08-27", "2024-02-27", "2025-08-27", "2025-12-29")]
    dates = [(end + number * one_day).isoformat() for end in ends for number in range(7)]
    cases = [(date, months) for date in [*dates, "2025", "2025-08"] for months in (6, 12)]
    due = {case: day(months_later(earliest_day(case[0]).isoformat(), case[1])) for case in cases}
    elements = "".join(
        f'<p><time datetime="{date}" data-overdue-months="{months}"></time></p>'
        for date, months in cases
    )
    words = """data-language="en" data-months='{"other": "{count}"}' data-years='{"other": "{count}"}'
        data-new="" data-at-least="" data-overdue="overdue" data-old="" """
    for today in sorted({when - one_day for when in due.values()} | set(due.values())):
        blank_page.clock.set_fixed_time(f"{today}T12:00:00Z")
        blank_page.set_content(f"<main>{elements}</main><script {words}>{script}</script>")
        warned = blank_page.locator("p").evaluate_all(
            "all => all.map((one) => one.classList.contains('is-overdue'))"
        )
        found = dict(zip(cases, warned, strict=True))
        assert found == {case: when <= today for case, when in due.items()}, today


# --- The real data ---


@pytest.mark.parametrize("today", ["2025-06-30", "2025-07-01", "2025-12-31", "2026-11-22"])
def test_every_real_contact_is_there_exactly_once(real_dataset: Dataset, today: str) -> None:
    ageing = find(real_dataset, day(today))
    keys = sorted(f"{o.key}/{channel.id}" for o, _, channel in real_dataset.channels())
    assert sorted(one.key for one in ageing.contacts) == keys
    states = [ageing.of(state) for state in ("overdue", "due", "fresh", "doubtful")]
    assert sum(map(len, states)) == len(keys)
    for one in ageing.of("doubtful"):
        assert one.channel.doubtful
    assert {one.key for one in ageing.contacts if one.channel.doubtful} == {
        one.key for one in ageing.of("doubtful")
    }
    order = [
        (RISKS.index(one.risk), one.due or datetime.date.min, one.key) for one in ageing.contacts
    ]
    assert order == sorted(order)


def test_every_number_that_a_real_country_says_to_call_first_comes_first(
    real_dataset: Dataset,
) -> None:
    named = {
        f"{country.id}/{ref.organization}/{ref.channel}"
        for country in real_dataset.countries.values()
        for ref in country.call_first
    }
    contacts = find(real_dataset, day("2026-11-22")).contacts
    assert {one.key for one in contacts if one.risk == "call_first"} == named
    assert {one.key for one in contacts[: len(named)]} == named


def test_the_table_of_the_real_data_fits_a_terminal_and_cuts_no_number(
    real_dataset: Dataset,
) -> None:
    ageing = find(real_dataset, day("2026-11-22"))
    table = render_table(ageing, real_dataset)
    assert max(map(len, table.splitlines())) <= 126
    assert sum(len(line) > 120 for line in table.splitlines()) <= 5
    for one in ageing.of("overdue", "due", "doubtful"):
        line = f"{one.position.path.rpartition('/')[2]}:{one.position.line}"
        assert re.search(
            rf"^.*{one.organization.country}  .*  {re.escape(one.address)}  .*  {line}$",
            table,
            re.MULTILINE,
        ), one.key
    # Where a terminal has room, nothing is cut.
    assert "…" not in render_table(ageing, real_dataset, width=250)


# --- The table ---

TABLE = """\
Write what you learn into the file and line, in data/organizations/<country>/

Call first
2025-07-01  12 months  DZ  CL · Hotline  1111  published 2025, report-2025  child-line.yaml:30

Other nationwide helplines
at once  undated  DZ  CL  0800 12 34 56  published undated, site-nd  child-line.yaml:31

Other numbers
2025-07-01  12 months  DZ  CL                                   +213 661 69 68 41  published 2025  child-line.yaml:42
2025-07-01  12 months  TN  The clinic · Reception, Sfax clinic  +216 54 006 964    published 2025  clinic.yaml:14
2025-07-01  12 months  TN  The clinic · Reception, Tunis        +216 71 720 200    published 2025  clinic.yaml:13

E-mail and web pages
2026-01-01  6 months  DZ  CL          Help@example.org                  published 2025, report-2025  child-line.yaml:44
2026-01-01  6 months  DZ  CL          https://example.org/help?a=1&b=2  published 2025, report-2025  child-line.yaml:45
2026-01-01  6 months  TN  The clinic  clinic@example.org                published 2025, report-2025  clinic.yaml:15

Due within 30 days
2026-08-10  in 21 days  DZ  CL · Oran  +213 661 46 46 22  phone 2026-02-10, Editors  child-line.yaml:41

Doubtful: these need the right number, don't call
DZ  CL  +213 66169684  published 2025, report-2025  child-line.yaml:43

Published in
report-2025: A report
site-nd: Un site

Of a date that is only a year or a month, the first day counts.

8 contacts overdue, 1 due within 30 days, of 10 (1 doubtful)
"""


def test_the_table_says_what_to_check_and_where_to_write_it(good_dataset: Dataset) -> None:
    assert render_table(find(good_dataset), good_dataset) == TABLE


def test_the_table_never_tells_a_hidden_place(good_dataset: Dataset) -> None:
    ageing = find(good_dataset, within=None)
    for text in (
        render_table(ageing, good_dataset, width=300),
        render_csv(ageing, good_dataset).decode(),
        render_calendar(ageing, good_dataset).decode().replace("\r\n ", ""),
    ):
        assert "+213661696841" in text.replace(" ", "")
        assert "Secret refuge" not in text


def test_the_table_says_when_nothing_is_overdue(good_data: Path) -> None:
    publish(good_data, "2026-07-20")
    edit(good_data, 'published: "2025"', 'published: "2026-07-19"', "sources/report-2025.yaml")
    edit(good_data, 'accessed: "2024-05"', 'published: "2026-07-19"', "sources/site-nd.yaml")
    dataset = load_good(good_data)
    assert render_table(find(dataset, within=7), dataset) == (
        "Nothing is overdue.\n"
        "Write what you learn into the file and line, in data/organizations/<country>/\n"
        "\n"
        "Doubtful: these need the right number, don't call\n"
        "DZ  CL  +213 66169684  published 2026-07-19, report-2025  child-line.yaml:43\n"
        "\n"
        "Published in\n"
        "report-2025: A report\n"
        "\n"
        "0 contacts overdue, 0 due within 7 days, of 10 (1 doubtful)\n"
    )
    later = render_table(find(dataset, within=None), dataset)
    assert re.search(r"\nDue later\n2027-01-19  in 5 months +DZ  CL · Hotline  +1111 ", later)
    assert later.endswith("\n0 contacts overdue, 9 due later, of 10 (1 doubtful)\n")
    tunisia = find_overdue(dataset, today=DAY, within=1, country="TN")
    assert render_table(tunisia, dataset) == (
        "Nothing is overdue.\n0 contacts overdue, 0 due within 1 day, of 3\n"
    )


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-08-09", "in 1 day"),
        ("2026-08-10", "today"),
        ("2026-08-11", "1 day"),
        ("2026-09-09", "30 days"),
        ("2026-09-10", "1 month"),
        ("2028-08-09", "23 months"),
        ("2028-08-10", "2 years"),
        ("2030-08-09", "3 years"),
    ],
)
def test_the_table_says_how_overdue_in_whole_units(
    good_dataset: Dataset, today: str, words: str
) -> None:
    table = render_table(find(good_dataset, day(today)), good_dataset)
    (line,) = (line for line in table.splitlines() if line.endswith("child-line.yaml:41"))
    assert re.split("  +", line)[:2] == ["2026-08-10", words]


def test_a_month_that_is_too_short_is_over_on_its_last_day(good_data: Path) -> None:
    edit(good_data, 'assured_date: "2026-02-10"', 'assured_date: "2025-08-31"')
    dataset = load_good(good_data)
    for today, words in (
        ("2026-02-27", "in 1 day"),
        ("2026-03-27", "27 days"),
        ("2026-03-28", "1 month"),
    ):
        table = render_table(find(dataset, day(today)), dataset)
        assert f"2026-02-28  {words}  " in table
    edit(good_data, 'assured_date: "2025-08-31"', 'assured_date: "2025-07-31"')
    dataset = load_good(good_data)
    table = render_table(find(dataset, day("2026-02-28")), dataset)
    assert "2026-01-31  1 month  " in table


# --- The spreadsheet ---


def test_the_csv_has_the_same_facts(good_dataset: Dataset) -> None:
    content = render_csv(find(good_dataset), good_dataset)
    file = "data/organizations/DZ/child-line.yaml"
    assert content.decode().split("\r\n") == [
        ",".join(COLUMNS),
        f"overdue,2025-07-01,384,call_first,DZ,child-line,CL,line,short_code,Hotline,,1111,,,2025,published,report-2025,,{file},30",
        f"overdue,,,nationwide,DZ,child-line,CL,free,phone,,,+213800123456,,,,published,site-nd,,{file},31",
        f"overdue,2025-07-01,384,number,DZ,child-line,CL,refuge,phone,,,+213661696841,,,2025,published,report-2025,,{file},42",
        "overdue,2025-07-01,384,number,TN,clinic,The clinic,sfax,phone,Reception,Sfax clinic,+21654006964,,,2025,published,report-2025,,data/organizations/TN/clinic.yaml,14",
        "overdue,2025-07-01,384,number,TN,clinic,The clinic,tunis,phone,Reception,Tunis,+21671720200,,,2025,published,report-2025,,data/organizations/TN/clinic.yaml,13",
        f"overdue,2026-01-01,200,written,DZ,child-line,CL,email,email,,,,Help@example.org,,2025,published,report-2025,,{file},44",
        f"overdue,2026-01-01,200,written,DZ,child-line,CL,form,web,,,,,https://example.org/help?a=1&b=2,2025,published,report-2025,,{file},45",
        "overdue,2026-01-01,200,written,TN,clinic,The clinic,email,email,,,,clinic@example.org,,2025,published,report-2025,,data/organizations/TN/clinic.yaml,15",
        f"due,2026-08-10,-21,number,DZ,child-line,CL,office,phone,,Oran,+213661464622,,,2026-02-10,phone,Editors,,{file},41",
        f"doubtful,,,nationwide,DZ,child-line,CL,doubtful,phone,,,'+213 66169684,,,2025,published,report-2025,One digit too few.,{file},43",
        "",
    ]


def test_no_cell_is_a_formula(good_data: Path) -> None:
    edit(good_data, "label: {en: Hotline}", "label: {en: '=HYPERLINK(\"x\"), 1'}")
    edit(good_data, "assurer: Editors", "assurer: '@Editors'")
    dataset = load_good(good_data)
    rows = list(
        csv.DictReader(io.StringIO(render_csv(find(dataset), dataset).decode(), newline=""))
    )
    by_id = {row["channel_id"]: row for row in rows}
    assert by_id["line"]["label"] == '\'=HYPERLINK("x"), 1'
    assert by_id["office"]["assurer"] == "'@Editors"


# --- The calendar ---


def unfold(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def read(content: bytes) -> list[Any]:
    """Return the events as another program reads them."""
    (calendar,) = vobject.readComponents(content.decode())
    return list(calendar.contents.get("vevent", []))


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Dalil//Dalil//EN
X-WR-CALNAME:Dalil: contacts to check
BEGIN:VEVENT
UID:8b02f17d-437a-5ae7-ae7c-b20fd879b3f4
DTSTAMP:20260720T000000Z
SEQUENCE:384
DTSTART;VALUE=DATE:20260720
SUMMARY:Check: Tunisia · The clinic · Reception\\, Sfax clinic +216 54 006 964 and 1 more
DESCRIPTION:Due since 2025-07-01.\\n\\nReception\\, Sfax clinic: +216 54 006 964\\nPublished 2025 in A report\\, not yet confirmed by phone\\ndata/organizations/TN/clinic.yaml:14\\n\\nReception\\, Tunis: +216 71 720 200\\nPublished 2025 in A report\\, not yet confirmed by phone\\ndata/organizations/TN/clinic.yaml:13\\n\\nCall\\, or write where it takes messages only: whose number is this? Whom is it for\\, when does somebody answer\\, in which languages? Say that you check a directory. Don't speak of any child.\\nThen write\\, with the day and who did it: confirmed: {assured_date: "YYYY-MM-DD"\\, method: phone\\, assurer: …}\\n\\nIf it is wrong: CONTRIBUTING.md\\, A number is wrong.
CATEGORIES:Dalil,Tunisia,Other numbers
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:7d344664-cf59-5793-b5f6-b7d71cb38285
DTSTAMP:20260720T000000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20270710
SUMMARY:Check: Tunisia · The clinic · clinic@example.org
DESCRIPTION:Due on 2027-07-10.\\n\\nclinic@example.org\\nConfirmed by e-mail on July 10\\, 2026 by Editors\\ndata/organizations/TN/clinic.yaml:15\\n\\nWrite: whose address is this? Whom is it for? Say that you check a directory. Don't write of any child.\\nThen write\\, with the day and who did it: confirmed: {assured_date: "YYYY-MM-DD"\\, method: email\\, assurer: …}\\n\\nIf it is wrong: CONTRIBUTING.md\\, A number is wrong.
CATEGORIES:Dalil,Tunisia,E-mail and web pages
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def test_the_calendar_has_an_event_for_each_organization_and_due_date(good_data: Path) -> None:
    publish(good_data, "2026-07-20")
    edit(
        good_data,
        "address: clinic@example.org, nationwide: true, published: {source: report-2025}",
        "address: clinic@example.org, nationwide: true, "
        'confirmed: {assured_date: "2026-07-10", method: email, assurer: Editors}',
        "organizations/TN/clinic.yaml",
    )
    dataset = load_good(good_data)
    ageing = find_overdue(dataset, today=DAY, within=None, country="TN")
    assert unfold(render_calendar(ageing, dataset)) == CALENDAR.split("\n")


def test_every_line_of_the_calendar_is_folded_at_75_octets(real_dataset: Dataset) -> None:
    content = render_calendar(find(real_dataset, within=None), real_dataset)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) == 75
    for line in lines:
        line.decode()
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("today", ["2025-06-01", "2026-11-22"])
def test_the_calendar_has_every_real_contact_but_the_doubtful(
    real_dataset: Dataset, today: str
) -> None:
    ageing = find(real_dataset, day(today), within=None)
    assert ageing.of("fresh") == []
    events = read(render_calendar(ageing, real_dataset))
    stamp = day(real_dataset.date)
    assert len({event.uid.value for event in events}) == len(events)
    for event in events:
        assert event.dtstart.value >= day(today)
        assert event.dtstamp.value == datetime.datetime.combine(
            stamp, datetime.time(), tzinfo=event.dtstamp.value.tzinfo
        )
    described = "\n".join(event.description.value for event in events)
    for one in ageing.contacts:
        place = f"\n{one.position.path}:{one.position.line}\n"
        assert described.count(place) == (0 if one.channel.doubtful else 1), one.key


def test_an_event_keeps_its_identifier_when_it_moves_and_only_moves_on(
    good_dataset: Dataset,
) -> None:
    revisions = {}
    for today in ("2026-06-01", "2026-08-10", "2026-08-12"):
        ageing = find(good_dataset, day(today), within=None)
        (event,) = (
            event
            for event in read(render_calendar(ageing, good_dataset))
            if "+213 661 46 46 22" in event.summary.value
        )
        revisions[event.dtstart.value.isoformat()] = (event.uid.value, int(event.sequence.value))
    (identifier,) = {uid for uid, _ in revisions.values()}
    assert revisions == {
        "2026-08-10": (identifier, 0),
        "2026-08-12": (identifier, 2),
    }


def test_an_event_without_a_date_moves_on_with_a_new_edition_too(good_data: Path) -> None:
    def read_undated(today: str) -> Any:
        dataset = load_good(good_data)
        ageing = find(dataset, day(today), within=None)
        events = read(render_calendar(ageing, dataset))
        (event,) = (event for event in events if "0800 12 34 56" in event.summary.value)
        return event

    before = read_undated("2026-07-20")
    publish(good_data, "2026-07-21")
    after = read_undated("2026-07-22")
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) == int(before.sequence.value) + 2
    assert int(after.sequence.value) < 2**31


def test_the_calendar_survives_nasty_characters(good_data: Path) -> None:
    nasty = 'Comma, semicolon; backslash \\ and \\n, quote " colon: حماية الأطفال ' + "é" * 90
    quoted = "'" + nasty + "'"
    edit(good_data, "label: {en: Hotline}", f"label: {{en: {quoted}}}")
    edit(good_data, "abbreviation: {en: CL}", f"abbreviation: {{en: {quoted}}}")
    edit(good_data, "name: {en: Algeria}", f"name: {{en: {quoted}}}", "countries/DZ.yaml")
    dataset = load_good(good_data)
    content = render_calendar(find(dataset), dataset)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    event = read(content)[0]
    assert event.summary.value == f"Check: {nasty} · {nasty} · {nasty} 1111 and 1 more"
    assert f"\n{nasty}: 1111\n" in event.description.value
    categories = next(line for line in unfold(content) if line.startswith("CATEGORIES:"))
    assert len(re.findall(r"(?<!\\),", categories.replace("\\\\", ""))) == 3


def test_a_calendar_of_nothing_is_an_empty_calendar(good_dataset: Dataset) -> None:
    ageing = find_overdue(good_dataset, today=day("2025-01-01"), within=0, country="TN")
    assert read(render_calendar(ageing, good_dataset)) == []


# --- The command ---


@pytest.fixture
def run(good_data: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(ROOT)

    def invoke(*arguments: str, status: int = 0) -> Any:
        result = CliRunner().invoke(main, ["overdue", "--data", str(good_data), *arguments])
        assert result.exit_code == status, result.output
        return result

    return invoke


def test_the_command_prints_the_table_and_status_0(run: Any, good_data: Path) -> None:
    output = run("--today", "2026-07-20").stdout
    assert output == TABLE.replace("data/organizations", f"{good_data}/organizations")


@pytest.mark.parametrize("output_format", ["csv", "ical"])
def test_the_command_prints_the_other_forms_as_they_are(
    run: Any, good_dataset: Dataset, good_data: Path, output_format: str
) -> None:
    within = {"csv": 30, "ical": None}[output_format]
    render = {"csv": render_csv, "ical": render_calendar}[output_format]
    result = run("--today", "2026-07-20", "--format", output_format)
    # Folded lines differ with the length of the folder's name.
    printed = result.stdout_bytes.decode().replace("\r\n ", "")
    expected = render(find(good_dataset, within=within), good_dataset).decode()
    assert printed.replace(f"{good_data}/", "data/") == expected.replace("\r\n ", "")
    ahead = {"csv": "1 due within 30 days", "ical": "1 due later"}[output_format]
    assert result.stderr == f"8 contacts overdue, {ahead}, of 10 (1 doubtful)\n"
    again = run("--today", "2026-07-20", "--format", output_format)
    assert again.stdout_bytes == result.stdout_bytes


def test_the_command_asks_the_clock_in_utc_only_without_a_day(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An hour before midnight in UTC it is tomorrow further east.
    now = datetime.datetime(2026, 8, 10, 23, 0, tzinfo=datetime.UTC)

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]
            return now.astimezone(tz or datetime.timezone(datetime.timedelta(hours=2)))

    monkeypatch.setattr(datetime, "datetime", Clock)
    assert "2026-08-10  today" in run().stdout
    assert "2026-08-10  in 21 days" in run("--today", "2026-07-20").stdout


def test_the_command_tells_one_country_and_other_days_ahead(run: Any) -> None:
    output = run("--today", "2026-07-20", "--country", "tn").stdout
    assert output.endswith("\n3 contacts overdue, 0 due within 30 days, of 3\n")
    assert "DZ" not in output
    output = run("--today", "2026-07-20", "--within", "20").stdout
    assert output.endswith("\n8 contacts overdue, 0 due within 20 days, of 10 (1 doubtful)\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--today", "2026-02-30"], '"2026-02-30" is no day: write it as 2026-03-14'),
        (["--today", "2026"], '"2026" is no day: write it as 2026-03-14'),
        (["--today", "20260314"], '"20260314" is no day: write it as 2026-03-14'),
        (["--country", "TUN"], 'the data has no country "TUN"; did you mean TN?'),
        (["--country", "Tunisie"], 'the data has no country "Tunisie"; did you mean TN?'),
        (["--country", "XX"], 'the data has no country "XX"; there are DZ, TN'),
        (["--within", "-1"], "-1 is not in the range"),
        (["--format", "xls"], "'xls' is not one of 'table', 'csv', 'ical'"),
    ],
)
def test_wrong_usage_is_told(run: Any, arguments: list[str], message: str) -> None:
    assert message in run(*arguments, status=2).stderr


def test_broken_data_are_told_instead(run: Any, good_data: Path) -> None:
    edit(good_data, 'number: "1111"', 'number: "1"')
    result = run(status=1)
    assert "is not a short code" in result.stderr
    assert result.stdout == ""
