"""Reads of what a person owes or is asked for, as it stands now. Nothing here writes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, Blocker
from agendas.facts.answers import AccountAction, AccountAsk, AccountBlocker
from agendas.rules.history.asks import action_of
from agendas.rules.nudging.follow_ups import blocker_of, is_shown, limit_days, rests
from agendas.text.days import days_between, local_date
from agendas.verbs.loading.item_rows import action_facts, blocker_facts
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from storage import account_items, accounts
from storage.account_items import NO_ITEMS
from storage.nudging import follow_ups, mornings
from storage.preparing import working_channels
from storage.tables import FollowUp


@dataclass(frozen=True, slots=True)
class Owed:
    """Work that a person owes: actions past their date, and blockers of theirs past the limit.

    `is_anything` if anything at all is open of theirs or asked of them, `asked` are the follow-ups of that.
    """

    overdue: tuple[AccountAction, ...]
    old_blockers: tuple[AccountBlocker, ...]
    asked: tuple[FollowUp, ...]
    is_anything: bool


def owed_by(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> Owed:
    """Return what the person owes on the local day of `now`, of accounts that are shown.

    Without the action of an ask that is followed up, and blockers that are followed up with the person themself: these
    are shown on days of their own.
    """
    today = local_date(now, zone)
    actions = account_items.actions_of_owner(session, workspace_id, user_id)
    blockers = mornings.owned_blockers(session, workspace_id, user_id)
    asked = follow_ups.of_person(session, workspace_id, user_id)
    late = [row for row in actions if row.due_on < today]
    numbers = {row.account_id for row in late} | {row.account_id for row in blockers}
    states = shown_states(session, workspace_id, numbers)
    followed = {row.event_id for row in asked}
    own_days = _actions_of_asks(states.values(), followed)
    overdue = [
        AccountAction(row.account_id, states[row.account_id].name, action_facts(row))
        for row in late
        if row.account_id in states and row.row_id not in own_days
    ]
    facts = [
        (states[row.account_id], blocker_facts(row))
        for row in blockers
        if row.account_id in states and row.row_id not in followed
    ]
    old = _past_limit(session, workspace_id, facts, now=now, zone=zone)
    return Owed(tuple(overdue), old, tuple(asked), bool(actions or blockers or asked))


def asked_now(
    session: Session, workspace_id: str, event_ids: Collection[int], *, of: str
) -> tuple[tuple[AccountAsk, ...], tuple[AccountBlocker, ...]]:
    """Return those of these asks and blockers that wait for the person `of`, of accounts that are shown, oldest first.

    That is an open ask, and a blocker that nobody has acknowledged.
    """
    found = follow_ups.of_events(session, workspace_id, event_ids) if event_ids else []
    rows = [row for row in found if row.user_id == of]
    states = shown_states(session, workspace_id, {row.account_id for row in rows})
    wanted = {row.event_id for row in rows}
    asks = [
        AccountAsk(number, state.name, ask)
        for number, state in states.items()
        for ask in state.open_asks
        if ask.event_id in wanted
    ]
    waiting = [(state, each) for state in states.values() for each in state.open_blockers if _waits(each, wanted)]
    blockers = account_blockers(session, workspace_id, waiting)
    return tuple(sorted(asks, key=lambda each: each.ask.event_id)), blockers


def shown_states(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, AccountState]:
    """Return these accounts with their open items, by id, of which people are nudged.

    Not those that are paused or left the list, and not those whose only cadence is paused.
    """
    if not account_ids:
        return {}
    rows = accounts.get_many(session, workspace_id, account_ids)
    items = account_items.of_accounts(session, [row.row_id for row in rows], None)
    states = {row.row_id: account_state(row, items.get(row.row_id, NO_ITEMS)) for row in rows}
    found = {number: state for number, state in states.items() if is_shown(state)}
    resting = resting_among(session, workspace_id, found.values())
    return {number: state for number, state in found.items() if number not in resting}


def resting_among(session: Session, workspace_id: str, states: Iterable[AccountState]) -> frozenset[int]:
    """Return the ids of those of these accounts whose only cadence is paused, or has a channel in trouble."""
    scopes = working_channels.scopes(session, workspace_id)
    running, paused = ([scope for scope, runs in scopes if runs is wanted] for wanted in (True, False))
    return frozenset(each.account_id for each in states if rests(each, paused, running))


def account_blockers(
    session: Session, workspace_id: str, found: Sequence[tuple[AccountState, Blocker]]
) -> tuple[AccountBlocker, ...]:
    """Return these blockers with their accounts and the leads who are asked, oldest first."""
    leads = needed_by(session, workspace_id, (blocker.needs for _, blocker in found))
    blockers = (blocker_of(state, each, leads) for state, each in found)
    return tuple(sorted(blockers, key=lambda each: each.blocker.id))


def _waits(blocker: Blocker, wanted: Collection[int]) -> bool:
    return blocker.id in wanted and blocker.acknowledged_at is None


def _actions_of_asks(states: Iterable[AccountState], decision_ids: Collection[int]) -> set[int]:
    """Return the ids of the actions that stand for these asks."""
    asks = [(state, ask) for state in states for ask in state.open_asks if ask.event_id in decision_ids]
    made = (action_of(ask, state.actions) for state, ask in asks)
    return {action.id for action in made if action is not None}


def _past_limit(
    session: Session,
    workspace_id: str,
    found: Sequence[tuple[AccountState, Blocker]],
    *,
    now: datetime,
    zone: str,
) -> tuple[AccountBlocker, ...]:
    if not found:
        return ()
    settings = settings_of(session, workspace_id)
    old = [
        (state, each)
        for state, each in found
        if days_between(each.opened_at, now, zone) > limit_days(settings, state.tier)
    ]
    return account_blockers(session, workspace_id, old)
