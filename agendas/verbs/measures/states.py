"""States of the accounts on the list at an instant, by what was recorded until then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from agendas.facts.account import AccountState, Blocker, EventFacts, NextAction
from agendas.facts.group import Contact
from agendas.facts.plays import PlayRun
from agendas.rules.history.fold import fold, trim
from agendas.rules.signals.engagement import BY_THE_PERSON
from agendas.verbs.loading.rows import account_state, event_facts
from storage import account_items, accounts
from storage.account_items import NO_ITEMS
from storage.measures import history

States = dict[int, AccountState]
"""Accounts by id."""

KEPT_FOR = timedelta(days=100)
"""The time for which measures look back: closed items are loaded so long, and reviews told."""

ON_LIST = ("named", "paused")

Item = TypeVar("Item", Blocker, NextAction, Contact, PlayRun)


def states_now(session: Session, workspace_id: str, now: datetime) -> States:
    """Return the accounts on the list as they are stored, with their items open or closed in the last 100 days."""
    rows = accounts.on_list(session, workspace_id, statuses=ON_LIST)
    found = account_items.of_accounts(session, [row.row_id for row in rows], now - KEPT_FOR)
    return {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}


def states_at(session: Session, workspace_id: str, at: datetime) -> States:
    """Return the same for an instant that is past, folded from what was recorded until then."""
    ids = history.on_list(session, workspace_id) | history.placed_after(session, workspace_id, at)
    folded = fold_until(session, ids, at)
    listed = [state for state in folded.values() if state.list_status.is_on_list]
    days = history.signalled_on(session, [state.account_id for state in listed], at, kinds=BY_THE_PERSON)
    kept = (as_stored(trim(state, at - KEPT_FOR), days) for state in listed)
    return {state.account_id: state for state in sorted(kept, key=_by_tier_and_name)}


def fold_until(session: Session, account_ids: Collection[int], at: datetime) -> States:
    """Return these accounts as all that was recorded until an instant makes them; without those not nominated then."""
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in history.until(session, account_ids, at) if account_ids else ():
        told[row.account_id].append(event_facts(row))
    folded = ((number, fold(events)) for number, events in told.items())
    return {number: state for number, state in folded if state is not None}


def as_stored(state: AccountState, signalled_on: Mapping[int, date]) -> AccountState:
    """Return the folded account as it is stored: with the days of signals, and its items in the order of their ids."""
    contacts = (replace(each, signalled_on=signalled_on.get(each.id)) for each in state.contacts)
    return replace(
        state,
        contacts=_by_id(contacts),
        blockers=_by_id(state.blockers),
        actions=_by_id(state.actions),
        plays=_by_id(state.plays),
        opportunities=tuple(sorted(state.opportunities, key=lambda deal: deal.profile.key)),
    )


def _by_tier_and_name(state: AccountState) -> tuple[int, str, int]:
    return state.tier or 0, state.name, state.account_id


def _by_id(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.id))
