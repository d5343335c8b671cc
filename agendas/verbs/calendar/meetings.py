"""Meetings of a calendar: the next dates of the reviews that a person takes part in, or of a channel's."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.facts.people import Function
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.calendar import Meeting
from agendas.rules.reviews.schedule import upcoming
from agendas.verbs.calendar.addresses import has_ended
from agendas.verbs.loading.participants import participants
from agendas.verbs.loading.plan import plan_of
from agendas.verbs.loading.rows import change_facts
from agendas.verbs.privacy.audience import seen_by
from storage import people, reviews, workspaces
from storage.audit import entries
from storage.calendar import feeds
from storage.tables import Cadence, CalendarFeed, Workspace

DATES = 12
"""Dates of each cadence in a calendar."""
MOST_CADENCES = 50


def meetings_of(session: Session, token_hash: str, *, now: datetime) -> tuple[Meeting, ...] | None:
    """Return the meetings of the calendar whose token has this hash, soonest first.

    None where there is no such calendar, and where its person, who made that of a channel, or the bot left.
    """
    feed = feeds.by_hash(session, token_hash)
    workspace = workspaces.get(session, feed.workspace_id) if feed else None
    if feed is None or workspace is None or not workspace.is_active:
        return None
    if has_ended(session, feed):
        return None
    audience = Audience(feed.workspace_id, feed.user_id or None, feed.channel_id)
    with seen_by(session, audience, now):
        rows = _cadences(session, feed, now)[:MOST_CADENCES]
        found = [meeting for row in rows for meeting in _meetings(session, workspace, row, now)]
    return tuple(sorted(found, key=lambda each: (each.begins_at, each.cadence_id)))


def _cadences(session: Session, feed: CalendarFeed, now: datetime) -> Sequence[Cadence]:
    """The running cadences of the channel, or those that the person takes part in."""
    running = [row for row in reviews.cadences(session, feed.workspace_id) if not row.is_paused]
    if feed.channel_id:
        return [row for row in running if row.channel_id == feed.channel_id]
    of_accounts = [row for row in running if row.kind == CadenceKind.ACCOUNTS]
    found = participants(session, of_accounts, now=now, only=[feed.user_id])
    mine = {number for number, people in found.items() if any(each.user_id == feed.user_id for each in people)}
    person = people.find(session, feed.workspace_id, feed.user_id)
    is_executive = person is not None and person.function == Function.EXECUTIVE
    return [
        row
        for row in running
        if row.facilitator == feed.user_id or row.row_id in mine or (is_executive and row.kind == CadenceKind.EXECUTIVE)
    ]


def _meetings(session: Session, workspace: Workspace, row: Cadence, now: datetime) -> list[Meeting]:
    changes = change_facts(reviews.changes(session, row.row_id))
    lasts = timedelta(minutes=row.minutes)
    last = entries.last_of_subject(session, row.workspace_id, f"cadence:{row.row_id}")
    facilitator = people.find(session, row.workspace_id, row.facilitator) if row.facilitator else None
    base = workspace.url.rstrip("/")
    return [
        Meeting(
            row.workspace_id,
            row.row_id,
            CadenceKind(row.kind),
            each.planned_on,
            each.at,
            lasts,
            sequence=last.row_id if last else 0,
            changed_at=last.at if last else row.created_at,
            facilitator=facilitator.name if facilitator else "",
            url=f"{base}/archives/{row.channel_id}" if base else "",
        )
        for each in upcoming(plan_of(session, row), now - lasts, changes, DATES)
    ]
