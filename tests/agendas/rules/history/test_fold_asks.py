"""Asks that somebody takes: whose they and their actions are then, and whose again once that is taken back."""

from datetime import date

from agendas.facts.events import ActionAdded, ActionChanged, Decided, DecisionKind
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.rules.fold import edit_of
from tests.agendas.rules.history.histories import History, day, nominated

DUE = date(2026, 3, 20)


def asked(*, with_action: bool = True) -> tuple[History, int]:
    """A history in which U2 was asked to call their COO, and the event of that decision."""
    history = nominated()
    decision = history.add(Decided(DecisionKind.INTERVENE, "Call their COO", "U2", DUE), 10)
    if with_action:
        history.add(ActionAdded("Call their COO", "U2", DUE, decision_id=decision), 10)
    return history, decision


def owners(history: History) -> tuple[list[str | None], list[str]]:
    """Owners of the open asks, and of the actions."""
    state = history.state
    return [ask.ask_of for ask in state.open_asks], [action.owner for action in state.actions]


def test_the_ask_and_the_action_it_made_are_of_whoever_takes_it_and_of_the_one_before_once_taken_back() -> None:
    history, decision = asked()
    first = history.add(AskTaken(decision, "Call their COO"), 12)
    assert owners(history) == (["U1"], ["U1"])
    state = history.state
    assert state.decision is not None
    assert state.decision.ask_of == "U1"
    assert state.last_update_at == day(12)
    history.correct(first, 13)
    assert owners(history) == (["U2"], ["U2"])


def test_of_two_who_take_it_the_later_has_it_and_its_day_stays() -> None:
    history, decision = asked()
    history.add(AskTaken(decision), 12)
    history.add(AskTaken(decision), 13, actor="U3")
    assert owners(history) == (["U3"], ["U3"])
    assert [ask.due_on for ask in history.state.open_asks] == [DUE]


def test_an_ask_follows_the_edit_of_its_action_until_that_is_taken_back() -> None:
    history, decision = asked()
    edit = edit_of(history.state, history.state.actions[0].id, owner="U3", text="Call their CFO", due_on=DUE)
    assert (edit.item_id, edit.what, edit.from_owner, edit.from_text) == (decision, "ask", "U2", "Call their COO")
    number = history.add(edit, 12)
    assert owners(history) == (["U3"], ["U3"])
    assert [each.text for each in history.state.open_asks] == ["Call their CFO"]
    assert history.state.last_update_at == day(10)
    history.correct(number, 13)
    assert owners(history) == (["U2"], ["U2"])


def test_an_ask_without_an_action_is_taken_and_one_that_is_answered_is_not() -> None:
    history, decision = asked(with_action=False)
    history.add(AskTaken(decision), 12)
    assert owners(history) == (["U1"], [])
    history.add(AskAnswered(decision), 13)
    history.add(AskTaken(decision), 14, actor="U3")
    assert owners(history) == ([], [])


def test_who_took_it_in_a_late_ask_still_answers_it_by_the_action() -> None:
    history, decision = asked()
    history.add(AskTaken(decision), 90)
    [action] = history.state.actions
    assert (action.owner, action.due_on) == ("U1", DUE)
    history.add(ActionChanged(action.id, "done"), 91)
    assert history.state.open_asks == ()
    assert history.state.decision is not None
    assert history.state.decision.done_at == day(91)
