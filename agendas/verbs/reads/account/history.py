"""Reads of an account's history, page by page, with what was taken back and by whom. Nothing here writes."""

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
    """The account's latest entries, newest first, below the event `before_id` if given.

    `more_value` is "ACCOUNT_ID BEFORE_ID" for the next page. Raises Outdated when the account does not exist.
    """
    row = get_account(session, workspace_id, account_id)
    page = [event_facts(each) for each in events.page(session, account_id, before_id=before_id, limit=limit + 1)]
    shown = page[:limit]
    takers = _taken_back_by(session, account_id, shown)
    return HistoryFacts(
        account_id=account_id,
        name=row.name,
        lines=lines(shown, takers, subjects(session, shown)),
        zone=zone,
        today=local_date(now, zone),
        more_value=f"{account_id} {shown[-1].id}" if len(page) > limit else "",
        is_first=before_id is None,
    )


def latest_lines(session: Session, account_id: int, limit: int) -> tuple[HistoryLine, ...]:
    """The lines of the account's newest events, newest first."""
    shown = [event_facts(row) for row in events.page(session, account_id, before_id=None, limit=limit)]
    # what took one of the newest back came after it, so it is among them
    return lines(shown, _takers(shown), subjects(session, shown))


def lines(shown: Iterable[EventFacts], takers: Mapping[int, str], texts: Mapping[int, str]) -> tuple[HistoryLine, ...]:
    """The lines of these events: who took each back, and the text of what it changes."""
    return tuple(HistoryLine(event, takers.get(event.id, ""), subject_in(event, texts)) for event in shown)


def subjects(session: Session, shown: Iterable[EventFacts]) -> dict[int, str]:
    """The texts of the items that these events change, by the id of the event that began each."""
    begun = {number for event in shown if (number := _begun_by(event)) is not None}
    return account_items.texts(session, begun)


def subject_in(event: EventFacts, texts: Mapping[int, str]) -> str:
    """The text of the blocker or action that the event changes; '' for other events."""
    begun = _begun_by(event)
    return "" if begun is None else texts.get(begun, "")


def _begun_by(event: EventFacts) -> int | None:
    """The id of the event that began the blocker, action or play which this one changes, None for other events."""
    match event.change:
        case BlockerChanged(blocker_id=begun) | ActionChanged(action_id=begun) | PlayEnded(play_id=begun):
            return begun
    return None


def _taken_back_by(session: Session, account_id: int, shown: Sequence[EventFacts]) -> dict[int, str]:
    """The person who took back each of these events, by event id; corrections taken back do not count."""
    # a correction reaches only events before it
    oldest = min((event.id for event in shown), default=0)
    return _takers(map(event_facts, events.of_kind(session, account_id, "corrected", after_id=oldest)))


def _takers(recorded: Iterable[EventFacts]) -> dict[int, str]:
    corrections = standing(event for event in recorded if isinstance(event.change, Corrected))
    return {event.change.event_id: event.actor for event in corrections if isinstance(event.change, Corrected)}
