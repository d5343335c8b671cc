"""The reminder of a review that was skipped and is held after all."""

from datetime import timedelta

from agendas.verbs.reviews import cadence
from tests.agendas.verbs.reminding.test_remind import DUE_AT, program, rows, sent, tick
from tests.builders import ANN, CHANNEL, EVE, NOW
from tests.program import Program

__all__ = ["program"]


def test_a_reminder_that_was_due_while_its_review_was_skipped_comes_once_it_is_held_after_all(program: Program) -> None:
    on = rows(program, ANN)[0].planned_on
    program.did(cadence.skip, EVE, NOW, CHANNEL, because="Holiday")
    tick(program, DUE_AT)
    assert not sent(program)
    for _ in range(2):
        program.did(cadence.hold_after_all, EVE, DUE_AT, program.cadence_id, on)
        tick(program, DUE_AT)
        tick(program, DUE_AT + timedelta(hours=1))
        assert len(sent(program)) == 1
        program.did(cadence.skip, EVE, DUE_AT, CHANNEL, because="Holiday")
