"""A private channel that gets a new id keeps its cadence, its open review and its place."""

from datetime import timedelta

from agendas.verbs import reviews, updates
from agendas.verbs.letters import follow_channel
from storage import outbox
from storage import reviews as stored_reviews
from tests.builders import ANN, CHANNEL, NOW, WORKSPACE
from tests.program import Program

NEW = "C0SHARED1"


def follows(program: Program, old_id: str = CHANNEL) -> None:
    program.store.write_now(follow_channel, WORKSPACE, old_id, NEW, now=NOW)


def test_cadence_open_review_and_letters_follow(program: Program) -> None:
    with program.store.writing() as session:
        for letter in outbox.of_review(session, program.reviews[-1]):
            outbox.record_sent(session, letter, channel_id=CHANNEL, ts=f"17.{letter.id}", at=NOW)
    follows(program)
    assert program.read(stored_reviews.cadence_of, CHANNEL) is None
    assert program.read(stored_reviews.cadence_of, NEW).row_id == program.cadence_id
    assert program.read(stored_reviews.open_in, NEW).row_id == program.reviews[-1]
    program.did(updates.move, ANN, NOW, program.accounts["acme"], text="News")
    letters = program.store.read_now(outbox.of_review, program.reviews[-1])
    assert {letter.channel_id for letter in letters} == {NEW}
    assert {letter.sent_channel for letter in letters if letter.state == "sent"} == {NEW}
    program.closes_review(NOW)
    program.store.write_now(reviews.open_due, program.cadence_id, now=NOW + timedelta(days=6))
    assert program.read(stored_reviews.open_in, NEW) is not None


def test_the_event_told_twice_or_of_a_channel_unknown_changes_nothing(program: Program) -> None:
    follows(program, "C0UNKNOWN")
    assert program.read(stored_reviews.cadence_of, CHANNEL) is not None
    follows(program)
    follows(program)
    assert program.read(stored_reviews.cadence_of, NEW).row_id == program.cadence_id
