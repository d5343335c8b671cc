"""The brief of a review that was skipped and is held after all."""

from sqlmodel import select

from agendas.rules.access import NOTHING_TO_SAY
from agendas.verbs import cadences
from storage.models.delivery import Letter, LetterState
from tests.agendas.verbs.briefing.briefing import BEFORE, MEETS, ON, briefs, due, letters
from tests.builders import CHANNEL, EVE, NOW
from tests.program import Program


def test_the_facilitator_is_briefed_once_of_a_review_that_is_held_after_all(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Offsite")
    assert due(program, BEFORE) == []
    for _ in range(2):
        program.did(cadences.hold_after_all, EVE, BEFORE, program.cadence_id, ON)
        briefs(program)
        assert len(letters(program)) == 1
        program.did(cadences.skip, EVE, BEFORE, CHANNEL, because="Offsite")


def test_a_brief_that_was_dropped_while_its_review_was_off_is_sent_once_it_is_held_after_all(program: Program) -> None:
    briefs(program)
    program.did(cadences.skip, EVE, BEFORE, CHANNEL, because="Offsite")
    with program.store.writing() as session:
        for each in session.exec(select(Letter).where(Letter.page == "brief")):
            each.state, each.last_error = LetterState.DROPPED, NOTHING_TO_SAY
    program.did(cadences.hold_after_all, EVE, BEFORE, program.cadence_id, ON)
    briefs(program)
    assert [(each.state, each.not_after) for each in letters(program)] == [(LetterState.WAITING, MEETS)]
