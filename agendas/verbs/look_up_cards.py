"""Reads for cards: one account with what happened last and when it is reviewed next. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.pages.history import HistoryLine
from agendas.review_facts import AgendaItem
from agendas.verbs import look_up, look_up_history
from agendas.verbs.look_up_news import next_review_at
from storage import accounts

LAST_EVENTS = 3


@dataclass(frozen=True, slots=True)
class FullCard:
    """An account as it stands, its last events, newest first, and its next review."""

    item: AgendaItem
    last_events: tuple[HistoryLine, ...]
    next_review_at: datetime | None


def full_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FullCard:
    """The card of one account. Raises Outdated when it does not exist."""
    item = look_up.card(session, workspace_id, account_id, now=now, zone=zone)
    past = look_up_history.history(session, workspace_id, account_id, now=now, zone=zone, limit=LAST_EVENTS)
    return FullCard(item, past.lines, next_review_at(session, workspace_id, [item]).get(account_id))


def mine(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str
) -> tuple[tuple[AgendaItem, ...], dict[int, datetime]]:
    """The accounts a person owns or partners, and when each is reviewed next."""
    items = look_up.cards_of(session, workspace_id, user_id, now=now, zone=zone)
    return items, next_review_at(session, workspace_id, items)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many accounts are named, by tier, and how many are candidates or paused."""

    named: dict[int | None, int]
    candidates: int
    paused: int


def accounts_in(session: Session, workspace_id: str) -> ListCounts:
    """How full the list is."""
    counted = accounts.counts(session, workspace_id)
    by_status = {
        status: {tier: number for (each, tier), number in counted.items() if each == status}
        for status in ("named", "candidate", "paused")
    }
    return ListCounts(by_status["named"], sum(by_status["candidate"].values()), sum(by_status["paused"].values()))
