"""The delivery loop: claims due letters, sends them in order per place, and records the results."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from agendas.facts.program import log_with
from agendas.rules.access import NOTHING_TO_SAY
from bot.clock import Clock, SystemClock
from bot.health import Heartbeat
from bot.pacing import FullWorkspaces, RateLimit, SharedRateLimit
from bot.sending import (
    METHODS,
    PATIENCE,
    STOPPED,
    Compose,
    MessageSender,
    PreparedMessage,
    RecipientCheck,
    ResultRecorder,
    SlackCalls,
    Undisturbed,
    failure_of,
)
from bot.slack_api import Later, Outcome, SlackTime
from bot.store import DatabaseTime
from storage import outbox
from storage.database import Store
from storage.models.delivery import Letter, LetterKind
from storage.models.workspaces import Workspace

CONCURRENT_LETTERS = 20
"""Letters sent at once, each to another place."""
LEASE, LETTER_SECONDS = timedelta(seconds=120), 100.0
"""All work on one letter, its claim included, takes less time than its lease."""
LOOK_SECONDS = 1.0
"""Pause between two looks for letters that have come due; new letters wake the loop at once."""
DRAIN_SECONDS = 15.0
CHECKED_AHEAD = timedelta(seconds=1)
"""How long before its turn a waiting letter's lease is checked once more."""

log = logging.getLogger("cadence.delivery")


class Delivery:
    """Sends letters until it is drained: one after the other to one place, in parallel to different places.

    `slack_time` is set by the answers to the clients of `client_for`; `database_time` compares the clocks of leases.
    `heartbeat` beats at each look for letters that the database answers. `after_letter` is called with the kind of each
    letter tried and the result.
    """

    def __init__(
        self,
        store: Store,
        client_for: Callable[[Workspace | None], AsyncWebClient | None],
        compose: Compose,
        clock: Clock,
        *,
        rate_limit: RateLimit | None = None,
        slack_time: SlackTime | None = None,
        database_time: DatabaseTime | None = None,
    ) -> None:
        self._store = store
        self._client_for = client_for
        self._compose = compose
        self._clock = clock
        self._rate_limit = SharedRateLimit(store, rate_limit or RateLimit())
        self._slack_time = slack_time or SlackTime()
        self._database_time = database_time or DatabaseTime(store, SystemClock())
        self._recipients = RecipientCheck()
        self._undisturbed = Undisturbed(store)
        self._full = FullWorkspaces()
        self._worker = secrets.token_hex(4)
        self.heartbeat = Heartbeat()
        self.after_letter: Callable[[str, str], None] = lambda _kind, _outcome: None
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending: dict[int, Letter] = {}
        self._reclaimed: dict[int, tuple[Letter, float]] = {}
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin sending. On SQLite, with its single process, release the leases of the process before at once."""
        if self._store.is_sqlite:
            await self._store.write(outbox.end_all, now=self._clock.now())
        self._loop = asyncio.create_task(self._keep_sending())

    def wake(self) -> None:
        """Look for letters at once."""
        self._woken.set()

    async def count_answers(self, workspace_id: str, channel_id: str, messages: int) -> None:
        """Count answers to people's requests that were just posted in this channel against its rate limit."""
        await self._rate_limit.count(workspace_id, channel_id, messages, now=self._clock.now())

    async def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Stop claiming and wait for the letters being sent; leave those not done in time to their leases."""
        self._is_stopping = True
        self.wake()
        if self._loop is not None:
            await self._loop
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    async def _keep_sending(self) -> None:
        """Claim and send letters until stopped; pause while there is nothing to claim."""
        while not self._is_stopping:
            self._woken.clear()
            if not await self._claim():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK_SECONDS)

    async def _claim(self) -> bool:
        """Claim due letters, send each in a task of its own, and return whether more may be due.

        False too when all places are taken, or the database is away: then the loop pauses.
        """
        room = CONCURRENT_LETTERS - len(self._tasks)
        # lease and time for each letter count from here, however long the claim takes
        now, ends_at = self._clock.now(), asyncio.get_running_loop().time() + LETTER_SECONDS
        try:
            await self._database_time.compare()
            full_ids = self._full.ids(now)
            if not room or not await self._store.read(outbox.is_any_claimable, now, full=full_ids):
                self.heartbeat.beat()
                return False
            claimed = await self._store.write_quietly(
                outbox.claim_letters,
                now=now,
                tried_at=self._slack_time.at(now),
                worker=self._worker,
                lease=LEASE,
                batch=room,
                full=full_ids,
            )
        except Exception:  # the loop must outlive a database that is away for a while
            log.exception("claim_failed", extra={"error_id": secrets.token_hex(4)})
            return False
        self.heartbeat.beat()
        for letter in claimed:
            self._start_sending(letter, ends_at)
        return len(claimed) == room

    def _start_sending(self, letter: Letter, ends_at: float, *, is_reclaimed: bool = False) -> None:
        """Send the letter in a task of its own; if this process is sending it already, after that attempt."""
        under_way = self._sending.get(letter.row_id)
        if under_way is not None:
            # the clock was put forward: the lease ended while the letter is still being sent here. By the new number
            # of attempts its result is recorded under the new lease
            under_way.attempts = letter.attempts
            self._reclaimed[letter.row_id] = letter, ends_at
            return
        self._sending[letter.row_id] = letter
        task = asyncio.create_task(self._deliver(letter, ends_at, is_reclaimed=is_reclaimed))
        self._tasks.add(task)
        task.add_done_callback(partial(self._finish_sending, letter.row_id))

    def _finish_sending(self, letter_id: int, task: asyncio.Task[None]) -> None:
        """Make room for another letter, and go on with this letter if it was claimed again while it was being sent."""
        was_full = len(self._tasks) == CONCURRENT_LETTERS
        self._sending.pop(letter_id, None)
        self._tasks.discard(task)
        if letter_id in self._reclaimed and not self._is_stopping:
            # the new lease may have ended meanwhile too, so it is checked before anything is sent
            self._start_sending(*self._reclaimed.pop(letter_id), is_reclaimed=True)
        # writing the result woke the loop already, but where all places were taken it found no room then
        if was_full:
            self.wake()

    async def _deliver(self, letter: Letter, ends_at: float, *, is_reclaimed: bool) -> None:
        """Send one letter and record the result. Its failure stops no other letter.

        `is_reclaimed`: this process was sending it already, and the lease that it got since may have ended meanwhile.
        """
        log_with(letter=letter.id)
        recorder = ResultRecorder(self._store, self._clock, self._rate_limit, letter, after=self.after_letter)
        prepared = None
        try:
            async with asyncio.timeout_at(ends_at):
                if is_reclaimed and not await self._is_held(letter):
                    return
                prepared = await self._store.read_long(PreparedMessage.prepare, letter, self._compose)
                await self._send(prepared, recorder)
        except Exception as error:  # one letter's failure never stops another
            await self._put_off_failed(recorder, error, is_composed=prepared is not None)

    async def _put_off_failed(self, recorder: ResultRecorder, error: Exception, *, is_composed: bool) -> None:
        """Record an error of our own; `is_composed`: the error came after the letter was composed."""
        outcome = failure_of(error, recorder.letter, is_composed=is_composed)
        try:
            await recorder.record(None, outcome)
        except Exception:  # the lease ends by itself, and the message is searched for before the letter is sent again
            log.exception("letter_not_settled", extra={"error_id": secrets.token_hex(4)})

    async def _send(self, prepared: PreparedMessage, recorder: ResultRecorder) -> None:
        """Look for the message if an earlier attempt may have sent it; send it otherwise, and record the outcome.

        A letter that was not sent is dropped when it has nothing to say or has expired. Without a client (see STOPPED),
        or while an earlier attempt may still arrive, it is put off.
        """
        has_nothing_to_say = not prepared.messages
        if has_nothing_to_say and recorder.unconfirmed is None:
            await recorder.drop(NOTHING_TO_SAY)
            return
        client = self._client_for(prepared.workspace)
        if client is None:
            await recorder.record(prepared, Later(LEASE.total_seconds(), STOPPED, is_outage=True))
            return
        calls = SlackCalls(client, prepared.letter.workspace_id, self._rate_limit, self._clock)
        sender = MessageSender(calls)
        outcome: Outcome | None = None
        # an earlier attempt may have posted it; an edit is simply made again
        if recorder.unconfirmed is not None and prepared.kind != LetterKind.EDIT:
            # with a cursor the search goes on that Slack interrupted, and began when that one did
            if not prepared.letter.look_cursor:
                prepared.letter.look_began_at = self._clock.now()
            outcome = await sender.find(prepared, recorder.unconfirmed.since)
        if outcome is None and (await recorder.put_off_if_it_may_still_come() or await recorder.drop_if_expired()):
            return
        if outcome is None and has_nothing_to_say:
            await recorder.drop(NOTHING_TO_SAY)
            return
        if outcome is None:
            # before the turn is taken, so that the check costs the channel no time
            outcome = await self._recipients.why_not(calls, prepared)
        if outcome is None:
            outcome = await self._send_in_turn(sender, prepared, recorder)
        if outcome is not None:
            self._recipients.note_outcome(calls, prepared, outcome)
            await recorder.record(prepared, outcome)

    async def _send_in_turn(
        self, sender: MessageSender, prepared: PreparedMessage, recorder: ResultRecorder
    ) -> Outcome | None:
        """Send at its turn; return None if that is too far off, its reader is not disturbed or the lease was lost."""
        # before the turn is taken, because the checks take time and the turn is exact
        if await self._undisturbed.puts_off(sender.calls, recorder) or not await self._is_held(prepared.letter):
            return None
        now = self._clock.now()
        workspace_id, method = prepared.letter.workspace_id, METHODS[prepared.kind]
        turn = await self._rate_limit.take(workspace_id, prepared.place, method, now=now, patience=PATIENCE)
        if turn - now > PATIENCE:
            self._full.note(workspace_id, await self._rate_limit.full_until(workspace_id, now=now))
            await recorder.wait_until(turn)
            return None
        if turn - now > CHECKED_AHEAD:
            await asyncio.sleep((turn - now - CHECKED_AHEAD).total_seconds())
            if not await self._is_held(prepared.letter):
                return None
        await asyncio.sleep(max(0.0, min(turn - self._clock.now(), CHECKED_AHEAD).total_seconds()))
        return await sender.send(prepared)

    async def _is_held(self, letter: Letter) -> bool:
        """Return whether the lease still holds: once this computer slept, another worker may have the letter."""
        return await self._store.read(outbox.is_held, letter, self._clock.now())
