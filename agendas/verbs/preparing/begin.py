"""When people are asked to prepare a review: at its lead, and so much earlier that many have their message by then."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.rules.notices.early import instants_before, minutes_ahead
from agendas.verbs.loading.plan import plan_of, plans_of
from agendas.verbs.loading.preparation import asks_at_of, cutoff_of
from storage.delivery import direct_channels
from storage.preparing import asked_people
from storage.tables import Cadence

MOST_AHEAD = timedelta(hours=6)
"""The most by which sending begins before the lead: 65,000 messages, or 16,000 conversations to open."""


def unasked(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences whose next review is to be prepared and of which nobody was asked."""
    begins = _begins(session, asked_people.unprepared(session, now + MOST_AHEAD), now)
    return [cadence_id for cadence_id, at in begins.items() if at <= now][:limit]


def is_due(session: Session, row: Cadence, now: datetime) -> bool:
    """Return whether it is time to ask people to prepare the next review of the cadence."""
    begins_at = _begins(session, [row], now).get(row.row_id)
    return begins_at is not None and begins_at <= now


def next_to_ask_at(session: Session) -> datetime | None:
    """Return the earliest instant at which people are asked to prepare a review, None when none is planned."""
    return min(_begins(session, asked_people.unprepared(session)).values(), default=None)


def earliest_due_at(session: Session, row: Cadence, people: int) -> datetime | None:
    """Return the earliest instant at which a message to one of so many people may have been due."""
    at = asks_at_of(row, plan_of(session, row))
    return at - minutes_ahead(people, people) if at is not None else None


def due_instants(session: Session, row: Cadence, user_ids: Sequence[str], now: datetime) -> Mapping[str, datetime]:
    """Return when the message to each of these people is due: the last at the lead, or as soon as the pace allows.

    Whatever is left at the end of updates comes by then, quicker than that.
    """
    at, cutoff = asks_at_of(row, plan_of(session, row)), cutoff_of(row)
    if at is None or cutoff is None:
        return dict.fromkeys(user_ids, now)
    known = direct_channels.known(session, row.workspace_id, user_ids)
    ahead = minutes_ahead(len(user_ids), len(user_ids) - len(known))
    instants = instants_before(min(max(at, now + ahead), cutoff), [user_id in known for user_id in user_ids])
    return {user_id: max(now, due_at) for user_id, due_at in zip(user_ids, instants, strict=True)}


def _begins(session: Session, rows: Collection[Cadence], now: datetime | None = None) -> dict[int, datetime]:
    """The instant at which asking begins, by the id of the cadence, of those that ask; the same where it has come."""
    plans = plans_of(session, rows)
    asking = [(row, at) for row in rows if (at := asks_at_of(row, plans[row.row_id])) is not None]
    ahead = {row.workspace_id for row, at in asking if now is None or now < at <= now + MOST_AHEAD}
    many = asked_people.count_named(session, ahead) if ahead else {}
    most = {each: min(minutes_ahead(*counted), MOST_AHEAD) for each, counted in many.items()}
    return {row.row_id: at - most.get(row.workspace_id, timedelta()) for row, at in asking}
