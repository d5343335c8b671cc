"""The brief of a review that was skipped and is held after all."""

from agendas.verbs.reviews import cadence
from tests.agendas.verbs.briefing.briefing import BEFORE, ON, briefs, due, letters
from tests.builders import CHANNEL, EVE, NOW
from tests.program import Program


def test_the_facilitator_is_briefed_once_of_a_review_that_is_held_after_all(program: Program) -> None:
    program.did(cadence.skip, EVE, NOW, CHANNEL, because="Offsite")
    assert due(program, BEFORE) == []
    for _ in range(2):
        program.did(cadence.hold_after_all, EVE, BEFORE, program.cadence_id, ON)
        briefs(program)
        assert len(letters(program)) == 1
        program.did(cadence.skip, EVE, BEFORE, CHANNEL, because="Offsite")
