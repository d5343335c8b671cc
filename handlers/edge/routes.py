"""The handler of each word: a table for each kind of payload."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agendas.errors import CadenceError
from agendas.rendering.words import Words
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.page_views import HomeMark
from handlers.edge.replies import Publish, Reply, View
from handlers.edge.request import Request

Handler = Callable[[Request, Deps], Awaitable[Reply]]
"""Answers a request. Raises CadenceError with the sentence of a refusal."""

Notice = Callable[[Incoming, dict[str, Any], str, Deps], Awaitable[None]]
"""Takes in an event that asks nothing: its parts, its payload, the workspace's id, and `Deps`."""

Concern = Callable[[Incoming, dict[str, Any], str, Deps], Awaitable[bool]]
"""Return whether an event of a kind that comes in masses is for the bot: its parts, payload and workspace's id."""

HomeAnew = Callable[[Request, Deps, HomeMark], Awaitable[Publish]]
"""Makes the person's Home anew, in the place of the one with this mark."""

FormInstead = Callable[[Any, View, Words], View]
"""Builds the form that takes the place of a submitted one, from the error that refused it."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The handlers by kind of payload and word.

    The word of a select inside a form may carry a suffix after a slash (`field/account/7`), so that its id is unique.

    Args:
        tables: the handlers of each kind of payload, by word.
        notices: events that tell something and ask nothing.
        concerns: events of which most are not for the bot; asked before anybody is looked up.
        choices: words of selects and boxes that are read when their form is submitted. A change of one needs no work,
            so it is acknowledged without asking who it was.
        forms_instead: the form that takes the place of one refused with this error.
        home: makes the Home anew after something was recorded on it or above it.
    """

    tables: Mapping[str, Mapping[str, Handler]]
    notices: Mapping[str, Notice]
    choices: frozenset[str]
    forms_instead: Mapping[type[CadenceError], FormInstead]
    home: HomeAnew | None = None
    concerns: Mapping[str, Concern] = field(default_factory=dict)

    def find(self, kind: str, word: str) -> Handler | None:
        """The handler of this word, None when there is none."""
        return self.tables.get(kind, {}).get(self.known(kind, word))

    def known(self, kind: str, word: str) -> str:
        """The word as its table has it, without a suffix; empty when no table has it."""
        table = self.tables.get(kind, {})
        heard = (each for each in (word, word.split("/", 1)[0]) if each in table or each in self.choices)
        return next(heard, "")

    def is_choice(self, kind: str, word: str) -> bool:
        """True for a change of a field that is read when its form is submitted."""
        return kind == "button" and self.known(kind, word) in self.choices
