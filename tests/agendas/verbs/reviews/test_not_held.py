"""Two reviews in a row that were not held are told to the facilitator and the admins, with what they lacked."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.facts.account import Rhythm, Source
from agendas.facts.reviews import CadenceWish, ItemPart, Plan
from agendas.rendering.words import Words
from agendas.verbs import account_list, closing, updates
from agendas.verbs.cadences import schedule
from agendas.verbs.compose import compose
from agendas.verbs.corrections import take_back
from storage import reviews
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.following import Asked
from tests.agendas.golden import said_by
from tests.builders import ANN, BOB, CHANNEL, CLEO, EVE, HOUR, WORKSPACE, ZONE, author, profile
from tests.program import Program, learn_people

FIRST = datetime(2026, 11, 9, 15, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def program(store: Store) -> Program:
    """Three accounts, of Ann, of Bob and of nobody, and a weekly cadence that Cleo leads."""
    learn_people(store)
    program = Program(store)
    for name, owner in (("Acme Corp", ANN), ("Globex", BOB), ("Initrode", None)):
        wanted = profile(name, owner=owner)
        number = program.did(account_list.nominate, EVE, FIRST - WEEK, wanted, because="It fits").event.account_id
        program.did(account_list.put_on_list, EVE, FIRST - WEEK, number, tier=2, because="Agreed")
        program.accounts[name] = number
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 11, 9), time(10), ZONE), minutes=90, facilitator=CLEO)
    return replace(program, cadence_id=program.did(schedule, EVE, FIRST - 2 * HOUR, CHANNEL, wish).id)


def told(program: Program) -> list[tuple[str, str]]:
    """Each person told, and the words."""

    def read(session: Session) -> list[tuple[str, str]]:
        letters = session.exec(select(Letter).where(Letter.page == "not_held").order_by(col(Letter.id))).all()
        said = (compose(session, each, words=Words(), now=each.due_at) for each in letters)
        return [(each.user_id, said_by(parts)) for each, parts in zip(letters, said, strict=True)]

    return program.store.read_now(read)


def passes(program: Program, week: int, *, is_held: bool = False) -> None:
    at = FIRST + week * WEEK
    program.opens_review(at)
    if is_held:
        program.did(updates.move, ANN, at + HOUR / 2, program.accounts["Acme Corp"], text="They called")
    program.store.write_now(closing.close_due, program.reviews[-1], now=at + timedelta(days=1))


def test_after_the_second_one_both_are_told_what_is_missing_and_again_after_another_two(program: Program) -> None:
    passes(program, 0)
    assert not told(program)
    passes(program, 1)
    assert sorted(who for who, _ in told(program)) == [CLEO, EVE]
    assert told(program)[0][1].startswith(
        f"*Not held 2 times in a row*: <#{CHANNEL}>, Mon 9 Nov and Mon 16 Nov\n"
        "No update on any of its 3 accounts.\nWaited for: <@U0ANN0001> 1, <@U0BOB0001> 1\n1 account without an owner."
    )
    passes(program, 2)
    assert len(told(program)) == 2
    passes(program, 3)
    assert [said.splitlines()[0] for _, said in told(program)[2:]] == [
        f"*Not held 4 times in a row*: <#{CHANNEL}>, Mon 23 Nov and Mon 30 Nov"
    ] * 2


def test_one_that_was_held_between_begins_the_count_anew(program: Program) -> None:
    passes(program, 0)
    passes(program, 1, is_held=True)
    passes(program, 2)
    assert not told(program)


def test_what_a_file_brought_and_what_was_taken_back_is_no_update(program: Program) -> None:
    passes(program, 0)
    at = FIRST + WEEK
    program.opens_review(at)
    by_file = author(BOB, at + HOUR / 2, Source.IMPORT)
    program.store.write_now(updates.move, by_file, program.accounts["Globex"], text="They called")
    moved = program.did(updates.move, ANN, at + HOUR / 2, program.accounts["Acme Corp"], text="They called")
    program.did(take_back, ANN, at + HOUR / 2, moved.event.id)
    program.store.write_now(closing.close_due, program.reviews[-1], now=at + timedelta(days=1))
    assert "No update on any of its 3 accounts.\nWaited for: <@U0ANN0001> 1, <@U0BOB0001> 1" in told(program)[0][1]


@pytest.mark.parametrize("is_asked_for", [True, False])
def test_the_first_review_is_held_by_what_people_said_once_they_were_asked_to_prepare_it(
    program: Program, is_asked_for: bool
) -> None:
    asked_at = FIRST - DAY
    said_at = asked_at + HOUR if is_asked_for else asked_at - HOUR
    program.did(updates.say_nothing_moved, ANN, said_at, program.accounts["Acme Corp"])
    with program.store.writing() as session:
        row = {"workspace_id": WORKSPACE, "cadence_id": program.cadence_id, "planned_on": date(2026, 11, 9)}
        session.add(Asked(**row, user_id=ANN, asked_at=asked_at, letter_key="prepare:1"))
    number = program.opens_review(FIRST)
    assert program.read(closing.closing_of, number, now=FIRST).can_be_held is is_asked_for
    closed = program.did(closing.close_by_person, CLEO, FIRST + HOUR, number)
    assert closed.was_held is is_asked_for


def test_who_was_left_out_of_the_last_review_that_was_held_comes_first_after_one_that_was_not(program: Program) -> None:
    acme = program.accounts["Acme Corp"]
    passes(program, 0, is_held=True)
    with program.store.writing() as session:
        item = next(each for each in reviews.items(session, program.reviews[-1]) if each.account_id == acme)
        item.part = ItemPart.LEFT_OUT.value
        session.add(item)
    passes(program, 1)
    left_out = program.read(reviews.times_left_out, CHANNEL, list(program.accounts.values()))
    assert left_out == {acme: 1}
