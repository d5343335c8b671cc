"""The last decision about an account, and when what was asked is done."""

from datetime import date
from typing import Literal

from agendas.facts.events import ActionAdded, ActionChanged, Decided, DecisionKind, Moved
from tests.agendas.rules.history.histories import History, day, nominated
from tests.cases import cases

DUE_ON = date(2026, 2, 1)


def test_the_last_decision_is_kept() -> None:
    history = nominated()
    history.add(Decided(DecisionKind.KEEP, "Go on"), 2)
    event_id = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", date(2026, 2, 1)), 3)
    decision = history.state.decision
    assert decision is not None
    assert (decision.event_id, decision.decision, decision.ask_of) == (event_id, DecisionKind.INTERVENE, "U5")
    assert (decision.decided_at, decision.decided_by, decision.due_on) == (day(3), "U1", date(2026, 2, 1))


def asks(history: History, text: str = "Call their CFO", on_day: float = 3) -> tuple[int, int]:
    """Record an intervention with the next action that it makes; return the ids of both."""
    asked = history.add(Decided(DecisionKind.INTERVENE, text, "U5", DUE_ON), on_day)
    return asked, history.add(ActionAdded(text, "U5", DUE_ON), on_day)


@cases(("what", "is_done"), [("done", True), ("dropped", False)])
def test_an_intervention_is_done_with_the_action_that_it_made(what: Literal["done", "dropped"], is_done: bool) -> None:
    history = nominated()
    _, action_id = asks(history)
    history.add(ActionChanged(action_id, what), 6)
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at == (day(6) if is_done else None)
    assert bool(history.state.open_asks) is not is_done


@cases("second", ["Sign the discount", "Call their CFO"])
def test_of_two_asks_of_a_person_the_action_of_one_answers_that_one(second: str) -> None:
    history = nominated()
    first, _ = asks(history)
    _, action_id = asks(history, second)
    history.add(ActionChanged(action_id, "done"), 6)
    assert [ask.event_id for ask in history.state.open_asks] == [first]


def test_a_later_decision_leaves_the_asks_before_it_open() -> None:
    history = nominated()
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5"), 3)
    history.add(Decided(DecisionKind.KEEP, "Go on"), 4)
    assert [ask.text for ask in history.state.open_asks] == ["Call their CFO"]
    history.correct(history.add(Moved("They wrote"), 5), 6)
    assert [ask.text for ask in history.state.open_asks] == ["Call their CFO"]


def test_an_ask_moves_with_its_action_and_keeps_its_first_day() -> None:
    history = nominated()
    _, action_id = asks(history)
    later = date(2026, 2, 10)
    history.add(ActionChanged(action_id, "slipped", later), 6)
    [ask] = history.state.open_asks
    assert (ask.due_on, ask.first_due_on) == (later, DUE_ON)
    assert history.state.decision == ask
    history.add(ActionChanged(action_id, "slipped", DUE_ON), 7)
    [ask] = history.state.open_asks
    assert (ask.due_on, ask.first_due_on) == (DUE_ON, None)


@cases("kind", [DecisionKind.KEEP, DecisionKind.PAUSE])
def test_only_an_intervention_can_be_done(kind: DecisionKind) -> None:
    history = nominated()
    history.add(Decided(kind, "Go on", "U1"), 3)
    history.add(ActionChanged(history.promise(4), "done"), 6)
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at is None
