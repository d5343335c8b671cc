"""The last decision about an account, and when what was asked is done."""

from datetime import date

import pytest

from agendas.facts.events import ActionChanged, Decided, DecisionKind
from tests.agendas.rules.history.histories import day, nominated


def test_the_last_decision_is_kept() -> None:
    history = nominated()
    history.add(Decided(DecisionKind.KEEP, "Go on"), 2)
    event_id = history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5", date(2026, 2, 1)), 3)
    decision = history.state.decision
    assert decision is not None
    assert (decision.event_id, decision.decision, decision.ask_of) == (event_id, DecisionKind.INTERVENE, "U5")
    assert (decision.decided_at, decision.decided_by, decision.due_on) == (day(3), "U1", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("owner", "promised_on", "what", "is_done"),
    [("U5", 4, "done", True), ("U5", 4, "dropped", False), ("U6", 4, "done", False), ("U5", 2, "done", False)],
)
def test_an_intervention_is_done_with_an_action_that_the_person_asked_took_on_after_it(
    owner: str, promised_on: float, what: str, is_done: bool
) -> None:
    history = nominated()
    history.add(Decided(DecisionKind.INTERVENE, "Call their CFO", "U5"), 3)
    action_id = history.promise(promised_on, owner=owner)
    history.add(ActionChanged(action_id, what), 6)  # type: ignore[arg-type]
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at == (day(6) if is_done else None)


@pytest.mark.parametrize("kind", [DecisionKind.KEEP, DecisionKind.PAUSE])
def test_only_an_intervention_can_be_done(kind: DecisionKind) -> None:
    history = nominated()
    history.add(Decided(kind, "Go on", "U1"), 3)
    history.add(ActionChanged(history.promise(4), "done"), 6)
    decision = history.state.decision
    assert decision is not None
    assert decision.done_at is None
