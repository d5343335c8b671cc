"""Reads of entries of which somebody has still to say whose act they are. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.rules.history.undecided import matters_since, undecided
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads.accounts import get_account
from storage import events


def of_account(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, after_id: int = 0
) -> tuple[str, tuple[EventFacts, ...]]:
    """Return an account's name, and its entries in doubt recorded after an event, while they matter.

    Raises Outdated when there is no such account.
    """
    row = get_account(session, workspace_id, account_id)
    recent = events.between(session, [account_id], matters_since(account_state(row), now), now)
    found = (event for event in undecided(map(event_facts, recent)) if event.id > after_id)
    return row.name, tuple(sorted(found, key=lambda event: event.id))


def undecided_among(session: Session, account_id: int, event_ids: Sequence[int]) -> tuple[EventFacts, ...]:
    """Return those of an account's events that stand and are in doubt, as people judged them."""
    wanted, first = set(event_ids), min(event_ids)
    stored = [row for row in events.get_many(session, event_ids) if row.account_id == account_id]
    stored += events.of_kinds(session, account_id, ("evidence_judged", "corrected"), after_id=first)
    return tuple(event for event in undecided(map(event_facts, stored)) if event.id in wanted)
