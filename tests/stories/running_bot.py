"""The bot at work in a story: its stored state, and waiting until it is done."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.clock import ShiftedClock
from bot.wiring import Cadence
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import outbox
from storage.database import Store
from storage.models.delivery import AnswerUnderWay, Letter
from storage.models.events import Event
from storage.models.workspaces import Channel

ANSWER_SECONDS = 2.0
COLLECTING = ("told", "digest")
"""Pages of messages that wait for more."""


@dataclass
class RunningBot:
    """The bot at work in a workspace: its stored state, and waiting until it is done."""

    sandbox: Sandbox
    cadence: Cadence
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
        """The bot's database."""
        return self.cadence.store

    @property
    def workspace_id(self) -> str:
        """The workspace's id."""
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
        """Every event so far, in the order recorded."""
        return self.store.read_now(lambda session: list(session.exec(select(Event).order_by(col(Event.id)))))

    def letters(self, *states: str) -> list[Letter]:
        """Every letter, or those in these states, in the order queued."""
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
        """The ids of answers that did not go out yet."""
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
