"""What a reader does, in a real browser: find the number, call, filter, read how old it is, print."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from generator.dataset import Dataset
from generator.models.channels import EmailChannel
from tests.conftest import DESK, PHONE
from tests.picking import (
    cities_of,
    dialled,
    digits_of_channel,
    find_doubtful,
    find_first_called,
    find_phones,
    find_short_codes,
    needs_of,
    page_of,
    shown,
)

pytestmark = pytest.mark.browser

COUNTRIES = ["dz", "eg", "ly", "mr", "ma", "ne", "tn"]


@pytest.fixture(scope="module")
def one_of_each_kind(real_dataset: Dataset) -> tuple[str, ...]:
    """A page of each kind; that of an organization with a doubtful number, if there is one."""
    doubtful = [o for o, _, channel in real_dataset.channels() if channel.doubtful]
    organization = [*doubtful, *real_dataset.organizations.values()][0]
    term = max(real_dataset.glossary.values(), key=lambda one: len(one.sources)).id
    practice = max(real_dataset.good_practices.values(), key=lambda one: len(one.sources)).id
    return (
        "en/index.html",
        "en/ma/index.html",
        f"en/{page_of(organization)}",
        "en/directory/index.html",
        "en/situations/index.html",
        "en/dz/situations/child-alone/index.html",
        "en/glossary/index.html",
        f"en/glossary/{term}/index.html",
        "en/law/index.html",
        "en/law/ma/index.html",
        "en/practices/index.html",
        f"en/practices/{practice}/index.html",
        "en/resources/index.html",
        "en/resources/iom-unicef-2025/index.html",
        "en/coverage/index.html",
        "en/search/index.html?q=unhcr",
        "en/offline/index.html",
        "en/updates/index.html",
        "en/cross-border/index.html",
        "en/cross-border/ne-ly/index.html",
        "en/guidance/recommendations-identity/index.html",
        "en/about/index.html",
        "404.html",
    )


def counted(count: int, total: int, what: str) -> str:
    """Return what a list says of what its filters leave."""
    assert count > 0
    return f"One {what} of {total}" if count == 1 else f"{count} {what}s of {total}"


@pytest.mark.parametrize("code", COUNTRIES)
def test_country_and_first_call_button_show_without_scrolling(
    page: Page, server: str, code: str
) -> None:
    page.goto(f"{server}/en/{code}/index.html")
    for element in (page.locator("h1"), page.locator(".call-first a[href^='tel:']").first):
        box = element.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 640


@pytest.mark.parametrize(
    ("locale", "path"),
    [("fr-CA", "fr"), ("ar-MA", "ar"), ("en-GB", "en"), ("de-DE", "")],
)
def test_the_root_goes_to_the_language_of_the_browser(
    browser: Browser, server: str, locale: str, path: str
) -> None:
    context = browser.new_context(viewport=PHONE, locale=locale)
    opened = context.new_page()
    opened.goto(f"{server}/index.html")
    expect(opened).to_have_url(f"{server}/{path}/index.html" if path else f"{server}/index.html")
    context.close()


def test_the_language_switch_keeps_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/en/ma/situations/child-alone/index.html")
    page.get_by_role("link", name="AR", exact=True).click()
    expect(page).to_have_url(f"{server}/ar/ma/situations/child-alone/index.html")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.get_by_role("link", name="FR", exact=True).click()
    expect(page).to_have_url(f"{server}/fr/ma/situations/child-alone/index.html")


def test_a_number_is_copied_from_an_arabic_page_as_it_is_dialled(
    context: BrowserContext, page: Page, server: str, real_dataset: Dataset
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    _, called = find_first_called(real_dataset, "TN")
    page.goto(f"{server}/ar/tn/index.html")
    page.evaluate(
        """() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(".call-first .action-call .number"));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == shown(called)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_of_other_languages_fit_a_phone(
    browser: Browser, server: str, one_of_each_kind: tuple[str, ...], language: str
) -> None:
    opened = browser.new_page(viewport=PHONE)
    for path in one_of_each_kind[:-1]:
        opened.goto(f"{server}/{path.replace('en/', f'{language}/', 1)}")
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    opened.close()


def test_from_the_start_to_the_number_in_two_taps(
    page: Page, server: str, real_dataset: Dataset
) -> None:
    _, called = find_first_called(real_dataset, "DZ")
    page.goto(server)
    page.get_by_role("link", name="Algeria").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Algeria")
    call = page.locator(".call-first a").filter(has_text="Call").first
    assert call.get_attribute("href") == f"tel:{dialled(called)}"
    assert re.sub(r"\s+", " ", call.inner_text()) == f"Call {shown(called)}"


@pytest.mark.parametrize(
    "path",
    [
        "en/index.html",
        "en/ma/index.html",
        "en/directory/index.html",
        "en/ly/situations/possible-trafficking/index.html",
        "en/guidance/best-interests-assessment/index.html",
        "en/coverage/index.html",
    ],
)
@pytest.mark.parametrize("viewport", [PHONE, {"width": 768, "height": 1024}, DESK])
def test_targets_are_big_and_nothing_runs_out_of_the_page(
    browser: Browser, server: str, path: str, viewport: ViewportSize
) -> None:
    opened = browser.new_page(viewport=viewport)
    opened.goto(f"{server}/{path}")
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    too_small = opened.evaluate(
        """() => [...document.querySelectorAll("a.action, a.chip, a.country, button, select, summary")]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 48)
            .map((e) => e.textContent.trim())"""
    )
    assert too_small == []
    broken_numbers = opened.evaluate(
        """() => [...document.querySelectorAll(".action-call .number")]
            .filter((e) => e.checkVisibility() && e.getClientRects().length > 1)
            .map((e) => e.textContent)"""
    )
    assert broken_numbers == []
    opened.close()


@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("en", "dark"), ("fr", "light"), ("ar", "light")]
)
def test_nothing_bars_readers_with_disabilities(
    browser: Browser, server: str, one_of_each_kind: tuple[str, ...], language: str, scheme: str
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    opened = context.new_page()
    found = []
    for path in one_of_each_kind:
        opened.goto(f"{server}/{path.replace('en/', f'{language}/', 1)}")
        if "?q=" in path:
            expect(opened.locator("[data-results] > li").first).to_be_visible()
        violations = Axe().run(opened).response["violations"]
        found += [f"{path}: {v['impact']} {v['id']} {v['nodes'][0]['html']}" for v in violations]
    for question in ("unhcr", "xyzzyqq"):
        opened.goto(f"{server}/{language}/index.html")
        opened.keyboard.press("/")
        opened.keyboard.type(question)
        expect(opened.get_by_role("row").first).to_be_visible()
        opened.keyboard.press("ArrowDown")
        violations = Axe().run(opened).response["violations"]
        found += [f"search: {v['impact']} {v['id']} {v['nodes'][0]['html']}" for v in violations]
    assert found == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_their_contrast(browser: Browser, server: str, scheme: str) -> None:
    assert scheme in ("light", "dark")
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    opened = context.new_page()
    for path in (
        "en/mr/index.html",
        "en/directory/index.html",
        "en/mr/situations/child-alone/index.html",
        "en/coverage/index.html",
        "en/search/index.html?q=unhcr",
        "en/search/index.html?q=unhcr",
        "en/guidance/identification/index.html",
    ):
        opened.goto(f"{server}/{path}")
        opened.wait_for_load_state("networkidle")
        assert opened.evaluate(CONTRAST) == []
    context.close()


CONTRAST = """() => {
  const parts = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.length && colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 6) bad.add(`${e.tagName} ${e.className} ${ratio.toFixed(2)}`);
  }
  return [...bad];
}"""


def test_a_doubtful_number_can_not_be_called(
    page: Page, server: str, real_dataset: Dataset
) -> None:
    for organization, channel in find_doubtful(real_dataset):
        page.goto(f"{server}/en/{page_of(organization)}")
        printed = channel.as_printed or channel.number
        expect(page.get_by_text(f"Printed as {printed}").first).to_be_visible()
        assert page.locator(f"a[href*='{digits_of_channel(channel)[-7:]}']").count() == 0
        if all(one.doubtful for one in organization.channels):
            assert page.locator("a[href^='tel:']").count() == 0
            page.get_by_role("link", name="Call these first").click()
            country = organization.country.lower()
            expect(page).to_have_url(f"{server}/en/{country}/index.html#call-first")


def age_of(page: Page, url: str, today: datetime.date) -> str:
    page.clock.set_fixed_time(datetime.datetime.combine(today, datetime.time(12), datetime.UTC))
    page.goto(url)
    return re.sub(r"\s+", " ", page.locator(".call-first .provenance").first.inner_text())


def test_age_is_worked_out_when_the_page_is_read(page: Page, small_server: str) -> None:
    url = f"{small_server}/en/dz/index.html"
    told = "Published 2025 in A report, not yet confirmed by phone"
    old = "If nobody answers, try the next contact."
    assert age_of(page, url, datetime.date(2025, 6, 30)) == told
    assert age_of(page, url, datetime.date(2025, 7, 1)) == f"{told} {old}"
    assert age_of(page, url, datetime.date(2026, 1, 20)) == f"{told} {old}"
    assert age_of(page, url, datetime.date(2026, 6, 29)) == f"{told} · at least 5 months ago {old}"
    # Half a year after 31 December is the last day of June.
    assert age_of(page, url, datetime.date(2026, 6, 30)) == f"{told} · at least 6 months ago {old}"
    assert age_of(page, url, datetime.date(2029, 1, 1)) == f"{told} · at least 3 years ago {old}"


def test_the_age_of_a_day_is_exact(page: Page, small_server: str) -> None:
    page.clock.set_fixed_time(datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC))
    page.goto(f"{small_server}/en/dz/index.html")
    expect(page.locator(".foot time")).to_have_text("· 3 months ago")


def test_an_email_address_can_be_copied(
    context: BrowserContext, page: Page, small_server: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{small_server}/en/dz/organizations/child-line/index.html")
    page.get_by_role("button", name="Copy Help@example.org").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Help@example.org"


def test_a_situation_leads_to_the_number_in_its_order(page: Page, small_server: str) -> None:
    page.goto(f"{small_server}/en/index.html")
    page.get_by_role("link", name="A child alone").click()
    page.get_by_role("link", name="Algeria").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A child alone")
    page.get_by_role("link", name="Whom to call", exact=True).click()
    first = page.locator(".calls > li").first
    expect(first.locator(".card h4").first).to_contain_text("CL")
    assert first.locator("a[href^='tel:']").first.get_attribute("href") == "tel:1111"
    nobody = page.locator(".calls > li").nth(1)
    expect(nobody).to_contain_text("Nobody is known for this in Algeria.")


def test_a_term_is_explained_where_it_stands_without_scripts(
    browser: Browser, server: str, real_dataset: Dataset
) -> None:
    term = real_dataset.glossary["mental-health-and-psychosocial-support"]
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{server}/en/guidance/identification/index.html")
    opened.mouse.wheel(0, 900)
    mark = opened.locator("a.term", has_text=re.compile(term.term.root["en"], re.IGNORECASE))
    mark.scroll_into_view_if_needed()
    assert (mark.get_attribute("title") or "").startswith(term.definition.root["en"][:20])
    before = mark.bounding_box()
    mark.click()
    definition = opened.locator(".definition:target")
    expect(definition).to_be_in_viewport()
    expect(definition).to_contain_text(term.term.root["en"])
    assert mark.bounding_box() == before
    definition.get_by_role("link", name="Close").click()
    expect(opened.locator(".definition:target")).to_have_count(0)
    assert mark.bounding_box() == before
    context.close()


def test_practices_filter_by_each_field(page: Page, server: str, real_dataset: Dataset) -> None:
    practices = real_dataset.good_practices.values()
    total = len(practices)
    one = next(p for p in practices if p.countries and p.principles and p.types)
    in_country = [p for p in practices if one.countries[0] in p.countries]
    both = [p for p in in_country if one.principles[0] in p.principles]
    every = [p for p in both if one.types[0] in p.types]
    page.goto(f"{server}/en/practices/index.html")
    status = page.get_by_role("status")
    expect(status).to_have_text(counted(total, total, "practice"))
    page.get_by_label("Country", exact=True).select_option(one.countries[0])
    expect(status).to_have_text(counted(len(in_country), total, "practice"))
    page.get_by_label("Guiding principles").select_option(one.principles[0])
    expect(status).to_have_text(counted(len(both), total, "practice"))
    page.get_by_label("Type").select_option(one.types[0])
    expect(status).to_have_text(counted(len(every), total, "practice"))
    found = page.locator("[data-filter-entry]:visible").all_inner_texts()
    titles = [p.title.root["en"] for p in every]
    assert all(any(title in text for text in found) for title in titles)
    assert len(found) == len(titles) < total


def test_the_directory_filters_and_keeps_the_choice_in_the_address(
    page: Page, server: str, real_dataset: Dataset
) -> None:
    total = len(real_dataset.organizations)
    in_country = real_dataset.organizations_in("MA")
    needs = {o.key: needs_of(real_dataset, o) for o in in_country}
    # A need that one organization in a city answers, and another that nobody there does.
    name, city, need, missing = next(
        (o.name.in_language("en").text, city, need, min(missing))
        for o in in_country
        for city in sorted(cities_of(o))
        for need in sorted(needs[o.key])
        if [x for x in in_country if city in cities_of(x) and need in needs[x.key]] == [o]
        and (
            missing := {n for key in needs for n in needs[key]}
            - {n for x in in_country if city in cities_of(x) for n in needs[x.key]}
        )
    )
    status = page.get_by_role("status")
    page.goto(f"{server}/en/directory/index.html")
    expect(status).to_have_text(counted(total, total, "organization"))
    page.get_by_label("Country", exact=True).select_option("MA")
    expect(status).to_have_text(counted(len(in_country), total, "organization"))
    page.get_by_label("City").select_option(city)
    page.get_by_label("Need").select_option(need)
    expect(status).to_have_text(counted(1, total, "organization"))
    expect(page.locator("[data-filter-entry]:visible h3")).to_have_text([re.compile(name)])
    assert page.url.endswith(f"?country=MA&need={need}&city={city}")
    page.reload()
    expect(page.locator("[data-filter-entry]:visible h3")).to_have_text([re.compile(name)])
    # What would leave nothing can't be chosen, but an address may ask for it.
    option = page.get_by_label("Need").locator(f"option[value='{missing}']")
    expect(option).to_be_disabled()
    page.goto(f"{server}/en/directory/index.html?country=MA&need={missing}&city={city}")
    expect(page.get_by_text("Nothing matches all of this. Take a filter away.")).to_be_visible()
    page.get_by_label("Country", exact=True).select_option("TN")
    expect(page.get_by_label("City")).to_have_value("")
    page.get_by_role("button", name="Show all").click()
    expect(status).to_have_text(counted(total, total, "organization"))
    assert page.url == f"{server}/en/directory/index.html"


def test_a_filter_in_the_address_that_is_unknown_does_nothing(
    page: Page, server: str, real_dataset: Dataset
) -> None:
    page.goto(f"{server}/en/directory/index.html?country=%22%3E&need=asylum")
    every = real_dataset.organizations.values()
    found = [o for o in every if "asylum" in needs_of(real_dataset, o)]
    expected = counted(len(found), len(every), "organization")
    expect(page.get_by_role("status")).to_have_text(expected)


def test_without_scripts_the_directory_is_lists_with_anchors(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{server}/en/directory/index.html")
    expect(opened.locator("main form")).to_be_hidden()
    opened.get_by_text("By need").click()
    opened.locator("#need-asylum > summary").click()
    opened.locator("#need-asylum").get_by_role("link").first.click()
    expect(opened.locator(".card:target h3")).to_contain_text("UNHCR")
    expect(opened.locator(".card:target")).to_be_in_viewport()
    opened.goto(f"{server}/en/ma/index.html")
    opened.get_by_role("link", name=re.compile("^Tangier [0-9]")).click()
    expect(opened.locator("#city-tangier h2")).to_be_in_viewport()
    opened.locator("#city-tangier > summary").click()
    expect(opened.locator("#city-tangier").get_by_role("link", name="Call").first).to_be_visible()
    context.close()


def test_a_link_opens_the_section_that_it_leads_to(page: Page, server: str) -> None:
    page.goto(f"{server}/en/ma/index.html")
    page.get_by_role("link", name=re.compile("^Health care")).first.click()
    call = page.locator("#need-health a[href^='tel:']").first
    expect(call).to_be_in_viewport()
    page.locator("#need-health > summary").click()
    expect(call).to_be_hidden()
    page.go_back()
    page.goto(f"{server}/en/directory/index.html#need-asylum")
    expect(page.locator("#need-asylum").get_by_role("link").first).to_be_in_viewport()


def test_the_menu_opens_with_the_keyboard_and_works_without_scripts(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{server}/en/tn/index.html")
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("link", name="Skip to the content")).to_be_focused()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.get_by_role("navigation", name="Menu").get_by_role("link", name="Libya").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Libya")
    context.close()


def test_the_site_works_from_a_folder(page: Page, site: Path, real_dataset: Dataset) -> None:
    called, _ = find_first_called(real_dataset, "EG")
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Egypt").click()
    page.get_by_role("link", name=called.name.in_language("en").text).first.click()
    page.goto((site / "en/directory/index.html").as_uri())
    page.get_by_label("Country", exact=True).select_option("EG")
    counts = len(real_dataset.organizations_in("EG")), len(real_dataset.organizations)
    expect(page.get_by_role("status")).to_have_text(counted(*counts, "organization"))
    link = page.locator("[data-filter-entry]:visible h3 a").first
    name = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_page_prints_what_is_on_it(page: Page, server: str, real_dataset: Dataset) -> None:
    _, called = find_first_called(real_dataset, "MA")
    page.goto(f"{server}/en/ma/index.html")
    page.emulate_media(media="print")
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator(f".call-first a[href='tel:{dialled(called)}']")).to_be_visible()
    missing = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("main .number")];
          const shown = all.filter((e) => e.checkVisibility({contentVisibilityAuto: true}));
          const texts = new Set(shown.map((e) => e.textContent));
          return all.map((e) => e.textContent).filter((text) => !texts.has(text));
        }"""
    )
    assert missing == []


def test_the_directory_filters_by_all_that_readers_choose_by(
    page: Page, server: str, real_dataset: Dataset
) -> None:
    total = len(real_dataset.organizations)
    works = {
        o.key: [c for c in o.channels if not c.doubtful]
        for o in real_dataset.organizations.values()
    }
    of_kind = {key for key, o in real_dataset.organizations.items() if o.kind == "united_nations"}
    nationwide = {key for key in of_kind if any(c.nationwide for c in works[key])}
    ways = {
        "call": {o.key for o, _ in (*find_phones(real_dataset), *find_short_codes(real_dataset))},
        "whatsapp": {
            key for key in works for c in works[key] if "whatsapp" in getattr(c, "accepts", ())
        },
        "email": {key for key in works for c in works[key] if isinstance(c, EmailChannel)},
        "visit": {key for key in works if not works[key]},
    }
    page.goto(f"{server}/en/directory/index.html?nationwide=yes&kind=united_nations")
    status = page.get_by_role("status")
    expect(status).to_have_text(counted(len(nationwide), total, "organization"))
    # The filters that the address uses are open, and each choice says what it would leave.
    channel = page.get_by_label("How to reach it")
    left = {way: len(nationwide & keys) for way, keys in ways.items()}
    names = {"call": "Call", "whatsapp": "WhatsApp", "email": "E-mail", "visit": "A visit only"}
    said = channel.locator("option").all_inner_texts()[1:]
    assert [f"{name} ({left[way]})" for way, name in names.items() if ways[way]] == said
    assert left["call"] and left["email"]
    channel.select_option("call")
    expect(status).to_have_text(counted(left["call"], total, "organization"))
    channel.select_option("email")
    page.get_by_label("Whole country").uncheck()
    expect(status).to_have_text(counted(len(of_kind & ways["email"]), total, "organization"))
    assert "nationwide" not in page.url
    assert page.url.endswith("?kind=united_nations&channel=email")


def test_the_glossary_filters_by_theme(page: Page, server: str, real_dataset: Dataset) -> None:
    terms = real_dataset.glossary
    found = [key for key, term in terms.items() if "child-protection" in term.themes]
    other = next(key for key in terms if key not in found)
    page.goto(f"{server}/en/glossary/index.html")
    label = f"Child protection ({len(found)})"
    page.get_by_label("Theme", exact=True).select_option(label=label)
    expect(page.get_by_role("status")).to_have_text(counted(len(found), len(terms), "term"))
    assert page.locator(f"main a[href='{found[0]}/index.html']:visible").count() > 0
    assert page.locator(f"main a[href='{other}/index.html']:visible").count() == 0
    assert page.url.endswith("?theme=child-protection")
