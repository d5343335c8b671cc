"""Reads of what moved, and of the next reviews. Nothing here writes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from agendas.facts.account import AccountState, Movement
from agendas.facts.answers import NextReview
from agendas.facts.reviews.agenda import MovementFlag
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.reviews.scope import in_scope
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.reviews import open_reviews
from storage import accounts, reviews
from storage.tables import Cadence


def has_moved(item: AgendaItem) -> bool:
    """Return true for a step, a claim, an expansion, or a place on the list that is new or lost."""
    answer = item.placement.movement
    return answer.movement is not Movement.UNCHANGED or MovementFlag.EXPANDED in answer.flags


def next_reviews(session: Session, workspace_id: str, *, account_id: int | None = None) -> tuple[NextReview, ...]:
    """Return the next meetings of the cadences, soonest first; only those that review the account, if one is given.

    With the reviews that are open now, those of channels without a cadence first.
    """
    row = accounts.get(session, workspace_id, account_id) if account_id is not None else None
    state = account_state(row) if row else None
    if account_id is None:
        running = {each.channel_id: each for each in open_reviews.in_workspace(session, workspace_id)}
    else:
        found = open_reviews.of_accounts(session, workspace_id, [account_id])
        running = {each.channel_id: each for each in found.values()}
    planned = [
        NextReview(each.channel_id, each.next_at, each.zone, each.is_paused, running.pop(each.channel_id, None))
        for each in reviews.cadences(session, workspace_id)
        if (account_id is None and is_told(session, each))
        or (state is not None and is_reviewed(state, each.channel_id, each.scope))
    ]
    return (*(NextReview(each.channel_id, None, each.zone, open_review=each) for each in running.values()), *planned)


def is_told(session: Session, cadence: Cadence) -> bool:
    """Return true unless it is private, and none of its accounts is found."""
    return not cadence.is_private or bool(accounts.in_scope(session, cadence.workspace_id, **cadence.scope))


def next_review_at(session: Session, workspace_id: str, items: Iterable[AgendaItem]) -> dict[int, datetime]:
    """Return the instant of each account's next review, by account id; accounts without a cadence are left out."""
    planned = reviews.next_meetings(session, workspace_id)
    found = {
        item.facts.account.account_id: [
            at for channel_id, at, scope in planned if is_reviewed(item.facts.account, channel_id, scope)
        ]
        for item in items
    }
    return {account_id: min(instants) for account_id, instants in found.items() if instants}


def is_reviewed(account: AccountState, channel_id: str, scope: Mapping[str, Any]) -> bool:
    """Return true when a cadence of the channel reviews the account: a private one is reviewed in its channel alone."""
    return account.private_channel in ("", channel_id) and in_scope(account, scope)
