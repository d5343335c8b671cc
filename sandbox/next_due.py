"""The button of the demo that moves its clock to the next due moment, and waits until what is due was done."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.verbs.jobs.due import next_moment
from bot.clock import ShiftedClock
from bot.wiring import Cadence
from sandbox.page.news import Move, move_json
from sandbox.seed import ZONE
from sandbox.server import Sandbox
from storage import people, reviews
from storage.delivery import leases, outbox

SOON = timedelta(seconds=60)
"""Letters that are due within it are on their way: those of one channel follow each other by a second."""
LOOK_SECONDS = 0.05
WAIT_SECONDS = 30.0
"""The longest wait, by the real clock, until everything that was due is posted."""
LONGEST_SILENCE = timedelta(days=7)
"""A move ends after it even if nothing came."""

NOTHING_PLANNED = "Nothing is planned. Type /review schedule in a channel, or /review resume where it is paused."


@dataclass(frozen=True, slots=True)
class NextDue:
    """The button that moves the demo's clock to the next due moment."""

    sandbox: Sandbox
    cadence: Cadence
    clock: ShiftedClock
    workspace_id: str

    async def advance(self) -> str:
        """Move to the next due moment at which people see something, and return a sentence about it.

        Moments at which nothing is posted or changed are passed one by one, so that what they plan comes at its time.
        Meanwhile the page shows the messages as they come (``Sandbox.move``).
        """
        pressed = since = self.sandbox.workspace.new_ts()
        self._show(Move("What is due now comes first.", since, is_done=False, number=pressed))
        await self.all_sent()
        since = self.sandbox.workspace.new_ts()
        before = await self._reviews()
        ends_at = self.clock.now() + LONGEST_SILENCE
        while (due_at := await self.cadence.store.read(next_moment, self.clock.now())) is not None:
            self.clock.pass_to(due_at)
            told = f"It is {_local_time(self.clock.now())}."
            self._show(Move(told, since, is_done=False, number=pressed))
            await self.cadence.scheduler.tick_now()
            await self.all_sent()
            news = await self._news(before)
            if news or self._is_anything_new() or self.clock.now() >= ends_at:
                return self._show(Move(" ".join([told, *news]), since, number=pressed))
        return self._show(Move(NOTHING_PLANNED, since, number=pressed))

    def _show(self, move: Move) -> str:
        """Show the move, and return the sentence about it. What came of one that is over is counted here, once."""
        self.sandbox.move = move.over(self.sandbox.workspace) if move.is_done else move
        self.sandbox.workspace.changes.happened()
        return move.text

    def _is_anything_new(self) -> bool:
        """Return true if the app posted or changed a message in this move."""
        moved = move_json(self.sandbox.workspace, self.sandbox.move)
        return moved is not None and bool(moved["places"])

    async def all_sent(self) -> None:
        """Wait until no letter is on its way; the clock passes the pauses between those of one channel."""
        ends_at = asyncio.get_running_loop().time() + WAIT_SECONDS
        while asyncio.get_running_loop().time() < ends_at and await self._is_sending():
            self.cadence.delivery.wake()
            await asyncio.sleep(LOOK_SECONDS)

    async def _reviews(self) -> dict[int, str]:
        """The state of each review by its id."""
        rows = await self.cadence.store.read(reviews.get_all, self.workspace_id)
        return {row.row_id: row.state for row in rows}

    async def _news(self, before: dict[int, str]) -> list[str]:
        """Return sentences about the reviews that changed state."""
        rows = await self.cadence.store.read(reviews.get_all, self.workspace_id)
        return [
            REVIEW_NEWS[row.state].format(channel=await self._channel_name(row.channel_id))
            for row in rows
            if before.get(row.row_id) != row.state
        ]

    async def _channel_name(self, channel_id: str) -> str:
        row = await self.cadence.store.read(people.find_channel, self.workspace_id, channel_id)
        return row.name if row else channel_id

    async def _is_sending(self) -> bool:
        """Return whether a letter is on its way; put the clock forward when the next one waits for its second."""
        store, now = self.cadence.store, self.clock.now()
        if not await store.read(outbox.is_any_on_its_way, now + SOON):
            return False
        next_at = await store.read(outbox.next_due_at, now)
        if next_at is not None and next_at <= now + SOON and not await store.read(leases.is_any_claimable, now):
            self.clock.pass_to(next_at)
        return True


REVIEW_NEWS = {
    "open": "The review of #{channel} was opened.",
    "closed": "The review of #{channel} closed by itself.",
    "missed": "The review of #{channel} was missed.",
    "skipped": "The review of #{channel} was skipped.",
}
"""Sentences about reviews, by the state that they came into."""


def _local_time(now: datetime) -> str:
    there = now.astimezone(ZoneInfo(ZONE))
    return f"{there:%A} {there.day} {there:%B, %H:%M} in New York"
