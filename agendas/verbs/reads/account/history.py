"""Reads of an account's history, page by page, with the events taken back. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import ActionChanged, BlockerChanged, Corrected
from agendas.facts.plays import PlayEnded
from agendas.pages.accounts.history import HistoryFacts, HistoryLine
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.accounts import get_account
from storage import account_items, events

ENTRIES_PER_PAGE = 10


def account_history(
    session: Session,
    workspace_id: str,
    account_id: int,
    *,
    now: datetime,
    zone: str,
    before_id: int | None = None,
    limit: int = ENTRIES_PER_PAGE,
) -> HistoryFacts:
    """Return the account's latest entries, newest first, below the event `before_id` if given.

    `more_value` of the result is "ACCOUNT_ID BEFORE_ID" for the next page. Raises Outdated for an unknown account.
    """
    row = get_account(session, workspace_id, account_id)
    page = [event_facts(each) for each in events.page(session, account_id, before_id=before_id, limit=limit + 1)]
    shown = page[:limit]
    correctors = _correctors_of(session, account_id, shown)
    return HistoryFacts(
        account_id=account_id,
        name=row.name,
        lines=lines(shown, correctors, subjects(session, shown)),
        zone=zone,
        today=local_date(now, zone),
        more_value=f"{account_id} {shown[-1].id}" if len(page) > limit else "",
        is_first=before_id is None,
    )


def latest_lines(session: Session, account_id: int, limit: int) -> tuple[HistoryLine, ...]:
    """Return the lines of the account's newest events, newest first."""
    shown = [event_facts(row) for row in events.page(session, account_id, before_id=None, limit=limit)]
    # a correction comes after the event it takes back, so it is among the newest too
    return lines(shown, _correctors(shown), subjects(session, shown))


def lines(
    shown: Iterable[EventFacts], correctors: Mapping[int, str], texts: Mapping[int, str]
) -> tuple[HistoryLine, ...]:
    """Return the lines of these events, with the person who took each back and the text of the item it changes."""
    return tuple(HistoryLine(event, correctors.get(event.id, ""), subject_in(event, texts)) for event in shown)


def subjects(session: Session, shown: Iterable[EventFacts]) -> dict[int, str]:
    """Return the texts of the items that these events change, by the id of the event that created the item."""
    creator = {number for event in shown if (number := _created_by(event)) is not None}
    return account_items.texts(session, creator)


def subject_in(event: EventFacts, texts: Mapping[int, str]) -> str:
    """Return the text of the blocker or action that the event changes, '' for other events."""
    creator = _created_by(event)
    return "" if creator is None else texts.get(creator, "")


def _created_by(event: EventFacts) -> int | None:
    """Return the id of the event that created the item which this event changes, None for other events."""
    match event.change:
        case BlockerChanged(blocker_id=creator) | ActionChanged(action_id=creator) | PlayEnded(play_id=creator):
            return creator
    return None


def _correctors_of(session: Session, account_id: int, shown: Sequence[EventFacts]) -> dict[int, str]:
    """Return the person who took back each of these events, by event id; corrections taken back do not count."""
    # a correction can only take back events before it
    oldest = min((event.id for event in shown), default=0)
    return _correctors(map(event_facts, events.of_kind(session, account_id, "corrected", after_id=oldest)))


def _correctors(recorded: Iterable[EventFacts]) -> dict[int, str]:
    corrections = standing(event for event in recorded if isinstance(event.change, Corrected))
    return {event.change.event_id: event.actor for event in corrections if isinstance(event.change, Corrected)}
