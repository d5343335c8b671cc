from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, update

from agendas.errors import Outdated
from agendas.facts.reviews import Part
from agendas.verbs import account_list, closing, corrections, reviews, updates
from agendas.verbs.loading import LastReview
from agendas.verbs.review_reads import review_facts, review_item
from storage import reviews as stored_reviews
from storage.models.reviews import Review
from storage.past_reviews import Held
from tests.builders import ANN, BOB, CHANNEL, EVE, HOUR, NOW, profile
from tests.program import Program


def test_an_account_knows_the_day_its_last_review_was_held_for_as_its_own_zone_has_it() -> None:
    late = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    closed_at = late + timedelta(days=1)
    held = Held(False, 1, 0, None, opened_at=late, closed_at=closed_at, planned_at=late, zone="Pacific/Auckland")
    assert LastReview.of(None, held).held_on == date(2026, 11, 23)


def test_a_review_that_nobody_held_moves_no_starting_point(program: Program) -> None:
    program.did(closing.close_by_person, EVE, NOW, program.reviews[2], was_held=False)
    review = program.read(review_facts, program.reviews[2], now=NOW + HOUR)
    assert review.was_held is False
    assert review.attended == ()


def test_one_account_of_a_review_is_the_same_as_in_the_whole_review(program: Program) -> None:
    for review_id in program.reviews:
        review = program.read(review_facts, review_id, now=NOW)
        for row in program.store.read_now(stored_reviews.items, review_id):
            alone = program.read(review_item, row.row_id, now=NOW)
            assert alone == next(each for each in review.items if each.review_item_id == row.row_id)


def test_who_said_that_nothing_changed_is_kept_with_the_account(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.say_nothing_moved, BOB, NOW, acme)
    mine = program.did(updates.say_nothing_moved, ANN, NOW, acme)
    program.did(corrections.take_back, ANN, NOW, mine.event.id)
    review = program.read(review_facts, program.reviews[2], now=NOW)
    said = next(each.no_change_said_by for each in review.items if each.facts.account.account_id == acme)
    assert said == (BOB,)


def test_what_does_not_exist_is_refused_in_a_sentence(program: Program) -> None:
    with pytest.raises(Outdated, match="review history"):
        program.read(review_facts, 999, now=NOW)
    with pytest.raises(Outdated):
        program.read(review_item, 999, now=NOW)


def test_an_account_is_updated_by_what_somebody_says_of_it_and_not_by_a_change_of_its_profile(program: Program) -> None:
    umber, review_id = program.accounts["umber"], program.reviews[2]
    program.closes_review(NOW)
    later = NOW + HOUR
    review = program.did(reviews.open_now, EVE, later, CHANNEL, asked_by="command:1", today=date(2026, 11, 24))
    program.did(account_list.edit, EVE, later + HOUR, umber, profile("Umber Foods", owner=BOB))

    def is_updated() -> bool:
        found = program.read(review_facts, review.row_id, now=later + 3 * HOUR)
        return next(each for each in found.items if each.facts.account.account_id == umber).is_updated

    assert review_id != review.row_id
    assert not is_updated()
    program.did(updates.say_nothing_moved, ANN, later + HOUR, umber)
    assert is_updated()
    with program.store.writing() as session:
        asked = [[BOB, Part.MANDATORY.value, ""]]
        session.exec(update(Review).where(col(Review.id) == review.row_id).values(roster=asked))
    assert not is_updated()  # its owner was asked and is still waited for
    program.did(updates.say_nothing_moved, BOB, later + 2 * HOUR, umber)
    assert is_updated()
