"""Briefs of a review that is moved, before its brief and after it."""

from datetime import timedelta

from sqlmodel import Session, select

from agendas.verbs import cadences
from storage import outbox
from storage.models.delivery import Letter
from tests.agendas.verbs.briefing.briefing import BEFORE, MEETS, ON, briefs, due, letters, said
from tests.builders import CHANNEL, EVE, HOUR
from tests.program import Program

DAY = timedelta(days=1)


def is_briefed(program: Program) -> None:
    """The brief was sent."""
    briefs(program)

    def sent(session: Session) -> None:
        letter = session.exec(select(Letter).where(Letter.page == "brief")).one()
        outbox.record_sent(session, letter, channel_id="D0EVE0001", ts="17.1", at=BEFORE)

    program.store.write_now(sent)


def edited(program: Program) -> str:
    """The brief that was sent as its edit shows it."""
    [edit] = [each for each in letters(program) if each.kind == "edit"]
    return said(program, edit)


def test_a_review_moved_after_its_brief_is_briefed_again_an_hour_before_its_new_time(program: Program) -> None:
    briefs(program)
    moves = (2 * HOUR, 4 * HOUR, DAY)
    for moved_by in moves:
        program.did(cadences.move_one, EVE, BEFORE, CHANNEL, moved_to=MEETS + moved_by, planned_on=ON)
        assert due(program, BEFORE + moved_by - timedelta(seconds=1)) == []
        for _ in range(2):
            briefs(program, BEFORE + moved_by)
    assert [each.not_after for each in letters(program)] == [MEETS, *(MEETS + each for each in moves)]
    assert "on Tue <!date^" in said(program, letters(program)[0]), "the first brief tells the time that it has now"


def test_a_brief_that_was_sent_tells_the_new_time_of_its_review_and_is_the_only_one_within_the_hour(
    program: Program,
) -> None:
    is_briefed(program)
    for minutes in (20, 40):
        at = MEETS + timedelta(minutes=minutes)
        program.did(cadences.move_one, EVE, BEFORE + timedelta(minutes=45), CHANNEL, moved_to=at, planned_on=ON)
        assert due(program, at - timedelta(minutes=1)) == []
        [brief] = [each for each in letters(program) if each.kind == "direct"]
        [edit] = [each for each in letters(program) if each.kind == "edit"]
        assert edit.target == brief.id
        assert f"10:{minutes}" in said(program, edit, MEETS)


def test_a_brief_that_was_sent_says_that_its_review_was_skipped_or_moved_behind_another(program: Program) -> None:
    is_briefed(program)
    program.did(cadences.skip, EVE, BEFORE, CHANNEL, because="Offsite")
    assert "was skipped by Eve: Offsite" in edited(program)
    program.did(cadences.move_one, EVE, BEFORE, CHANNEL, moved_to=MEETS + 8 * DAY, planned_on=ON)
    assert "was moved to Tue 8 Dec" in edited(program)
