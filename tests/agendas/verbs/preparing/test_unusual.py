"""Reviews prepared while something is not as usual: several on a day, people who left or are away, old news."""

from datetime import date, time

from sqlmodel import Session, select

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import cadences, closing, updates
from agendas.verbs.preparing import missing
from agendas.verbs.reminding import remind, reminders_due
from agendas.verbs.review_reads import review_facts
from storage import reviews as stored_reviews
from storage.models.delivery import Letter
from tests.agendas.verbs.preparing.preparing import ASKED_AT, DAY, MEETS, ON, ask, asked, letters, said
from tests.builders import ANN, BOB, EVE, HOUR, NOW, ZONE
from tests.program import Program


def plans(program: Program, channel: str, at: time, owners: tuple[str, ...] = ()) -> int:
    """The id of a weekly cadence in the channel, first on the day of the sample program's next review."""
    wish = CadenceWish(Plan(Rhythm.WEEKLY, ON, at, ZONE), 45, EVE, owners=owners)
    return program.did(cadences.schedule, EVE, NOW, channel, wish).id


def owed_accounts(program: Program, user_id: str) -> set[int]:
    """The accounts of which the person still owes something, for any review."""
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT + 2 * HOUR)
    mine = {each.row_id for each in asked(program) if each.user_id == user_id}
    return {each.account_id for row_id, found in owed.items() if row_id in mine for each in found}


def test_of_an_account_in_three_channels_reviews_on_a_day_a_person_is_asked_once_and_says_it_once(
    program: Program,
) -> None:
    others = [plans(program, f"C0CHAN{number}", time(11 + number)) for number in range(2)]
    for hour in range(4):
        ask(program, ASKED_AT + hour * HOUR)
    assert len([each for each in letters(program) if each.user_id == ANN]) == 1
    assert {each.cadence_id for each in asked(program) if each.user_id == ANN} == {program.cadence_id, *others}
    assert said(program, ANN).count("*Acme Corp*") == 1
    acme = program.accounts["acme"]
    assert acme in owed_accounts(program, ANN)
    program.did(updates.say_nothing_moved, ANN, ASKED_AT + HOUR, acme)
    assert acme not in owed_accounts(program, ANN), "it counts in all three"
    for at in (MEETS - 3 * HOUR, MEETS - 2 * HOUR, MEETS - HOUR):
        for row_id in program.store.read_now(reminders_due, at):
            program.store.write_now(program.store.read_now(remind, row_id, at))

    def reminded(session: Session) -> list[str]:
        return [each.user_id for each in session.exec(select(Letter).where(Letter.page == "reminder"))]

    told = program.store.read_now(reminded)
    assert len(told) == len(set(told)), "one reminder for all three"
    assert BOB in told


def test_what_was_said_before_the_last_review_is_no_answer_though_its_day_of_the_month_is_the_same(
    program: Program,
) -> None:
    acme, said_at = program.accounts["acme"], MEETS - 3 * DAY
    program.did(updates.say_nothing_moved, ANN, said_at, acme)
    ask(program)
    assert acme not in owed_accounts(program, ANN)
    for week in range(4):
        at = MEETS + 7 * week * DAY
        program.opens_review(at)
        program.closes_review(at + HOUR)
    next_at = MEETS + 28 * DAY
    assert (said_at.day, (next_at - DAY).day) == (27, 27)
    ask(program, next_at - DAY)
    later = [each for each in asked(program) if each.planned_on == date(2026, 12, 28) and each.user_id == ANN]
    owed = program.store.read_now(missing, later, now=next_at - DAY)
    assert acme in {each.account_id for found in owed.values() for each in found}


def test_what_was_said_for_a_review_that_nobody_held_is_asked_anew_before_the_next_one(program: Program) -> None:
    acme = program.accounts["acme"]
    ask(program)
    program.did(updates.say_nothing_moved, ANN, ASKED_AT + HOUR, acme)
    number = program.opens_review(MEETS)
    program.store.write_now(closing.close_due, number, now=MEETS + DAY)
    assert program.read(stored_reviews.get, number).was_held is False
    ask(program, ASKED_AT + 7 * DAY)
    [row] = [each for each in asked(program) if each.user_id == ANN and each.planned_on == ON + 7 * DAY]
    owed = program.store.read_now(missing, [row], now=ASKED_AT + 7 * DAY)
    assert acme in {each.account_id for found in owed.values() for each in found}
    assert f"'prepare.no_change', 'value': '{acme}'" in said(program, ANN, ASKED_AT + 7 * DAY)
    later = MEETS + 7 * DAY
    opened = program.read(review_facts, program.opens_review(later), now=later)
    assert (
        ANN in next(each for each in opened.items if each.facts.account.account_id == acme).facts.missing_updates_from
    )
    program.did(updates.say_nothing_moved, ANN, later, acme)
