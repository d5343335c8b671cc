"""Reviews: opened once per slot, closed once, held or not, and what each says in its letters."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agendas.errors import Outdated, Refused
from agendas.rendering.blockkit import Rendered
from agendas.rendering.words import Words
from agendas.verbs import closing, compose, letters, reviews, updates
from sandbox.workspace import PATIENCE_SECONDS
from storage import accounts, outbox
from storage import reviews as stored_reviews
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Review
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, author
from tests.program import Program
from tests.storage.waiting import until_it_waits

WORDS = Words()
TODAY = date(2026, 11, 24)
NEXT_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)


def now(program: Program, asked_by: str = "command:1", **values: Any) -> Review:
    """A review asked for now by Eve, in the channel whose open review she closed before."""
    if program.reviews and program.read(stored_reviews.get, program.reviews[-1]).state == "open":
        program.closes_review(NOW)
    review: Review = program.did(reviews.open_now, EVE, NOW, CHANNEL, asked_by=asked_by, today=TODAY, **values)
    return review


def of_review(program: Program, review_id: int, page: str = "") -> list[Letter]:
    """The review's letters in order, or those of one page."""
    found = program.store.read_now(outbox.of_review, review_id)
    return [letter for letter in found if page in ("", letter.page)]


def said(program: Program, letter: Letter) -> list[Rendered]:
    """Compose the letter as it is now."""
    return program.store.read_now(compose.compose, letter, words=WORDS, now=NOW)


def test_a_request_taken_twice_opens_one_review(program: Program) -> None:
    now(program)
    with pytest.raises(Outdated, match="opened already"):
        now(program)
    assert len(program.read(stored_reviews.get_all)) == 4


def test_two_requests_at_the_same_moment_open_one_review(program: Program) -> None:
    program.closes_review(NOW)
    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(now, program, f"click:{number}") for number in range(3)]
        failures = [each.exception() for each in done]
    assert sum(isinstance(each, Refused) for each in failures) == 2
    assert len(program.read(stored_reviews.get_all)) == 4


def test_the_review_that_is_due_closes_the_one_still_open(program: Program) -> None:
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    earlier = program.read(stored_reviews.get, program.reviews[-1])
    assert (earlier.state, earlier.was_held, earlier.closed_by) == ("closed", True, "")
    assert program.read(stored_reviews.open_in, CHANNEL).planned_at == NEXT_AT


def test_a_review_asked_for_at_the_moment_one_is_opened_on_schedule_is_refused(program: Program) -> None:
    program.closes_review(NOW)
    ask = (program.did, reviews.open_now, EVE, NEXT_AT, CHANNEL)
    with ThreadPoolExecutor(1) as threads, program.store.writing() as session:
        reviews.open_due(session, program.cadence_id, now=NEXT_AT)
        asking = threads.submit(*ask, asked_by="command:1", today=NEXT_AT.date())
        until_it_waits(program.store, asking)
        session.commit()
        assert isinstance(asking.exception(timeout=PATIENCE_SECONDS), Refused)
    assert [row.planned_at for row in program.read(stored_reviews.get_all) if row.state == "open"] == [NEXT_AT]


def test_a_review_due_at_the_moment_one_is_asked_for_is_opened_once_that_is_there(program: Program) -> None:
    program.closes_review(NOW)
    with ThreadPoolExecutor(1) as threads, program.store.writing() as session:
        reviews.open_now(session, author(EVE, NEXT_AT), CHANNEL, asked_by="command:1", today=NEXT_AT.date())
        opening = threads.submit(program.store.write_now, reviews.open_due, program.cadence_id, now=NEXT_AT)
        until_it_waits(program.store, opening)
        session.commit()
        opening.result(timeout=PATIENCE_SECONDS)
    # a process that found the channel in other hands looks again at its next tick
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    asked_for, planned = program.read(stored_reviews.get_all)[-2:]
    assert {asked_for.state, planned.state} == {"open", "closed"}
    assert program.read(stored_reviews.open_in, CHANNEL).slot.startswith(f"{program.cadence_id}:")


def test_what_was_left_out_for_lack_of_minutes_still_counts_from_its_own_last_review(program: Program) -> None:
    with program.store.writing() as session:
        left_out, held = stored_reviews.items(session, program.reviews[-1])[:2]
        left_out.part = "left_out"
        session.add(left_out)
    before = {row.row_id: row.held_item_id for row in program.read(accounts.on_list)}
    program.closes_review(NOW)
    after = {row.row_id: row.held_item_id for row in program.read(accounts.on_list)}
    assert after[left_out.account_id] == before[left_out.account_id]
    assert after[held.account_id] == held.row_id


def test_a_due_slot_is_opened_by_one_of_many_processes(program: Program) -> None:
    def open_it(_number: int) -> None:
        program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(open_it, range(5)))
    assert len([row for row in program.read(stored_reviews.get_all) if row.planned_at == NEXT_AT]) == 1


def test_a_review_is_closed_by_one_of_two_who_press_at_once(program: Program) -> None:
    number = program.reviews[-1]
    with ThreadPoolExecutor(2) as threads:
        done = [
            threads.submit(program.did, closing.close_by_person, who, NOW, number, attended=(who,))
            for who in (ANN, BOB)
        ]
        failures = [each.exception() for each in done]
    assert sum(isinstance(each, Outdated) for each in failures) == 1
    assert len(of_review(program, number, "recap")) == 1


def test_a_review_not_held_reminds_nobody_and_is_no_point_to_count_from(program: Program) -> None:
    number = program.reviews[-1]
    program.did(closing.close_by_person, EVE, NOW, number, was_held=False)
    assert of_review(program, number, "your_actions") == []
    review = now(program)
    items = program.store.read_now(stored_reviews.items, review.row_id)
    before = {item.before_item_id for item in items}
    held = program.store.read_now(stored_reviews.items, program.reviews[1])
    assert before == {item.row_id for item in held}


def test_a_review_closes_by_itself_when_its_time_has_come_and_not_before(program: Program) -> None:
    number = program.reviews[-1]
    closes_at = program.read(stored_reviews.get, number).closes_at
    assert program.store.write_now(closing.close_due, number, now=closes_at - timedelta(seconds=1)) is None
    assert program.store.read_now(stored_reviews.next_closing_at) == closes_at
    closed = program.store.write_now(closing.close_due, number, now=closes_at)
    assert (closed.state, closed.was_held, closed.closed_by) == ("closed", True, "")
    assert program.store.write_now(closing.close_due, number, now=closes_at) is None


def test_a_letter_about_what_is_gone_says_nothing(program: Program) -> None:
    for page, subject in (
        ("agenda", {"item_id": 9_999, "review_id": 9_999}),
        ("review_header", {"review_id": 9_999}),
        ("recap", {"review_id": 9_999}),
        ("update_line", {"event_id": 9_999, "review_id": 9_999, "is_late": False}),
        ("recorded", {"event_ids": [9_999]}),
    ):
        letter = Letter(workspace_id=WORKSPACE, key=page, kind=LetterKind.POST, page=page, subject=subject)
        assert said(program, letter) == []


def test_a_confirmation_is_ephemeral_where_the_form_was_opened_or_sent_directly(program: Program) -> None:
    for channel_id, kind in ((CHANNEL, "whisper"), ("", "direct"), ("D0ANN0001", "direct")):
        done = program.did(updates.move, ANN, NOW, program.accounts["acme"], text="News")
        program.did(letters.confirm, ANN, NOW, [done], channel_id=channel_id, place="")
        letter = program.read(outbox.by_key, f"event:{done.event.id}:confirmation")
        assert (letter.kind, letter.user_id, letter.subject["event_ids"]) == (kind, ANN, [done.event.id])
        assert "Recorded for Acme Corp: news: News." in said(program, letter)[0].text
