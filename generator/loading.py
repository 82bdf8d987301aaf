"""The only reader of `data/` and `content/`: every file once, every mistake collected."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator import place_table
from generator.authored import AuthoredPage, parse_authored
from generator.dataset import ALL_PLACES, Dataset, Kind
from generator.models.base import Source
from generator.models.countries import Country
from generator.models.knowledge import GoodPractice, LegalFramework, Resource, Situation, Term
from generator.models.organizations import Organization
from generator.models.reference import Edition, Interface, Place, SearchWords, Taxonomy
from generator.problems import Position, Problem
from generator.validation import nearest, validate_record, without_consequences
from generator.values.errors import quote
from generator.values.text import IDENTIFIER
from generator.yaml_source import SourceFile, load_text, load_yaml

Record = TypeVar("Record", bound=BaseModel)

TRANSLATION_LOCK = "translations.lock.json"
_LOCK = TypeAdapter(dict[str, dict[str, str]])
_NOT_DATA = ("README.md", "LICENSE", "LICENSE.txt")


@dataclasses.dataclass(frozen=True)
class Loaded:
    """What could be read, what is wrong with the rest, and how many files there were."""

    dataset: Dataset
    problems: list[Problem]
    file_count: int


def load_dataset(
    data_dir: Path, *, shown_as: str = "data", content_dir: Path | None = None
) -> Loaded:
    """Read all of a data folder, and of the folder of authored pages if one is given.

    `shown_as` is how the data folder is called in problems, with forward slashes. Raises
    `FileNotFoundError` when there is no such folder.
    """
    if not data_dir.is_dir():
        raise FileNotFoundError(f"there is no data folder at {data_dir}")
    return _Loader(data_dir, shown_as, content_dir).load()


class _Loader:
    """One reading of a data folder."""

    def __init__(self, data_dir: Path, shown_as: str, content_dir: Path | None) -> None:
        self.data_dir = data_dir
        self.content_dir = content_dir
        self.shown_as = shown_as
        self.problems: list[Problem] = []
        self.files: dict[tuple[Kind, str], SourceFile] = {}
        self.broken: set[tuple[Kind, str]] = set()
        self.read: set[Path] = set()

    def load(self) -> Loaded:
        edition = self._load_edition()
        dataset = Dataset(
            edition=edition,
            countries=self._load_folder("countries", Country),
            organizations=self._load_nested("organizations", Organization, folder_field="country"),
            glossary=self._load_folder("glossary", Term),
            legal_frameworks=self._load_nested(
                "legal_frameworks", LegalFramework, folder_field="jurisdiction"
            ),
            good_practices=self._load_folder("good_practices", GoodPractice),
            situations=self._load_folder("situations", Situation),
            resources=self._load_folder("resources", Resource),
            sources=self._load_folder("sources", Source),
            taxonomies=self._load_folder("taxonomies", Taxonomy),
            places=self._load_places(),
            interfaces=self._load_folder("interface", Interface, id_field="language"),
            search_words=self._load_folder("search", SearchWords, id_field="language"),
            authored=tuple(self._load_authored()),
            translation_lock=self._load_lock(),
            files=self.files,
            broken=frozenset(self.broken),
        )
        self.problems += self._check_stray_files()
        return Loaded(dataset, self.problems, len(self.read))

    def _load_edition(self) -> Edition | None:
        path = self.data_dir / "edition.yaml"
        if not path.is_file():
            fix = "create it with title, version, date, publisher, licence and licence_url"
            nothing = SourceFile(self._shown(path), ())
            message = "the file that names this edition of the data is missing"
            self.problems.append(nothing.problem("missing-file", message, fix=fix))
            return None
        return self._load_record(path, "edition", "edition", Edition)

    def _load_folder(
        self, kind: Kind, model: type[Record], *, id_field: str = "id"
    ) -> dict[str, Record]:
        records: dict[str, Record] = {}
        for path in sorted((self.data_dir / kind).glob("*.yaml")):
            record = self._load_record(path, kind, path.stem, model)
            self.problems += self._check_id(kind, path.stem, id_field)
            if record is not None:
                records[path.stem] = record
        return dict(sorted(records.items()))

    def _load_nested(
        self, kind: Kind, model: type[Record], *, folder_field: str
    ) -> dict[str, Record]:
        """Read records that lie in folders; a field of theirs has to name the folder."""
        records: dict[str, Record] = {}
        for path in sorted((self.data_dir / kind).glob("*/*.yaml")):
            folder = path.parent.name
            key = f"{folder}/{path.stem}"
            record = self._load_record(path, kind, key, model)
            self.problems += self._check_id(kind, key, "id")
            given = self._given(kind, key, folder_field)
            if given not in (None, folder):
                self.problems.append(
                    self.files[kind, key].problem(
                        f"{folder_field}-folder",
                        f"`{folder_field}` is {given}, but the file lies in the folder of {folder}",
                        fix=f"move the file to {kind}/{given}/ or correct `{folder_field}`",
                        at=(folder_field,),
                    )
                )
                self.broken.add((kind, f"{given}/{path.stem}"))
                continue
            if record is not None:
                records[key] = record
        return dict(sorted(records.items()))

    def _load_record(self, path: Path, kind: Kind, key: str, model: type[Record]) -> Record | None:
        self.read.add(path)
        file, problems = load_yaml(path, self._shown(path))
        if wrong_name := _why_wrong_name(kind, path.stem):
            message, fix = wrong_name
            self.problems += [*problems, file.problem("file-name", message, fix=fix)]
            # Whatever points to it by its right name is no second mistake.
            self.broken |= {(kind, key.lower()), (kind, key.upper())}
            return None
        self.files[kind, key] = file
        record = None
        if file.data is not None:
            record, found = validate_record(model, file)
            problems = problems + without_consequences(problems, found)
        if record is None:
            self.broken.add((kind, key))
        self.problems += problems
        return record

    def _given(self, kind: Kind, key: str, field: str) -> str | None:
        """Return what a field says, also where other fields are wrong; none if it is wrong itself.

        So that a record in the wrong place is told at once, and not when all else is mended.
        """
        file = self.files.get((kind, key))
        given = file.data.get(field) if file and isinstance(file.data, dict) else None
        if file is None or not isinstance(given, str):
            return None
        place = Position(file.path, *file.place_of((field,)))
        is_refused = (kind, key) in self.broken and any(p.position == place for p in self.problems)
        return None if is_refused else given

    def _check_id(self, kind: Kind, key: str, id_field: str) -> Iterator[Problem]:
        given, expected = self._given(kind, key, id_field), key.rpartition("/")[2]
        if given not in (None, expected):
            yield self.files[kind, key].problem(
                "identifier-file-name",
                f"`{id_field}` is {given}, but the file is called {expected}.yaml",
                fix=f"write `{id_field}: {expected}`, or rename the file if it is new; "
                "addresses of published records never change",
                at=(id_field,),
            )

    def _load_authored(self) -> Iterator[AuthoredPage]:
        if self.content_dir is None:
            return
        for path in sorted(self.content_dir.glob("*/**/*.md")):
            self.read.add(path)
            language, *parts = path.relative_to(self.content_dir).with_suffix("").parts
            shown = f"{self.content_dir.name}/{path.relative_to(self.content_dir).as_posix()}"
            file, problems = load_text(path, shown)
            page = None
            if not problems:
                # An index is the page of its folder.
                name = "/".join(parts).removesuffix("/index")
                page, problems = parse_authored(file, language=language, name=name)
            self.problems += problems
            if page is not None:
                yield page

    def _load_lock(self) -> dict[str, dict[str, str]]:
        path = self.data_dir / TRANSLATION_LOCK
        if not path.is_file():
            return {}
        self.read.add(path)
        file, problems = load_text(path, self._shown(path))
        self.problems += problems
        try:
            return _LOCK.validate_json("\n".join(file.lines)) if not problems else {}
        except ValidationError as error:
            message = f"the lock of translations can't be read: {error.errors()[0]['msg']}"
            fix = "delete it, and run `dalil translations --accept`"
            self.problems.append(file.problem("translation-lock", message, fix=fix))
            return {}

    def _load_places(self) -> dict[str, Place]:
        path = self.data_dir / "places.csv"
        if not path.is_file():
            self.broken.add(ALL_PLACES)
            nothing = SourceFile(self._shown(path), ())
            fix = "create it with the columns " + ",".join(place_table.COLUMNS)
            self.problems.append(
                nothing.problem("missing-file", "the table of cities is missing", fix=fix)
            )
            return {}
        self.read.add(path)
        file, problems = load_text(path, self._shown(path))
        self.problems += problems
        table = place_table.PlaceTable({}, {}, None, [])
        if not problems:
            table = place_table.parse_place_table(file)
        self.problems += table.problems
        if table.broken is None:
            self.broken.add(ALL_PLACES)
        else:
            self.broken |= {("places", name) for name in table.broken}
        for name, line in table.lines.items():
            self.files["places", name] = dataclasses.replace(file, values={(): (line, 1)})
        return table.places

    def _check_stray_files(self) -> Iterator[Problem]:
        """Yield what lies in the folder but is not read: nothing is lost by a wrong name."""
        folders = [kind for kind in get_args(Kind) if kind not in ("places", "edition")]
        known = ["places.csv", "edition.yaml", TRANSLATION_LOCK, *folders]
        for path in sorted(self.data_dir.rglob("*")):
            relative = path.relative_to(self.data_dir)
            is_hidden = any(part.startswith(".") for part in relative.parts)
            if path.is_dir() or path in self.read or is_hidden or path.name in _NOT_DATA:
                continue
            fix = "see docs/data-dictionary.md for what lies where"
            if relative.parts[0] not in known and (meant := nearest(relative.parts[0], known)):
                fix = f"did you mean {meant}?"
            elif path.suffix in (".yml", ".YAML", ".YML"):
                fix = f"rename it to {path.stem}.yaml"
            nothing = SourceFile(self._shown(path), ())
            message = "this file is not read: its name or folder is not one of the data's"
            yield nothing.problem("stray-file", message, fix=fix)

    def _shown(self, path: Path) -> str:
        return f"{self.shown_as}/{path.relative_to(self.data_dir).as_posix()}"


def _why_wrong_name(kind: Kind, name: str) -> tuple[str, str] | None:
    """Return what is wrong with a file's name and how to mend it; none if it is an identifier."""
    if kind == "countries":
        if name.upper() != name:
            return f"the file of a country bears its code in capitals, not {name}", (
                f"rename it to {name.upper()}.yaml"
            )
    elif kind not in ("interface", "search") and not IDENTIFIER.fullmatch(name):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        return f"{quote(name)} can't be an identifier, and so no file's name", (
            f"rename it to {slug}.yaml"
        )
    return None
