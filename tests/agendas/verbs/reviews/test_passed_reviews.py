"""Planned reviews that passed accounts by since their last held one."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from agendas.facts.reviews import AgendaFacts
from agendas.verbs import account_list, closing, reviews, updates
from agendas.verbs.loading import agenda_facts, facts_to_place
from agendas.verbs.review_reads import review_facts
from storage import accounts
from tests.builders import ANN, CHANNEL, EVE, HOUR, WORKSPACE, ZONE
from tests.program import Program

WEEK = timedelta(days=7)
OPENED = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""When the review that the sample program leaves open was opened: Monday at 10:00 in New York."""


def facts(program: Program, short: str, at: datetime) -> AgendaFacts:
    """The account's facts, the same for its card and for the list."""

    def read(session: Session) -> tuple[AgendaFacts, AgendaFacts]:
        rows = accounts.get_many(session, WORKSPACE, [program.accounts[short]])
        card = agenda_facts(session, rows, now=at, zone=ZONE)
        settings = card[program.accounts[short]].settings
        placed = facts_to_place(session, rows, now=at, zone=ZONE, settings=settings)
        return card[program.accounts[short]], placed[program.accounts[short]]

    card, placed = program.store.read_now(read)
    assert card.unreviewed == placed.unreviewed
    return card


def weeks_not_held(program: Program, count: int) -> datetime:
    """So many reviews that nobody held, from the one that is open on; the instant after the last one closed."""
    at = OPENED
    for number in range(count):
        at = OPENED + number * WEEK
        if number:
            program.opens_review(at)
        program.did(closing.close_by_person, EVE, at + HOUR, program.reviews[-1], was_held=False)
    return at + 2 * HOUR


def test_two_reviews_that_nobody_held_are_a_soft_reason_and_one_is_none(program: Program) -> None:
    assert facts(program, "umber", weeks_not_held(program, 1)).unreviewed == 1
    program.opens_review(OPENED + WEEK)
    after = OPENED + WEEK + 2 * HOUR
    program.did(closing.close_by_person, EVE, OPENED + WEEK + HOUR, program.reviews[-1], was_held=False)
    assert facts(program, "umber", after).unreviewed == 2


def test_the_next_review_says_it_and_a_held_one_begins_anew(program: Program) -> None:
    weeks_not_held(program, 2)
    at = OPENED + 2 * WEEK
    number = program.opens_review(at)
    open_one = program.read(review_facts, number, now=at)
    said = {item.facts.account.name: item.placement.reasons for item in open_one.items}
    assert ("not_reviewed", 2, 0) in said["Umber Foods"]
    program.did(updates.say_nothing_moved, ANN, at + HOUR / 2, program.accounts["umber"])
    program.closes_review(at + HOUR)
    assert facts(program, "umber", at + 2 * HOUR).unreviewed == 0
    closed = program.read(review_facts, number, now=at + WEEK)
    assert {item.facts.account.name: item.facts.unreviewed for item in closed.items} == {
        item.facts.account.name: item.facts.unreviewed for item in open_one.items
    }


def test_reviews_on_request_skipped_ones_and_those_of_a_paused_account_pass_nobody_by(program: Program) -> None:
    at = weeks_not_held(program, 1)
    for number in range(2):
        asked = program.did(
            reviews.open_now, EVE, at + number * HOUR, CHANNEL, asked_by=f"key {number}", today=at.date()
        )
        program.did(closing.close_by_person, EVE, at + number * HOUR + HOUR / 2, asked.row_id, was_held=False)
    assert facts(program, "umber", at + 3 * HOUR).unreviewed == 1
    program.did(account_list.pause, EVE, at + 3 * HOUR, program.accounts["umber"], because="Merger")
    assert facts(program, "umber", at + 4 * HOUR).unreviewed == 0


def test_one_that_closed_the_held_review_by_opening_passed_it_by_if_nobody_held_it(program: Program) -> None:
    program.did(updates.say_nothing_moved, ANN, OPENED + HOUR / 2, program.accounts["umber"])
    program.opens_review(OPENED + WEEK + timedelta(seconds=5))
    program.did(closing.close_by_person, EVE, OPENED + WEEK + HOUR, program.reviews[-1], was_held=False)
    assert facts(program, "umber", OPENED + WEEK + 2 * HOUR).unreviewed == 1
