"""The reminder of a review that is moved, or skipped, or held after all."""

from datetime import datetime, timedelta

from agendas.verbs import cadences
from storage.models.delivery import Letter, LetterState
from tests.agendas.verbs.reminding.test_remind import (
    DUE_AT,
    program,
    rows,
    said,
    sent,
    tick,
)
from tests.builders import ANN, CHANNEL, EVE, NOW
from tests.program import Program

__all__ = ["program"]


def test_a_reminder_that_was_due_while_its_review_was_skipped_comes_once_it_is_held_after_all(program: Program) -> None:
    on = rows(program, ANN)[0].planned_on
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Holiday")
    tick(program, DUE_AT)
    assert not sent(program)
    for _ in range(2):
        program.did(cadences.hold_after_all, EVE, DUE_AT, program.cadence_id, on)
        tick(program, DUE_AT)
        tick(program, DUE_AT + timedelta(hours=1))
        assert len(sent(program)) == 1
        program.did(cadences.skip, EVE, DUE_AT, CHANNEL, because="Holiday")


def test_a_sent_reminder_follows_its_review_to_another_time_and_says_where_it_is_not_held(program: Program) -> None:
    tick(program, DUE_AT)
    with program.store.writing() as session:
        letter = session.get_one(Letter, sent(program)[0].id)
        letter.state, letter.sent_channel, letter.sent_ts = LetterState.SENT, "D0ANN0001", "1.2"
        session.add(letter)
    moved_to = datetime.fromisoformat("2026-12-02T15:00-05:00")
    program.did(cadences.move_one, EVE, DUE_AT, CHANNEL, moved_to=moved_to)
    assert [each.kind for each in sent(program)] == ["direct", "edit"]
    assert "Wed 2 Dec" in said(program, sent(program)[0], DUE_AT, kind="edit")
    program.did(cadences.skip, EVE, DUE_AT, CHANNEL, because="Holiday")
    assert "This reminder is over" in said(program, sent(program)[0], DUE_AT, kind="edit")
