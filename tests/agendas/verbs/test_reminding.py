from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from agendas.errors import Outdated, Refused
from agendas.facts.reviews import Reminding
from agendas.rendering.words import Words
from agendas.rules.access import NOT_IN_TIME
from agendas.rules.notices import Snooze
from agendas.verbs import cadences, reminding, updates
from agendas.verbs.compose import compose
from agendas.verbs.preparing import ask_people
from agendas.verbs.reminding import next_reminder_at, remind, reminders_due
from storage import backups, people, reviews
from storage.database import Store
from storage.models.delivery import Letter, LetterState
from storage.models.following import PrepRequest
from storage.people import SlackUser
from tests.agendas.verbs.test_delivery import dropped
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE
from tests.program import Program, stored_program

# The reminder of a review to prepare: once, to the missing alone, in their hours, and gone once they have answered.

DUE_AT = datetime.fromisoformat("2026-11-27T16:00-05:00")
"""The last working hour of people in New York before the review of Monday 30 November."""


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program; everybody was asked to prepare the next review, five days before it."""
    program = stored_program(store)
    _asked(program)
    return program


def _asked(program: Program, profile: Reminding = Reminding.STANDARD) -> None:
    with program.store.writing() as session:
        row = reviews.cadence_of(session, WORKSPACE, CHANNEL, lock=True)
        assert row is not None
        row.profile, row.prep_minutes, row.prepared_on, row.prepare_at = profile.value, 7 * 24 * 60, None, None
        session.add(row)
        session.flush()
        ask_people(session, row.row_id, NOW)(session)


def rows(program: Program, user_id: str = "") -> list[PrepRequest]:
    query = select(PrepRequest).order_by(PrepRequest.id)
    found = program.store.read_now(lambda session: list(session.exec(query)))
    return [each for each in found if not user_id or each.user_id == user_id]


def tick(program: Program, now: datetime) -> None:
    """Remind whoever is due, as the scheduler does: found in a read, kept by a short write."""
    for row_id in program.store.read_now(reminders_due, now):
        program.store.write_now(program.store.read_now(remind, row_id, now))


def sent(program: Program, user_id: str = ANN) -> list[Letter]:
    query = select(Letter).where(Letter.page == "reminder", Letter.user_id == user_id).order_by(Letter.id)
    return program.store.read_now(lambda session: list(session.exec(query)))


def said(program: Program, letter: Letter, now: datetime, **changes: Any) -> str:
    copied = Letter(**(letter.model_dump() | changes))
    return str([each.blocks for each in program.store.read_now(compose, copied, words=Words(), now=now)])


def updates_everything(program: Program, user_id: str, now: datetime) -> None:
    for account_id in program.accounts.values():
        try:
            program.did(updates.say_nothing_moved, user_id, now, account_id)
        except (Refused, Outdated):
            continue


def test_whoever_says_nothing_is_reminded_once_in_their_last_working_hour(program: Program) -> None:
    assert program.store.read_now(next_reminder_at) == DUE_AT
    tick(program, DUE_AT - timedelta(seconds=1))
    assert not sent(program)
    for _ in range(3):
        tick(program, DUE_AT)
    [letter] = sent(program)
    assert letter.not_after == DUE_AT + timedelta(hours=1), "it disturbs nobody after their day"
    assert "1 account of yours still to update" in said(program, letter, DUE_AT)
    assert {each.remind_at for each in rows(program, ANN)} == {None}
    assert {each.reminded_at for each in rows(program, ANN)} == {DUE_AT}
    tick(program, DUE_AT + timedelta(hours=5))
    assert len(sent(program)) == 1


def test_whoever_has_said_everything_is_not_reminded_and_a_message_under_way_is_dropped(program: Program) -> None:
    tick(program, DUE_AT)
    [letter] = sent(program)
    updates_everything(program, ANN, DUE_AT)
    assert said(program, letter, DUE_AT) == "[]"
    assert "Nothing is left to update" in said(program, letter, DUE_AT, kind="edit")


def test_a_reminder_follows_a_review_that_moves_and_a_skipped_one_reminds_nobody(program: Program) -> None:
    moved_to = datetime.fromisoformat("2026-12-02T15:00-05:00")
    program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=moved_to)
    assert {each.remind_at for each in rows(program, ANN)} == {datetime.fromisoformat("2026-12-02T12:00-05:00")}
    # in London the day ends before
    assert {each.remind_at for each in rows(program, BOB)} == {datetime.fromisoformat("2026-12-02T16:00+00:00")}
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Holiday")
    tick(program, moved_to)
    assert not sent(program)
    assert program.store.read_now(next_reminder_at) is None


def test_a_snoozed_reminder_comes_again_at_its_time_and_never_after_the_end_of_updates(program: Program) -> None:
    tick(program, DUE_AT)
    ids = [each.row_id for each in rows(program, ANN)]
    program.did(reminding.snooze, ANN, DUE_AT, ids, Snooze.HOUR)
    again = DUE_AT + timedelta(hours=1)
    assert "Snoozed" in said(program, sent(program)[0], DUE_AT, kind="edit")
    assert said(program, sent(program)[0], DUE_AT) == "[]"
    tick(program, again)
    assert len(sent(program)) == 2
    # Monday 9:00 is after the end of updates
    with pytest.raises(Refused, match=r"Updates end Mon 30 Nov at \d\d:00, before"):
        program.did(reminding.snooze, ANN, again, ids, Snooze.TOMORROW)
    assert {each.remind_at for each in rows(program, ANN)} == {None}


def test_a_stopped_reminder_comes_no_more_and_pressing_twice_changes_nothing(program: Program) -> None:
    ids = [each.row_id for each in rows(program, ANN)]
    for minutes in (0, 5):
        program.did(reminding.stop, ANN, NOW + timedelta(minutes=minutes), ids)
    assert {each.stopped_at for each in rows(program, ANN)} == {NOW}
    tick(program, DUE_AT)
    assert not sent(program)
    with pytest.raises(Outdated):
        program.did(reminding.stop, BOB, NOW, ids)


def test_a_kill_between_read_and_write_reminds_once(program: Program) -> None:
    [first, *_] = [each.row_id for each in rows(program, ANN)]
    writes = [program.store.read_now(remind, first, DUE_AT) for _ in range(2)]
    for write in writes:
        program.store.write_now(write)
    assert len(sent(program)) == 1


def test_after_a_restore_a_reminder_that_may_have_gone_out_is_looked_for_first(program: Program) -> None:
    tick(program, DUE_AT)
    [before] = sent(program)
    with program.store.writing() as session:
        session.delete(session.get_one(Letter, before.id))
        for each in session.exec(select(PrepRequest).where(PrepRequest.user_id == ANN)):
            each.remind_at, each.reminded_at = DUE_AT, None
            session.add(each)
    program.store.write_now(backups.settle)
    later = DUE_AT + timedelta(minutes=30)
    tick(program, later)
    [again] = sent(program)
    assert (again.key, again.first_tried_at, again.tried_until) == (before.key, DUE_AT, later)
    assert {each.reminded_at for each in rows(program, ANN)} == {later}


def test_a_sent_reminder_is_edited_when_its_reader_says_something(program: Program) -> None:
    tick(program, DUE_AT)
    with program.store.writing() as session:
        letter = session.get_one(Letter, sent(program)[0].id)
        letter.state, letter.sent_channel, letter.sent_ts = LetterState.SENT, "D0ANN0001", "1.2"
        session.add(letter)
    program.did(updates.say_nothing_moved, ANN, DUE_AT, program.accounts["acme"])
    assert [each.kind for each in sent(program)] == ["direct", "edit"]


# A reminder that cannot be sent for a while is sent until its reader's day ends, or updates do, whatever is first.

__all__ = ["program"]

HOUR = timedelta(hours=1)
CUTOFF = datetime.fromisoformat("2026-11-30T08:00-05:00")


@pytest.mark.parametrize(("waited", "reason"), [(HOUR, ""), (2 * HOUR, NOT_IN_TIME), (20 * HOUR, NOT_IN_TIME)])
def test_after_its_readers_working_hours_it_is_dropped(program: Program, waited: timedelta, reason: str) -> None:
    tick(program, DUE_AT)
    [letter] = sent(program)
    assert dropped(program, letter, DUE_AT + waited) == reason


def test_one_that_its_reader_chose_to_get_after_work_is_sent_until_updates_end(program: Program) -> None:
    tick(program, DUE_AT)
    at = DUE_AT + HOUR / 2
    program.did(reminding.snooze, ANN, at, [each.row_id for each in rows(program, ANN)], Snooze.HOUR)
    tick(program, at + HOUR)
    assert [each.not_after for each in sent(program)] == [DUE_AT + HOUR, CUTOFF]


# The reminder of a review that is moved, or skipped, or held after all.
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


# Reminders that follow what changes after people were asked: where they are, the end of updates, and the profile.
@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_what_would_come_outside_working_hours_by_now_waits_for_them_or_is_left_out(program: Program, is_elsewhere):
    program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=datetime.fromisoformat("2026-12-02T15:00-05:00"))
    due_at = datetime.fromisoformat("2026-12-02T12:00-05:00")
    assert {each.remind_at for each in rows(program, ANN)} == {due_at}
    at = datetime.fromisoformat("2026-12-02T08:30-05:00")
    if is_elsewhere:
        with program.store.writing() as session:
            people.save_users(session, WORKSPACE, [SlackUser(ANN, WORKSPACE, "Ann", time_zone="Asia/Kolkata")], at)
    tick(program, due_at)
    assert len(sent(program)) == (0 if is_elsewhere else 1)
