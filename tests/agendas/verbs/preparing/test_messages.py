"""The message that asks a person to prepare reviews: of several reviews, for others, and as things are said."""

from datetime import UTC, date, datetime, time

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import cadences, updates
from agendas.verbs.preparing import missing
from storage import reviews
from storage.models.delivery import LetterKind
from tests.agendas.verbs.preparing.preparing import (
    ASKED_AT,
    DAY,
    MEETS,
    ON,
    OTHER,
    ask,
    asked,
    find,
    letters,
    promises,
    said,
    second_cadence,
    send,
)
from tests.builders import ANN, BOB, CLEO, EVE, HOUR, NOW, ZONE
from tests.program import Program, days_away


def test_reviews_of_two_days_are_asked_about_by_one_message_with_each_account_once(program: Program) -> None:
    other = second_cadence(program)
    ask(program)
    ask(program, ASKED_AT + 2 * HOUR)
    direct = [each.user_id for each in letters(program)]
    assert len(direct) == len(set(direct))
    of_ann = [each for each in asked(program) if each.user_id == ANN]
    assert {each.cadence_id for each in of_ann} == {program.cadence_id, other}
    assert {each.letter_key for each in of_ann} == {f"prepare:{program.cadence_id}:{ON}:{ANN}"}
    page = said(program, ANN)
    assert "Prepare the reviews of Mon 30 Nov" in page
    assert page.count("*Acme Corp*") == 1


def test_a_second_message_asks_nothing_that_the_first_asks(program: Program) -> None:
    second_cadence(program, time(9))
    program.did(cadences.move_one, EVE, NOW, OTHER, moved_to=MEETS + 2 * DAY)
    ask(program)
    ask(program, MEETS + DAY)
    latest = [each for each in letters(program) if each.user_id == ANN]
    assert len(latest) == 2
    assert said(program, ANN, MEETS - HOUR) == "", "the first message asks about all of it"


def test_a_stand_in_is_asked_in_the_place_of_who_is_away_who_is_not(program: Program) -> None:
    with program.store.writing() as session:
        session.add(days_away(ANN, ON - DAY, ON + DAY, stand_in=CLEO))
    ask(program)
    rows = {(each.user_id, each.for_user_id) for each in asked(program)}
    assert (CLEO, ANN) in rows
    assert ANN not in {user for user, _ in rows}
    assert f"for <@{ANN}>" in said(program, CLEO)
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT)
    [of_cleo] = [each for each in asked(program) if each.for_user_id == ANN]
    acme = program.accounts["acme"]
    assert acme in {each.account_id for each in owed[of_cleo.row_id]}
    program.did(updates.say_nothing_moved, CLEO, ASKED_AT + HOUR, acme)
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT + HOUR)
    assert acme not in {each.account_id for each in owed.get(of_cleo.row_id, ())}


def test_who_said_it_owes_nothing_and_the_message_says_so_wherever_it_was_said(program: Program) -> None:
    ask(program)
    send(program)
    [row] = [each for each in asked(program) if each.user_id == ANN]
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT)[row.row_id]
    for each in owed:
        program.did(updates.say_nothing_moved, ANN, ASKED_AT + HOUR, each.account_id)
    assert row.row_id not in program.store.read_now(missing, asked(program), now=ASKED_AT + 2 * HOUR)
    edits = [each for each in letters(program) if each.kind == LetterKind.EDIT and each.user_id == ANN]
    assert len(edits) == 1, "a burst is one edit"
    assert "Your promise" in said(program, ANN, ASKED_AT + 2 * HOUR), "a promise that is due is still asked about"
    for action in program.read(promises, ANN):
        kept = {"account_id": action.account_id, "action_id": action.row_id, "done": True}
        program.did(updates.close_action, ANN, ASKED_AT + 2 * HOUR, **kept)
    page = said(program, ANN, ASKED_AT + 3 * HOUR)
    assert "✓ Acme Corp" in page
    assert "All said" in page
    assert "prepare.no_change" not in page


def test_a_review_on_the_day_of_a_clock_change_is_asked_about_on_friday_at_the_same_wall_time(program: Program) -> None:
    plan = Plan(Rhythm.WEEKLY, date(2027, 3, 14), time(9), ZONE)
    other = program.did(cadences.schedule, EVE, datetime(2027, 3, 10, tzinfo=UTC), OTHER, CadenceWish(plan, 45, EVE))
    friday = datetime(2027, 3, 12, 14, tzinfo=UTC)
    assert other.id in find(program, friday)
    assert other.id not in find(program, friday - HOUR)


def test_at_its_opening_a_review_keeps_who_was_asked_and_who_was_away(program: Program) -> None:
    with program.store.writing() as session:
        session.add(days_away(BOB, ON, ON + DAY))
    ask(program)
    send(program)
    review_id = program.opens_review(MEETS)
    review = program.read(reviews.get, review_id)
    assert [ANN, "mandatory", ""] in review.roster
    assert [BOB, "mandatory", "", (ON + DAY).isoformat()] in review.roster
    assert "is open" in said(program, ANN, MEETS + HOUR)


def test_an_unsent_message_is_dropped_where_everything_was_said_meanwhile(program: Program) -> None:
    ask(program)
    [row] = [each for each in asked(program) if each.user_id == ANN]
    for each in program.store.read_now(missing, [row], now=ASKED_AT)[row.row_id]:
        program.did(updates.move, ANN, ASKED_AT, each.account_id, text="They asked for a contract")
    for action in program.read(promises, ANN):
        dropped = {"account_id": action.account_id, "action_id": action.row_id, "done": False}
        program.did(updates.close_action, ANN, ASKED_AT, **dropped)
    assert said(program, ANN, ASKED_AT + HOUR) == ""
