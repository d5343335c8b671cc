"""Entries of some kinds of many accounts, the newest first, with the corrections that may take them out."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.found.items import AccountColumns, Days, Of, of_accounts, with_account
from storage.tables import Account, Event

AMENDING = ("corrected", "evidence_judged")
"""Kinds of events that change whether and how another one counts."""


def happened(
    session: Session, of: Of, kinds: Collection[str], *, days: Days, actors: Collection[str], limit: int
) -> list[tuple[Event, AccountColumns]]:
    """Entries of these kinds that happened in these days, the newest first."""
    at, account_id = col(Event.happened_at), col(Event.account_id)
    wanted: list[Any] = [col(Event.kind).in_(kinds)]
    wanted += [at >= days.begin] if days.begin else []
    wanted += [at < days.end] if days.end else []
    wanted += [col(Event.actor).in_(actors)] if actors else []
    query = with_account((Event,)).join(Account, col(Account.id) == account_id)
    query = query.where(col(Event.workspace_id) == of.workspace_id, *of_accounts(of, account_id), *wanted)
    found = session.execute(query.order_by(at.desc(), col(Event.id).desc()).limit(limit))
    return [(row[0], AccountColumns(*row[1:])) for row in found]


def amending(session: Session, workspace_id: str, account_ids: Collection[int], *, after_id: int) -> list[Event]:
    """Corrections and judgements of evidence of these accounts recorded after an event."""
    query = select(Event).where(
        Event.workspace_id == workspace_id,
        col(Event.account_id).in_(account_ids),
        col(Event.kind).in_(AMENDING),
        col(Event.id) > after_id,
    )
    return list(session.exec(query.order_by(col(Event.id))))


def up_to(
    session: Session, account_ids: Collection[int], kinds: Collection[str], until: datetime | None
) -> list[Event]:
    """Entries of these kinds of these accounts that happened until an instant, in the order recorded."""
    query = select(Event).where(col(Event.account_id).in_(account_ids), col(Event.kind).in_(kinds))
    if until is not None:
        query = query.where(col(Event.happened_at) < until)
    return list(session.exec(query.order_by(col(Event.id))))
