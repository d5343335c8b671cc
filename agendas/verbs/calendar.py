"""Calendars of reviews that people subscribe to."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.facts.people import Author, Function
from agendas.facts.program import TrailSubject
from agendas.facts.reviews import CadenceKind, FeedFacts, PlannedMeeting
from agendas.rules.schedule import upcoming
from agendas.verbs.loading import change_facts, is_member, plan_of
from agendas.verbs.privacy import seen_by
from agendas.verbs.roster import participants
from agendas.verbs.trail import note_change
from storage import channels, people, reviews, trail, workspaces
from storage.models.following import CalendarFeed
from storage.models.reviews import Cadence
from storage.models.workspaces import Workspace

# Addresses of calendars: made, renewed and revoked. A token itself is never kept.


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def has_ended(session: Session, feed: CalendarFeed) -> bool:
    """Return true once its person left; for a channel's calendar, who made it and so knows its address."""
    return not is_member(people.find(session, feed.workspace_id, feed.user_id or feed.made_by))


def find_feed(session: Session, workspace_id: str, user_id: str, *, channel_id: str = "") -> FeedFacts | None:
    """Return the calendar of the channel, or of the person without one; None where it has no address that works."""
    row = channels.find_feed(session, workspace_id, **_whose(user_id, channel_id))
    return FeedFacts(row.made_at, row.made_by, row.channel_id) if row and not has_ended(session, row) else None


def renew(session: Session, author: Author, token: str, *, channel_id: str = "") -> None:
    """Give the calendar of the channel, or the author's own without one, this token; an older one ends."""
    feed = CalendarFeed(
        workspace_id=author.workspace_id,
        user_id="" if channel_id else author.user_id,
        channel_id=channel_id,
        token_hash=hash_of(token),
        made_by=author.user_id,
        made_at=author.at,
    )
    channels.save_feed(session, feed)
    note_change(session, author, TrailSubject.CALENDAR, channel_id, after={"address": "made"})


def revoke(session: Session, author: Author, *, channel_id: str = "") -> None:
    """End the address of the calendar of the channel, or of the author's own."""
    channels.remove_feed(session, author.workspace_id, **_whose(author.user_id, channel_id))
    note_change(session, author, TrailSubject.CALENDAR, channel_id, after={"address": "revoked"})


def _whose(user_id: str, channel_id: str) -> dict[str, str]:
    """The columns that find a calendar: a channel's has no person, whoever made it."""
    return {"user_id": "" if channel_id else user_id, "channel_id": channel_id}


# Meetings of a calendar: the next dates of the reviews that a person takes part in, or of a channel's.

DATES = 12
"""Dates of each cadence in a calendar."""
MOST_CADENCES = 50


def meetings_of(session: Session, token_hash: str, *, now: datetime) -> tuple[PlannedMeeting, ...] | None:
    """Return the meetings of the calendar whose token has this hash, soonest first.

    None where there is no such calendar, and once the person who made it or the bot has left.
    """
    feed = channels.by_hash(session, token_hash)
    workspace = workspaces.get(session, feed.workspace_id) if feed else None
    if feed is None or workspace is None or not workspace.is_active or has_ended(session, feed):
        return None
    audience = Audience(feed.workspace_id, feed.user_id or None, feed.channel_id)
    with seen_by(session, audience, now):
        rows = _cadences(session, feed, now)[:MOST_CADENCES]
        found = [meeting for row in rows for meeting in _meetings(session, workspace, row, now)]
    return tuple(sorted(found, key=lambda each: (each.begins_at, each.cadence_id)))


def _cadences(session: Session, feed: CalendarFeed, now: datetime) -> Sequence[Cadence]:
    """The running cadences of the channel, or those that the person facilitates or takes part in.

    Executives take part in every review of executives.
    """
    running = [row for row in reviews.cadences(session, feed.workspace_id) if not row.is_paused]
    if feed.channel_id:
        return [row for row in running if row.channel_id == feed.channel_id]
    of_accounts = [row for row in running if row.kind == CadenceKind.ACCOUNTS]
    taking_part = participants(session, of_accounts, now=now, only=[feed.user_id])
    own_ids = {row_id for row_id, people in taking_part.items() if any(each.user_id == feed.user_id for each in people)}
    person = people.find(session, feed.workspace_id, feed.user_id)
    is_executive = person is not None and person.function == Function.EXECUTIVE
    return [
        row
        for row in running
        if row.facilitator == feed.user_id
        or row.row_id in own_ids
        or (is_executive and row.kind == CadenceKind.EXECUTIVE)
    ]


def _meetings(session: Session, workspace: Workspace, row: Cadence, now: datetime) -> list[PlannedMeeting]:
    """The next meetings of the cadence, with one that runs now; `sequence` grows with each change of the cadence."""
    changes = change_facts(reviews.changes(session, row.row_id))
    lasts = timedelta(minutes=row.minutes)
    last = trail.last_of_subject(session, row.workspace_id, f"cadence:{row.row_id}")
    facilitator = people.find(session, row.workspace_id, row.facilitator) if row.facilitator else None
    workspace_url = workspace.url.rstrip("/")
    return [
        PlannedMeeting(
            row.workspace_id,
            row.row_id,
            CadenceKind(row.kind),
            each.planned_on,
            each.at,
            lasts,
            sequence=last.row_id if last else 0,
            changed_at=last.at if last else row.created_at,
            facilitator=facilitator.name if facilitator else "",
            url=f"{workspace_url}/archives/{row.channel_id}" if workspace_url else "",
        )
        for each in upcoming(plan_of(session, row), now - lasts, changes, DATES)
    ]
