"""What handlers work with, given to each of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.errors import Refused
from agendas.rendering.words import Words
from handlers.request import Request
from storage.database.engine import Store
from storage.delivery import inbox

P = ParamSpec("P")
T = TypeVar("T")


class Repeated(Exception):
    """The same thing was taken before; nothing is done a second time."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to send to a person."""

    name: str
    content: bytes


async def _nowhere(_workspace_id: str, _user_id: str, _file: File) -> None:
    raise Refused("Files cannot be sent from here.")


async def _uncounted(_workspace_id: str, _channel_id: str, _messages: int) -> None:
    """Where nothing else is posted."""


@dataclass(frozen=True, slots=True)
class Deps:
    """The store, the words, the clock, and a question to Slack.

    `is_shared_outside`, given workspace and channel, says whether another company reads the channel; None when Slack
    does not say. `after_request` is called once for each request, with its kind, its outcome and the seconds it took.
    `version` is the program's, `seal` makes of a secret what may be stored. `send_file` sends a person of a
    workspace a file, and raises Refused when it may not have come. `begin_imports` has the files read that wait for it.
    `after_answers`, given workspace, channel and a number, is called when so many answers were posted there.
    """

    store: Store
    words: Words
    now: Callable[[], datetime]
    is_shared_outside: Callable[[str, str], Awaitable[bool | None]]
    after_request: Callable[[str, str, float], None] = lambda _kind, _outcome, _seconds: None
    version: str = "unknown"
    seal: Callable[[str], str] = str
    send_file: Callable[[str, str, File], Awaitable[None]] = _nowhere
    begin_imports: Callable[[], None] = lambda: None
    after_answers: Callable[[str, str, int], Awaitable[None]] = _uncounted

    async def read(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the verb finds; nothing it does is kept."""
        return await self.store.read(verb, *args, **kwargs)

    async def write(
        self, request: Request, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What the verb did, committed together with the note that this request was taken.

        Raises Repeated when it was taken before, and what the verb raises, with nothing written.
        """

        def once(session: Session) -> T:
            if request.key and not inbox.take(session, request.workspace_id, request.key, request.now):
                raise Repeated
            return verb(session, *args, **kwargs)

        return await self.store.write(once)
