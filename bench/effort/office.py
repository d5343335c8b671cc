"""The demo's workspace at the moment at which its review is posted: the same at any run."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sqlmodel import Session, func, select

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.verbs import reads, updates
from bench.effort.hand import ANSWER_SECONDS, Hand, WayGone
from sandbox.demo import Demo, demo
from sandbox.messages import Message
from sandbox.seed import ZONE
from sandbox.server import Sandbox
from sandbox.testing import MessageView
from storage.models.events import Event

REVIEWS = "abm-weekly"
DISCUSSED = 9
"""Accounts that the demo's review has time for."""
MOMENTS = 24
"""Due moments after which what is waited for must have come: a week of the demo."""
ACTION = "Call them back"
PROMISED_FOR = timedelta(days=3)


class SameDay:
    """A clock that stood at noon on a Wednesday when it was made, and goes on from there."""

    def __init__(self) -> None:
        self._made = monotonic()

    def now(self) -> datetime:
        return datetime(2026, 11, 25, 12, tzinfo=UTC) + timedelta(seconds=monotonic() - self._made)


@dataclass(frozen=True, slots=True)
class Office:
    """The demo, with its review posted: the header, and the accounts' messages in order."""

    demo: Demo
    header: MessageView
    agendas: tuple[MessageView, ...]

    @property
    def sandbox(self) -> Sandbox:
        return self.demo.sandbox

    def hand(self, name: str) -> Hand:
        return Hand(self.sandbox.person(name))

    async def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Wait until this holds. Raises WayGone with the sentence `otherwise`."""
        if not await self.sandbox.changed.until(holds, seconds=ANSWER_SECONDS):
            raise WayGone(otherwise)

    async def latest(self, holds: Callable[[MessageView], bool], what: str) -> MessageView:
        """The latest message of the reviews' channel like this, once the demo's clock came to it."""
        for _ in range(MOMENTS):
            found = [each for each in self.sandbox.channel(REVIEWS).everything if holds(each)]
            if found:
                return found[-1]
            await _next_moment(self.sandbox)
        raise WayGone(f"#{REVIEWS} shows no {what}, though the clock went on by {MOMENTS} due moments.")

    async def direct(self, hand: Hand, label: str) -> MessageView:
        """The latest direct message to the person that has this button, once the demo's clock came to it.

        Raises WayGone when there is none.
        """
        for _ in range(MOMENTS):
            found = [MessageView(self.sandbox.slack, each) for each in self._direct_messages(hand)]
            shown = [each for each in found if label in each.buttons]
            if shown:
                return shown[-1]
            await _next_moment(self.sandbox)
        raise WayGone(f"No direct message to {hand.person.user.name} has the button {label!r}.")

    def _direct_messages(self, hand: Hand) -> list[Message]:
        return self.sandbox.workspace.im(hand.person.id).messages

    async def promise(self, hand: Hand) -> tuple[int, ...]:
        """Give each account that the person owns or partners an open action of theirs; return the accounts' ids."""
        store, now = self.demo.cadence.store, self.sandbox.workspace.now()
        author = Author(self.sandbox.workspace.team.id, hand.person.id, Source.SYSTEM, now, ZONE)
        mine = await store.read(reads.own_by_need, author.workspace_id, author.user_id, now=now, zone=ZONE)
        due_on = (now + PROMISED_FOR).date()
        for account_id in mine:
            await store.write(updates.add_action, author, account_id, text=ACTION, due_on=due_on)
        return mine

    def recorded(self, hand: Hand) -> dict[str, int]:
        def count(session: Session) -> dict[str, int]:
            of_kind = select(Event.kind, func.count()).where(Event.actor == hand.person.id).group_by(Event.kind)
            return dict(session.exec(of_kind).all())

        return self.demo.cadence.store.read_now(count)


@asynccontextmanager
async def open_office() -> AsyncIterator[Office]:
    """The demo until the block ends, its review just posted. Raises WayGone when it does not come as it should."""
    with TemporaryDirectory(prefix="cadence-effort-") as folder:
        async with demo(Path(folder), SameDay(), port=0) as running:
            yield await _posted(running)


async def _posted(running: Demo) -> Office:
    room = running.sandbox.channel(REVIEWS)
    for _ in range(MOMENTS):
        headers = [each for each in room.messages if is_titled(each, "Account review")]
        agendas = [each for each in room.messages if headers and "No change" in each.buttons]
        if len(agendas) >= DISCUSSED:
            return Office(running, headers[-1], tuple(agendas))
        await _next_moment(running.sandbox)
    raise WayGone(f"The review of the demo was not posted with {DISCUSSED} accounts that have the button 'No change'.")


def is_titled(message: MessageView, title: str) -> bool:
    """True for a message that begins with this title."""
    return message.words.lstrip("*").startswith(title)


async def _next_moment(sandbox: Sandbox) -> None:
    if sandbox.on_next_due is None:
        raise WayGone("The demo has no 'Next due moment'.")
    await sandbox.on_next_due()
