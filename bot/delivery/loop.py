"""The loop that sends the letters: claims what is due, sends it in order per place, and records what came of it."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from agendas.facts.log import log_with
from bot.clock import Clock, SystemClock
from bot.database_time import DatabaseTime
from bot.delivery.calls import PATIENCE, SlackCalls
from bot.delivery.prepared import Compose, Parcel, pack
from bot.delivery.rate_limit import Pacing
from bot.delivery.recipients import Audience
from bot.delivery.results import METHODS, Settle
from bot.delivery.sending import Postman
from bot.delivery.shared_rate_limit import Turns
from bot.health.heartbeat import Pulse
from bot.slack_api.clock import SlackTime
from bot.slack_api.outcomes import Later, Outcome
from storage.database.engine import Store
from storage.database.errors import problem_of
from storage.delivery import leases
from storage.tables import Letter

IN_HAND = 20
"""How many letters are being sent at once, each to another place."""
LEASE = timedelta(seconds=120)
LETTER_SECONDS = 100.0
"""Everything that is done for one letter, its claim included, ends within its lease."""
LOOK_SECONDS = 1.0
"""How often it looks for letters that have come due; new ones wake it at once."""
COMPOSE_AGAIN_SECONDS = 60.0
"""Before a letter that could not be composed is tried again; meanwhile the others of its place go."""
DRAIN_SECONDS = 15.0
STOPPED = "the work of its workspace has stopped, or its token cannot be read"

ClientOf = Callable[[str], Awaitable[AsyncWebClient | None]]

ASKED_AHEAD = timedelta(seconds=1)
"""How long before its turn the lease of a letter that waits for it is looked at once more."""
NOTHING_TO_SAY = "there was nothing to say any more"

log = logging.getLogger("cadence.delivery")


class Delivery:
    """Sends letters until it is drained. Letters to one place go one after the other, places side by side.

    `slack_time` hears the answers to the clients of `client_of`, `database_time` compares the clocks that leases go by.
    `pulse` is beaten as it looks for letters and the database answers.
    `after_letter` is called with the kind of each letter that was tried and what came of it.
    """

    def __init__(
        self,
        store: Store,
        client_of: ClientOf,
        compose: Compose,
        clock: Clock,
        *,
        pacing: Pacing | None = None,
        slack_time: SlackTime | None = None,
        database_time: DatabaseTime | None = None,
    ) -> None:
        self._store = store
        self._client_of = client_of
        self._compose = compose
        self._clock = clock
        self._turns = Turns(store, pacing or Pacing())
        self._slack_time = slack_time or SlackTime()
        self._database_time = database_time or DatabaseTime(store, SystemClock())
        self._audience = Audience()
        self._worker = secrets.token_hex(4)
        self.pulse = Pulse()
        self.after_letter: Callable[[str, str], None] = lambda _kind, _outcome: None
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._in_hand: set[asyncio.Task[None]] = set()
        self._held: dict[int, Letter] = {}
        self._again: dict[int, tuple[Letter, float]] = {}
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins sending. A single process on SQLite takes over at once what the one before had in hand."""
        if self._store.is_sqlite:
            await self._store.write(leases.end_all, now=self._clock.now())
        self._loop = asyncio.create_task(self._run())

    def wake(self) -> None:
        """There may be letters to send."""
        self._woken.set()

    async def count_answers(self, workspace_id: str, channel_id: str, messages: int) -> None:
        """So many answers to what people did were just posted in this channel: letters to it leave them their time."""
        await self._turns.count(workspace_id, channel_id, messages, now=self._clock.now())

    async def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Claims no more and waits for what is being sent; what is not done in time is left to its lease."""
        self._is_stopping = True
        self.wake()
        if self._loop is not None:
            await self._loop
        if self._in_hand:
            _, late = await asyncio.wait(self._in_hand, timeout=seconds)
            for task in late:
                task.cancel()

    async def _run(self) -> None:
        while not self._is_stopping:
            self._woken.clear()
            if not await self._take():
                try:
                    await asyncio.wait_for(self._woken.wait(), LOOK_SECONDS)
                except TimeoutError:
                    continue

    async def _take(self) -> bool:
        """Whether letters were claimed; each is sent in a task of its own."""
        room = IN_HAND - len(self._in_hand)
        # the lease counts from here, however long the claim takes, and so does what is done within it
        now, ends_at = self._clock.now(), asyncio.get_running_loop().time() + LETTER_SECONDS
        try:
            await self._database_time.compare()
            if not room or not await self._store.read(leases.is_any_claimable, now):
                self.pulse.beat()
                return False
            claimed = await self._store.write(
                leases.claim,
                now=now,
                tried_at=self._slack_time.at(now),
                worker=self._worker,
                lease=LEASE,
                batch=room,
            )
        except Exception:  # the loop must outlive a database that is away for a while
            log.exception("claim_failed", extra={"error_id": secrets.token_hex(4)})
            return False
        self.pulse.beat()
        for letter in claimed:
            self._take_in_hand(letter, ends_at)
        return bool(claimed)

    def _take_in_hand(self, letter: Letter, ends_at: float, *, is_again: bool = False) -> None:
        held = self._held.get(letter.row_id)
        if held is not None:
            # the clock was put forward, so that the lease ended while the letter is still being sent here
            held.attempts = letter.attempts
            self._again[letter.row_id] = letter, ends_at
            return
        self._held[letter.row_id] = letter
        task = asyncio.create_task(self._deliver(letter, ends_at, is_again=is_again))
        self._in_hand.add(task)
        task.add_done_callback(partial(self._put_down, letter.row_id))

    def _put_down(self, letter_id: int, task: asyncio.Task[None]) -> None:
        self._held.pop(letter_id, None)
        self._in_hand.discard(task)
        if letter_id in self._again and not self._is_stopping:
            # it may have been let go just before, as its lease was over
            self._take_in_hand(*self._again.pop(letter_id), is_again=True)
        self.wake()

    async def _deliver(self, letter: Letter, ends_at: float, *, is_again: bool) -> None:
        """Sends one letter and records what came of it. Its trouble stays its own."""
        log_with(letter=letter.id)
        settle = Settle(self._store, self._clock, self._turns, letter, after=self.after_letter)
        parcel = None
        try:
            async with asyncio.timeout_at(ends_at):
                if is_again and not await self._is_held(letter):
                    return
                parcel = await self._store.read_long(pack, letter, self._compose)
                await self._send(parcel, settle)
        except Exception as error:  # one letter's trouble never stops another
            await self._put_off_failed(settle, error, is_composed=parcel is not None)

    async def _put_off_failed(self, settle: Settle, error: Exception, *, is_composed: bool) -> None:
        error_id = secrets.token_hex(4)
        is_ours = not is_composed and problem_of(error) is None and not isinstance(error, TimeoutError)
        seconds = COMPOSE_AGAIN_SECONDS if is_ours else 1.0
        said = f"{type(error).__name__} {error_id}"
        log.error("letter_failed", extra={"error_id": error_id, "letter": settle.letter.id}, exc_info=error)
        try:
            await settle.by(None, Later(seconds, said, may_be_sent=is_composed, is_ours=is_ours))
        except Exception:  # the lease ends by itself, and the letter is looked for before it is sent again
            log.exception("letter_not_settled", extra={"error_id": secrets.token_hex(4)})

    async def _send(self, parcel: Parcel, settle: Settle) -> None:
        has_nothing_to_say = not parcel.messages
        if has_nothing_to_say and settle.doubt is None:
            await settle.drop(NOTHING_TO_SAY)
            return
        client = await self._client_of(parcel.letter.workspace_id)
        if client is None:
            await settle.by(parcel, Later(LEASE.total_seconds(), STOPPED, is_outage=True))
            return
        calls = SlackCalls(client, parcel.letter.workspace_id, self._turns, self._clock)
        postman = Postman(calls)
        outcome = await self._find(postman, parcel, settle)
        if outcome is None and (await settle.may_still_come() or await settle.is_overtaken()):
            return
        if outcome is None and has_nothing_to_say:
            await settle.drop(NOTHING_TO_SAY)
            return
        if outcome is None:
            # before its turn is taken, so that the question costs the channel no time
            outcome = await self._audience.hindrance(calls, parcel)
        if outcome is None:
            outcome = await self._send_in_turn(postman, parcel, settle)
        if outcome is not None:
            self._audience.after(calls, parcel, outcome)
            await settle.by(parcel, outcome)

    async def _find(self, postman: Postman, parcel: Parcel, settle: Settle) -> Outcome | None:
        """The message, if an earlier attempt got through. An edit is made again, and not looked for."""
        if settle.doubt is None or parcel.kind == "edit":
            return None
        if not parcel.letter.look_cursor:
            parcel.letter.look_began_at = self._clock.now()
        return await postman.find(parcel, settle.doubt.since)

    async def _send_in_turn(self, postman: Postman, parcel: Parcel, settle: Settle) -> Outcome | None:
        """What came of sending in its turn; None when that is too far off or the letter is not ours any more."""
        # asked before its turn is taken, because the answer takes its time and the turn is exact
        if not await self._is_held(parcel.letter):
            return None
        now = self._clock.now()
        line = (parcel.letter.workspace_id, parcel.place, METHODS[parcel.kind])
        turn = await self._turns.take(*line, now=now, patience=PATIENCE)
        if turn - now > PATIENCE:
            await settle.wait_until(turn)
            return None
        if turn - now > ASKED_AHEAD:
            await asyncio.sleep((turn - now - ASKED_AHEAD).total_seconds())
            if not await self._is_held(parcel.letter):
                return None
        rest = min(turn - self._clock.now(), ASKED_AHEAD)
        await asyncio.sleep(max(0.0, rest.total_seconds()))
        return await postman.send(parcel)

    async def _is_held(self, letter: Letter) -> bool:
        """Not when this computer slept, and its own clocks with it: another has the letter then, or will take it."""
        return await self._store.read(leases.is_held, letter, self._clock.now())
