"""Edit a copy of the project as editors may, all over: what then fails holds the data, not the program.

    python -m tests.edit_everything FOLDER

copies the project to FOLDER, which must not exist yet, and there changes every number and address
and confirms it, words records otherwise, adds records and removes some. `make test-edited` runs the
tests there. The edits are as small as those of a person who writes in the files, so comments and
order stay; the records are chosen by what they are, so the script goes with the data.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import phonenumbers
import yaml

from generator.dataset import Dataset
from generator.loading import load_dataset
from generator.models.channels import PhoneChannel
from generator.models.organizations import Organization
from generator.values.dates import latest_today

ROOT = Path(__file__).parent.parent
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "site", "site.previous", ".site*", "*.egg-info", "__pycache__", ".*_cache"
)
SENTENCES = {
    "en": "Somebody added this.",
    "fr": "Quelqu'un a ajouté ceci.",
    "ar": "أضاف شخص هذه الجملة.",
}
TEXT = (
    '{en: "The data gained this.", fr: "Les données ont gagné ceci.", ar: "اكتسبت البيانات هذا."}'
)
ORGANIZATION = """\
id: {id}
country: {country}
name: {{en: Red Crescent, fr: Croissant-Rouge, ar: الهلال الأحمر}}
kind: national_ngo
sources: [{{source: {source}}}]
services:
  - id: referral
    name: {{en: Referral, fr: Orientation, ar: الإحالة}}
    types: [referral]
channels:
  - id: email
    kind: email
    address: {id}@example.org
    nationwide: true
    {confirmed}
"""
SERVICE = """\
  - id: added-service
    name: {en: A new service, fr: Un nouveau service, ar: خدمة جديدة}
    types: [referral]
"""
TERM = """\
id: {id}
term: {{en: Zonal host, fr: Hôte zonal, ar: مضيف محلي}}
themes: [{theme}]
definition: {text}
sources: [{{source: {source}}}]
"""
PRACTICE = """\
id: {id}
title: {{en: Added practice, fr: Pratique ajoutée, ar: ممارسة مضافة}}
types: [{type}]
countries: [{country}]
summary: {text}
sources: [{{source: {source}}}]
"""


def edit_everything(project: Path) -> None:
    """Edit the data of a copy of the project, and record its translations as up to date."""
    dataset = load_dataset(project / "data", content_dir=project / "content").dataset
    day = latest_today().isoformat()
    remove_records(project, dataset)
    numbers = NewNumbers(dataset)
    folder = project / "data" / "organizations"
    for path in sorted(folder.rglob("*.yaml")):
        key = path.relative_to(folder).with_suffix("").as_posix()
        edit(path, edit_organization, dataset, dataset.organizations[key], numbers, day)
    edit_sentences(project)
    add_records(project, dataset, day)
    edit(project / "data" / "edition.yaml", edit_edition, day)
    accept_translations(project)


def edit(path: Path, change: Callable[..., str], *facts: object) -> None:
    """Write what `change` makes of the text of a file."""
    path.write_text(change(path.read_text(encoding="utf-8"), *facts), encoding="utf-8")


# --- Organizations ---


class NewNumbers:
    """Gives each number another of the same country that can exist and that nobody has yet."""

    def __init__(self, dataset: Dataset) -> None:
        self.taken = {
            _digits(channel.number)
            for _, _, channel in dataset.channels()
            if channel.kind in ("phone", "short_code")
        }

    def other_than(self, number: str, country: str) -> str:
        """Return the number with other last digits, written as it was."""
        is_short = not number.startswith("+") and len(_digits(number)) < 7
        for step in range(1, 100):
            other = _add(number, step)
            if _digits(other) not in self.taken and (is_short or is_valid(other, country)):
                self.taken.add(_digits(other))
                return other
        raise ValueError(f"there is no other number like {number}")


def is_valid(number: str, country: str) -> bool:
    return phonenumbers.is_valid_number_for_region(phonenumbers.parse(number, country), country)


def _add(number: str, step: int) -> str:
    """Return a number with its last two digits moved on, the last one always by something."""
    for place, digit in ((1, step % 10 or 5), (2, step // 10)):
        at = [match.start() for match in re.finditer("[0-9]", number)][-place]
        number = f"{number[:at]}{(int(number[at]) + digit) % 10}{number[at + 1 :]}"
    return number


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def edit_organization(
    text: str, dataset: Dataset, organization: Organization, numbers: NewNumbers, day: str
) -> str:
    """Return an organization's file with other contacts, a label and a service named otherwise."""
    doubted = find_channel_to_doubt(dataset, organization)
    text = re.sub(r"(?m)^(    label: \{en: \"?)", r"\1New ", text, count=1)
    text = re.sub(r"(?s)(\nservices:\n.*?name: ?\{en: \"?)", r"\1New ", text, count=1)
    parts = re.split(r"(?m)^(?=\w)", text)
    for index, part in enumerate(parts):
        if part.startswith("channels:\n"):
            first, *items = re.split(r"(?m)^(?=  - )", part)
            edited = [
                with_field(item, f"doubtful: {{reason: {TEXT}}}")
                if channel.id == doubted
                else confirm(item, channel.kind, organization.country, numbers, day)
                for item, channel in zip(items, organization.channels, strict=True)
            ]
            parts[index] = "".join([first, *edited])
    return "".join(parts)


def find_channel_to_doubt(dataset: Dataset, organization: Organization) -> str | None:
    """Return the last of three phone numbers or more of an organization, if nobody is sent to it."""
    called = {
        reference.channel
        for reference in dataset.countries[organization.country].call_first
        if reference.organization == organization.id
    }
    phones = [c.id for c in organization.channels if isinstance(c, PhoneChannel) and not c.doubtful]
    free = [name for name in phones[2:] if name not in called]
    return free[-1] if free else None


def confirm(item: str, kind: str, country: str, numbers: NewNumbers, day: str) -> str:
    """Return a channel with another number or address, which somebody confirmed."""
    if "doubtful:" in item:
        item = re.sub(r'number: "[^"]*"', f'number: "{example_number(country)}"', item)
    item = re.sub(r'(?<=number: ")[^"]*', lambda found: numbers.other_than(found[0], country), item)
    item = re.sub(r"address: (?=\S+@)", "address: new.", item)
    for field in ("doubtful", "as_printed", "published", "confirmed"):
        item = without_field(item, field)
    return with_field(item, confirmation(day, kind))


def example_number(country: str) -> str:
    mobile = phonenumbers.PhoneNumberType.MOBILE
    example = phonenumbers.example_number_for_type(country, mobile)
    assert example
    return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def without_field(item: str, field: str) -> str:
    """Return a channel without a field, be it on lines of its own or inside the braces."""
    item = re.sub(rf"(?m)^    {field}:.*\n(?:      .*\n)*", "", item)
    value = r'(?:\{(?:[^{}]|\{[^{}]*\})*\}|"[^"]*"|[^,}]*)'
    return re.sub(rf", {field}: {value}", "", item)


def with_field(item: str, field: str) -> str:
    """Return a channel with a field more, on a line of its own or inside the braces."""
    item = item.rstrip()
    return f"{item[:-1]}, {field}}}\n" if item.startswith("  - {") else f"{item}\n    {field}\n"


def confirmation(day: str, kind: str) -> str:
    method = "email" if kind == "email" else "phone"
    return f'confirmed: {{assured_date: "{day}", method: {method}, assurer: Editors}}'


# --- Sentences ---


def edit_sentences(project: Path) -> None:
    """Say something else in situations, terms, practices and guidance, in all languages."""
    for kind in ("glossary", "good_practices"):
        for path in sorted((project / "data" / kind).glob("*.yaml")):
            edit(path, add_to_blocks)
    for path in sorted((project / "data" / "situations").glob("*.yaml")):
        edit(path, add_to_summary)
    for path in sorted((project / "content").glob("*/guidance/*.md")):
        edit(path, add_to_page, SENTENCES[path.relative_to(project / "content").parts[0]])


def add_to_blocks(text: str) -> str:
    """Begin the first long text of a record, in each language, with another sentence."""
    for language, sentence in SENTENCES.items():
        text = re.sub(rf"(?m)^(  {language}: >-\n    )(?=\S)", rf"\1{sentence} ", text, count=1)
    return text


def add_to_summary(text: str) -> str:
    """Let what a situation is about end with another sentence."""
    (line,) = re.findall(r"(?m)^summary: .*$", text)
    changed = line
    for language, sentence in SENTENCES.items():
        changed = re.sub(rf'({language}: "[^"]*)"', rf'\1 {sentence}"', changed)
    return text.replace(line, changed)


def add_to_page(text: str, sentence: str) -> str:
    """Begin the text below the head of a page of guidance with another sentence."""
    return re.sub(r"(?s)\A(---\n.*?\n---\n)", rf"\1\n{sentence}\n", text)


# --- Records that come and go ---


def add_records(project: Path, dataset: Dataset, day: str) -> None:
    """Add an organization and a practice in two countries, a service, and a term."""
    data = project / "data"
    source = next(iter(dataset.sources))
    term = next(iter(dataset.glossary.values()))
    practice = next(iter(dataset.good_practices.values()))
    facts = {"source": source, "text": TEXT}
    add(data / "glossary" / "added-term.yaml", TERM, theme=term.themes[0], **facts)
    for country in list(dataset.countries)[-2:]:
        folder = data / "organizations" / country
        with_service = min(folder.glob("*.yaml"))
        edit(with_service, str.replace, "\nservices:\n", f"\nservices:\n{SERVICE}", 1)
        facts["country"] = country
        confirmed = confirmation(day, "email")
        add(folder / "added-organization.yaml", ORGANIZATION, confirmed=confirmed, **facts)
        name = f"added-practice-{country.lower()}.yaml"
        add(data / "good_practices" / name, PRACTICE, type=practice.types[0], **facts)


def add(path: Path, template: str, **facts: str) -> None:
    path.write_text(template.format(id=path.stem, **facts), encoding="utf-8")


def remove_records(project: Path, dataset: Dataset) -> None:
    """Remove an organization and a practice that nothing points to, and what leads to them."""
    data = project / "data"
    key = next(find_dispensable_organizations(dataset))
    practice = next(find_dispensable_practices(project, dataset))
    (data / "organizations" / f"{key}.yaml").unlink()
    (data / "good_practices" / f"{practice}.yaml").unlink()
    for path in sorted((data / "search").glob("*.yaml")):
        edit(path, remove_keywords, f"({key}|{practice})")
    country, _, name = key.partition("/")
    tests = project / "tests" / "real_data"
    tables = yaml.safe_load((tests / "source_tables.yaml").read_text(encoding="utf-8"))
    for row in tables[country]:
        if row["id"] == name:
            printed = row["organization"]
            entry = f'- {{organization: {key}, printed: "{printed}", reason: It was closed}}'
            edit(tests / "superseded.yaml", add_entry, entry)


def remove_keywords(text: str, keys: str) -> str:
    return re.sub(rf"(?m)^    {keys}:.*\n(?:     .*\n)*", "", text)


def add_entry(text: str, entry: str) -> str:
    """Return a list with an entry more, also if it was empty."""
    return f"{text.partition('[]')[0].rstrip()}\n{entry}\n"


def find_dispensable_organizations(dataset: Dataset) -> Iterator[str]:
    """Yield associations whose country stays without nothing that it had, and is not led to them."""
    for key in reversed(list(dataset.organizations)):
        organization = dataset.organizations[key]
        others = [o for o in dataset.organizations_in(organization.country) if o.key != key]
        types = {t for other in others for service in other.services for t in service.types}
        called = {r.organization for r in dataset.countries[organization.country].call_first}
        if (
            organization.kind == "national_ngo"
            and types == dataset.types_offered_in(organization.country)
            and organization.id not in called
        ):
            yield key


def find_dispensable_practices(project: Path, dataset: Dataset) -> Iterator[str]:
    """Yield practices that no page and no other record links to."""
    written = [
        path.read_text(encoding="utf-8")
        for folder, names in (("content", "*.md"), ("data", "*.yaml"))
        for path in (project / folder).rglob(names)
        if path.parent.name != "search"
    ]
    for practice in dataset.good_practices:
        if sum(re.search(rf"\b{practice}\b", text) is not None for text in written) == 1:
            yield practice


# --- The rest ---


def edit_edition(text: str, day: str) -> str:
    """Give the edition another version, and the day before, so that confirmations are newer."""
    before = (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()
    text = re.sub(r"(?m)^version: .*$", 'version: "2099.9"', text)
    return re.sub(r"(?m)^date: .*$", f'date: "{before}"', text)


def accept_translations(project: Path) -> None:
    command = [sys.executable, "-m", "generator.cli", "translations", "--accept"]
    subprocess.run(command, cwd=project, check=True, stdout=subprocess.DEVNULL)


def main(target: Path) -> None:
    """Copy the project to a new folder, and edit the data there."""
    shutil.copytree(ROOT, target, ignore=NOT_COPIED)
    # Some programs take for the project what is a repository.
    subprocess.run(["git", "init", "--quiet", target], check=True)
    edit_everything(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
