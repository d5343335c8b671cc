"""The facilitator is briefed once an hour before each review, or whoever takes their place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.reviews import CadenceKind
from agendas.verbs import cadences
from agendas.verbs.jobs import InRead, next_moment
from agendas.verbs.letters import pause_channel, resume_channel
from storage import backups, people
from storage.models.reviews import Cadence
from tests.agendas.verbs.briefing.briefing import BEFORE, BRIEFING, MEETS, ON, briefs, changes, due, letters, said
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE
from tests.program import Program, days_away

DAY = timedelta(days=1)


def test_the_facilitator_is_briefed_once_an_hour_before_and_the_brief_is_worth_nothing_after_it_begins(
    program: Program,
) -> None:
    assert due(program, BEFORE - timedelta(seconds=1)) == []
    assert program.store.read_now(BRIEFING.next_at, NOW) == BEFORE
    moment = program.store.read_now(next_moment, NOW)
    assert moment is not None
    assert moment <= BEFORE
    assert isinstance(BRIEFING.serve, InRead)
    twice = [program.store.read_now(BRIEFING.serve.work_out, program.cadence_id, BEFORE) for _ in range(2)]
    for write in twice:
        program.store.write_now(write)
    briefs(program)
    [letter] = letters(program)
    assert (letter.user_id, letter.not_after, letter.due_at) == (EVE, MEETS, BEFORE)
    assert said(program, letter, MEETS) == ""
    assert due(program, BEFORE) == []


def test_a_review_opened_meanwhile_leaves_the_next_one_to_be_briefed_at_its_own_time(program: Program) -> None:
    assert isinstance(BRIEFING.serve, InRead)
    looked_before = program.store.read_now(BRIEFING.serve.work_out, program.cadence_id, MEETS)
    program.opens_review(MEETS)
    for write in (looked_before, program.store.read_now(BRIEFING.serve.work_out, program.cadence_id, MEETS)):
        program.store.write_now(write)
    assert letters(program) == []
    assert due(program, BEFORE + 7 * DAY) == [program.cadence_id]


def test_nobody_is_briefed_of_a_skipped_or_paused_review_nor_of_one_of_executives(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Offsite")
    assert due(program, BEFORE) == []
    assert due(program, BEFORE + 7 * DAY) == [program.cadence_id]
    program.did(cadences.pause, EVE, NOW, CHANNEL)
    assert due(program, BEFORE + 7 * DAY) == []
    program.did(cadences.resume, EVE, NOW, CHANNEL)
    changes(program, kind=CadenceKind.EXECUTIVE)
    assert due(program, BEFORE + 7 * DAY) == []
    assert program.store.read_now(BRIEFING.next_at, NOW) is None


def gone(session: Session) -> None:
    row = people.find(session, WORKSPACE, BOB)
    assert row is not None
    row.is_deleted = True
    session.add(row)


def away_with(stand_in: str) -> Callable[[Session], None]:
    return lambda session: session.add(days_away(BOB, ON, ON, stand_in=stand_in))


@pytest.mark.parametrize(
    ("facilitator", "happens", "reader", "because"),
    [
        (BOB, None, BOB, ""),
        (BOB, away_with(ANN), ANN, "you stand in for"),
        (BOB, away_with(""), EVE, "is away without a stand-in"),
        (BOB, gone, EVE, "cannot be reached"),
        ("", None, EVE, "nobody leads it"),
    ],
)
def test_in_the_place_of_a_facilitator_who_is_away_or_gone_others_are_briefed_and_told_why(
    program: Program, facilitator: str, happens: Callable[[Session], None] | None, reader: str, because: str
) -> None:
    changes(program, facilitator=facilitator)
    if happens is not None:
        program.store.write_now(happens)
    briefs(program)
    [letter] = letters(program)
    assert letter.user_id == reader
    assert because in said(program, letter)


def test_after_a_restore_the_brief_is_looked_for_before_it_is_sent_again(program: Program) -> None:
    program.store.write_now(backups.settle)
    briefs(program)
    [letter] = letters(program)
    assert letter.first_tried_at == BEFORE
    assert program.store.read_now(lambda session: session.exec(select(Cadence.briefed_on)).first()) == ON


def test_while_its_channel_is_in_trouble_nobody_is_briefed_and_nothing_comes_in_a_burst_after_it(
    program: Program,
) -> None:
    program.store.write_now(pause_channel, WORKSPACE, CHANNEL, error="is_archived", now=NOW)
    assert due(program, BEFORE) == []
    assert program.store.read_now(BRIEFING.next_at, NOW) is None
    program.store.write_now(resume_channel, WORKSPACE, CHANNEL)
    assert due(program, BEFORE) == [program.cadence_id]
    briefs(program)
    program.store.write_now(pause_channel, WORKSPACE, CHANNEL, error="is_archived", now=BEFORE)
    assert said(program, letters(program)[0]) == "", "one that was on its way says nothing"
