"""Dependencies of the handlers: the database, the words, the clock, and what only the process can do."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import datetime
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.facts.audience import Audience, Members
from agendas.rendering.words import Words
from agendas.verbs.privacy import as_seen_by
from assistant.by_model import LanguageModel
from handlers.edge.request import Request
from storage import inbox
from storage.database import Store

P = ParamSpec("P")
T = TypeVar("T")


SessionStatus = Literal["processing", "active"]
"""Status of a thread in the agent view: being worked on, with a button to stop it, or waiting for the person."""


class Repeated(Exception):
    """The request was taken before; nothing is done a second time."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ChannelAnswer:
    """Slack's answer about a channel: `is_shared` is None for one that the bot cannot see."""

    is_member: bool
    is_archived: bool = False
    is_shared: bool | None = False
    name: str = ""
    is_private: bool = True


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a handler works with. All of it but `audience` is required, so that bad wiring fails at the start.

    Args:
        store: the database; handlers go through `read`, `read_long` and `write` below.
        now: the clock.
        ask_channel: given workspace and channel, Slack's answer about the channel; None when it does not give one.
        after_request: called once for each request, with its kind, its outcome and the seconds it took.
        seal: encrypts a secret, so that it may be stored.
        send_file: sends a person of a workspace a file. Raises Refused when it may not have arrived.
        begin_imports: starts reading the files that wait for it.
        after_answers: called with workspace, channel and how many answers were posted there for everybody.
        members_of: given workspace and channel, who is in the channel now.
        read_members: reads the members of channels again after an event about them.
        model: asks a language model what the rules are not sure of; None where no key is given.
        begin_answers: starts answering the questions that wait for the model.
        stop_answers: ends this process's work on the questions with these ids.
        set_session: given workspace, channel and thread, shows in the agent view whether its question is being worked
            on, with a title for a thread that begins, '' for any other.
        suggest: shows questions to ask at the top of a direct conversation.
        fetch_file: given workspace and the id of a file, its bytes. Raises Refused if Slack does not give them.
        public_url: the address at which the bot is reached from outside, '' if it is not set.
        audience: the readers of the reply; None if nothing is shown to anybody.
    """

    store: Store
    words: Words
    now: Callable[[], datetime]
    ask_channel: Callable[[str, str], Awaitable[ChannelAnswer | None]]
    _: KW_ONLY
    after_request: Callable[[str, str, float], None]
    version: str
    seal: Callable[[str], str]
    send_file: Callable[[str, str, File], Awaitable[None]]
    begin_imports: Callable[[], None]
    after_answers: Callable[[str, str, int], Awaitable[None]]
    members_of: Callable[[str, str], Awaitable[Members]]
    read_members: Callable[[], None]
    model: LanguageModel | None
    begin_answers: Callable[[], None]
    stop_answers: Callable[[Collection[int]], None]
    set_session: Callable[[str, str, str, SessionStatus, str], Awaitable[None]]
    suggest: Callable[[str, str, Sequence[str]], Awaitable[None]]
    fetch_file: Callable[[str, str], Awaitable[bytes]]
    has_mail: bool
    public_url: str
    audience: Audience | None = None

    def for_readers(self, audience: Audience) -> "Deps":
        """Return these dependencies, finding only the accounts that everybody of the audience may see."""
        return replace(self, audience=audience)

    async def is_shared_outside(self, workspace_id: str, channel_id: str) -> bool | None:
        """Return whether another company reads the channel, None when Slack does not say."""
        answer = await self.ask_channel(workspace_id, channel_id)
        return answer.is_shared if answer else None

    async def read(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the verb finds; it may store nothing."""
        return await self.store.read(self._seen(verb), *args, **kwargs)

    async def read_long(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `read`, for a verb that takes long, so that no short read waits behind it."""
        return await self.store.read_long(self._seen(verb), *args, **kwargs)

    async def note(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the verb did, committed. For facts learned from Slack, which may be learned twice."""
        return await self.store.write(verb, *args, **kwargs)

    async def write(
        self, request: Request, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what the verb did, committed together with the inbox row of this request and its answer.

        A message counts once, however many events announce it: two for a mention in a direct message.

        Raises:
            Repeated: when the request was taken before; nothing is written.
            Exception: what the verb raises; nothing is written.
        """

        def once(session: Session) -> tuple[T, int | None]:
            """The verb's result, and the number of the answer that now waits to go out, if the request gets one."""
            # in one transaction: the same request delivered twice is refused here the second time
            _take(session, request)
            done = self._seen(verb)(session, *args, **kwargs)
            if not request.is_answered:
                return done, None
            return done, inbox.begin_answer(session, request.workspace_id, request.person.user_id, request.now)

        done, answer_id = await self.store.write(once)
        request.written.yes = True
        if answer_id is not None:
            request.written.answers.append(answer_id)
        return done

    async def keep(
        self, request: Request, verb: Callable[Concatenate[Session, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Like `write`, for a verb that stores what was found before: it looks up, records and queues nothing.

        Delivery is not woken for it. Raises Repeated for a request taken before, and what the verb raises.
        """

        def once(session: Session) -> None:
            """Note the request as taken and store, in one transaction: a repeated delivery stores nothing."""
            _take(session, request)
            verb(session, *args, **kwargs)

        await self.store.write_quietly(once)
        request.written.yes = True

    def _seen(self, verb: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
        """The verb, finding only the accounts that everybody of the audience may see; as it is without an audience."""
        return verb if self.audience is None else as_seen_by(self.audience, self.now(), verb)


def _take(session: Session, request: Request) -> None:
    """Note the request as taken, by its own key and by that of its message. Raises Repeated if one was before."""
    for key in filter(None, (request.key, request.incoming.message_key)):
        if not inbox.note_key(session, request.workspace_id, key, request.now):
            raise Repeated
