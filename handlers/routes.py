"""Which handler hears what: a table for each kind of payload."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlmodel import Session

from agendas.errors import CadenceError
from handlers.deps import Deps
from handlers.incoming import Incoming
from handlers.replies import Reply
from handlers.request import Request

T = TypeVar("T")
Handler = Callable[[Request, Deps], Awaitable[Reply]]
Notice = Callable[[Incoming, dict[str, Any], str, Deps], Awaitable[None]]


class EventRefusal(Protocol):
    """Answers an event that could not be served."""

    def __call__(
        self, came: Incoming, body: dict[str, Any], error: CadenceError, deps: Deps, *, workspace_id: str
    ) -> Awaitable[Reply]:
        """The answer to who caused the event."""


@dataclass(frozen=True, slots=True)
class Looking(Generic[T]):
    """A handler in two halves: `look` reads what it needs first, `show` does the rest and answers.

    The edge has `look` read in the same visit to the database as who asks, so that it is one hop for both. It is for
    what is asked often; any other handler reads for itself.
    """

    look: Callable[[Session, Request], T]
    show: Callable[[Request, Deps, T], Awaitable[Reply]]

    async def __call__(self, request: Request, deps: Deps) -> Reply:
        """Both halves, one after the other, for another handler that hands the request on."""
        return await self.show(request, deps, await deps.read(self.look, request))


@dataclass(frozen=True, slots=True)
class Routes:
    """The tables by kind of payload and word; `notices` are events that tell of something and ask nothing.

    `choices` are words of selects and boxes in forms that are read when the form is submitted. Nothing is done about
    them, so they are acknowledged without asking who it was. `refuse_event` answers an event that could not be served,
    given the payload and the workspace's id.

    The word of a select inside a form may carry a suffix after a slash (`account/7`), so that its id is unique.
    """

    tables: Mapping[str, Mapping[str, Handler]]
    notices: Mapping[str, Notice]
    choices: frozenset[str]
    refuse_event: EventRefusal

    def find(self, kind: str, word: str) -> Handler | None:
        """The handler of this word, None when nobody listens."""
        return self.tables.get(kind, {}).get(self.known(kind, word))

    def known(self, kind: str, word: str) -> str:
        """The word as its table has it, without a suffix; empty when nobody listens."""
        table = self.tables.get(kind, {})
        heard = (each for each in (word, word.split("/", 1)[0]) if each in table or each in self.choices)
        return next(heard, "")

    def is_choice(self, kind: str, word: str) -> bool:
        """Whether this is a choice in a form, of which nothing has to be done."""
        return kind == "button" and self.known(kind, word) in self.choices
