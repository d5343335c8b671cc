from datetime import timedelta

import pytest

from agendas.errors import Outdated
from agendas.facts.past_review import PastState
from agendas.pages.recap import opened_review_page, past_reviews_page
from agendas.rendering.words import Words
from agendas.verbs import cadences, reviews
from agendas.verbs.past_reviews import opened_account, opened_review, past_reviews
from storage import reviews as stored_reviews
from storage.database import hiding
from tests.agendas.golden import check_golden, drawn
from tests.builders import ANN, CHANNEL, EVE, HOUR, NOW, WORKSPACE
from tests.program import Program

WORDS = Words()
DAY = timedelta(days=1)


def test_the_reviews_that_are_over_are_listed_newest_first_with_dates_that_were_skipped(program: Program) -> None:
    past = program.read(past_reviews, CHANNEL, now=NOW)
    assert [review.id for review in past.reviews] == [program.reviews[1], program.reviews[0]]
    assert {review.state for review in past.reviews} == {PastState.HELD}
    assert program.read(past_reviews, "C0NOWHERE", now=NOW).reviews == ()
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="of the fair")
    program.closes_review(NOW + HOUR)
    later = NOW + 20 * DAY
    program.store.write_now(reviews.open_due, program.cadence_id, now=later)
    past = program.read(past_reviews, CHANNEL, now=later)
    states = [(review.state, review.reason, review.by) for review in past.reviews[:3]]
    assert [state for state, _, _ in states] == [PastState.MISSED, PastState.SKIPPED, PastState.HELD]
    assert states[1][1:] == ("of the fair", EVE)
    elsewhere = program.read(past_reviews, CHANNEL, now=later, is_here=False)
    assert {review.state for review in elsewhere.reviews} == {PastState.HELD}
    check_golden("pages/past_reviews", drawn("several", past_reviews_page(past, WORDS)))


@pytest.mark.again
def test_a_long_list_is_read_page_by_page_and_each_review_is_on_one(program: Program) -> None:
    program.closes_review(NOW + HOUR)
    for number in range(12):
        at = NOW + (number + 1) * DAY
        opened = program.did(
            reviews.open_now, ANN, at, CHANNEL, asked_by=f"k{number}", today=at.date(), account_ids=(1, 2)
        )
        program.reviews.append(opened.row_id)
        program.closes_review(at + HOUR)
    first = program.read(past_reviews, CHANNEL, now=NOW + 30 * DAY)
    _, instant, number = first.more_value.split()
    rest = program.read(past_reviews, CHANNEL, now=NOW + 30 * DAY, before=(int(instant), int(number)))
    assert [each.id for each in (*first.reviews, *rest.reviews)] == sorted(program.reviews, reverse=True)
    assert rest.more_value == ""
    assert not rest.is_first


def test_what_is_open_still_or_not_there_or_hidden_cannot_be_opened(program: Program) -> None:
    with pytest.raises(Outdated, match="is open still"):
        program.read(opened_review, program.reviews[2], now=NOW)
    [item, *_] = program.read(lambda session, _: stored_reviews.items(session, program.reviews[2]))
    for verb, number in ((opened_review, 999), (opened_account, 999), (opened_account, item.row_id)):
        with pytest.raises(Outdated):
            program.read(verb, number, now=NOW)
    with program.store.reading() as session, hiding(session, set(program.accounts.values())):
        assert past_reviews(session, WORKSPACE, CHANNEL, now=NOW, is_here=False).reviews == ()
        with pytest.raises(Outdated, match="does not exist any more"):
            opened_review(session, WORKSPACE, program.reviews[1], now=NOW)
    with program.store.reading() as session, hiding(session, {program.accounts["acme"]}):
        opened = opened_review(session, WORKSPACE, program.reviews[1], now=NOW)
        assert "Acme" not in drawn("without it", opened_review_page(opened, WORDS))
