"""Events recorded of accounts since their last held review, or since they were named."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.rows import event_facts
from storage import events
from storage.past_reviews import held_reviews
from storage.tables import Account

LOOK_BACK = timedelta(days=35)
"""History read of an account that was neither reviewed nor named: the evidence window of 30 days and a margin."""


def recorded_since_review(session: Session, row: Account, now: datetime) -> tuple[EventFacts, ...]:
    """Return what was recorded of an account since its last held review; without one, since it was named."""
    recorded = map(event_facts, events.since_last_held(session, [row.row_id], now - LOOK_BACK))
    item_ids = [row.held_item_id] if row.held_item_id is not None else []
    held = held_reviews.held(session, item_ids, with_states=False).get(row.row_id)
    return tuple(event for event in recorded if held is None or event.recorded_at > held.closed_at)


def events_since(
    session: Session, states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> list[EventFacts]:
    """Return the events of the accounts since the earliest of their last reviews, or since they were named."""
    new = [account_id for account_id in states if account_id not in last_reviews]
    named_at = [at for account_id in new if (at := states[account_id].named_at) is not None]
    first = min([*named_at, until - LOOK_BACK]) - timedelta(microseconds=1)
    closed_at = min((one.closed_at for one in last_reviews.values()), default=until)
    known = events.between(session, list(last_reviews), closed_at, until)
    return list(map(event_facts, (*known, *events.between(session, new, first, until))))


def counts(event: EventFacts, state: AccountState, since: datetime | None, floor: datetime) -> bool:
    """True for what was recorded since the last held review; without one, since the account was named."""
    if since is None and state.named_at is not None:
        return event.recorded_at >= state.named_at
    return event.recorded_at > floor
