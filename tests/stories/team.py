"""A sales and marketing team with the bot running in their workspace, and a clock that tests put forward."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from agendas.facts.account import AccountState, Source
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.verbs import account_list, updates
from agendas.verbs.record import Recorded, current_state
from bot.clock import ShiftedClock
from bot.wiring import BotProcess, running
from sandbox.blocks import Value, elements_of
from sandbox.client import MessageTarget, Outcome
from sandbox.readable import message_words
from sandbox.server import Sandbox
from sandbox.testing import ChannelView, Form, MessageView, Person, Seen
from sandbox.workspace import PATIENCE_SECONDS
from storage import accounts, inbox, outbox
from storage.database import Store
from storage.models.delivery import AnswerUnderWay, Letter
from storage.models.events import Event
from storage.models.workspaces import Channel
from tests.stories.beginning import ZONE, give_rights, settings_of, unpaced
from tests.titles import title_of

ANSWER_SECONDS = 2.0
COLLECTING = ("told", "digest")
"""Pages of messages that wait for more."""


@dataclass
class RunningBot:
    """The bot at work in a workspace: its stored state, and waiting until it is done."""

    sandbox: Sandbox
    cadence: BotProcess
    clock: ShiftedClock
    expects_trouble: bool = False
    """Set by stories of things that go wrong; every other story ends with nothing refused, late or failed."""
    left_unanswered: set[int] = field(default_factory=set)
    """Answers of a process that is gone, by id: no story waits for them."""
    _written: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        wake = self.cadence.store.after_write

        def after_write() -> None:
            self._written.set()
            wake()

        self.cadence.store.after_write = after_write

    @property
    def store(self) -> Store:
        return self.cadence.store

    @property
    def workspace_id(self) -> str:
        return self.sandbox.workspace.team.id

    async def passes(self, time: timedelta) -> None:
        """Put the clock forward; due work is done and its posts are there."""
        await self._answered()
        self.clock.shift_to(self.clock.now() + time)
        await self.cadence.scheduler.tick_now()
        await self.quiet()

    async def at(self, instant: datetime) -> None:
        """Put the clock to this instant; due work is done and its posts are there."""
        await self.passes(instant - self.clock.now())

    async def quiet(self) -> None:
        """Wait until no letter is left that could go; the clock passes the bot's own pauses."""
        await self.sandbox.settled()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                self._written.clear()  # before the look, so that no write after it is missed
                if not self._is_any_under_way():
                    return
                self.cadence.delivery.wake()
                await self._written.wait()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                self._written.clear()
                if not holds():
                    await self._written.wait()

    def recorded(self) -> list[Event]:
        return self.store.read_now(lambda session: list(session.exec(select(Event).order_by(col(Event.id)))))

    def letters(self, *states: str) -> list[Letter]:
        return self.store.read_now(_letters, states)

    def problems(self) -> list[str]:
        """Problems so far: letters refused or unconfirmed, and requests that the bot failed to answer."""
        letters = [f"{each.key}: {each.state}, {each.last_error}" for each in self.letters("refused", "unsure")]
        unanswered = [str(each.payload) for each in self.sandbox.slack.delivery.log if not each.answer.ok]
        return [*letters, *unanswered]

    async def _answered(self) -> None:
        """Wait a moment for answers under way: to put the clock forward would make them overdue."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await self.until(lambda: set(self.answers_under_way()) <= self.left_unanswered)

    def answers_under_way(self) -> list[int]:
        return self.store.read_now(lambda session: [each.row_id for each in session.exec(select(AnswerUnderWay))])

    def _is_any_under_way(self) -> bool:
        """Whether a letter is; where none is being sent or could be, the clock is put to when the next one is due."""
        now = self.clock.now()
        # as at one instant: a letter that was taken between two looks would be neither in hand nor to be had
        with self.store.snapshot() as session:
            waiting = _under_way(session, now)
            is_any_claimable = bool(waiting) and outbox.is_any_claimable(session, now)
        later = [each.due_at for each in waiting if each.due_at > now]
        if later and not is_any_claimable and all(each.state != "leased" for each in waiting):
            with suppress(ValueError):  # it has come by itself meanwhile
                self.clock.shift_to(min(later))
        return bool(waiting)


def _letters(session: Session, states: Sequence[str]) -> list[Letter]:
    query = select(Letter).order_by(col(Letter.id))
    return list(session.exec(query.where(col(Letter.state).in_(states)) if states else query))


def _under_way(session: Session, now: datetime) -> list[Letter]:
    """The letters that will be sent by themselves: to a channel in trouble the one that it is tried with.

    A message that collects what comes until its time is none of them: a story passes that time by itself.
    """
    found = _letters(session, ("waiting", "leased"))
    if not found:
        return []
    troubled = session.exec(select(Channel).where(Channel.trouble != ""))
    trials = {each.channel_id: each.trial for each in troubled}
    going = [each for each in found if trials.get(each.channel_id, each.id) == each.id or each.kind == "whisper"]
    return [each for each in going if each.page not in COLLECTING or each.due_at <= now]


CHANNEL = "#abm-weekly"


@dataclass
class Team(RunningBot):
    def __getattr__(self, name: str) -> Person:
        try:
            return self.sandbox.person(name)
        except KeyError:
            raise AttributeError(name) from None

    @property
    def room(self) -> ChannelView:
        return self.sandbox.channel("abm-weekly")

    def author(self, name: str = "ann") -> Author:
        return Author(self.workspace_id, self.sandbox.person(name).id, Source.COMMAND, self.clock.now(), ZONE)

    async def did(self, verb: Callable[..., Any], *arguments: Any, by: str = "ann", **named: Any) -> Any:
        """Run the verb as that person, past the commands, and return its result."""
        return await self.store.write(verb, self.author(by), *arguments, **named)

    async def knows(self, name: str, *, tier: int | None = 1, owner: str | None = "ann", **profile: Any) -> int:
        """The id of an account that is nominated and, with a tier, named."""
        owner_id = self.sandbox.person(owner).id if owner else None
        domain = profile.pop("domain", f"{name.split(maxsplit=1)[0].lower()}.example")
        wanted = Profile(name=name, domain=domain, owner=owner_id, **profile)
        nominated = await self.did(account_list.nominate, wanted, because="Fits the segment")
        number: int = nominated.event.account_id
        if tier is not None:
            await self.did(account_list.put_on_list, number, tier=tier, because="Renews in spring")
        return number

    async def knows_many(self, names: Iterable[str], *, tier: int) -> None:
        author = self.author()

        def name_all(session: Session) -> None:
            for name in names:
                wanted = Profile(name=name, owner=author.user_id)
                nominated = account_list.nominate(session, author, wanted, because="Fits the segment")
                account_list.put_on_list(
                    session, author, nominated.event.account_id, tier=tier, because="Renews in spring"
                )

        await self.store.write(name_all)

    async def begins_review_of(self, *names: str) -> MessageView:
        """The header of the review that is posted once these accounts are known."""
        for name in names:
            await self.knows(name)
        return await self.posts_review()

    async def posts_review(self, *names: str) -> MessageView:
        """The header of a review asked for now, once every message of it is there."""
        before = len(self._headers())
        await self.ann.types(f"/review now {', '.join(names)}", in_=CHANNEL)
        # on a busy machine the answer comes after the acknowledgement, and the review with it
        await self.until(lambda: len(self._headers()) > before)
        await self.quiet()
        return self._headers()[-1]

    async def closes_review(self, person: Person, *, in_: str = CHANNEL, **fields: Value) -> None:
        """Close the open review in words: the form comes, and is submitted with these fields filled."""
        await person.types("/review close", in_=in_)
        await self.form(person)
        outcome = await self.submits(person, **fields)
        assert outcome.ok, outcome

    async def form(self, person: Person) -> Form:
        """The form in front of the person, once it is there: it opens after the command or click was answered."""
        if not await self.sandbox.changed.until(lambda: person.has_form):
            raise AssertionError(f"{person.user.name} got no form; seen: {self.private_words(person)}")
        return person.form

    async def agenda_form(self, person: Person, button: str, name: str) -> Form:
        await person.clicks(button, on=self.agenda(name))
        return await self.form(person)

    async def presses(self, person: Person, action: str, value: str, *, on: MessageView | Seen) -> Outcome:
        """Press the button with this action and value, where several have one label, and return the outcome."""
        message = on.message
        assert message is not None
        block = next(
            block
            for block in message.blocks
            for element in elements_of(block)
            if (element.get("action_id"), element.get("value")) == (action, value)
        )
        place = MessageTarget(message.channel_id, message.ts)
        return await self.sandbox.actions.click(person.id, place, block_id=block["block_id"], action_id=action)

    async def submits(self, person: Person, **fields: Value) -> Outcome:
        """Fill these fields, submit, and wait until everything that follows is posted."""
        if fields:
            await person.fills(**fields)
        outcome = await person.submits()
        await self.quiet()
        return outcome

    async def picks_account(self, person: Person, name: str) -> None:
        """Types the account's name into the select of the form in front and takes the first offer."""
        view = person.form.view
        asked = await self.sandbox.actions.suggestions(
            person.id, view.id, block_id="account", action_id="accounts.like", query=name.casefold()
        )
        await person.fills(account=(asked.response or {})["options"][0]["value"])

    def private_words(self, person: Person, in_: str = "abm-weekly") -> list[str]:
        found = self.sandbox.channel_state(in_).visible_to(person.id)
        return [message_words(each, self.sandbox.workspace) for each in found if each.ephemeral_to]

    def direct_words(self, person: Person) -> list[str]:
        workspace = self.sandbox.workspace
        found = workspace.im(person.id).messages
        return [message_words(each, workspace) for each in found if each.user_id == workspace.bot.id and each.is_public]

    async def is_told(self, person: Person, text: str) -> Seen:
        return await person.sees(text, in_=self.sandbox.workspace.bot.name)

    async def in_form(self, person: Person, text: str) -> str:
        if not await self.sandbox.changed.until(lambda: text in person.form.words):
            raise AssertionError(f"{text!r} is not in the form: {person.form.words}")
        return person.form.words

    async def sees_home(self, person: Person, text: str) -> str:
        if not await self.sandbox.changed.until(lambda: text in person.home):
            raise AssertionError(f"{text!r} is not on the Home of {person.user.name}: {person.home}")
        return person.home

    def home_blocks(self, person: Person) -> list[dict[str, Any]]:
        return self.sandbox.workspace.views.homes[person.id].blocks

    def agenda(self, name: str) -> MessageView:
        """The latest agenda of the account: the message with the buttons or the note of a closed review."""
        return next(line for line in reversed(self.room.messages) if title_of(line.words) == name)

    async def details(self, name: str) -> str:
        before = len(self.private_words(self.ann))
        await self.ann.clicks("Details", on=self.agenda(name))
        assert await self.sandbox.changed.until(lambda: len(self.private_words(self.ann)) > before)
        return self.private_words(self.ann)[-1]

    @property
    def header(self) -> MessageView:
        return self._headers()[-1]

    def state(self, name: str) -> AccountState:
        def read(session: Session) -> AccountState:
            row = next(row for row in accounts.fitting(session, self.workspace_id, None) if row.name == name)
            return current_state(session, row)

        return self.store.read_now(read)

    def _headers(self) -> list[MessageView]:
        return [line for line in self.room.messages if "Account review" in line.words]


@asynccontextmanager
async def team_at_work(
    sandbox: Sandbox,
    clock: ShiftedClock,
    *,
    setting: str,
    database_url: str,
    tick_seconds: float = 3_600,
    have_met: bool = False,
    **more: Any,
) -> AsyncIterator[Team]:
    """The bot running in the workspace until the block ends, with `more` settings, everybody's rights given.

    Where people `have_met` the bot, its database knows their rights.
    """
    sandbox.slack.delivery.ack_seconds = PATIENCE_SECONDS  # not Slack's three: a busy machine may need more
    is_socket = setting.endswith("socket")
    settings = replace(settings_of(sandbox, is_socket=is_socket, database_url=database_url), **more)
    async with running(settings, clock, tick_seconds=tick_seconds, rate_limit=unpaced()) as cadence:
        if is_socket:
            await sandbox.connected()
        else:
            await sandbox.use_http(f"http://127.0.0.1:{cadence.port}/slack/events")
        if not have_met:
            await give_rights(cadence.store, sandbox)
        yield Team(sandbox, cadence, clock)


async def moved_without_answer(team: Team, account_id: int, text: str) -> Recorded:
    """Record a move of Ann's as a process does that is killed before it can answer."""

    def move(session: Session, author: Author) -> Recorded:
        recorded = updates.move(session, author, account_id, text=text, evidence=())
        leave_unanswered(team, session, author)
        return recorded

    told: Recorded = await team.did(move)
    return told


def leave_unanswered(team: Team, session: Session, author: Author) -> None:
    """Note an answer to the author that nobody gives any more, about what the session recorded."""
    answer_id = inbox.begin_answer(session, author.workspace_id, author.user_id, author.at)
    assert answer_id is not None
    team.left_unanswered.add(answer_id)
