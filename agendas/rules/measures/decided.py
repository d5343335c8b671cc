"""Decisions of reviews over a period, each with the instant at which what it asked for was done."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from agendas.facts.account import AccountState, ActionStatus, Decision, EventFacts
from agendas.facts.events import Corrected, Decided, ItemEdited
from agendas.facts.interventions.events import AskAnswered, AskTaken
from agendas.rules.history.asks import action_of
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold_changes import decision_of

AccountDecisions = tuple[tuple[int, Decision], ...]
"""(account id, decision), oldest first."""


def decisions_of(
    told: Iterable[EventFacts], states: Mapping[int, AccountState], *, after: datetime, until: datetime
) -> AccountDecisions:
    """The decisions recorded in (after, until] that stand, with whether they are done.

    Args:
        told: decisions, answers and corrections of these accounts recorded after `after`, until the instant whose
            knowledge counts.
        states: the accounts at that instant, by id.
        after: the instant at which the period of the decisions begins.
        until: the instant at which it ends.
    """
    counted = standing(told)
    takers = {event.change.decision_id: event.actor for event in counted if isinstance(event.change, AskTaken)}
    edited = {event.change.item_id: event.change for event in counted if isinstance(event.change, ItemEdited)}
    answers = {event.change.decision_id: event for event in counted if isinstance(event.change, AskAnswered)}
    found = []
    for event in counted:
        if isinstance(event.change, Decided) and after < event.recorded_at <= until:
            decision = decision_of(event.change, event)
            decision = replace(decision, ask_of=takers.get(event.id, decision.ask_of))
            if now := edited.get(event.id):
                decision = replace(decision, ask_of=now.owner, text=now.text)
            state = states.get(event.account_id)
            answer = answers.get(event.id)
            known = _as_it_stands(decision, state) if state else decision
            done_at = answer.happened_at if answer and known.done_at is None else known.done_at
            found.append((event.account_id, replace(known, done_at=done_at)))
    return tuple(found)


def _as_it_stands(decision: Decision, state: AccountState) -> Decision:
    """The decision as the account has it: its ask still open, with its later day, or done."""
    asked: tuple[Decision, ...] = (*state.open_asks, *((state.decision,) if state.decision else ()))
    known = [each for each in asked if each.event_id == decision.event_id]
    if known:
        return known[0]
    action = action_of(decision, state.actions)
    is_done = action is not None and action.status is ActionStatus.DONE
    return replace(decision, done_at=action.closed_at) if action and is_done else decision


def later_of(told: Iterable[EventFacts], known: Mapping[int, EventFacts]) -> tuple[EventFacts, ...]:
    """The entries of a period that were recorded after it, and those recorded in it that were corrected after it.

    Args:
        told: what was recorded after the period: what happened in it, and all corrections.
        known: the entries recorded in the period, by id.
    """
    counted = standing(told)
    late = tuple(event for event in counted if not isinstance(event.change, Corrected))
    gone = (event.change.event_id for event in counted if isinstance(event.change, Corrected))
    corrected = tuple(known[number] for number in gone if number in known)
    return tuple(sorted((*late, *corrected), key=lambda event: (event.happened_at, event.id)))
