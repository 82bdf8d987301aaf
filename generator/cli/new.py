"""`dalil new …`: asks for what a record needs, and writes its file with comments."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click
from babel.core import get_global

from generator.authoring.answers import RefusedError, accept, make_identifier, suggest_organization
from generator.authoring.records import insert_service
from generator.checks.knowledge import find_forms
from generator.cli.contacts import EVERYWHERE, ask_contact, reach_by
from generator.cli.project import data_option
from generator.cli.session import Session, accepted, first, other_names
from generator.dataset import PRACTICE_TAXONOMIES
from generator.models.countries import Country
from generator.models.knowledge import GoodPractice, Term, Theme
from generator.models.organizations import Organization, OrganizationKind
from generator.values.country import check_country_code, country_name
from generator.values.text import SOURCE_LANGUAGE

source_option = click.option("--source", help="The publication: a file of data/sources/.")
pages_option = click.option("--pages", help='Where it stands there, e.g. "71-72".')
id_option = click.option("--id", "identifier", help="The file's name, if not made of the name.")


@click.group()
def new() -> None:
    """Ask for what a new record needs, and write its file.

    Texts are given as TEXT (English) or LANGUAGE=TEXT, once for each language.
    """


@new.command()
@data_option
@click.option("--country", help="Code or name, e.g. DZ.")
@click.option("--name", multiple=True, metavar="TEXT", help="Its name; fr=… in French.")
@click.option("--abbreviation", multiple=True, metavar="TEXT", help="As people know it.")
@click.option("--kind", help=", ".join(get_args(OrganizationKind)))
@source_option
@pages_option
@click.option("--service-name", multiple=True, metavar="TEXT", help="What it offers.")
@click.option("--service-type", multiple=True, help="Of data/taxonomies/service-types.yaml.")
@click.option("--phone", help="A phone number, as the source prints it.")
@click.option("--short-code", help="A number of two to six digits.")
@click.option("--email", help="An e-mail address.")
@click.option("--web", help="The address of a web page to ask for help.")
@click.option("--reach", help=f"{EVERYWHERE}, or a city of data/places.csv.")
@click.option("--doubtful", metavar="REASON", help="Why the phone number can't be right.")
@id_option
@click.pass_context
def organization(
    context: click.Context,
    data_dir: Path | None,
    country: str | None,
    name: tuple[str, ...],
    abbreviation: tuple[str, ...],
    kind: str | None,
    source: str | None,
    pages: str | None,
    service_name: tuple[str, ...],
    service_type: tuple[str, ...],
    phone: str | None,
    short_code: str | None,
    email: str | None,
    web: str | None,
    reach: str | None,
    doubtful: str | None,
    identifier: str | None,
) -> None:
    """A new organization in a country, with its first service and a contact."""
    contacts = {"phone": phone, "short_code": short_code, "email": email, "web": web}
    given = {key: value for key, value in contacts.items() if value is not None}
    required: dict[str, object] = {
        "--country": country,
        "--name": name,
        "--kind": kind,
        "--source": source,
        "--service-name": service_name,
        "--service-type": service_type,
    }
    session = Session(context, data_dir, required | ({"--reach": reach} if given else {}))
    ask = session.dialogue
    if not ask.asks and reach is not None and not given:
        raise click.UsageError("--reach goes with a contact, such as --phone")
    if not ask.asks and doubtful is not None and phone is None:
        raise click.UsageError("--doubtful goes with --phone")
    draft: dict[str, Any] = {"id": ""}
    draft["country"] = session.country(country)
    taken = {
        (language, text.casefold()): f"organizations/{one.key}.yaml"
        for one in session.dataset.organizations_in(draft["country"])
        for language, text in one.name.root.items()
    }
    draft["name"] = session.texts(
        "--name", "What is it called?", "name", model=Organization, given=name, taken=taken
    )
    if short := session.texts(
        "--abbreviation", "How is it abbreviated, e.g. UNHCR?", "abbreviation",
        model=Organization, given=abbreviation, is_optional=True,
    ):  # fmt: skip
        draft["abbreviation"] = short
    kinds = {one: one.replace("_", " ") for one in get_args(OrganizationKind)}
    draft["kind"] = ask.choose("--kind", "What kind is it?", kinds, what="kind", given=kind)
    citation = session.citation(source, pages)
    draft["sources"] = (citation,)
    draft["services"] = (session.service(service_name, service_type, set()),)
    if not given and ask.asks:
        click.echo("How can it be reached? A first contact; more can be written into the file.")
        given = ask_contact(session)
    if given:
        draft |= reach_by(session, draft, given, citation, reach=reach, doubtful=doubtful)
    names = [*short.values(), *draft["name"].values()]
    suggested = suggest_organization(session.dataset, names, country=draft["country"])
    draft["id"], path = session.path(f"organizations/{draft['country']}", suggested, identifier)
    steps = ["open the file: its comments say what else can be filled in"]
    if not given:
        steps.append("add a contact under `channels`: nobody can reach it yet")
    if any("place" not in location for location in draft.get("locations", ())):
        steps.append("add the city to data/places.csv, then write `place:` instead of its `name:`")
    session.write_record("organizations", draft, path, steps)


@new.command()
@data_option
@click.option("--country", help="Code or name, e.g. DZ.")
@click.option("--organization", help="Its file in data/organizations/<country>/, or its name.")
@click.option(
    "--service-name", multiple=True, metavar="TEXT", help="What it is called; fr=… in French."
)
@click.option("--service-type", multiple=True, help="Of data/taxonomies/service-types.yaml.")
@click.pass_context
def service(
    context: click.Context,
    data_dir: Path | None,
    country: str | None,
    organization: str | None,
    service_name: tuple[str, ...],
    service_type: tuple[str, ...],
) -> None:
    """One more service in the file of an organization; its other lines stay as they are."""
    required = {
        "--country": country,
        "--organization": organization,
        "--service-name": service_name,
        "--service-type": service_type,
    }
    session = Session(context, data_dir, required)
    code = session.country(country)
    names = {one.id: one.name for one in session.dataset.organizations_in(code)}
    choices = {key: name.in_language(SOURCE_LANGUAGE).text for key, name in names.items()}
    unread = ", ".join(session.unread("organizations", folder=code))
    chosen = session.dialogue.choose(
        "--organization", "Which organization?", choices, what="organization",
        given=organization, also=other_names(names),
        otherwise=f"or mend what can't be read: {unread} (see `dalil check`)" if unread else "",
    )  # fmt: skip
    there = session.dataset.organizations[f"{code}/{chosen}"]
    added = session.service(service_name, service_type, {one.id for one in there.services})
    path = session.project.data_dir / "organizations" / code / f"{chosen}.yaml"
    shown = session.shown(f"organizations/{code}/{chosen}.yaml")
    text = path.read_bytes().decode("utf-8")
    try:
        text = insert_service(text, added, shown_path=shown)
    except RefusedError as refused:
        raise click.ClickException(f"{refused.message}\nfix: {refused.fix}") from refused
    session.replace_file(path, text.encode("utf-8"))
    step = "open the file: below the new service stands what else can be filled in"
    session.finish(path, f"added the service {added['id']} to {shown}", [step])


@new.command()
@data_option
@click.option("--term", "terms", multiple=True, metavar="TEXT", help="The term; fr=… in French.")
@click.option("--abbreviation", multiple=True, metavar="TEXT")
@click.option("--definition", multiple=True, metavar="TEXT", help="In our own words.")
@click.option("--theme", multiple=True, help=", ".join(get_args(Theme)))
@source_option
@pages_option
@id_option
@click.pass_context
def term(
    context: click.Context,
    data_dir: Path | None,
    terms: tuple[str, ...],
    abbreviation: tuple[str, ...],
    definition: tuple[str, ...],
    theme: tuple[str, ...],
    source: str | None,
    pages: str | None,
    identifier: str | None,
) -> None:
    """A new term of the glossary."""
    session = Session(
        context,
        data_dir,
        {"--term": terms, "--definition": definition, "--theme": theme, "--source": source},
    )
    draft: dict[str, Any] = {"id": ""}
    taken = {
        (language, text.casefold()): f"glossary/{key}.yaml"
        for key, one in session.dataset.glossary.items()
        for language, text, _ in find_forms(one)
    }
    draft["term"] = session.texts(
        "--term", "The term, e.g. Unaccompanied child", "term",
        model=Term, given=terms, taken=taken,
    )  # fmt: skip
    if short := session.texts(
        "--abbreviation", "How is it abbreviated?", "abbreviation",
        model=Term, given=abbreviation, is_optional=True, taken=taken,
    ):  # fmt: skip
        draft["abbreviation"] = short
    themes = {one: one.replace("-", " ") for one in get_args(Theme)}
    draft["themes"] = session.dialogue.choose_several(
        "--theme", "Under which headings?", themes, what="theme", given=theme
    )
    draft["definition"] = session.texts(
        "--definition", "What it means, in our own words, never copied", "definition",
        model=Term, given=definition,
    )  # fmt: skip
    draft["sources"] = (session.citation(source, pages),)
    suggested = make_identifier(first(draft["term"]))
    draft["id"], path = session.path("glossary", suggested, identifier)
    steps = ["write plurals and synonyms under `also`: they are marked in all texts"]
    session.write_record("glossary", draft, path, steps)


@new.command()
@data_option
@click.option("--title", multiple=True, metavar="TEXT", help="What it is called; fr=… in French.")
@click.option("--summary", multiple=True, metavar="TEXT", help="In our own words.")
@click.option("--type", "types", multiple=True, help="Of data/taxonomies/practice-types.yaml.")
@source_option
@pages_option
@id_option
@click.pass_context
def practice(
    context: click.Context,
    data_dir: Path | None,
    title: tuple[str, ...],
    summary: tuple[str, ...],
    types: tuple[str, ...],
    source: str | None,
    pages: str | None,
    identifier: str | None,
) -> None:
    """A new good practice."""
    required = {"--title": title, "--summary": summary, "--source": source}
    session = Session(context, data_dir, required)
    draft: dict[str, Any] = {"id": ""}
    draft["title"] = session.texts(
        "--title", "What is the practice called?", "title", model=GoodPractice, given=title
    )
    taxonomy = session.dataset.taxonomies.get(PRACTICE_TAXONOMIES["types"])
    known = {
        one.id: one.name.in_language(SOURCE_LANGUAGE).text
        for one in (taxonomy.terms if taxonomy else ())
    }
    if chosen := session.dialogue.choose_several(
        "--type", "What kind of practice?", known, what="type of practice", given=types,
        is_optional=True,
    ):  # fmt: skip
        draft["types"] = chosen
    draft["summary"] = session.texts(
        "--summary", "What is done, in our own words, never copied", "summary",
        model=GoodPractice, given=summary,
    )  # fmt: skip
    draft["sources"] = (session.citation(source, pages),)
    suggested = make_identifier(first(draft["title"]))
    draft["id"], path = session.path("good_practices", suggested, identifier)
    steps = ["open the file: its comments are the other fields of the UN Network's repository"]
    session.write_record("good_practices", draft, path, steps)


@new.command()
@data_option
@click.option("--code", help="ISO 3166-1 alpha-2, or the country's English name.")
@click.option("--name", multiple=True, metavar="TEXT", help="Its name; fr=… in French.")
@click.option("--time-zone", help="IANA name, e.g. Africa/Dakar.")
@click.pass_context
def country(
    context: click.Context,
    data_dir: Path | None,
    code: str | None,
    name: tuple[str, ...],
    time_zone: str | None,
) -> None:
    """A new country."""
    session = Session(context, data_dir, {"--code": code, "--name": name})
    ask = session.dialogue

    def parse_code(text: str) -> str:
        accept(Country, {"id": text})
        session.free_path("countries", text)
        return text

    draft: dict[str, Any] = {}
    draft["id"] = ask.ask("--code", "Its code (ISO 3166-1), e.g. SN", parse_code, given=code)
    check_country_code(draft["id"])
    if not name and ask.asks:
        click.echo(f"{draft['id']} is {country_name(draft['id'])}.")
    draft["name"] = session.texts(
        "--name", "Its name, the heading of its page", "name", model=Country, given=name
    )
    zones = get_global("territory_zones").get(draft["id"], [])
    if not time_zone and not zones and not ask.asks:
        raise click.UsageError("this country's time zone is not known: add --time-zone")
    draft["time_zone"] = ask.ask(
        "--time-zone",
        "Its time zone, in which hours of services are written",
        lambda text: accepted(text, Country, {"time_zone": text}),
        given=time_zone,
        suggested=zones[0] if zones else None,
    )
    steps = [
        f"add who helps there: `dalil new organization --country {draft['id']}`",
        "add its cities to data/places.csv",
        "name the numbers to try first under `call_first`, once they are there",
    ]
    path = session.free_path("countries", draft["id"])
    session.write_record("countries", draft, path, steps)
