"""Reads of actions, blockers and asks of many accounts. Nothing here writes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.account import Decision, EventFacts, NextAction
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.found.items import EVER, Among, FoundItem, Span
from agendas.facts.interventions.events import AskAnswered
from agendas.rules.access.leads import asked_of, lead_asked
from agendas.rules.history.asks import action_of
from agendas.rules.history.fold_changes import decision_of
from agendas.rules.list.filters import ON_VIEW
from agendas.verbs.loading.item_rows import action_facts, blocker_facts
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.found import loading
from agendas.verbs.reads.found.happened import entries
from storage import accounts, responsibilities
from storage.found import items
from storage.tables import Account, ActionRow


def actions(
    session: Session,
    among: Among,
    *,
    progress: Collection[str] = ("open",),
    owners: Collection[str] = (),
    words: str = "",
    span: Span = EVER,
) -> list[FoundItem]:
    """Return next actions, soonest due first, those that are over the latest closed first.

    `progress` are open, done, dropped or slipped; the span is of due days, closing days or days of slipping.
    """
    # nobody waits for open work at an account that left the list
    of, days = loading.of_rows(among, left_too="open" not in progress), loading.days_of(span)
    found = items.actions(session, of, progress=progress, owners=owners, days=days)
    if "open" not in progress:
        found.sort(key=lambda each: each[0].closed_at or each[0].slipped_at or each[0].added_at, reverse=True)
    return _actions(found, words)


def overdue_actions(
    session: Session, among: Among, *, today: date, owners: Collection[str] = (), words: str = "", span: Span = EVER
) -> list[FoundItem]:
    """Return open next actions whose day has passed, the longest overdue first."""
    of, days = loading.of_rows(among), loading.days_of(span)
    return _actions(items.overdue_actions(session, of, owners=owners, today=today, days=days), words)


def _actions(rows: Sequence[tuple[ActionRow, items.AccountColumns]], words: str) -> list[FoundItem]:
    found = (
        (f"{row.text} action", FoundItem(loading.account_of(of), action_facts(row), row.row_id)) for row, of in rows
    )
    return loading.about(found, words)


def blockers(
    session: Session,
    among: Among,
    *,
    is_resolved: bool = False,
    needs: Collection[str] = (),
    whose: Collection[str] = (),
    words: str = "",
    span: Span = EVER,
) -> list[FoundItem]:
    """Return blockers, oldest first: open ones opened in the span, or those resolved in it.

    `whose` are their owners, and the people who are asked where a function's help is needed.
    """
    of, days = loading.of_rows(among, left_too=is_resolved), loading.days_of(span)
    rows = items.blockers(session, of, is_resolved=is_resolved, needs=needs, days=days)
    leads = needed_by(session, among.workspace_id, (row.needs for row, _ in rows))
    found = []
    for row, columns in rows:
        account = loading.account_of(columns)
        asked = lead_asked(row.needs, account, leads)
        if not whose or row.owner in whose or asked_of(row.needs, account, leads) in whose:
            text = f"{row.text} {row.resolution} {(row.needs or '').replace('_', ' ')} blocker"
            found.append((text, FoundItem(account, blocker_facts(row), row.row_id, asked=asked)))
    return loading.about(found, words)


def open_asks(session: Session, among: Among, *, whose: Collection[str] = (), words: str = "") -> list[FoundItem]:
    """Return the open asks of interventions, soonest due first."""
    rows = _accounts(session, among)
    found = [
        (ask.text, FoundItem(loading.account_of(row), ask, ask.event_id))
        for row in rows
        if (row.asks or row.decision) and row.list_status in ON_VIEW
        for ask in account_state(row).open_asks
        if not whose or ask.ask_of in whose
    ]
    return sorted(loading.about(found, words), key=_due)


def _accounts(session: Session, among: Among) -> Sequence[Account]:
    if among.ids is None:
        return responsibilities.decided(session, among.workspace_id)
    return accounts.get_many(session, among.workspace_id, among.ids)


def _due(found: FoundItem) -> tuple[date, int]:
    due_on = found.thing.due_on if isinstance(found.thing, Decision) else None
    return due_on or date.max, found.id


def answered_asks(
    session: Session, among: Among, *, whose: Collection[str] = (), words: str = "", span: Span = EVER
) -> list[FoundItem]:
    """Return the asks that were answered in the span, newest decision first; `thing.done_at` is when."""
    told = entries(session, among, ("decided", "ask_answered"))
    still = {each.id for each in open_asks(session, among)}
    answers = _answers(session, among, told)
    found = []
    for each in told:
        event = each.thing
        if not isinstance(event, EventFacts) or not isinstance(event.change, Decided) or event.id in still:
            continue
        change = event.change
        if change.decision is not DecisionKind.INTERVENE or (whose and change.ask_of not in whose):
            continue
        decision = decision_of(change, event)
        at, said = answers.of(decision, each.account.account_id)
        if span.has(at or event.happened_at):
            item = FoundItem(each.account, replace(decision, done_at=at), event.id, answer=said)
            found.append((f"{decision.text} {said}", item))
    return loading.about(found, words)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Answers to asks: entries by the decision's event, and the actions done, by account."""

    given: Mapping[int, EventFacts]
    done: Mapping[int, Sequence[NextAction]]

    def of(self, ask: Decision, account_id: int) -> tuple[datetime | None, str]:
        """Return when the ask was answered, None where that is not known, and the words of the answer."""
        event = self.given.get(ask.event_id)
        if event is not None and isinstance(event.change, AskAnswered):
            return event.happened_at, event.change.answer
        action = action_of(ask, self.done.get(account_id, ()))
        return (action.closed_at, action.outcome) if action else (None, "")


def _answers(session: Session, among: Among, told: Sequence[FoundItem]) -> _Answers:
    events = (each.thing for each in told if isinstance(each.thing, EventFacts))
    given = {event.change.decision_id: event for event in events if isinstance(event.change, AskAnswered)}
    done: dict[int, list[NextAction]] = defaultdict(list)
    for each in actions(session, among, progress=("done",)):
        if isinstance(each.thing, NextAction):
            done[each.account.account_id].append(each.thing)
    return _Answers(given, done)


def due_day(found: FoundItem) -> date | None:
    """Return the day until which the ask or action is due."""
    return found.thing.due_on if isinstance(found.thing, Decision | NextAction) else None
