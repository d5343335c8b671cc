"""Recording the result of an attempt to send a letter: sent, tried later, refused, unsure or dropped."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from agendas.verbs.delivery.expiry import drop_if_overtaken, may_be_overtaken
from agendas.verbs.delivery.unconfirmed import tell_of_doubt
from agendas.verbs.letters.deactivated import note_refusal
from agendas.verbs.letters.trouble import SHARED, note_sharing, pause_channel, tell_what_is_lacking
from bot.clock import Clock
from bot.delivery.prepared import TS, PreparedMessage, queue_continuations, record_sent
from bot.delivery.shared_rate_limit import SharedRateLimit
from bot.slack_api.outcomes import Later, Outcome, Refused, Scope, Sent, Unsure, WaitReason
from storage import workspaces
from storage.database.engine import Store
from storage.delivery import leases
from storage.delivery.leases import Attempts
from storage.tables import Letter, LetterKind

LONGEST_PAUSE_SECONDS = 300.0
TRIES = 20
TRIED_FOR = timedelta(hours=1)
"""A letter is given up after this many failed tries, once it has failed by errors of its own for this long.

A letter that cannot be composed is given up after this long.
"""
TRIED_IN_OUTAGE_FOR = timedelta(days=7)
"""How long a letter is tried while Slack cannot be reached or fails as a whole."""

MAY_STILL_COME = timedelta(seconds=60)
"""Within this time of an unanswered attempt a missing message proves nothing: Slack may still post it.

Slack documents no limit. Our own timeout is 15 seconds; that of gateways and load balancers is usually a minute.
"""

METHODS = {
    LetterKind.POST: "chat.postMessage",
    LetterKind.DIRECT: "chat.postMessage",
    LetterKind.EDIT: "chat.update",
    LetterKind.EPHEMERAL: "chat.postEphemeral",
}
"""Web API method by kind of letter; Slack limits each method by itself."""

log = logging.getLogger("cadence.delivery")


class Result(StrEnum):
    """Results of an attempt, as the log and `cadence_letters_total` name them."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ResultRecorder:
    """Records the result for one letter just claimed. `after` is called with its kind and the result."""

    store: Store
    clock: Clock
    rate_limit: SharedRateLimit
    letter: Letter
    after: Callable[[str, str], None] = lambda _kind, _outcome: None

    @property
    def unconfirmed(self) -> Attempts | None:
        """When earlier attempts may have sent the letter; None when they certainly did not."""
        return leases.earlier_attempts(self.letter)

    async def record(self, prepared: PreparedMessage | None, outcome: Outcome) -> None:
        """Record the outcome: when the letter is tried again, and what else stops because of it."""
        now = self.clock.now()
        level = logging.WARNING if isinstance(outcome, Refused | Unsure) else logging.INFO
        result = _result_of(outcome)
        log.log(level, f"letter_{result}", extra=self._facts(outcome))
        self.after(self.letter.kind, result)
        if isinstance(outcome, Sent) and prepared is not None:
            at = self._sent_at(outcome, now)
            await self.store.write(record_sent, prepared, channel_id=outcome.channel_id, ts=outcome.ts, at=at)
        elif isinstance(outcome, Later):
            await self._later(prepared, outcome, now)
        elif isinstance(outcome, Refused):
            await self.store.write(self._refused, outcome, now)
        elif isinstance(outcome, Unsure):
            await self.store.write(self._unsure, prepared, outcome, now)

    async def drop(self, reason: str) -> None:
        """Drop the letter for this reason."""
        await self.store.write(leases.drop, self.letter, reason=reason)
        self.after(self.letter.kind, Result.DROPPED)

    async def drop_if_expired(self) -> bool:
        """Drop a letter that has waited too long to be worth sending, and log why; return whether it was dropped.

        Only for a letter that was certainly not sent before.
        """
        now = self.clock.now()
        if not may_be_overtaken(self.letter, now):
            return False
        reason = await self.store.write(drop_if_overtaken, self.letter, now=now)
        if reason:
            log.warning("letter_dropped", extra=self._facts(Refused(reason)))
            self.after(self.letter.kind, Result.DROPPED)
        return bool(reason)

    async def put_behind(self, until: datetime, reason: WaitReason) -> None:
        """Put the letter off for its reader's sake, behind the others: answers to the person come meanwhile."""
        letter, tried = self.letter, self.unconfirmed
        await self.store.write(
            leases.put_behind, letter, until=until, error=reason, tried=tried, failing_since=letter.failing_since
        )

    async def put_off_if_it_may_still_come(self) -> bool:
        """Put the letter off if Slack may still carry out an earlier attempt; return whether it was.

        Then its message is searched for again; an edit made again at once would be overwritten.
        """
        now = self.clock.now()
        if self.unconfirmed is None:
            return False
        # the clock may have been put back since, and the search may have missed messages posted after it began
        ended_at, looked_at = min(self.unconfirmed.until, now), min(self.letter.look_began_at or now, now)
        if looked_at - ended_at >= MAY_STILL_COME:
            return False
        tried = Attempts(self.unconfirmed.since, ended_at)
        until, error = ended_at + MAY_STILL_COME, WaitReason.NOT_THERE_YET
        await self.store.write(leases.put_off, self.letter, until=until, error=error, tried=tried)
        return True

    async def wait_until(self, instant: datetime, *, look_cursor: str = "") -> None:
        """Put the letter off until its turn; nothing was tried. An interrupted search goes on at `look_cursor`."""
        error, tried = WaitReason.WAITS_FOR_TURN, self.unconfirmed
        await self.store.write(
            leases.put_off, self.letter, until=instant, error=error, tried=tried, look_cursor=look_cursor
        )

    def _sent_at(self, sent: Sent, now: datetime) -> datetime:
        """Return when the message was posted: by its ts if an earlier attempt may have sent it, maybe hours ago."""
        if self.unconfirmed is None or not TS.fullmatch(sent.ts):
            return now
        return min(now, datetime.fromtimestamp(float(sent.ts), UTC))

    async def _later(self, prepared: PreparedMessage | None, outcome: Later, now: datetime) -> None:
        letter = self.letter
        if outcome.is_turn:
            await self.wait_until(now + timedelta(seconds=outcome.seconds), look_cursor=outcome.cursor)
            return
        if self._is_hopeless(outcome, now):
            tries = "" if outcome.is_ours else f" after {letter.failures + 1} tries"
            error = f"given up{tries}: {outcome.error}"
            # an edit is idempotent, so nobody has to decide about it
            is_unconfirmed = letter.kind != LetterKind.EDIT and (outcome.may_be_sent or self.unconfirmed is not None)
            if is_unconfirmed:
                await self.store.write(self._unsure, prepared, Unsure(error), now)
            else:
                await self.store.write(leases.refuse, letter, error=error)
            return
        until = now + timedelta(seconds=self._pause(outcome))
        if outcome.holds_method:
            await self.rate_limit.hold(letter.workspace_id, outcome.method, now=now, until=until)
        tried = Attempts(letter.first_tried_at or now, now) if outcome.may_be_sent else self.unconfirmed
        if outcome.holds_method:
            cursor = outcome.cursor
            await self.store.write(
                leases.put_off, letter, until=until, error=outcome.error, tried=tried, look_cursor=cursor
            )
            return
        put_off = leases.put_behind if outcome.is_ours else leases.put_off_failed
        failing_since = None if outcome.is_outage else letter.failing_since or now
        await self.store.write(
            put_off, letter, until=until, error=outcome.error, tried=tried, failing_since=failing_since
        )

    def _is_hopeless(self, outcome: Later, now: datetime) -> bool:
        if outcome.holds_method:
            return False
        is_tried_enough = outcome.is_ours or self.letter.failures + 1 >= TRIES
        if outcome.is_outage:
            return is_tried_enough and now - self.letter.created_at > TRIED_IN_OUTAGE_FOR
        # before that it may have waited for other reasons
        return is_tried_enough and now - (self.letter.failing_since or now) > TRIED_FOR

    def _pause(self, outcome: Later) -> float:
        """Return the seconds until the next try: as Slack asks, else longer with every try."""
        if outcome.holds_method:
            return outcome.seconds
        return min(max(outcome.seconds, 2.0 ** min(self.letter.failures + 1, 9)), LONGEST_PAUSE_SECONDS)

    def _unsure(self, session: Session, prepared: PreparedMessage | None, outcome: Unsure, now: datetime) -> None:
        is_unsure = leases.mark_unsure(session, self.letter, error=outcome.error)
        # not if another worker has claimed the letter meanwhile
        if is_unsure:
            tell_of_doubt(session, self.letter, now)
        if is_unsure and prepared is not None and prepared.kind == LetterKind.EPHEMERAL:
            # the continuations need no thread, so they do not wait for an admin's decision about this part
            queue_continuations(session, prepared, self.letter, at=now)
        if outcome.lacks:
            tell_what_is_lacking(session, self.letter.workspace_id, outcome.lacks, now)

    def _refused(self, session: Session, outcome: Refused, now: datetime) -> None:
        letter = self.letter
        if outcome.lacks:
            tell_what_is_lacking(session, letter.workspace_id, outcome.lacks, now)
        if outcome.scope in (Scope.LETTER, Scope.TARGET):
            leases.refuse(session, letter, error=outcome.error)
            note_refusal(session, letter.workspace_id, letter.user_id, error=outcome.error, now=now)
            return
        # the channel or the workspace stops; the letter waits until it works again
        leases.put_off(session, letter, until=now, error=outcome.error, tried=self.unconfirmed)
        if outcome.error == SHARED:
            note_sharing(session, letter.workspace_id, letter.channel_id, is_shared=True, now=now)
        if outcome.scope is Scope.CHANNEL:
            pause_channel(session, letter.workspace_id, letter.channel_id, error=outcome.error, now=now)
        else:
            workspaces.deactivate(session, letter.workspace_id, gone_at=now)

    def _facts(self, outcome: Outcome) -> dict[str, object]:
        facts: dict[str, object] = {"letter": self.letter.id, "kind": self.letter.kind, "page": self.letter.page}
        if isinstance(outcome, Refused | Unsure) and outcome.lacks:
            facts["lacks"] = outcome.lacks
        return facts if isinstance(outcome, Sent) else facts | {"error": outcome.error}


def _result_of(outcome: Outcome) -> Result:
    """Return the result of a final outcome: the sender leaves no other kinds."""
    if isinstance(outcome, Sent):
        return Result.SENT
    if isinstance(outcome, Later):
        return Result.LATER
    return Result.UNSURE if isinstance(outcome, Unsure) else Result.REFUSED
