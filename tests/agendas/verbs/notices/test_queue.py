from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.facts.people import Choice, NoticeKind, Preferences, QuietHours, Right
from agendas.rendering.words import Words
from agendas.verbs import account_list, people, updates
from agendas.verbs.compose import compose
from agendas.verbs.letters import pause_channel, resume_channel, tell
from agendas.verbs.notices import change_preferences, quiet_until
from storage import outbox
from storage.letter_subjects import Subject
from storage.models.delivery import Letter, LetterState
from tests.builders import ANN, BOB, CLEO, EVE, NOW, WORKSPACE, profile
from tests.program import Program
from tests.storage.delivery.letters import claim

MINUTE = timedelta(minutes=1)
DAY = date(2026, 12, 4)


def asks_ann(program: Program, text: str, at: datetime) -> None:
    program.did(updates.add_action, BOB, at, program.accounts["acme"], text=text, owner=ANN, due_on=DAY)


def letters(program: Program, page: str) -> list[Letter]:
    def read(session: Session) -> list[Letter]:
        query = select(Letter).where(Letter.page == page, Letter.user_id == ANN).order_by(col(Letter.id))
        return list(session.exec(query))

    return program.store.read_now(read)


def told_in(program: Program) -> dict[datetime, int]:
    """The number of things told by each message, by the instant at which it is due."""
    told = [each.parent for each in letters(program, "one_told")]
    return {each.due_at: told.count(each.id) for each in letters(program, "told") + letters(program, "digest")}


def test_what_comes_while_a_message_is_under_way_or_was_tried_is_told_in_the_next_one(program: Program) -> None:
    asks_ann(program, "Call them", NOW)
    asks_ann(program, "Write to them", NOW)
    with program.store.writing() as session:
        [letter] = claim(session, NOW)
    asks_ann(program, "Visit them", NOW + MINUTE)
    with program.store.writing() as session:
        tried = outbox.Attempts(NOW, NOW)
        outbox.put_off_failed(session, letter, until=NOW + MINUTE, error="x", tried=tried, failing_since=None)
    asks_ann(program, "Meet them", NOW + 2 * MINUTE)
    assert told_in(program) == {NOW + MINUTE: 2, NOW + 15 * MINUTE: 2}


def test_the_same_event_is_told_once(program: Program) -> None:
    asks_ann(program, "Call them", NOW)
    [one] = letters(program, "one_told")
    assert one.state is LetterState.COLLECTED
    [message] = letters(program, "told")
    assert (message.state, message.due_at, one.parent) == (LetterState.WAITING, NOW, message.id)


@pytest.mark.database("sqlite", "postgres")
def test_people_are_told_in_one_order_so_that_two_processes_never_wait_for_each_other(program: Program) -> None:
    for owner, partner in ((CLEO, BOB), (BOB, CLEO)):
        named = program.did(
            account_list.nominate, EVE, NOW, profile(f"Of{owner} Ltd", owner=partner), because="It fits"
        )
        program.did(updates.open_blocker, EVE, NOW, named.event.account_id, text="No budget", owner=owner)
    query = select(Letter.user_id).where(Letter.page == "one_told").order_by(col(Letter.id))
    assert program.store.read_now(lambda session: list(session.exec(query))) == [BOB, CLEO, BOB, CLEO]


def test_what_waits_follows_the_choices_that_a_person_makes_meanwhile(program: Program) -> None:
    digest = ((NoticeKind.TOLD, Choice.DIGEST),)
    program.did(change_preferences, ANN, NOW, Preferences(digest, time(16)))
    asks_ann(program, "Call them", NOW)
    assert told_in(program) == {datetime.fromisoformat("2026-11-24T16:00-05:00"): 1}
    program.did(change_preferences, ANN, NOW + MINUTE, Preferences(digest, time(12)))
    assert told_in(program) == {datetime.fromisoformat("2026-11-24T12:00-05:00"): 1}
    quiet = QuietHours(time(9), time(11))
    program.did(change_preferences, ANN, NOW + MINUTE, Preferences(((NoticeKind.TOLD, Choice.AT_ONCE),), quiet=quiet))
    assert told_in(program) == {datetime.fromisoformat("2026-11-24T11:00-05:00"): 1}


def test_what_was_collected_is_due_with_its_message_and_answers_do_not_wait_for_quiet_hours(program: Program) -> None:
    program.did(change_preferences, ANN, NOW, Preferences(((NoticeKind.TOLD, Choice.DIGEST),), time(16)))
    asks_ann(program, "Call them", NOW)
    program.store.write_now(tell, WORKSPACE, ANN, page="recorded", subject=Subject(), key="x", at=NOW)
    quiet = QuietHours(time(9), time(11))
    program.did(change_preferences, ANN, NOW, Preferences(((NoticeKind.TOLD, Choice.AT_ONCE),), quiet=quiet))
    end = datetime.fromisoformat("2026-11-24T11:00-05:00")
    assert [each.due_at for each in letters(program, "one_told") + letters(program, "digest")] == [end, end]
    assert [each.due_at for each in letters(program, "recorded")] == [NOW]


def test_a_digest_tells_once_of_each_channel_that_is_still_in_trouble(program: Program) -> None:
    program.did(people.give, EVE, NOW, ANN, function=None, right=Right.ADMIN)
    program.did(change_preferences, ANN, NOW, Preferences(((NoticeKind.HEALTH, Choice.DIGEST),)))
    for channel_id in ("C0ONE11", "C0TWO22", "C0WELL3"):
        program.store.write_now(pause_channel, WORKSPACE, channel_id, error="is_archived", now=NOW)
    program.store.write_now(resume_channel, WORKSPACE, "C0WELL3")
    [digest] = letters(program, "digest")
    composed = program.store.read_now(compose, digest, words=Words(), now=NOW)
    said = str([each.blocks for each in composed])
    assert [said.count(f"<#{each}>") for each in ("C0ONE11", "C0TWO22", "C0WELL3")] == [1, 1, 0]


def test_a_message_that_was_held_up_is_not_sent_in_quiet_hours_unless_it_is_an_answer(program: Program) -> None:
    program.did(change_preferences, ANN, NOW, Preferences(quiet=QuietHours(time(9), time(11))))
    unasked, answer, bobs = (
        Letter(workspace_id=WORKSPACE, page=page, user_id=user_id, key="x", kind="direct", created_at=NOW, due_at=NOW)
        for page, user_id in (("told", ANN), ("recorded", ANN), ("told", BOB))
    )
    end = datetime.fromisoformat("2026-11-24T11:00-05:00")
    until = [program.store.read_now(quiet_until, each, NOW) for each in (unasked, answer, bobs)]
    assert until == [end, None, None]
    assert program.store.read_now(quiet_until, unasked, end) is None
