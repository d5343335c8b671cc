from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.rendering.words import Words
from agendas.rules.access import NOT_IN_TIME
from agendas.verbs.closing import close_review
from agendas.verbs.compose import compose
from agendas.verbs.delivery import ask_about_unsure, drop_if_overtaken, may_be_overtaken
from agendas.verbs.jobs import set_aside_review
from agendas.verbs.reads import unconfirmed_messages
from sandbox.workspace import PATIENCE_SECONDS
from storage import outbox
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.delivery import Letter, LetterKind
from tests.builders import ANN, BOB, CHANNEL, EVE, HOUR, NOW, WORKSPACE
from tests.program import Program
from tests.storage.letters import letter, until_it_waits

# Letters that could not be sent for a while: which are dropped, with what reason, and which are sent all the same.

WORDS = Words()
DAY = timedelta(days=1)


def letter_of(program: Program, page: str, review_id: int | None = None) -> Letter:
    """The first letter of this page in the review, the latest one unless another is given."""
    letters = program.store.read_now(outbox.of_review, review_id or program.reviews[-1])
    return next(letter for letter in letters if letter.page == page and letter.kind != "edit")


def queued(program: Program, page: str, subject: dict[str, object]) -> Letter:
    letter = Letter(workspace_id=WORKSPACE, key=page, kind=LetterKind.DIRECT, page=page, subject=subject, user_id=ANN)
    letter.created_at = letter.due_at = NOW
    return program.store.write_now(outbox.queue, letter)


def dropped(program: Program, letter: Letter, now) -> str:
    """The reason for which a worker that holds the letter does not send it; empty when it does."""

    def take_and_ask(session: Session) -> str:
        held = session.get_one(Letter, letter.row_id)
        held.state, held.leased_by = "leased", "worker"
        session.add(held)
        session.flush()
        return drop_if_overtaken(session, held, now=now)

    return program.store.write_now(take_and_ask)


def test_only_what_has_waited_and_is_no_edit_is_asked_about(program: Program) -> None:
    letter = letter_of(program, "agenda")
    assert not may_be_overtaken(letter, letter.created_at + timedelta(minutes=4))
    assert may_be_overtaken(letter, letter.created_at + timedelta(minutes=6))
    letter.kind = "edit"
    assert not may_be_overtaken(letter, NOW + DAY)


def test_what_is_of_no_use_after_an_instant_is_dropped_after_it_unless_a_person_wants_it_again(program: Program):
    letter = queued(program, "preparation", {})
    letter.not_after = letter.created_at + timedelta(minutes=1)
    program.store.write_now(lambda session: session.merge(letter))
    assert not may_be_overtaken(letter, letter.not_after)
    assert may_be_overtaken(letter, letter.not_after + timedelta(seconds=1))
    assert dropped(program, letter, letter.not_after) == ""
    assert dropped(program, letter, letter.not_after + timedelta(seconds=1)) == NOT_IN_TIME

    def send_anew(session: Session) -> None:
        outbox.requeue(session, session.get_one(Letter, letter.row_id), now=NOW + DAY)

    program.store.write_now(send_anew)
    assert dropped(program, program.store.read_now(outbox.by_key, WORKSPACE, "preparation"), NOW + DAY) == ""


def test_a_review_whose_header_comes_too_late_is_missed_with_all_its_letters(program: Program) -> None:
    review_id = program.reviews[-1]
    header = letter_of(program, "review_header")
    assert dropped(program, header, header.created_at + 2 * HOUR) == ""
    assert dropped(program, header, header.created_at + 3 * HOUR) == "the review was missed"
    letters = program.store.read_now(outbox.of_review, review_id)
    assert {letter.state for letter in letters if letter.page != "missed"} == {"dropped"}
    assert [letter.state for letter in letters if letter.page == "missed"] == ["waiting"]
    review = program.read(stored_reviews.get, review_id)
    assert (review.state, review.reason) == ("missed", "3 hours late, it could not be sent before")
    assert program.read(stored_reviews.open_in, CHANNEL) is None


def test_a_review_that_is_under_way_without_its_header_is_not_missed(program: Program) -> None:
    agenda, header = letter_of(program, "agenda"), letter_of(program, "review_header")
    program.store.write_now(outbox.record_sent, agenda, channel_id=CHANNEL, ts="17.1", at=NOW)
    assert dropped(program, header, NOW + DAY) == ""


def test_a_review_held_without_its_messages_stays_held(program: Program) -> None:
    header = letter_of(program, "review_header")
    program.closes_review(NOW)
    assert dropped(program, header, NOW + DAY) == "the review was missed"
    review = program.read(stored_reviews.get, program.reviews[-1])
    assert (review.state, review.was_held) == ("closed", True)


def test_an_agenda_is_dropped_when_the_review_should_be_closed_and_no_tick_came_yet(program: Program) -> None:
    closes_at = program.read(stored_reviews.get, program.reviews[-1]).closes_at
    assert closes_at is not None
    agenda = letter_of(program, "agenda")
    assert dropped(program, agenda, closes_at - timedelta(seconds=1)) == ""
    assert dropped(program, agenda, closes_at) == "the review was over before it could be posted"


@pytest.mark.database("sqlite", "postgres")
def test_an_agenda_dropped_at_the_moment_its_review_is_closed_leaves_no_edit_that_waits_for_ever(program: Program):
    agenda = letter_of(program, "agenda")
    with ThreadPoolExecutor(1) as threads, program.store.writing() as session:
        review = stored_reviews.get(session, WORKSPACE, program.reviews[-1], lock=True)
        assert review is not None
        close_review(session, review, now=NOW, closed_by="")
        dropping = threads.submit(dropped, program, agenda, NOW)
        until_it_waits(program.store, dropping)
        session.commit()
        assert dropping.result(timeout=PATIENCE_SECONDS) == "the review was over before it could be posted"
    waiting = [each for each in program.store.read_now(outbox.of_review, program.reviews[-1]) if each.kind == "edit"]
    assert [each.state for each in waiting if each.target == agenda.row_id] == ["dropped"]


def test_an_agenda_of_a_review_that_nothing_closes_is_sent_however_late(program: Program) -> None:
    program.store.write_now(set_aside_review, program.reviews[-1], reference="r", now=NOW)
    assert dropped(program, letter_of(program, "agenda"), NOW + 9 * DAY) == ""


def test_an_answer_is_sent_for_a_day_and_says_for_when_it_was_meant(program: Program) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Engaged"}}]
    answer = queued(program, "said", {"messages": [{"text": "Engaged", "blocks": blocks}]})
    with program.store.reading() as session:
        [at_once] = compose(session, answer, words=WORDS, now=NOW + timedelta(minutes=1))
        [late] = compose(session, answer, words=WORDS, now=NOW + 3 * HOUR)
    assert at_once.blocks == blocks
    assert "Sent late: it was meant for Tue 24 Nov 10:00 EST." in str(late.blocks)
    assert dropped(program, answer, NOW + 23 * HOUR) == ""
    assert dropped(program, answer, NOW + 25 * HOUR) == "it came more than a day too late"


# Questions about unconfirmed messages that belong to no review: the people asked, and how often.

THIS_HOUR = NOW.replace(minute=0, second=0, microsecond=0)
MINUTE = timedelta(minutes=1)


def becomes_doubtful(store: Store, key: str, now: datetime, page: str = "said") -> None:
    values = {"workspace_id": WORKSPACE, "kind": "direct", "channel_id": "", "user_id": BOB, "created_at": now}
    stored = store.write_now(outbox.queue, letter(key, page=page, state="unsure", subject={}, **values))
    store.write_now(ask_about_unsure, stored, now)


def asked(store: Store) -> list[tuple[str, datetime]]:
    with store.reading() as session:
        found = session.exec(
            select(Letter).where(Letter.page == "doubts", Letter.kind == "direct").order_by(col(Letter.id))
        )
        return [(each.user_id, each.due_at) for each in found if each.state != "unsure"]


def is_sent(store: Store) -> None:
    with store.writing() as session:
        for each in session.exec(select(Letter).where(col(Letter.state) == "waiting")):
            each.state = "sent"
            session.add(each)


def test_the_admins_are_asked_at_once_and_by_one_message_an_hour_at_most(team: Store) -> None:
    for minute in range(3):
        becomes_doubtful(team, f"a{minute}", THIS_HOUR + minute * MINUTE)
    assert asked(team) == [(EVE, THIS_HOUR)]
    is_sent(team)
    for minute in range(3, 6):
        becomes_doubtful(team, f"a{minute}", THIS_HOUR + minute * MINUTE)
    assert asked(team) == [(EVE, THIS_HOUR), (EVE, THIS_HOUR + 60 * MINUTE)]
    assert team.read_now(unconfirmed_messages, WORKSPACE).count == 6


def test_a_question_that_is_in_doubt_itself_asks_nobody_and_is_shown(team: Store) -> None:
    becomes_doubtful(team, "a", THIS_HOUR, page="doubts")
    assert asked(team) == []
    [shown] = team.read_now(unconfirmed_messages, WORKSPACE).shown
    assert (shown.what, shown.user_id) == ("Notice of messages in doubt", BOB)
