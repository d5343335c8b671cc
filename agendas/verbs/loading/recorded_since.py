"""Events recorded of accounts since their last held review, or since they were named."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.evidence import EvidenceJudged
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.rows import event_facts
from storage import events

LOOK_BACK = timedelta(days=35)
"""History read of an account that was neither reviewed nor named: the evidence window of 30 days and a margin."""


TOLD_READ = 25
"""Entries that decide nothing and are read of each account, the latest ones: more than any page but Details shows."""


def telling_since_review(session: Session, account_ids: Collection[int], now: datetime) -> list[EventFacts]:
    """Return what was recorded of accounts since each one's last held review, as far as a card or a list needs it.

    Without such a review it counts from the naming. In the order recorded.
    """
    rows = events.telling_since_last_held(session, account_ids, now - LOOK_BACK, told=TOLD_READ)
    return _with_judged(session, list(map(event_facts, rows)))


def telling_since(
    session: Session, states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> list[EventFacts]:
    """Return of the events of `events_since` those that an agenda needs."""
    new, first, closed_at = _beginning(states, last_reviews, until)
    known = events.telling_between(session, list(last_reviews), closed_at, until, told=TOLD_READ)
    rows = (*known, *events.telling_between(session, new, first, until, told=TOLD_READ))
    return _with_judged(session, list(map(event_facts, rows)))


def events_since(
    session: Session, states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> list[EventFacts]:
    """Return the events of the accounts since the earliest of their last reviews, or since they were named."""
    new, first, closed_at = _beginning(states, last_reviews, until)
    known = events.between(session, list(last_reviews), closed_at, until)
    return list(map(event_facts, (*known, *events.between(session, new, first, until))))


def _beginning(
    states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> tuple[list[int], datetime, datetime]:
    """Return the accounts without a review, from when these are read, and from when the others are."""
    new = [account_id for account_id in states if account_id not in last_reviews]
    named_at = [at for account_id in new if (at := states[account_id].named_at) is not None]
    first = min([*named_at, until - LOOK_BACK]) - timedelta(microseconds=1)
    return new, first, min((one.closed_at for one in last_reviews.values()), default=until)


def _with_judged(session: Session, recorded: list[EventFacts]) -> list[EventFacts]:
    """Return the events with those that were judged since: what somebody told may show a step by now."""
    judged = {event.change.event_id for event in recorded if isinstance(event.change, EvidenceJudged)}
    missing = judged - {event.id for event in recorded}
    if not missing:
        return recorded
    found = map(event_facts, events.get_many(session, missing))
    return sorted((*recorded, *found), key=lambda event: event.id)


def counts(event: EventFacts, state: AccountState, since: datetime | None, floor: datetime) -> bool:
    """True for what was recorded since the last held review; without one, since the account was named."""
    if since is None and state.named_at is not None:
        return event.recorded_at >= state.named_at
    return event.recorded_at > floor
