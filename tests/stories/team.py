"""A sales and marketing team with the bot running in their workspace, and a clock that tests put forward."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

from sqlmodel import Session, col, select

from agendas.author import Author
from agendas.changes import Profile
from agendas.facts import AccountState, Function, Right, Source
from agendas.verbs import manage_people, name_accounts
from agendas.verbs.record import current_state
from bot.clock import ShiftedClock
from bot.pacing import Pacing
from bot.settings import Settings
from bot.wiring import Cadence, running
from sandbox.blocks import elements_of
from sandbox.elements import Value
from sandbox.language import Form, Person, Room, Seen
from sandbox.places import MessagePlace, Outcome
from sandbox.reading import message_words
from sandbox.rooms import Line
from sandbox.server import Sandbox
from storage import accounts, leases
from storage.engine import Store
from storage.tables import Channel, Event, Letter

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in New York."""
TODAY = date(2026, 11, 24)
ZONE = "America/New_York"
WAIT_SECONDS = 10.0
CHANNEL = "#abm-weekly"

PEOPLE: dict[str, tuple[Function | None, Right]] = {
    "ann": (Function.SALES, Right.ADMIN),
    "bob": (Function.MARKETING, Right.EDITOR),
    "dan": (Function.EXECUTIVE, Right.EDITOR),
    "vic": (Function.PRODUCT, Right.VIEWER),
    "obi": (None, Right.OBSERVER),
}
OUTSIDERS = ("gus", "eli", "dee")
"""A guest, somebody of another company, and somebody deactivated."""


class Beginning:
    """A clock that stood at START when it was made, and goes on from there."""

    def __init__(self) -> None:
        self._made = monotonic()

    def now(self) -> datetime:
        """The present instant of the story, aware UTC."""
        return START + timedelta(seconds=monotonic() - self._made)


@dataclass
class Team:
    """The workspace, the bot in it, and the people by name."""

    sandbox: Sandbox
    cadence: Cadence
    clock: ShiftedClock
    expects_trouble: bool = False
    """Set by stories of things that go wrong; every other story ends with nothing refused, late or failed."""
    _written: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        wake = self.cadence.store.after_write

        def after_write() -> None:
            self._written.set()
            wake()

        self.cadence.store.after_write = after_write

    def __getattr__(self, name: str) -> Person:
        """The person of this name."""
        try:
            return self.sandbox.person(name)
        except KeyError:
            raise AttributeError(name) from None

    @property
    def store(self) -> Store:
        """The bot's database."""
        return self.cadence.store

    @property
    def workspace_id(self) -> str:
        """The workspace's id."""
        return self.sandbox.workspace.team.id

    @property
    def room(self) -> Room:
        """The channel where the reviews are."""
        return self.sandbox.channel("abm-weekly")

    def author(self, name: str = "ann") -> Author:
        """That person, recording something now."""
        return Author(self.workspace_id, self.sandbox.person(name).id, Source.COMMAND, self.clock.now(), ZONE)

    async def did(self, verb: Callable[..., Any], *arguments: Any, by: str = "ann", **named: Any) -> Any:
        """What the verb returned when that person did it, past the commands."""
        return await self.store.write(verb, self.author(by), *arguments, **named)

    async def knows(self, name: str, *, tier: int | None = 1, owner: str | None = "ann", **profile: Any) -> int:
        """The id of an account that is nominated and, with a tier, named."""
        owner_id = self.sandbox.person(owner).id if owner else None
        domain = profile.pop("domain", f"{name.split(maxsplit=1)[0].lower()}.example")
        wanted = Profile(name=name, domain=domain, owner=owner_id, **profile)
        nominated = await self.did(name_accounts.nominate, wanted, because="Fits the segment")
        number: int = nominated.event.account_id
        if tier is not None:
            await self.did(name_accounts.put_on_list, number, tier=tier, because="Renews in spring")
        return number

    async def knows_many(self, names: Iterable[str], *, tier: int) -> None:
        """Many named accounts of Ann's, in one transaction."""
        author = self.author()

        def name_all(session: Session) -> None:
            for name in names:
                wanted = Profile(name=name, owner=author.user_id)
                nominated = name_accounts.nominate(session, author, wanted, because="Fits the segment")
                name_accounts.put_on_list(
                    session, author, nominated.event.account_id, tier=tier, because="Renews in spring"
                )

        await self.store.write(name_all)

    async def posts_review(self, *names: str) -> Line:
        """The header of a review asked for now, once every message of it is there."""
        before = len(self._headers())
        await self.ann.types(f"/review now {', '.join(names)}", in_=CHANNEL)
        # on a busy machine the answer comes after the acknowledgement, and the review with it
        await self.until(lambda: len(self._headers()) > before)
        await self.quiet()
        return self._headers()[-1]

    async def form(self, person: Person) -> Form:
        """The form in front of the person, once it is there: it opens after the command or click was answered."""
        if not await self.sandbox.changed.until(lambda: person.has_form, seconds=WAIT_SECONDS):
            raise AssertionError(f"{person.user.name} got no form; seen: {self.private_words(person)}")
        return person.form

    async def agenda_form(self, person: Person, button: str, name: str) -> Form:
        """The form of that button below the account's agenda."""
        await person.clicks(button, on=self.agenda(name))
        return await self.form(person)

    async def presses(self, person: Person, action: str, value: str, *, on: Line | Seen) -> Outcome:
        """What came of pressing the one button with this action and value, where several are called the same."""
        message = on.message
        assert message is not None
        block = next(
            block
            for block in message.blocks
            for element in elements_of(block)
            if (element.get("action_id"), element.get("value")) == (action, value)
        )
        place = MessagePlace(message.channel_id, message.ts)
        return await self.sandbox.acts.click(person.id, place, block_id=block["block_id"], action_id=action)

    async def submits(self, person: Person, **fields: Value) -> Outcome:
        """What came of filling these fields and submitting; what it posts is there."""
        if fields:
            await person.fills(**fields)
        outcome = await person.submits()
        await self.quiet()
        return outcome

    async def picks_account(self, person: Person, name: str) -> None:
        """Types the account's name into the select of the form in front and takes the first offer."""
        view = person.form.view
        asked = await self.sandbox.acts.suggestions(
            person.id, view.id, block_id="account", action_id="accounts.like", query=name.casefold()
        )
        offered = (asked.response or {})["options"]
        await person.fills(account=offered[0]["value"])

    def private_words(self, person: Person, in_: str = "abm-weekly") -> list[str]:
        """What only that person sees in the channel, in order."""
        found = self.sandbox.channel_state(in_).visible_to(person.id)
        return [message_words(each, self.sandbox.workspace) for each in found if each.ephemeral_to]

    def direct_words(self, person: Person) -> list[str]:
        """What the bot wrote to that person directly, in order."""
        workspace = self.sandbox.workspace
        found = workspace.im(person.id).messages
        return [message_words(each, workspace) for each in found if each.user_id == workspace.bot.id]

    async def is_told(self, person: Person, text: str) -> Seen:
        """What the person was told directly by the bot, once it is there."""
        return await person.sees(text, in_=self.sandbox.workspace.bot.name)

    def agenda(self, name: str) -> Line:
        """The latest agenda of the account: the message with the buttons or the note of a closed review."""
        return next(line for line in reversed(self.room.messages) if line.words.startswith(f"{name}\n"))

    async def passes(self, time: timedelta) -> None:
        """Puts the clock forward; what is due then is done and what it posts is there."""
        self.clock.shift_to(self.clock.now() + time)
        await self.cadence.scheduler.tick_now()
        await self.quiet()

    async def at(self, instant: datetime) -> None:
        """The same, to an instant."""
        await self.passes(instant - self.clock.now())

    async def quiet(self) -> None:
        """Returns once no letter is waiting that could go; the bot's own pauses are passed by the clock."""
        await self.sandbox.settled()
        async with asyncio.timeout(WAIT_SECONDS):
            while self._under_way():
                self._written.clear()
                self._pass_pause()
                self.cadence.delivery.wake()
                if self._under_way():
                    await self._written.wait()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns once this holds, looked at after every write."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not holds():
                self._written.clear()
                if not holds():
                    await self._written.wait()

    def state(self, name: str) -> AccountState:
        """The account as it is stored now, with everything open."""

        def read(session: Session) -> AccountState:
            row = next(
                row for row in accounts.on_list(session, self.workspace_id, statuses=STATUSES) if row.name == name
            )
            return current_state(session, row)

        return self.store.read_now(read)

    def recorded(self) -> list[Event]:
        """Every event so far, in the order recorded."""
        return self.store.read_now(lambda session: list(session.exec(select(Event).order_by(col(Event.id)))))

    def letters(self, *states: str) -> list[Letter]:
        """Every letter, or those in these states, in the order queued."""
        query = select(Letter).order_by(col(Letter.id))
        if states:
            query = query.where(col(Letter.state).in_(states))
        return self.store.read_now(lambda session: list(session.exec(query)))

    def problems(self) -> list[str]:
        """What went wrong so far: letters refused or in doubt, and what the bot failed to answer."""
        letters = [f"{each.key}: {each.state}, {each.last_error}" for each in self.letters("refused", "unsure")]
        unanswered = [str(each.payload) for each in self.sandbox.world.courier.log if not each.answer.ok]
        return [*letters, *unanswered]

    def _headers(self) -> list[Line]:
        return [line for line in self.room.messages if "Account review" in line.words]

    def _under_way(self) -> list[Letter]:
        """The letters that will be sent by themselves: to a channel in trouble the one that it is tried with."""

        def troubled(session: Session) -> dict[str, int | None]:
            return {each.channel_id: each.trial for each in session.exec(select(Channel).where(Channel.trouble != ""))}

        trials = self.store.read_now(troubled)
        found = self.letters("waiting", "leased")
        return [each for each in found if trials.get(each.channel_id, each.id) == each.id or each.kind == "whisper"]

    def _pass_pause(self) -> None:
        """Puts the clock to when the next letter is due, while none is being sent and none could be."""
        now, waiting = self.clock.now(), self._under_way()
        if any(each.state == "leased" for each in waiting) or self.store.read_now(leases.is_any_claimable, now):
            return
        later = [each.due_at for each in waiting if each.due_at > now]
        if later:
            with suppress(ValueError):  # it has come by itself meanwhile
                self.clock.shift_to(min(later))


STATUSES = ("candidate", "named", "paused", "removed", "rejected")


async def give_rights(store: Store, sandbox: Sandbox) -> None:
    """Each person's function and right, given by ann."""
    ann = sandbox.person("ann").id
    author = Author(sandbox.workspace.team.id, ann, Source.SYSTEM, START, ZONE)
    for name, (function, right) in PEOPLE.items():
        await store.write(manage_people.give, author, sandbox.person(name).id, function=function, right=right)


def settings_of(sandbox: Sandbox, *, is_socket: bool, database_url: str) -> Settings:
    """What the bot in this workspace is told; Ann is its admin."""
    return Settings(
        bot_token=sandbox.bot_token,
        app_token=sandbox.app_token if is_socket else "",
        signing_secret=sandbox.signing_secret,
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        admins=(sandbox.person("ann").id,),
        port=None if is_socket else 0,
    )


def unpaced() -> Pacing:
    """No second between two messages in a channel."""
    return Pacing(channel_interval=timedelta(), workspace_messages=10_000, method_calls={})


@asynccontextmanager
async def team_at_work(
    sandbox: Sandbox, clock: ShiftedClock, *, setting: str, database_url: str
) -> AsyncIterator[Team]:
    """The bot running in the workspace until the block ends, everybody's rights given."""
    is_socket = setting.endswith("socket")
    settings = settings_of(sandbox, is_socket=is_socket, database_url=database_url)
    async with running(settings, clock, tick_seconds=3_600, pacing=unpaced()) as cadence:
        if is_socket:
            await sandbox.connected()
        else:
            await sandbox.use_http(f"http://127.0.0.1:{cadence.port}/slack/events")
        await give_rights(cadence.store, sandbox)
        yield Team(sandbox, cadence, clock)
