"""Reads for cards: an account with its last events and its next review. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import PersonFacts
from agendas.facts.program.settings import ProgramSettings
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.history import HistoryLine
from agendas.rules.commands.account_words import CARD, Asked, Vocabulary
from agendas.rules.history.corrections import standing
from agendas.rules.history.undecided import is_in_doubt
from agendas.verbs.loading.days_away import absent_among
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.reads.account import history
from agendas.verbs.reads.account.asked import account_asked
from agendas.verbs.reads.accounts import account_card, cards_of
from agendas.verbs.reads.news import next_review_at
from storage import account_list

LAST_EVENTS = 3


@dataclass(frozen=True, slots=True)
class FullCard:
    """An account's current facts, its last events, newest first, and its next review.

    `has_doubts` where somebody has still to say whose act an entry was; `away` are those of its people who are away.
    """

    item: AgendaItem
    last_events: tuple[HistoryLine, ...]
    next_review_at: datetime | None
    has_doubts: bool = False
    away: tuple[PersonFacts, ...] = ()


def full_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FullCard:
    """Return the card of one account. Raises Outdated when it does not exist."""
    item = account_card(session, workspace_id, account_id, now=now, zone=zone)
    away = absent_among(session, workspace_id, _people_of(item), now)
    return FullCard(
        item=_waiting_for_none_of(item, away),
        last_events=history.latest_lines(session, account_id, LAST_EVENTS),
        next_review_at=next_review_at(session, workspace_id, [item]).get(account_id),
        has_doubts=any(map(is_in_doubt, standing(item.facts.events))),
        away=away,
    )


def _waiting_for_none_of(item: AgendaItem, away: Sequence[PersonFacts]) -> AgendaItem:
    """Return the item without those who are away among the people whose update is missing."""
    absent = {each.user_id for each in away}
    silent = tuple(each for each in item.facts.missing_updates_from if each not in absent)
    return replace(item, facts=replace(item.facts, missing_updates_from=silent)) if absent else item


def _people_of(item: AgendaItem) -> tuple[str | None, ...]:
    profile = item.facts.account.profile
    return profile.owner, profile.marketing_partner, profile.our_executive


def find_asked(
    session: Session, workspace_id: str, text: str, vocabulary: Vocabulary, *, channel_id: str, now: datetime, zone: str
) -> tuple[Asked, FullCard | None]:
    """Return what `/account` was asked, and the account's card where that is all. Raises as `account_asked` does."""
    asked = account_asked(session, workspace_id, text, vocabulary, channel_id=channel_id)
    is_card = asked.word == CARD and asked.is_whole
    return asked, full_card(session, workspace_id, asked.account_id, now=now, zone=zone) if is_card else None


def own_accounts(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str
) -> tuple[tuple[AgendaItem, ...], dict[int, datetime]]:
    """Return the accounts a person owns or partners, and the instant of each one's next review."""
    items = cards_of(session, workspace_id, user_id, now=now, zone=zone)
    return items, next_review_at(session, workspace_id, items)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Numbers of named accounts by tier, of candidates and of paused accounts, with the settings that hold the caps."""

    named: dict[int | None, int]
    candidates: int
    paused: int
    settings: ProgramSettings


def list_counts(session: Session, workspace_id: str) -> ListCounts:
    """Return the numbers of accounts on the list."""
    counted = account_list.counts(session, workspace_id)
    by_status = {
        status: {tier: number for (each, tier), number in counted.items() if each == status}
        for status in ("named", "candidate", "paused")
    }
    candidates, paused = (sum(by_status[status].values()) for status in ("candidate", "paused"))
    return ListCounts(by_status["named"], candidates, paused, settings_of(session, workspace_id))
