"""What a model refuses, told as problems that an editor can mend, each at its line and column."""

from __future__ import annotations

import difflib
import json
import re
import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from generator.problems import Problem
from generator.values.errors import quote, shorten
from generator.yaml_source import DataPath, SourceFile

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "dict_type": "a group of fields",
    "model_type": "a group of fields",
    "model_attributes_type": "a group of fields",
    "tuple_type": "a list",
}
_HOW_TO_WRITE = {
    "a text": "write the text after the colon",
    "true or false": "write true or false, without quotation marks",
    "a whole number": "write the number in digits, without quotation marks",
    "a number": "write the number in digits, without quotation marks",
    "a group of fields": "write its fields indented below it, or as {en: …}",
    "a list": "begin each item on a line of its own with `- `",
}


def validate_record(model: type[Model], file: SourceFile) -> tuple[Model | None, list[Problem]]:
    """Return the record that a file holds, or none and everything that is wrong with it."""
    try:
        return model.model_validate(file.data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    reader = _ErrorReader(model, file)
    return None, [problem for detail in details for problem in reader.read(detail, details)]


def without_consequences(problems: list[Problem], found: list[Problem]) -> list[Problem]:
    """Return what validation found, without wrong types that an ambiguous word explains."""
    explained = {p.position for p in problems if p.rule == "yaml-ambiguous"}
    return [p for p in found if p.rule != "wrong-type" or p.position not in explained]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, none if none is near."""
    matches = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


class _ErrorReader:
    """Reads Pydantic's errors by their type, never by their English text."""

    def __init__(self, model: type[BaseModel], file: SourceFile) -> None:
        self.model = model
        self.file = file

    def read(self, error: ErrorDetails, all_errors: list[ErrorDetails]) -> Iterator[Problem]:
        """Yield the problems of one error: one, or none where another error says it better."""
        path, missing = self._find(error["loc"])
        kind, given, context = error["type"], error["input"], error.get("ctx", {})
        if "message" in context and "fix" in context:
            yield self._problem(kind, context["message"], context["fix"], path)
        elif kind == "missing":
            if missing not in self._meant_by_unknown(path, all_errors):
                fix = f"add `{missing}:`{self._example(path, str(missing))}"
                yield self._problem("missing-field", f"`{missing}` is missing", fix, path)
        elif kind == "extra_forbidden":
            yield self._unknown_field(path)
        elif kind == "union_tag_not_found":
            yield self._missing_tag(str(context["discriminator"]).strip("'"), given, path)
        elif kind == "union_tag_invalid":
            at = (*path, str(context["discriminator"]).strip("'"))
            yield self._wrong_word(context["tag"], context["expected_tags"], at)
        elif kind == "literal_error":
            yield self._wrong_word(given, context["expected"], path)
        elif kind == "too_short":
            # Items that were refused one by one leave a list that only looks empty.
            if not given:
                yield self._problem("empty-list", "there is nothing in it", "add an item", path)
        elif kind in _EXPECTED:
            yield self._wrong_type(kind, given, path)
        else:
            reason = error["msg"].replace("Input", "it", 1)
            message = f"{quote(given)} can't be right: {reason}"
            yield self._problem("wrong-value", message, "correct the value", path)

    def _problem(self, rule: str, message: str, fix: str, path: DataPath) -> Problem:
        return self.file.problem(rule, message, fix=fix, at=path)

    def _find(self, location: tuple[str | int, ...]) -> tuple[DataPath, str]:
        """Return the path into the data, without the names of models that Pydantic mixes in.

        The second value is the last part of the location, where it names a field that is absent.
        """
        path: DataPath = ()
        here: Any = self.file.data
        for part in location:
            is_item = isinstance(here, tuple) and isinstance(part, int) and part < len(here)
            if is_item or (isinstance(here, dict) and part in here):
                here = here[part]
                path = (*path, part)
        return path, str(location[-1]) if location else ""

    def _missing_tag(self, name: str, given: Any, path: DataPath) -> Problem:
        """Return the problem of a record whose kind is not told, perhaps for a misspelt field."""
        keys = [str(key) for key in given] if isinstance(given, dict) else []
        if meant := nearest(name, keys):
            return self.file.problem(
                "unknown-field",
                f"unknown field `{meant}`; did you mean `{name}`?",
                fix=f"write `{name}:`",
                at=(*path, meant),
                on_key=True,
            )
        return self._problem("missing-field", f"`{name}` is missing", f"add `{name}:`", path)

    def _unknown_field(self, path: DataPath) -> Problem:
        name, known = str(path[-1]), self._fields(path[:-1])
        meant = nearest(name, known)
        message = f"unknown field `{shorten(name)}`"
        if meant:
            message += f"; did you mean `{meant}`?"
            fix = f"write `{meant}:`"
        else:
            fix = "remove it; known fields here: " + ", ".join(known)
        return self.file.problem("unknown-field", message, fix=fix, at=path, on_key=True)

    def _meant_by_unknown(self, path: DataPath, errors: list[ErrorDetails]) -> set[str | None]:
        """Return the known fields that the unknown ones beside a missing field were meant to be."""
        unknown = [self._find(e["loc"])[0] for e in errors if e["type"] == "extra_forbidden"]
        known = self._fields(path)
        return {nearest(str(other[-1]), known) for other in unknown if other[:-1] == path}

    def _wrong_word(self, given: Any, expected: str, path: DataPath) -> Problem:
        words = re.findall(r"'([^']*)'", expected)
        meant = nearest(str(given), words)
        field = next((part for part in reversed(path) if isinstance(part, str)), "value")
        found = quote(given) if isinstance(given, str) else self._describe(given, path)
        message = f"{found} is not a known `{field}`"
        fix = f"write {meant}" if meant else "write one of: " + ", ".join(words)
        return self._problem("unknown-word", message, fix, path)

    def _wrong_type(self, kind: str, given: Any, path: DataPath) -> Problem:
        expected, raw = _EXPECTED[kind], self.file.raw.get(path, "")
        if given is None:
            name = f"`{path[-1]}`" if path and isinstance(path[-1], str) else "this"
            return self._problem(
                "wrong-type", f"{name} has no value", _HOW_TO_WRITE[expected], path
            )
        if expected == "a text" and isinstance(given, bool | int | float):
            reading = "yes or no" if isinstance(given, bool) else "a number"
            return self._problem(
                "wrong-type",
                f"{raw} without quotation marks is read as {reading}, but a text is needed",
                f'write "{raw}"',
                path,
            )
        message = f"{expected} is needed here, not {self._describe(given, path)}"
        fix = _HOW_TO_WRITE[expected]
        if kind == "dict_type" and isinstance(given, str):
            fix = f"write {{en: {quote(raw)}}}"
        return self._problem("wrong-type", message, fix, path)

    def _describe(self, given: Any, path: DataPath) -> str:
        if given is None:
            return "nothing"
        if isinstance(given, dict | tuple):
            return "a group of fields" if isinstance(given, dict) else "a list"
        return quote(self.file.raw.get(path, given))

    def _fields(self, path: DataPath) -> list[str]:
        """Return the names of the fields that the record at a path may have."""
        return sorted({name for model in self._models(path) for name in model.model_fields})

    def _example(self, path: DataPath, name: str) -> str:
        """Return how a field of the record at a path looks in a file, if its model says so."""
        for model in self._models(path):
            field = model.model_fields.get(name)
            if field and field.examples:
                return f", e.g. `{name}: {json.dumps(field.examples[0], ensure_ascii=False)}`"
        return ""

    def _models(self, path: DataPath) -> list[type[BaseModel]]:
        """Return the models of which the record at a path may be."""
        here: list[Any] = [self.model]
        data: Any = self.file.data
        for part in path:
            data = data[part]
            here = [step for annotation in here for step in _step(annotation, part)]
            # Of several models (a union), the one whose `kind` the data names is meant.
            if isinstance(data, dict):
                named = [m for m in here if _kind_of(m) == data.get("kind")]
                here = named or here
        return [model for model in here if _is_model(model)]


def _step(annotation: Any, part: str | int) -> list[Any]:
    """Return the types that a part of a value of this type may have, unions taken apart."""
    if _is_model(annotation) and not issubclass(annotation, RootModel):
        field = annotation.model_fields.get(str(part))
        return _alternatives(field.annotation) if field else []
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is tuple:
        return _alternatives(arguments[0])
    if typing.get_origin(annotation) is dict:
        return _alternatives(arguments[1])
    return []


def _alternatives(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _alternatives(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [step for a in typing.get_args(annotation) for step in _alternatives(a)]
    return [annotation]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _kind_of(annotation: Any) -> str | None:
    if not _is_model(annotation) or "kind" not in annotation.model_fields:
        return None
    values = typing.get_args(annotation.model_fields["kind"].annotation)
    return str(values[0]) if len(values) == 1 else None
