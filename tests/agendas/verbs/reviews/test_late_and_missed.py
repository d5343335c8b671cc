from datetime import timedelta

import pytest

from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reviews import start
from agendas.verbs.updates import updates
from storage import reviews
from storage.database.engine import Store
from storage.delivery import outbox
from storage.tables import Letter
from tests.builders import ANN, NOW, WORKSPACE
from tests.program import Program, stored_program

HOUR = timedelta(hours=1)
WORDS = Words()


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def due_at(program: Program):
    with program.store.reading() as session:
        return reviews.cadence(session, program.cadence_id).next_at


def tick(program: Program, now) -> None:
    program.store.write_now(start.open_due, program.cadence_id, now=now)


def letters_of_latest_review(program: Program) -> tuple[str, list[Letter]]:
    with program.store.reading() as session:
        latest = max(program.read(reviews.get_all), key=lambda row: row.planned_at)
        return latest.state, outbox.of_review(session, latest.row_id)


def said(program: Program, letter: Letter, now) -> str:
    with program.store.reading() as session:
        return compose(session, letter, words=WORDS, now=now)[0].text


def test_a_review_two_hours_late_is_posted_and_says_so(program: Program) -> None:
    due = due_at(program)
    tick(program, due + 2 * HOUR)
    state, letters = letters_of_latest_review(program)
    assert state == "open"
    assert letters[0].page == "review_header"
    with program.store.reading() as session:
        blocks = compose(session, letters[0], words=WORDS, now=due + 2 * HOUR)[0].blocks
    assert "posted 120 min late" in str(blocks)


def test_a_review_later_than_that_is_missed_and_the_channel_is_told_with_an_offer(program: Program) -> None:
    due = due_at(program)
    now = due + 2 * HOUR + timedelta(seconds=1)
    tick(program, now)
    state, letters = letters_of_latest_review(program)
    assert state == "missed"
    assert [letter.page for letter in letters] == ["missed"]
    assert said(program, letters[0], now).startswith("The review of Mon 30 Nov 10:00 EST was not posted")
    with program.store.reading() as session:
        assert "review.now" in str(compose(session, letters[0], words=WORDS, now=now)[0].blocks)
    assert due_at(program) == due + timedelta(days=7)


def test_after_three_weeks_away_each_miss_is_kept_and_only_the_last_is_told(program: Program) -> None:
    first = due_at(program)
    now = first + timedelta(days=14) + 3 * HOUR
    for _ in range(4):
        tick(program, now)
    missed = [row for row in program.read(reviews.get_all) if row.state == "missed"]
    assert [row.planned_at for row in missed] == [first + timedelta(days=7 * week) for week in range(3)]
    assert [row.reason for row in missed] == ["14 days late", "7 days late", "3 hours late"]
    with program.store.reading() as session:
        told = [row.row_id for row in missed if outbox.of_review(session, row.row_id)]
    assert told == [missed[-1].row_id]


def test_an_update_after_the_review_closed_goes_to_its_thread_and_says_that_it_is_late(program: Program) -> None:
    program.closes_review(NOW)
    told = program.did(updates.move, ANN, NOW + HOUR, program.accounts["globex"], text="They signed")
    with program.store.reading() as session:
        line = outbox.by_key(session, WORKSPACE, f"event:{told.event.id}:line:{program.reviews[-1]}")
    assert line is not None
    assert said(program, line, NOW + HOUR) == "After the review of Mon 23 Nov closed, Ann: news: They signed."
