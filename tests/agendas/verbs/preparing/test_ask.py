"""People are asked to prepare a review once, by one message each, whatever happens meanwhile."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.account import Rhythm
from agendas.facts.program import HOLIDAYS
from agendas.facts.reviews import Away, CadenceWish, Plan, Preparation
from agendas.verbs import cadences, people
from agendas.verbs.cadences import change_preparation
from agendas.verbs.jobs import InRead, next_moment
from agendas.verbs.settings import change_settings
from storage import backups, preparing, reviews
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind
from storage.models.following import Asked
from storage.models.workspaces import Person
from tests.agendas.verbs.preparing.preparing import (
    ASKED_AT,
    DAY,
    MEETS,
    ON,
    OTHER,
    PREPARE,
    ask,
    asked,
    begin,
    find,
    letters,
    said,
    send,
)
from tests.builders import ANN, CHANNEL, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE
from tests.program import Program
from tests.statements import statements

MINUTE = timedelta(minutes=1)


def test_people_are_asked_once_at_the_lead_and_their_message_is_worth_sending_until_the_cutoff(
    program: Program,
) -> None:
    assert find(program, ASKED_AT - HOUR) == []
    assert program.store.read_now(PREPARE.next_at, NOW) == ASKED_AT
    assert program.store.read_now(next_moment, NOW) <= ASKED_AT
    at_once = [begin(program, program.cadence_id, ASKED_AT) for _ in range(2)]
    for write in at_once:
        program.store.write_now(write)
    ask(program)
    found = letters(program)
    assert sorted(each.user_id for each in found) == sorted({each.user_id for each in asked(program)})
    assert len({each.user_id for each in found}) == len(found) >= 2
    assert {each.not_after for each in found} == {MEETS - 2 * HOUR}
    assert {each.planned_on for each in asked(program)} == {ON}
    assert DAN not in {each.user_id for each in found}, "a viewer may not record"
    assert "Prepare the review of Mon 30 Nov" in said(program, ANN)


def test_a_review_opened_meanwhile_leaves_the_next_one_to_be_asked_about_at_its_own_time(program: Program) -> None:
    looked_before = begin(program, program.cadence_id, MEETS)
    program.opens_review(MEETS)
    for write in (looked_before, begin(program, program.cadence_id, MEETS)):
        program.store.write_now(write)
    assert (asked(program), letters(program)) == ([], [])
    assert find(program, ASKED_AT + 7 * DAY) == [program.cadence_id]


def test_what_failed_before_its_end_is_done_again_whole(program: Program) -> None:
    write = begin(program, program.cadence_id, ASKED_AT)

    def killed(session: Session) -> None:
        write(session)
        session.flush()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        program.store.write_now(killed)
    assert (asked(program), letters(program)) == ([], [])
    ask(program)
    assert letters(program)
    program.store.write_now(PREPARE.set_aside, program.cadence_id, ASKED_AT, "r")
    assert find(program, ASKED_AT) == []


def test_after_a_restore_a_message_that_may_have_gone_out_is_looked_for_first(program: Program) -> None:
    program.store.write_now(backups.settle)
    ask(program, ASKED_AT + HOUR)
    assert {(each.first_tried_at, each.tried_until) for each in letters(program)} == {(ASKED_AT, ASKED_AT + HOUR)}
    ask(program, ASKED_AT + 2 * HOUR)
    assert len(letters(program)) == len({each.key for each in letters(program)})


def test_after_the_cutoff_or_without_a_lead_nobody_is_asked(program: Program) -> None:
    ask(program, MEETS - HOUR)
    assert letters(program) == []
    wish = CadenceWish(Plan(Rhythm.WEEKLY, ON, time(9), ZONE), 45, EVE, preparation=Preparation(prep_minutes=0))
    other = program.did(cadences.schedule, EVE, NOW, OTHER, wish)
    assert other.id not in find(program, MEETS - HOUR)


def test_a_moved_review_is_asked_about_once_and_its_messages_say_the_new_time(program: Program) -> None:
    ask(program)
    count = len(letters(program))
    later = MEETS + DAY
    program.did(cadences.move_one, EVE, ASKED_AT + HOUR, CHANNEL, moved_to=later)
    assert {each.not_after for each in letters(program)} == {later - 2 * HOUR}
    send(program)
    program.did(cadences.move_one, EVE, ASKED_AT + 2 * HOUR, CHANNEL, moved_to=later + HOUR)
    ask(program, later - DAY)
    new = letters(program)[count:]
    assert {each.kind for each in new} == {LetterKind.EDIT}
    assert "moved from Mon 30 Nov" in said(program, ANN, later - DAY)


@pytest.mark.parametrize("how", ["skip", "pause"])
def test_a_review_that_is_skipped_or_paused_is_said_to_be_off_and_not_asked_about(program: Program, how: str) -> None:
    ask(program)
    assert "No change" in said(program, ANN)
    if how == "skip":
        program.did(cadences.skip, EVE, ASKED_AT + HOUR, CHANNEL, because="holiday")
    else:
        program.did(cadences.pause, EVE, ASKED_AT + HOUR, CHANNEL)
    assert said(program, ANN) == "", "a message that was not sent yet asks nothing"
    ask(program, ASKED_AT + 2 * HOUR)
    assert len(letters(program)) == len({each.user_id for each in asked(program)})


def test_as_many_statements_ask_ten_people_as_two_hundred(program: Program) -> None:
    assert _statements(program, 10) == _statements(program, 200)


def test_a_cadence_is_looked_at_from_shortly_before_it_asks_as_it_is_planned_then(program: Program) -> None:
    def looks_at(at: datetime) -> list[int]:
        return [row.row_id for row in program.store.read_now(preparing.unprepared, at)]

    assert (looks_at(ASKED_AT - MINUTE), looks_at(ASKED_AT)) == ([], [program.cadence_id])
    away_on = date(2026, 11, 27)
    program.did(people.say_away, EVE, NOW, Away("", away_on, away_on))
    assert (looks_at(ASKED_AT - DAY - MINUTE), looks_at(ASKED_AT - DAY)) == ([], [program.cadence_id])
    program.did(change_settings, EVE, NOW, {HOLIDAYS: ("", "US-CA")})
    # Thanksgiving is on the day before
    assert (looks_at(ASKED_AT - 2 * DAY - MINUTE), looks_at(ASKED_AT - 2 * DAY)) == ([], [program.cadence_id])
    assert find(program, ASKED_AT - 2 * DAY) == [program.cadence_id]
    program.did(change_settings, EVE, NOW, {HOLIDAYS: ("US-CA", "")})
    assert looks_at(ASKED_AT - DAY - MINUTE) == []
    program.did(change_preparation, EVE, NOW, CHANNEL, Preparation(prep_minutes=5 * 24 * 60))
    assert looks_at(MEETS - 5 * DAY) == [program.cadence_id]


def test_many_people_are_asked_so_much_earlier_that_the_last_message_leaves_by_the_lead(program: Program) -> None:
    people, ahead = 300, timedelta(minutes=4)
    _many(program, people, unknown=people // 2)
    assert find(program, ASKED_AT - ahead - timedelta(seconds=1)) == []
    assert program.store.read_now(PREPARE.next_at, NOW) == ASKED_AT - ahead
    ask(program, ASKED_AT - ahead)
    due = sorted(each.due_at for each in letters(program))
    assert (len(due), due[0]) == (people, ASKED_AT - ahead)
    assert due[-1] < ASKED_AT
    minutes = Counter((at - due[0]) // timedelta(minutes=1) for at in due)
    assert max(minutes.values()) <= people / 4 + 2
    reminded = {each.remind_at for each in asked(program)}
    assert len(reminded) == people, "nor are they reminded all at once"


def _many(program: Program, count: int, unknown: int = 0) -> None:
    """Let so many people be asked about an account each, of whose conversations so many are not known."""
    users = [f"U0P{number:06}" for number in range(count)]
    with program.store.writing() as session:
        known = set(session.exec(select(Person.user_id)))
        session.add_all(
            Person(
                workspace_id=WORKSPACE,
                user_id=user,
                name=user,
                right="editor",
                seen_at=NOW,
                direct_channel="" if number < unknown else f"D{user}",
            )
            for number, user in enumerate(users)
            if user not in known
        )
        session.add_all(
            Account(workspace_id=WORKSPACE, name=f"A {user}", list_status="named", tier=3, owner=user)
            for user in users
            if user not in known
        )
        row = reviews.cadence(session, program.cadence_id)
        assert row is not None
        row.prepared_on, row.scope = None, {"owners": users}
        for each in session.exec(select(Asked)):
            session.delete(each)
        for letter in session.exec(select(Letter).where(Letter.page == "preparation")):
            session.delete(letter)


def _statements(program: Program, count: int) -> int:
    _many(program, count)
    with program.store.writing() as session, statements(session) as sent:
        assert isinstance(PREPARE.serve, InRead)
        PREPARE.serve.work_out(session, program.cadence_id, ASKED_AT)(session)
    assert len(letters(program)) == count
    return len(sent)
