"""An update is shown in every review that discusses its account."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.rendering.words import Words
from agendas.verbs import closing, compose, reviews, updates
from agendas.verbs.record import Recorded
from storage import outbox
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.delivery import Letter
from tests.builders import ANN, EVE, NOW, WORKSPACE
from tests.program import Program, stored_program

HOUR = timedelta(hours=1)
OTHER_CHANNEL = "C0EMEA001"


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program with Acme Corp in two open reviews: the weekly one, and one of another channel."""
    program = stored_program(store)
    review = program.did(
        reviews.open_now,
        EVE,
        NOW,
        OTHER_CHANNEL,
        asked_by="command:1",
        today=NOW.date(),
        account_ids=(program.accounts["acme"],),
    )
    return replace(program, reviews=[*program.reviews, review.row_id])


def says(program: Program) -> Recorded:
    """Ann tells of Acme Corp an hour later."""
    recorded: Recorded = program.did(updates.move, ANN, NOW + HOUR, program.accounts["acme"], text="They signed")
    return recorded


def lines(program: Program, recorded: Recorded) -> dict[int | None, Letter]:
    """The lines that tell of the event, by review."""
    keys = {number: f"event:{recorded.event.id}:line:{number}" for number in program.reviews}
    found = {number: program.read(outbox.by_key, key) for number, key in keys.items()}
    return {number: line for number, line in found.items() if line is not None}


def waiting_edits(program: Program, review_id: int) -> set[str]:
    return {
        letter.page
        for letter in program.store.read_now(outbox.of_review, review_id)
        if letter.kind == "edit" and letter.due_at == NOW + HOUR + timedelta(seconds=2)
    }


def test_every_open_review_of_the_account_gets_the_line_and_the_edits(program: Program) -> None:
    with program.store.writing() as session:
        for number in program.reviews[-2:]:
            for letter in outbox.of_review(session, number):
                letter.state = "sent"
                session.add(letter)
    found = lines(program, says(program))
    assert list(found) == program.reviews[-2:]
    for number, line in found.items():
        parent = next(each for each in program.store.read_now(outbox.of_review, number) if each.id == line.parent)
        assert (parent.page, parent.channel_id) == ("agenda", line.channel_id)
        assert line.review_id == number
        assert not line.subject["is_late"]
        assert waiting_edits(program, number) == {"agenda", "review_header"}


def test_a_review_that_closed_gets_no_line_while_another_is_open(program: Program) -> None:
    program.did(closing.close_by_person, EVE, NOW, program.reviews[-1])
    assert list(lines(program, says(program))) == [program.reviews[-2]]


def test_with_none_open_the_latest_gets_the_line_which_says_that_it_is_late(program: Program) -> None:
    for number in program.reviews[-2:]:
        program.did(closing.close_by_person, EVE, NOW, number)
    [(number, line)] = lines(program, says(program)).items()
    assert number == program.reviews[-1]
    [said] = program.store.read_now(compose.compose, line, words=Words(), now=NOW + HOUR)
    assert said.text == "After the review of Tue 24 Nov closed, Ann: news: They signed."
    told = [each for each in program.store.read_now(outbox.of_review, number) if each.page == "recap"]
    assert [each.kind for each in told] == ["post", "edit"]
    [recap] = program.store.read_now(compose.compose, told[1], words=Words(), now=NOW + HOUR)
    assert "*Updated after it closed* Acme Corp" in str(recap.blocks)


def test_the_open_reviews_of_an_account_come_in_the_order_they_were_opened(program: Program) -> None:
    found = program.store.read_now(stored_reviews.open_items_of, program.accounts["acme"])
    assert [review.row_id for _, review in found] == program.reviews[-2:]
    items = [program.store.read_now(stored_reviews.item, WORKSPACE, item_id) for item_id, _ in found]
    assert [each.review_id for each in items if each is not None] == program.reviews[-2:]
    assert program.store.read_now(stored_reviews.open_items_of, program.accounts["pinewood"]) == []


def test_an_event_belongs_to_the_review_opened_last(program: Program) -> None:
    assert says(program).event.review_id == program.reviews[-1]
