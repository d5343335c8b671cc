"""A review that was skipped and is held after all is prepared as if nothing had been, and nobody is asked twice."""

import pytest
from sqlmodel import select

from agendas.rules.access import NOTHING_TO_SAY
from agendas.verbs import cadences
from storage.models.delivery import Letter, LetterKind, LetterState
from tests.agendas.verbs.preparing.preparing import ASKED_AT, MEETS, ON, ask, letters, said, send
from tests.builders import ANN, CHANNEL, EVE, HOUR
from tests.program import Program


@pytest.mark.parametrize("was_sent", [True, False], ids=["sent", "dropped"])
def test_of_a_review_that_is_held_after_all_everybody_is_asked_once(program: Program, was_sent: bool) -> None:
    ask(program)
    people = {each.user_id for each in letters(program)}
    if was_sent:
        send(program)
    program.did(cadences.skip, EVE, ASKED_AT + HOUR, CHANNEL, because="holiday")
    if not was_sent:
        drops_what_says_nothing(program)
    program.did(cadences.hold_after_all, EVE, ASKED_AT + 2 * HOUR, program.cadence_id, ON)
    ask(program, ASKED_AT + 2 * HOUR)
    assert "updates until" in said(program, ANN, ASKED_AT + 2 * HOUR)
    asking = [each for each in letters(program) if each.kind is LetterKind.DIRECT]
    assert sorted(each.user_id for each in asking) == sorted(people)
    state = LetterState.SENT if was_sent else LetterState.WAITING
    assert {(each.state, each.not_after) for each in asking} == {(state, MEETS - 2 * HOUR)}


def drops_what_says_nothing(program: Program) -> None:
    """As the delivery does with a message that has nothing to say when it is to be sent."""
    with program.store.writing() as session:
        for each in session.exec(select(Letter).where(Letter.page == "preparation")):
            each.state, each.last_error = LetterState.DROPPED, NOTHING_TO_SAY
