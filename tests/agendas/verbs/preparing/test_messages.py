"""The message that asks a person to prepare reviews: of several reviews, for others, and as things are said."""

from datetime import UTC, date, datetime, time

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan, Question
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.pages.agenda import moved, told_of
from agendas.rendering.words import Words
from agendas.rules.update_words import SignalEntry
from agendas.verbs import cadences, updates
from agendas.verbs.preparing import Owed, missing
from agendas.verbs.review_reads import review_facts
from agendas.verbs.signals import note_signal
from storage import reviews
from storage.models.accounts import Account
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


def test_a_message_of_another_cadence_follows_a_review_that_it_asks_about(program: Program) -> None:
    second_cadence(program)
    ask(program)
    send(program)
    before = len(letters(program))
    program.did(cadences.move_one, EVE, ASKED_AT + HOUR / 2, OTHER, moved_to=MEETS + 5 * HOUR)
    edits = letters(program)[before:]
    assert ANN in {each.user_id for each in edits}
    plan = Plan(Rhythm.WEEKLY, ON + DAY, time(11), ZONE)
    program.did(cadences.schedule, EVE, ASKED_AT + HOUR, OTHER, CadenceWish(plan, 45, EVE, tiers=(1, 2)))
    ask(program, ASKED_AT + DAY)
    of_ann = [each for each in letters(program) if each.kind == LetterKind.DIRECT and each.user_id == ANN]
    assert len(of_ann) == 1, "she was asked about that review before its plan was changed"


def test_a_signal_that_a_marketing_partner_notes_answers_what_the_buyer_did(program: Program) -> None:
    account_id = program.accounts["acme"]
    with program.store.writing() as session:
        session.get_one(Account, account_id).marketing_partner = BOB
    ask(program)
    send(program)
    [row] = [each for each in asked(program) if each.user_id == BOB]
    owed = program.store.read_now(missing, [row], now=ASKED_AT)[row.row_id]
    assert Owed(account_id, Question.BUYER) in owed
    given = SignalEntry(SignalKind.EVENT, SignalStrength.HIGH, "Came to the round table")
    program.did(note_signal, BOB, ASKED_AT, account_id, given)
    owed = program.store.read_now(missing, [row], now=ASKED_AT + HOUR).get(row.row_id, ())
    assert account_id not in {each.account_id for each in owed}
    assert BOB in {each.user_id for each in letters(program) if each.kind == LetterKind.EDIT}
    review_id = program.opens_review(MEETS)
    review = program.read(review_facts, review_id, now=MEETS)
    facts = next(each.facts for each in review.items if each.facts.account.account_id == account_id)
    assert BOB not in facts.missing_updates_from


def test_what_is_said_after_the_end_of_updates_is_on_the_agenda_and_marked_so(program: Program) -> None:
    ask(program)
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    program.did(updates.move, ANN, MEETS - 2 * HOUR, acme, text="They signed in time")
    program.did(updates.move, BOB, MEETS - HOUR, globex, text="They signed at the last minute")
    review_id = program.opens_review(MEETS)
    program.did(updates.move, ANN, MEETS + HOUR, acme, text="They said so in the review")
    items = program.read(review_facts, review_id, now=MEETS + HOUR).items
    told = {each.event.change.text: each.is_late for item in items for each in told_of(item)}
    assert told["They signed at the last minute"] is True
    assert [told["They signed in time"], told["They said so in the review"]] == [False, False]
    [late] = [item for item in items if item.facts.account.account_id == globex]
    assert "<@U0BOB0001>, after the end of updates" in str(moved(late, Words(), evidence_action="", value=""))
