"""From what came of a letter to what is written down about it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from agendas.verbs.delivery.expiry import drop_if_overtaken, may_be_overtaken
from agendas.verbs.delivery.unconfirmed import tell_of_doubt
from agendas.verbs.letters.deactivated import note_refusal
from agendas.verbs.letters.trouble import SHARED, note_sharing, pause_channel, tell_what_is_lacking
from bot.clock import Clock
from bot.delivery.prepared import TS, Parcel, carry_on, record
from bot.delivery.shared_rate_limit import Turns
from bot.slack_api.outcomes import Later, Outcome, Refused, Scope, Sent, Unsure
from storage import workspaces
from storage.database.engine import Store
from storage.delivery import leases
from storage.delivery.leases import Attempts
from storage.tables import Letter, LetterKind

LONGEST_PAUSE_SECONDS = 300.0
TRIES = 20
TRIED_FOR = timedelta(hours=1)
"""After this many tries that failed, the last for this long by an error of its own, a letter is given up.

One that cannot be composed is, after this long.
"""
TRIED_IN_OUTAGE_FOR = timedelta(days=7)
"""How long a letter is tried while Slack cannot be reached or fails as a whole."""

MAY_STILL_COME = timedelta(seconds=60)
"""For so long after an attempt ended without an answer it proves nothing that its message is not there.

Slack names no time after which it does not carry out any more what it took. Our own patience is 15 seconds; that of the
gateways and balancers on such a way is a minute unless it was set otherwise.
"""
NOT_THERE_YET = "not there yet"
"""Why a letter waits that may still come."""

METHODS = {
    LetterKind.POST: "chat.postMessage",
    LetterKind.DIRECT: "chat.postMessage",
    LetterKind.EDIT: "chat.update",
    LetterKind.EPHEMERAL: "chat.postEphemeral",
}
"""Web API method by the letter's kind: Slack limits each by itself."""

log = logging.getLogger("cadence.delivery")


@dataclass(frozen=True, slots=True)
class Settle:
    """Writes down what came of one letter just claimed; `after` is told its kind and the outcome in a word."""

    store: Store
    clock: Clock
    turns: Turns
    letter: Letter
    after: Callable[[str, str], None] = lambda _kind, _outcome: None

    @property
    def doubt(self) -> Attempts | None:
        """When earlier attempts may have sent the letter; None when they certainly did not."""
        return leases.earlier_attempts(self.letter)

    async def by(self, parcel: Parcel | None, outcome: Outcome) -> None:
        """Writes the outcome down; it follows from it when the letter is tried again, and what else stops."""
        now = self.clock.now()
        level = logging.WARNING if isinstance(outcome, Refused | Unsure) else logging.INFO
        word = type(outcome).__name__.lower()
        log.log(level, f"letter_{word}", extra=self._facts(outcome))
        self.after(self.letter.kind, word)
        if isinstance(outcome, Sent) and parcel is not None:
            at = self._sent_at(outcome, now)
            await self.store.write(record, parcel, channel_id=outcome.channel_id, ts=outcome.ts, at=at)
        elif isinstance(outcome, Later):
            await self._later(parcel, outcome, now)
        elif isinstance(outcome, Refused):
            await self.store.write(self._refused, outcome, now)
        elif isinstance(outcome, Unsure):
            await self.store.write(self._unsure, parcel, outcome, now)

    async def drop(self, reason: str) -> None:
        """The letter has nothing to say any more."""
        await self.store.write(leases.drop, self.letter, reason=reason)
        self.after(self.letter.kind, "dropped")

    async def is_overtaken(self) -> bool:
        """Whether the letter has waited so long that it is not sent any more; it is dropped then, and the log says why.

        To be asked only when it is certain that it was not sent before.
        """
        now = self.clock.now()
        if not may_be_overtaken(self.letter, now):
            return False
        reason = await self.store.write(drop_if_overtaken, self.letter, now=now)
        if reason:
            log.warning("letter_dropped", extra=self._facts(Refused(reason)))
            self.after(self.letter.kind, "dropped")
        return bool(reason)

    async def may_still_come(self) -> bool:
        """Whether Slack may still carry an earlier attempt out, so that it says nothing yet that it did not.

        The letter is then put off: its message is looked for again, and an edit made again would be overwritten.
        """
        now = self.clock.now()
        if self.doubt is None:
            return False
        # the clock may have been put back since; what came after the look began it may have passed over
        ended_at, looked_at = min(self.doubt.until, now), min(self.letter.look_began_at or now, now)
        if looked_at - ended_at >= MAY_STILL_COME:
            return False
        tried = Attempts(self.doubt.since, ended_at)
        until = ended_at + MAY_STILL_COME
        await self.store.write(leases.put_off, self.letter, until=until, error=NOT_THERE_YET, tried=tried)
        return True

    async def wait_until(self, instant: datetime, *, look_cursor: str = "") -> None:
        """It is not the letter's turn before that; nothing was tried. A look for it goes on at `look_cursor`."""
        error, tried = "waits for its turn", self.doubt
        await self.store.write(
            leases.put_off, self.letter, until=instant, error=error, tried=tried, look_cursor=look_cursor
        )

    def _sent_at(self, sent: Sent, now: datetime) -> datetime:
        """Of a message that an earlier attempt may have sent: when Slack says that it came, which may be hours ago."""
        if self.doubt is None or not TS.fullmatch(sent.ts):
            return now
        return min(now, datetime.fromtimestamp(float(sent.ts), UTC))

    async def _later(self, parcel: Parcel | None, outcome: Later, now: datetime) -> None:
        letter = self.letter
        if outcome.is_turn:
            await self.wait_until(now + timedelta(seconds=outcome.seconds), look_cursor=outcome.cursor)
            return
        if self._is_hopeless(outcome, now):
            tries = "" if outcome.is_ours else f" after {letter.failures + 1} tries"
            error = f"given up{tries}: {outcome.error}"
            # an edit is the same however often it is made, so nobody has to decide about it
            is_in_doubt = letter.kind != LetterKind.EDIT and (outcome.may_be_sent or self.doubt is not None)
            if is_in_doubt:
                await self.store.write(self._unsure, parcel, Unsure(error), now)
            else:
                await self.store.write(leases.refuse, letter, error=error)
            return
        until = now + timedelta(seconds=self._pause(outcome))
        if outcome.holds_method:
            await self.turns.hold(letter.workspace_id, outcome.method, now=now, until=until)
        tried = Attempts(letter.first_tried_at or now, now) if outcome.may_be_sent else self.doubt
        if outcome.holds_method:
            cursor = outcome.cursor
            await self.store.write(
                leases.put_off, letter, until=until, error=outcome.error, tried=tried, look_cursor=cursor
            )
            return
        write_down = leases.put_behind if outcome.is_ours else leases.put_off_failed
        failing_since = None if outcome.is_outage else letter.failing_since or now
        await self.store.write(
            write_down, letter, until=until, error=outcome.error, tried=tried, failing_since=failing_since
        )

    def _is_hopeless(self, outcome: Later, now: datetime) -> bool:
        if outcome.holds_method:
            return False
        is_tried_enough = outcome.is_ours or self.letter.failures + 1 >= TRIES
        if outcome.is_outage:
            return is_tried_enough and now - self.letter.created_at > TRIED_IN_OUTAGE_FOR
        # it may have waited for other reasons before
        return is_tried_enough and now - (self.letter.failing_since or now) > TRIED_FOR

    def _pause(self, outcome: Later) -> float:
        """Slack's own wish when it has one, else longer with every try."""
        if outcome.holds_method:
            return outcome.seconds
        return min(max(outcome.seconds, 2.0 ** min(self.letter.failures + 1, 9)), LONGEST_PAUSE_SECONDS)

    def _unsure(self, session: Session, parcel: Parcel | None, outcome: Unsure, now: datetime) -> None:
        is_unsure = leases.mark_unsure(session, self.letter, error=outcome.error)
        # one that another worker took meanwhile is that one's
        if is_unsure:
            tell_of_doubt(session, self.letter, now)
        if is_unsure and parcel is not None and parcel.kind == LetterKind.EPHEMERAL:
            # the rest needs no thread, and does not wait for what an admin says of this part
            carry_on(session, parcel, self.letter, at=now)
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
        # what stops is the channel or the workspace; the letter waits until that is well again
        leases.put_off(session, letter, until=now, error=outcome.error, tried=self.doubt)
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
