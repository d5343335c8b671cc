"""Next actions: what was promised last time and what became of it, then what is new."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import AccountState, ActionStatus, NextAction
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.text.days import local_date

STATES = ("overdue", "slipped", "open", "kept", "dropped", "new")
TO_COME = ("open", "new")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action and its `state`: kept, dropped, overdue, slipped, open or new."""

    action: NextAction
    state: str
    days_overdue: int = 0


def actions_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Promises of the last held review first, with a count of what became of them; then the others.

    Of the steps of a play that are still to come only the next one; the section of plays says how many there are.
    Nothing where there is no action.
    """
    facts = item.facts
    promised, others = action_lines(facts)
    if not promised and not others:
        return ()
    counts = Counter(line.state for line in promised)
    later = later_steps(facts.account)
    lines = words.lines(
        "agenda.actions",
        lines=tuple(line for line in (*promised, *others) if line.state not in TO_COME or line.action.id not in later),
        tally=[(state, counts[state]) for state in STATES if counts[state]],
        zone=facts.zone,
    )
    return (Rows(lines),)


def action_lines(facts: AgendaFacts) -> tuple[list[ActionLine], list[ActionLine]]:
    """The actions promised at the last held review, late ones first, and the others; else by due date."""
    before = {action.id: action for action in facts.before.open_actions} if facts.before else {}
    shown = sorted(facts.account.actions, key=lambda action: (action.due_on, action.id))
    promised = [_line(action, facts, before[action.id]) for action in shown if action.id in before]
    promised.sort(key=lambda line: STATES.index(line.state))
    others = [_line(a, facts, None) for a in shown if a.id not in before and _is_current(a, facts.since)]
    return promised, others


def later_steps(account: AccountState) -> frozenset[int]:
    """The ids of the open steps of plays that run, but for the one of each that is due next."""
    running = {run.id for run in account.plays if run.end is None}
    steps = sorted(account.open_actions, key=lambda action: (action.due_on, action.id))
    of_plays = {number: [step.id for step in steps if step.play_id == number] for number in running}
    return frozenset(number for ids in of_plays.values() for number in ids[1:])


def _is_current(action: NextAction, since: datetime | None) -> bool:
    return since is None or action.closed_at is None or action.closed_at > since


def _line(action: NextAction, facts: AgendaFacts, before: NextAction | None) -> ActionLine:
    if action.status is not ActionStatus.OPEN:
        return ActionLine(action, "kept" if action.status is ActionStatus.DONE else "dropped")
    days_overdue = (local_date(facts.now, facts.zone) - action.due_on).days
    if days_overdue > 0:
        return ActionLine(action, "overdue", days_overdue)
    if before is None:
        return ActionLine(action, "new")
    return ActionLine(action, "slipped" if action.slips > before.slips else "open")
