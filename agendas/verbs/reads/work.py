"""Reads of open blockers and next actions, each with its source event. Nothing here writes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.answers import AccountAction, AccountBlocker
from agendas.rules.access.leads import asked_of, lead_asked
from agendas.rules.list.filters import ON_VIEW
from agendas.text.days import local_date
from agendas.verbs.loading.item_rows import action_facts, blocker_facts
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.reviews.facts import get_review
from storage import account_items, accounts, events, reviews
from storage.tables import Account, ActionRow

WEEK = timedelta(days=7)


class Due(StrEnum):
    """Filter of next actions by due date; `week` is from today until seven days from now."""

    ALL = "all"
    OVERDUE = "overdue"
    WEEK = "week"


def actions_of(
    session: Session,
    workspace_id: str,
    *,
    now: datetime,
    zone: str,
    user_id: str = "",
    account_id: int | None = None,
    due: Due = Due.ALL,
) -> tuple[AccountAction, ...]:
    """Return open next actions, soonest first: those a person owns, those of one account, both combined, or all."""
    if user_id:
        rows = account_items.actions_of_owner(session, workspace_id, user_id)
        rows = [row for row in rows if account_id in (None, row.account_id)]
        names = names_on_view(accounts.get_many(session, workspace_id, {row.account_id for row in rows}))
    else:
        names = names_on_view(_accounts(session, workspace_id, account_id=account_id))
        rows = account_items.actions(session, names)
    due_rows = [row for row in rows if row.account_id in names and _is_due(row, due, local_date(now, zone))]
    sources = _sources(session, (row.row_id for row in due_rows))
    found = [
        AccountAction(row.account_id, names[row.account_id], action_facts(row), sources.get(row.row_id))
        for row in due_rows
    ]
    return tuple(sorted(found, key=lambda each: (each.action.due_on, each.action.id)))


@dataclass(frozen=True, slots=True)
class ReviewWork:
    """Open actions, soonest first, and blockers, oldest first, of the accounts of a review as they are now."""

    review_id: int
    planned_at: datetime
    zone: str
    actions: tuple[AccountAction, ...]
    blockers: tuple[AccountBlocker, ...]


def open_of_review(session: Session, workspace_id: str, review_id: int) -> ReviewWork:
    """Return the open next actions and blockers of the review's accounts. Raises Outdated without such a review."""
    review = get_review(session, workspace_id, review_id)
    found = accounts.get_many(session, workspace_id, reviews.account_ids(session, review_id))
    names, blockers = names_on_view(found), _blockers(session, workspace_id, found)
    actions = [
        AccountAction(row.account_id, names[row.account_id], action_facts(row))
        for row in account_items.actions(session, names)
    ]
    return ReviewWork(
        review_id,
        review.planned_at,
        review.zone,
        tuple(sorted(actions, key=lambda each: (each.action.due_on, each.action.id))),
        tuple(sorted(blockers, key=lambda each: (each.blocker.opened_at, each.blocker.id))),
    )


def names_on_view(rows: Iterable[Account]) -> dict[int, str]:
    """Return the accounts' names by id, without accounts that left the list."""
    return {row.row_id: row.name for row in rows if row.list_status in ON_VIEW}


def _blockers(session: Session, workspace_id: str, found: Iterable[Account]) -> list[AccountBlocker]:
    """The open blockers of those of these accounts that are on view, each with the lead who is asked, if one is."""
    on_view = {row.row_id: row for row in found if row.list_status in ON_VIEW}
    rows = account_items.blockers(session, on_view)
    leads = needed_by(session, workspace_id, (row.needs for row in rows))
    return [
        AccountBlocker(
            row.account_id,
            on_view[row.account_id].name,
            blocker_facts(row),
            asked=lead_asked(row.needs, on_view[row.account_id], leads),
            helper=asked_of(row.needs, on_view[row.account_id], leads) or "",
        )
        for row in rows
    ]


def _accounts(
    session: Session, workspace_id: str, *, account_id: int | None = None, user_id: str = ""
) -> Collection[Account]:
    if account_id is not None:
        return accounts.get_many(session, workspace_id, [account_id])
    if user_id:
        return accounts.of_owner(session, workspace_id, user_id)
    return accounts.on_list(session, workspace_id, statuses=[status.value for status in ON_VIEW])


def _is_due(row: ActionRow, due: Due, today: date) -> bool:
    match due:
        case Due.OVERDUE:
            return row.due_on < today
        case Due.WEEK:
            return today <= row.due_on <= today + WEEK
        case Due.ALL:
            return True


def _sources(session: Session, event_ids: Iterable[int]) -> dict[int, EventFacts]:
    return {row.row_id: event_facts(row) for row in events.get_many(session, list(event_ids))}
