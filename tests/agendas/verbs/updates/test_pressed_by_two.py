"""The button of one thing pressed by two people: it is recorded once, and the second is told who did it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agendas.facts.events import Decided, DecisionKind
from agendas.verbs import updates
from agendas.verbs.updates import AlreadySettled, answer_ask, take_ask
from storage import events
from storage.database import Store
from tests.builders import ANN, BOB, CLEO, EVE, HOUR, NOW
from tests.program import Program, stored_program

Press = Callable[[Program, str, int], Any]
NEXT_WEEK = date(2026, 12, 1)


def asks(program: Program) -> int:
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=CLEO, due_on=NEXT_WEEK)
    return program.did(updates.decide, EVE, NOW, program.accounts["acme"], decided).event.id


def promises(program: Program) -> int:
    return program.did(
        updates.add_action, EVE, NOW, program.accounts["acme"], text="Call them", owner=ANN, due_on=NEXT_WEEK
    ).event.id


def is_blocked(program: Program) -> int:
    opened = program.did(updates.open_blocker, EVE, NOW, program.accounts["acme"], text="Liability cap", owner=ANN)
    return opened.event.id


def of_account(verb: Callable[..., Any], **values: Any) -> Press:
    return lambda program, who, number: program.did(verb, who, NOW + HOUR, program.accounts["acme"], number, **values)


def of_ask(verb: Callable[..., Any]) -> Press:
    return lambda program, who, number: program.did(verb, who, NOW + HOUR, number)


@pytest.mark.parametrize(
    ("begin", "press", "told"),
    [
        (is_blocked, of_account(updates.acknowledge_blocker), "Ann acknowledged it at"),
        (is_blocked, of_account(updates.resolve_blocker, text="Signed"), "Ann resolved it at"),
        (promises, of_account(updates.close_action, done=True), "Ann marked it as done at"),
        (promises, of_account(updates.close_action, done=False, text="He left"), "Ann dropped it at"),
        (asks, of_ask(answer_ask), "Ann answered it at"),
    ],
)
def test_what_two_people_press_is_recorded_once_and_the_second_is_told_who_did_it(
    store: Store, begin: Callable[[Program], int], press: Press, told: str
) -> None:
    program = stored_program(store)
    number = begin(program)
    press(program, ANN, number)
    recorded = len(program.store.read_now(events.of_account, program.accounts["acme"]))
    with pytest.raises(AlreadySettled, match=told):
        press(program, BOB, number)
    assert len(program.store.read_now(events.of_account, program.accounts["acme"])) == recorded


def test_of_two_who_take_an_ask_the_later_has_it(store: Store) -> None:
    program = stored_program(store)
    number = asks(program)
    take = of_ask(take_ask)
    take(program, ANN, number)
    take(program, BOB, number)
    ask = program.store.read_now(events.of_account, program.accounts["acme"])[-1]
    assert (ask.kind, ask.actor) == ("ask_taken", BOB)
