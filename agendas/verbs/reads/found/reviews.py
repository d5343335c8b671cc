"""Reads of reviews of any channel: planned, open and over. Nothing here writes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.facts.found.items import Span
from agendas.facts.found.reviews import FoundReview
from agendas.rules.reviews.schedule import upcoming
from agendas.verbs.loading.plan import plan_of
from agendas.verbs.loading.rows import change_facts
from agendas.verbs.reads.news import is_reviewed, is_told
from agendas.verbs.reads.past.reviews import past_review
from agendas.verbs.reads.reviews import open_reviews
from agendas.verbs.reads.reviews.facts import functions_of
from storage import reviews
from storage.past_reviews import found as stored
from storage.tables import Cadence, Review, ReviewState

MOST_PLANNED = 60
"""Meetings of one cadence that are looked at: more than a year of weekly ones."""


def over(
    session: Session,
    workspace_id: str,
    *,
    account_ids: Collection[int] | None,
    span: Span,
    only_held: bool,
    limit: int,
) -> list[FoundReview]:
    """Return reviews that are over and were planned for days of the span, newest first."""
    rows = stored.over(
        session,
        workspace_id,
        account_ids=account_ids,
        first=span.first,
        last=span.last,
        only_held=only_held,
        limit=limit,
    )
    functions = functions_of(session, workspace_id) if rows else {}
    return [
        FoundReview(row.channel_id, row.planned_at, row.zone, past=past_review(row, functions))
        for row in _told_of(session, workspace_id, rows)
    ]


def _told_of(session: Session, workspace_id: str, rows: Sequence[Review]) -> list[Review]:
    """The reviews without those that were not posted of a private cadence of which the reader finds no account."""
    if all(row.state == ReviewState.CLOSED for row in rows):
        return list(rows)
    untold = {row.id for row in reviews.cadences(session, workspace_id) if not is_told(session, row)}
    return [row for row in rows if row.state == ReviewState.CLOSED or row.cadence_id not in untold]


def running(session: Session, workspace_id: str, account_ids: Collection[int] | None) -> list[FoundReview]:
    """Return the reviews that are open now, those of these accounts if any are given."""
    if account_ids is None:
        found = open_reviews.in_workspace(session, workspace_id)
    else:
        by_id = {each.id: each for each in open_reviews.of_accounts(session, workspace_id, account_ids).values()}
        found = tuple(by_id.values())
    leads = {row.channel_id: row.facilitator for row in reviews.cadences(session, workspace_id)} if found else {}
    return [
        FoundReview(
            each.channel_id, each.planned_at, each.zone, running=each, facilitator=leads.get(each.channel_id, "")
        )
        for each in found
    ]


def planned(
    session: Session, workspace_id: str, accounts: Sequence[AccountState] | None, *, now: datetime, span: Span
) -> list[FoundReview]:
    """Return the meetings of the cadences in the span, soonest first; without an end only the next one of each.

    With accounts, of the cadences that review one of them. A paused one has no instant.
    """
    found = []
    for row in reviews.cadences(session, workspace_id):
        if not _is_asked(session, row, accounts):
            continue
        if row.is_paused or row.next_at is None:
            found.append(FoundReview(row.channel_id, None, row.zone, facilitator=row.facilitator))
        else:
            instants = _meetings(session, row, now, span) if span.end else [row.next_at]
            found += [FoundReview(row.channel_id, at, row.zone, facilitator=row.facilitator) for at in instants]
    told = [each for each in found if each.planned_at is None or span.has(each.planned_at)]
    return sorted(told, key=lambda each: (each.planned_at is None, each.planned_at or now))


def _meetings(session: Session, row: Cadence, now: datetime, span: Span) -> list[datetime]:
    changes = change_facts(reviews.changes(session, row.row_id))
    after = max(now, span.begin) if span.begin else now
    return [each.at for each in upcoming(plan_of(session, row), after, changes, MOST_PLANNED)]


def _is_asked(session: Session, row: Cadence, accounts: Sequence[AccountState] | None) -> bool:
    if accounts is None:
        return is_told(session, row)
    return any(is_reviewed(each, row.channel_id, row.scope) for each in accounts)
