"""When people are asked to prepare a review: at its lead, and so much earlier that many have their message by then."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.rules.notices.early import instants_before, minutes_ahead
from agendas.verbs.loading.plan import plan_of, plans_of
from agendas.verbs.loading.preparation import asks_at_of, cutoff_of
from storage.delivery import direct_channels
from storage.preparing import asked_people
from storage.privacy import channel_members, private_accounts
from storage.tables import Cadence

MOST_AHEAD = timedelta(hours=6)
"""The most by which sending begins before the lead: 65,000 messages, or 16,000 conversations to open."""
LOOKED_AT_EVERY = timedelta(minutes=1)
"""Pause between two looks whether Slack has told the members of a channel: as often it is asked for them."""


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


def looked_at_again_at(session: Session, row: Cadence, now: datetime) -> datetime | None:
    """Return when those are looked for again who see the accounts private to the cadence's channel, None for never.

    They are while Slack has not told the channel's members lately, until updates end.
    """
    cutoff = cutoff_of(row)
    if cutoff is None or not private_accounts.private_to(session, row.workspace_id, row.channel_id):
        return None
    since = now - channel_members.MEMBERS_KNOWN_FOR
    known = channel_members.known_members(session, row.workspace_id, (row.channel_id,), known_since=since)
    return None if known else min(now + LOOKED_AT_EVERY, cutoff)


def is_looked_at_again(session: Session, row: Cadence) -> bool:
    """Return whether people were asked but for those who see the accounts private to the cadence's channel."""
    at = asks_at_of(row, plan_of(session, row))
    return at is not None and _again_at(row, at) is not None


def _again_at(row: Cadence, at: datetime) -> datetime | None:
    return row.prepare_at if row.prepare_at is not None and row.prepare_at > at else None


def _begins(session: Session, rows: Collection[Cadence], now: datetime | None = None) -> dict[int, datetime]:
    """The instant at which asking begins, by the id of the cadence, of those that ask; the same where it has come."""
    plans = plans_of(session, rows)
    asking = [(row, at) for row in rows if (at := asks_at_of(row, plans[row.row_id])) is not None]
    ahead = {row.workspace_id for row, at in asking if now is None or now < at <= now + MOST_AHEAD}
    many = asked_people.count_named(session, ahead) if ahead else {}
    most = {each: min(minutes_ahead(*counted), MOST_AHEAD) for each, counted in many.items()}
    return {row.row_id: _again_at(row, at) or at - most.get(row.workspace_id, timedelta()) for row, at in asking}
