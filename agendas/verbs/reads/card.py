"""Reads for cards: one account with what happened last and when it is reviewed next. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState, EventFacts
from agendas.facts.review import AgendaItem
from agendas.facts.settings import ProgramSettings
from agendas.pages.accounts.history import HistoryLine
from agendas.rules.reviews.placement import place
from agendas.rules.reviews.scope import in_scope
from agendas.text.account_names import normal_key
from agendas.verbs.loading.load_facts import LOOK_BACK, engagements, join, owners_in_tier_1, settings_of, start_of
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads import accounts as look_up
from agendas.verbs.reads.account import history
from agendas.verbs.reads.news import next_review_at
from storage import accounts, cards

LAST_EVENTS = 3


@dataclass(frozen=True, slots=True)
class FullCard:
    """An account as it stands, its last events, newest first, and its next review."""

    item: AgendaItem
    last_events: tuple[HistoryLine, ...]
    next_review_at: datetime | None


def full_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FullCard:
    """The card of one account. Raises Outdated when it does not exist."""
    found = cards.account(session, workspace_id, account_id)
    if found is None:
        raise Outdated(look_up.GONE)
    return _drawn(session, found, now=now, zone=zone)


def card_called(
    session: Session, workspace_id: str, text: str, *, channel_id: str, now: datetime, zone: str
) -> tuple[int, str, FullCard | None]:
    """The account that the text begins with, the rest of the text, and the card where there is no rest.

    Raises what `look_up.split_account` raises.
    """
    found = _called_by_one_word(session, workspace_id, text)
    if found is not None:
        return found.account.row_id, "", _drawn(session, found, now=now, zone=zone)
    account_id, rest = look_up.split_account(session, workspace_id, text, channel_id=channel_id)
    return account_id, rest, None if rest else full_card(session, workspace_id, account_id, now=now, zone=zone)


def mine(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str
) -> tuple[tuple[AgendaItem, ...], dict[int, datetime]]:
    """The accounts a person owns or partners, and when each is reviewed next."""
    items = look_up.cards_of(session, workspace_id, user_id, now=now, zone=zone)
    return items, next_review_at(session, workspace_id, items)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many accounts are named, by tier, how many are candidates or paused, and the settings with the caps."""

    named: dict[int | None, int]
    candidates: int
    paused: int
    settings: ProgramSettings


def accounts_in(session: Session, workspace_id: str) -> ListCounts:
    """How full the list is."""
    counted = accounts.counts(session, workspace_id)
    by_status = {
        status: {tier: number for (each, tier), number in counted.items() if each == status}
        for status in ("named", "candidate", "paused")
    }
    candidates, paused = (sum(by_status[status].values()) for status in ("candidate", "paused"))
    return ListCounts(by_status["named"], candidates, paused, settings_of(session, workspace_id))


def _called_by_one_word(session: Session, workspace_id: str, text: str) -> cards.Found | None:
    """The account that answers to the text where that is one word: what is asked most, by one statement.

    More words may go on after the name, and one that no account answers to may be the beginning of one.
    """
    key = normal_key(text) if len(text.split()) == 1 else ""
    return cards.account_called(session, workspace_id, key) if key and key != look_up.THIS else None


def _drawn(session: Session, found: cards.Found, *, now: datetime, zone: str) -> FullCard:
    account_id, held = found.account.row_id, found.held
    since = held.closed_at if held else now - LOOK_BACK
    whole = cards.whole(session, found, since, latest=LAST_EVENTS)
    state = account_state(found.account, whole.parts)
    recorded = [event_facts(row) for row in whole.events]
    settings = ProgramSettings.of(found.own_settings)
    joined = join(
        {account_id: state},
        {account_id: start_of(held)} if held else {},
        recorded,
        now=now,
        zone=zone,
        settings=settings,
        engaged=engagements(session, [account_id] if found.has_signals else [], now),
        tier_1_owners=owners_in_tier_1(session, [found.account], settings),
        deactivated=[found.account.owner or ""] if found.owner_is_deactivated else (),
    )
    facts = joined[account_id]
    return FullCard(
        item=AgendaItem(position=0, facts=facts, placement=place(facts)),
        last_events=_last_events(session, state, recorded[-LAST_EVENTS:]),
        next_review_at=min((at for at, scope in whole.meetings if in_scope(state, scope)), default=None),
    )


def _last_events(session: Session, state: AccountState, newest: Sequence[EventFacts]) -> tuple[HistoryLine, ...]:
    """The newest events, newest first; the texts of the account's parts are not read again."""
    texts = {blocker.id: blocker.text for blocker in state.blockers}
    texts |= {action.id: action.text for action in state.actions}
    texts |= {play.id: play.name for play in state.plays}
    return history.latest(session, newest[::-1], texts)
