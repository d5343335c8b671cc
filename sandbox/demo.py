"""The demo: the sample workspace with the bot in it, just before its weekly review is due, or with nothing set up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agendas.verbs.jobs import next_moment
from bot.clock import Clock, ShiftedClock
from bot.settings import Settings
from bot.wiring import BotProcess, running
from sandbox.delivery import SHORT_RETRY_WAITS
from sandbox.page.news import Move, move_json
from sandbox.page.state import Opening
from sandbox.seed import FACILITATOR, HELD_REVIEWS, REVIEW_CHANNEL, ZONE, calendar_before, fill_workspace, store_program
from sandbox.server import Sandbox
from storage import outbox, people, reviews
from storage.database import Store
from storage.migrate import upgrade
from storage.models.reviews import Review

# The button of the demo that moves its clock to the next due moment, and waits until what is due was done.

SOON = timedelta(seconds=60)
"""A letter (a message in the outbox) due within this time counts as on its way.

The letters of one channel follow each other by a second.
"""
LOOK_SECONDS = 0.05
WAIT_SECONDS = 30.0
"""The longest wait, by the real clock, until everything that was due is posted."""
LONGEST_SILENCE = timedelta(days=7)
"""A move ends after this time even if nothing was posted."""

NOTHING_PLANNED = "Nothing is planned. Type /review schedule in a channel, or /review resume where it is paused."


@dataclass(frozen=True, slots=True)
class NextDue:
    """The button that moves the demo's clock to the next due moment."""

    sandbox: Sandbox
    cadence: BotProcess
    clock: ShiftedClock
    workspace_id: str

    async def advance(self) -> str:
        """Move to the next due moment at which people see something, and return a sentence about it.

        Moments at which nothing is posted or changed are passed one by one, so that what they plan comes at its time.
        Meanwhile the page shows the messages as they come (``Sandbox.move``).
        """
        press_number = since = self.sandbox.workspace.new_ts()
        self._show(Move("What is due now comes first.", since, is_done=False, number=press_number))
        await self.all_sent()
        since = self.sandbox.workspace.new_ts()
        before = {row.row_id: row.state for row in await self._reviews()}
        ends_at = self.clock.now() + LONGEST_SILENCE
        while (due_at := await self.cadence.store.read(next_moment, self.clock.now())) is not None:
            self.clock.pass_to(due_at)
            local_now = self.clock.now().astimezone(ZoneInfo(ZONE))
            time_sentence = f"It is {local_now:%A} {local_now.day} {local_now:%B, %H:%M} in New York."
            self._show(Move(time_sentence, since, is_done=False, number=press_number))
            await self.cadence.scheduler.tick_now()
            await self.all_sent()
            news = [
                REVIEW_NEWS[row.state].format(channel=await self._channel_name(row.channel_id))
                for row in await self._reviews()
                if before.get(row.row_id) != row.state
            ]
            if news or self._is_anything_new() or self.clock.now() >= ends_at:
                return self._show(Move(" ".join([time_sentence, *news]), since, number=press_number))
        return self._show(Move(NOTHING_PLANNED, since, number=press_number))

    def _show(self, move: Move) -> str:
        """Show the move in the page and return its sentence; a move that is over is shown with its messages."""
        self.sandbox.move = move.over(self.sandbox.workspace) if move.is_done else move
        self.sandbox.workspace.changes.happened()
        return move.text

    def _is_anything_new(self) -> bool:
        """Return true if the app posted or changed a message in this move."""
        moved = move_json(self.sandbox.workspace, self.sandbox.move)
        return moved is not None and bool(moved["places"])

    async def all_sent(self) -> None:
        """Wait until no letter is on its way, at most WAIT_SECONDS; the clock skips the pauses within one channel."""
        ends_at = asyncio.get_running_loop().time() + WAIT_SECONDS
        while asyncio.get_running_loop().time() < ends_at and await self._is_sending():
            self.cadence.delivery.wake()
            await asyncio.sleep(LOOK_SECONDS)

    async def _reviews(self) -> list[Review]:
        return await self.cadence.store.read(reviews.get_all, self.workspace_id)

    async def _channel_name(self, channel_id: str) -> str:
        row = await self.cadence.store.read(people.find_channel, self.workspace_id, channel_id)
        return row.name if row else channel_id

    async def _is_sending(self) -> bool:
        """Return whether a letter is on its way; put the clock forward when the next one waits for its second."""
        store, now = self.cadence.store, self.clock.now()
        if not await store.read(outbox.is_any_on_its_way, now + SOON):
            return False
        next_at = await store.read(outbox.next_due_at, now)
        if next_at is not None and next_at <= now + SOON and not await store.read(outbox.is_any_claimable, now):
            self.clock.pass_to(next_at)
        return True


REVIEW_NEWS = {
    "open": "The review of #{channel} was opened.",
    "closed": "The review of #{channel} closed by itself.",
    "missed": "The review of #{channel} was missed.",
    "skipped": "The review of #{channel} was skipped.",
}
"""Sentences about reviews, by the state that they came into."""


TICK_SECONDS = 1.0
BEFORE_REVIEW = timedelta(seconds=2)
"""Time from the start of the demo to the review, which the scheduler posts."""

HINT = (
    'Press the buttons, type /account, or ask Cadence "What is stalled?". '
    '"Act as" makes you another person, "Next due moment" moves the clock.'
)
HINT_IF_EMPTY = (
    "You are an admin, and nothing is set up: type /abm, or open Home of Cadence, and follow the steps. "
    '"Act as" makes you another person, "Next due moment" moves the clock.'
)

MANIFEST = Path(__file__).parent.parent / "app.yaml"


@dataclass(frozen=True, slots=True)
class Demo:
    sandbox: Sandbox
    cadence: BotProcess
    next_due: NextDue

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.sandbox.port}"


@asynccontextmanager
async def demo(folder: Path, base: Clock, *, port: int, empty: bool = False) -> AsyncIterator[Demo]:
    """Run the demo until the block ends, with its database in `folder`. Raises OSError when the port is taken.

    With `empty` the workspace has people and channels, and nothing is set up or written in it.
    """
    clock = ShiftedClock(base)
    calendar = calendar_before(base.now())
    async with Sandbox(manifest=MANIFEST, now=clock.now, port=port, retry_waits=SHORT_RETRY_WAITS) as sandbox:
        sample = fill_workspace(sandbox, calendar, has_messages=not empty)
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            slack_api_url=sandbox.api_url,
            database_url=f"sqlite:///{folder / 'cadence.db'}",
            time_zone=ZONE,
            admins=(sample.user_ids[FACILITATOR],) if empty else (),
        )
        store = Store(settings.database_url)
        upgrade(store)
        if not empty:
            store_program(store, sample, calendar)
            clock.shift_to(max(clock.now(), calendar.review_at(HELD_REVIEWS + 1) - BEFORE_REVIEW))
        store.close()
        channel_id = sample.channel_ids[REVIEW_CHANNEL]
        sandbox.opening = Opening(sample.user_ids[FACILITATOR] if empty else None, channel_id, "Account review")
        sandbox.hint = HINT_IF_EMPTY if empty else HINT
        async with running(settings, clock, tick_seconds=TICK_SECONDS) as cadence:
            next_due = NextDue(sandbox, cadence, clock, sample.workspace.workspace_id)
            sandbox.on_next_due = next_due.advance
            yield Demo(sandbox, cadence, next_due)
