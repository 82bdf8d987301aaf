"""Questions at the terminal, each answered by an option or by a person, and judged at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import click
from babel import Locale

from generator.authoring.answers import RefusedError, choose, choose_several, parse_language
from generator.values.text import SOURCE_LANGUAGE

Answer = TypeVar("Answer")

_ENGLISH = Locale("en")
_LISTED = 40
"""How many choices are listed under a question, at most."""


def is_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class Dialogue:
    """Takes answers from options; asks for the others where somebody can answer.

    `required` are the options without which there is no record, and what they were given. When all
    are there nothing is asked. Raises `click.UsageError` where one is missing and nobody is there.
    """

    def __init__(self, required: Mapping[str, object]) -> None:
        missing = [option for option, given in required.items() if not given]
        self.asks = bool(missing) and is_terminal()
        if missing and not self.asks:
            raise click.UsageError(
                "nobody is at a terminal to be asked, so these options are needed: "
                + ", ".join(missing)
            )
        if self.asks:
            click.echo("Enter skips what is optional. Ctrl-C leaves without writing anything.\n")

    def ask(
        self,
        option: str,
        question: str,
        parse: Callable[[str], Answer],
        *,
        given: str | None = None,
        suggested: str | None = None,
    ) -> Answer:
        """Return a good answer, asking as often as needed."""
        if given is None and not self.asks:
            assert suggested is not None
            given = suggested
        if given is not None:
            return parse_option(option, given, parse)
        while True:
            answer = click.prompt(question, default=suggested, prompt_suffix=_suffix(question))
            try:
                return parse(str(answer).strip())
            except RefusedError as refused:
                tell(refused)

    def ask_optional(
        self,
        option: str,
        question: str,
        parse: Callable[[str], Answer],
        *,
        given: str | None,
        hint: str = " (optional)",
    ) -> Answer | None:
        """Return a good answer, or none; `hint` says after the question what Enter means."""
        if given is not None:
            return parse_option(option, given, parse)
        while self.asks:
            answer = click.prompt(
                question + hint, default="", show_default=False, prompt_suffix=_suffix(question)
            ).strip()
            if not answer:
                break
            try:
                return parse(answer)
            except RefusedError as refused:
                tell(refused)
        return None

    def choose(
        self,
        option: str,
        question: str,
        choices: Mapping[str, str],
        *,
        what: str,
        given: str | None = None,
        also: Mapping[str, str] = {},
        otherwise: str = "",
    ) -> str:
        """Return which of the choices is meant, by number, identifier or name.

        `also` are other names of the choices, such as those in other languages; `otherwise` says
        what to do about something that is none of them.
        """
        _require(choices, what)

        def parse(answer: str) -> str:
            try:
                return choose(also.get(answer.strip().casefold(), answer), choices, what=what)
            except RefusedError as refused:
                fix = f"{refused.fix}, {otherwise}" if otherwise else refused.fix
                raise RefusedError(refused.message, fix) from refused

        if given is None:
            _list(question, choices)
        return self.ask(option, question, parse, given=given)

    def choose_several(
        self,
        option: str,
        question: str,
        choices: Mapping[str, str],
        *,
        what: str,
        given: Sequence[str],
        is_optional: bool = False,
    ) -> tuple[str, ...]:
        """Return which of the choices are meant; they are divided by commas."""

        def parse(answer: str) -> tuple[str, ...]:
            return tuple(choose_several([answer], choices, what=what))

        joined = ",".join(given) or None
        if is_optional and joined is None and not (choices and self.asks):
            return ()
        _require(choices, what)
        if joined is None:
            _list(question, choices)
        asked = f"{question} (several divided by commas)"
        if is_optional:
            return self.ask_optional(option, asked, parse, given=joined) or ()
        return self.ask(option, asked, parse, given=joined)

    def ask_texts(
        self,
        option: str,
        question: str,
        languages: Sequence[str],
        check: Callable[[dict[str, str]], None],
        *,
        given: Sequence[str],
        is_optional: bool = False,
    ) -> dict[str, str]:
        """Return a text by language: given as `text` or `fr=text`, or asked for one by one."""
        texts: dict[str, str] = {}

        def parse(language: str, answer: str) -> None:
            check({language: answer})
            texts[language] = answer

        for one in given:
            language, text = parse_language(one)
            if language in texts:
                raise click.UsageError(
                    f"{option}: there are two texts in {_ENGLISH.languages.get(language, language)}"
                    "\nfix: write the language before the others, e.g. fr=Ligne verte"
                )
            parse_option(option, text, partial(parse, language))
        if given or not self.asks:
            return texts
        while True:
            for language in languages:
                is_first = language == SOURCE_LANGUAGE
                later = "" if is_first else ", or Enter for later"
                # Not in brackets, which stand around what Enter means.
                hint = f" (in {_ENGLISH.languages.get(language, language)}{later})"
                hint += " (optional)" if is_first and is_optional else ""
                self.ask_optional(
                    option,
                    question,
                    partial(parse, language),
                    given=None,
                    hint=hint,
                )
                if is_optional and not texts:
                    return texts
            if texts:
                return texts
            click.echo("It is needed in one language at least.")


def parse_option(option: str, given: str, parse: Callable[[str], Answer]) -> Answer:
    """Return what an option says. Raises `click.UsageError` for what can't be right."""
    try:
        return parse(given)
    except RefusedError as refused:
        raise click.UsageError(f"{option}: {refused.message}\nfix: {refused.fix}") from refused


def tell(refused: RefusedError) -> None:
    """Say what is wrong with an answer as `dalil check` says it."""
    click.echo(f"  {refused.message}\n  fix: {refused.fix}")


def _require(choices: Mapping[str, str], what: str) -> None:
    """Raise `click.UsageError` where nothing can be chosen, so that nobody is asked for ever."""
    if not choices:
        raise click.UsageError(f"the data has no {what} yet: write one first")


def _suffix(question: str) -> str:
    return " " if question.endswith("?") else ": "


def _list(question: str, choices: Mapping[str, str]) -> None:
    if len(choices) > _LISTED:
        return
    click.echo(question)
    for number, (key, name) in enumerate(choices.items(), start=1):
        click.echo(f"{number:>4}  {key}" + ("" if name == key else f"  {name}"))
