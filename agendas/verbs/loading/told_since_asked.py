"""Load what was told of accounts since the review that was their last one when people were asked to prepare another."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, Source
from agendas.facts.events import Noted
from agendas.rules.history.weight import AUTOMATIC
from agendas.verbs.loading.recorded_since import LOOK_BACK, telling_since_review
from agendas.verbs.loading.rows import event_facts
from storage import events
from storage.past_reviews import held_reviews
from storage.preparing import noted_signals
from storage.tables import SignalRow

BY_NOBODY = tuple(source.value for source in AUTOMATIC)


@dataclass(frozen=True, slots=True)
class Told:
    """Entries told, and the instants at which reviews closed, by account id.

    What is said for several reviews of one day answers all of them, also once the first of them was held. What was said
    for a review that closed before people were asked answers nothing any more, though that one was not held; and before
    an account's first review nothing does that was recorded before there was a cadence to prepare.
    """

    events: Mapping[int, Sequence[EventFacts]] = field(default_factory=dict)
    closings: Mapping[int, Sequence[datetime]] = field(default_factory=dict)

    def of(self, account_id: int, asked_at: datetime, last_made_at: datetime) -> list[EventFacts]:
        """Return what answers somebody who was asked then; the last of the cadences was made at `last_made_at`."""
        before = [at for at in self.closings.get(account_id, ()) if at <= asked_at]
        since = before[-1] if before else last_made_at
        return [each for each in self.events.get(account_id, ()) if each.recorded_at >= since]


def told_since_asked(session: Session, account_ids: Collection[int], first_asked_at: datetime, now: datetime) -> Told:
    """Return what was told of accounts of which people were asked from `first_asked_at` on; signals as notes."""
    if not account_ids:
        return Told()
    ids = sorted(account_ids)
    found = [*telling_since_review(session, ids, now), *signals_as_notes(session, ids, now)]
    return with_asked(session, ids, found, first_asked_at, now=now)


def with_asked(
    session: Session, ids: Sequence[int], recent: Sequence[EventFacts], first_asked_at: datetime, *, now: datetime
) -> Told:
    """Return what was told as above, where what was told since each account's last held review is known."""
    found = list(recent)
    closings = held_reviews.closings(session, ids, after=now - LOOK_BACK)
    again = [account_id for account_id, times in closings.items() if times[-1] > first_asked_at]
    if again:
        after = min(_since(closings[each], first_asked_at) for each in again)
        found += [event_facts(row) for row in events.between(session, again, after, now)]
        found += _noted_after(session, again, after, now)
    told: dict[int, dict[int, EventFacts]] = defaultdict(dict)
    for event in found:
        told[event.account_id][event.id] = event
    return Told({account_id: list(of.values()) for account_id, of in told.items()}, closings)


def _since(closings: Sequence[datetime], asked_at: datetime) -> datetime:
    """The close of the last review before people were asked; without one so long before it as history is read."""
    return max((at for at in closings if at <= asked_at), default=asked_at - LOOK_BACK)


def signals_as_notes(session: Session, account_ids: Collection[int], now: datetime) -> list[EventFacts]:
    """Return the signals noted by hand since each account's last held review, as notes of whoever noted them.

    Their ids are negative: they are entries of no history. Signals of programs and files say nothing for anybody.
    """
    if not account_ids:
        return []
    return [
        _note(row)
        for row in noted_signals.since_last_held(session, account_ids, now - LOOK_BACK, but=BY_NOBODY)
        if row.recorded_at <= now
    ]


def _noted_after(session: Session, account_ids: Collection[int], after: datetime, now: datetime) -> list[EventFacts]:
    """Return the signals noted by hand from an instant on, as above."""
    rows = noted_signals.after(session, account_ids, after, but=BY_NOBODY)
    return [_note(row) for row in rows if row.recorded_at <= now]


def _note(row: SignalRow) -> EventFacts:
    return EventFacts(
        id=-row.row_id,
        account_id=row.account_id,
        change=Noted(row.text),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source),
    )
