"""States of the accounts on the list at an instant, by what was recorded until then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from agendas.facts.account import AccountState, Blocker, EventFacts, NextAction
from agendas.facts.group import Contact
from agendas.facts.plays import PlayRun
from agendas.rules.history.fold import apply, asks_for_all, fold, trim
from agendas.rules.signals.engagement import BY_THE_PERSON
from agendas.verbs.loading.rows import account_state, event_facts, state_adapter
from storage import account_items, accounts, events
from storage.account_items import NO_ITEMS
from storage.measures import history, months

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


def states_at(session: Session, workspace_id: str, at: datetime, *, ids: Collection[int] | None = None) -> States:
    """Return the same for an instant that is past, of all accounts or those with these ids.

    Those of a month's end that was kept are read, others go on from the last such month by what was recorded since.
    An account that is not known from there, or whose state asks for its whole history, is folded from all of that.
    """
    month = months.latest(session, workspace_id, at)
    kept = in_order(map(state_adapter.validate_json, months.states(session, month.row_id, ids))) if month else {}
    if month is not None and month.ended_at == at:
        return kept
    wanted = listed_at(session, workspace_id, at) if ids is None else set(ids)
    since = _gone_on(session, kept, wanted, after=month.ended_at, at=at) if month else {}
    found = since | fold_until(session, wanted - since.keys(), at)
    listed = [state for state in found.values() if state.list_status.is_on_list]
    days = history.signalled_on(session, [state.account_id for state in listed], at, kinds=BY_THE_PERSON)
    return in_order(as_stored(trim(state, at - KEPT_FOR), days) for state in listed)


def listed_at(session: Session, workspace_id: str, at: datetime) -> set[int]:
    """Return the ids of the accounts that were on the list at an instant, and of others that may have been."""
    return history.on_list(session, workspace_id) | history.placed_after(session, workspace_id, at)


def fold_until(session: Session, account_ids: Collection[int], at: datetime) -> States:
    """Return these accounts as all that was recorded until an instant makes them; without those not nominated then."""
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in history.until(session, account_ids, at) if account_ids else ():
        told[row.account_id].append(event_facts(row))
    folded = ((number, fold(told_of)) for number, told_of in told.items())
    return {number: state for number, state in folded if state is not None}


def in_order(states: Iterable[AccountState]) -> States:
    """Return the accounts by tier and name, as the list has them."""
    return {state.account_id: state for state in sorted(states, key=_by_tier_and_name)}


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


def gone_on(state: AccountState, told: Sequence[EventFacts]) -> AccountState | None:
    """The state after these events in the order recorded; None where one of them asks for the whole history."""
    for event in told:
        if asks_for_all(state.last_event_at, event):
            return None
        state = apply(state, event)
    return state


def _gone_on(session: Session, base: States, wanted: Collection[int], *, after: datetime, at: datetime) -> States:
    known = [number for number in base if number in wanted]
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in events.between(session, known, after, at) if known else ():
        told[row.account_id].append(event_facts(row))
    found = ((number, gone_on(base[number], told[number])) for number in known)
    return {number: state for number, state in found if state is not None}


def _by_tier_and_name(state: AccountState) -> tuple[int, str, int]:
    return state.tier or 0, state.name, state.account_id


def _by_id(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.id))
