"""Words of a command that have to be asked about: what is unclear, and the words that say it plainly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agendas.errors import NotUnderstood
from agendas.text.word_stream import kept

ITEM = "\u241e"
"""Marks around the id of the action or blocker that was chosen, in a command run again."""

CHOSEN = re.compile(f"{ITEM}\\d+{ITEM} ?")
"""The id with its marks."""

NONE = frozenset({"nothing", "none", "no", "nobody", "no one", "nope", "n/a", "-", "nothing new", "nothing yet"})
"""Texts that name no blocker and no next action."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The label of a button, and the words after ACCOUNT that it stands for."""

    label: str
    rest: str


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """An @name that nobody has; `before` and `after` are the words around it."""

    typed: str
    before: str
    after: str


class UnclearPart(NotUnderstood):
    """A part of a command's words that is asked about; nothing is taken for text in silence.

    Attributes:
        choices: what may be meant, most likely first.
        as_text: the words after ACCOUNT by which the part is text; empty where it cannot be.
        entered: what was understood, by the names of the form's fields.
        person: the @name that is asked about.
    """

    def __init__(
        self,
        sentence: str,
        choices: tuple[Choice, ...] = (),
        *,
        as_text: str = "",
        entered: Mapping[str, str] | None = None,
        person: UnknownPerson | None = None,
    ) -> None:
        self.choices, self.as_text, self.person = choices, as_text, person
        self.entered: dict[str, str] = dict(entered or {})
        super().__init__(sentence)


def refuse_nothing(typed: str, sentence: str) -> None:
    """Raise UnclearPart with the sentence for a text that says only that there is none."""
    if typed.rstrip(" .!").casefold() in NONE:
        raise UnclearPart(sentence, as_text=first_kept(typed))


def first_kept(rest: str) -> str:
    """The words with their first one kept as text."""
    found = re.match(r"[^\s.,;:!]+", rest)
    return f"{kept(found[0])}{rest[found.end() :]}" if found else rest
