"""Held or not by what people wrote in a review, and who was there."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import update

from agendas.errors import Refused
from agendas.facts.account import Source
from agendas.rendering.words import Words
from agendas.verbs import closing, compose, reviews, updates
from agendas.verbs.closing import attendance_of, correct_attendance
from agendas.verbs.corrections import correct
from storage import outbox
from storage import reviews as stored_reviews
from storage.models.workspaces import Person
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, author
from tests.program import Program
from tests.rows import everything_in

TODAY = date(2026, 11, 24)
NEXT_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_what_a_file_recorded_or_somebody_took_back_makes_no_review_held_whatever_is_said(program: Program) -> None:
    program.closes_review(NOW)
    review = program.did(reviews.open_now, EVE, NOW, CHANNEL, asked_by="command:1", today=TODAY)
    acme, later = program.accounts["acme"], NOW + HOUR
    by_file = replace(author(ANN, later), source=Source.IMPORT)
    program.store.write_now(updates.move, by_file, acme, text="They bought")
    mistaken = program.did(updates.move, BOB, later, acme, text="They left")
    program.did(correct, BOB, later, mistaken.event.id, "It was Initrode", is_editor=True)
    number = review.row_id
    assert program.read(closing.closing_of, number, now=later) == closing.Closing((), 0, can_be_held=False)
    closed = program.did(closing.close_by_person, EVE, later + HOUR, number, attended=(ANN, BOB), was_held=True)
    assert (closed.was_held, closed.attended) == (False, [])
    with pytest.raises(Refused, match="was not held, so nobody was there"):
        program.did(correct_attendance, EVE, later + HOUR, number, (ANN,))


def test_a_review_in_which_nobody_wrote_is_not_held_whoever_was_asked_to_prepare_it(program: Program) -> None:
    program.closes_review(NOW)
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    with program.store.writing() as session:
        review = stored_reviews.open_in(session, WORKSPACE, CHANNEL)
        review.roster = [[ANN, "mandatory", ""], [BOB, "optional", ""], [CLEO, "observing", ""]]
        session.add(review)
        session.commit()
    review = program.read(stored_reviews.open_in, CHANNEL)
    assert program.read(closing.closing_of, review.row_id, now=NEXT_AT) == closing.Closing((), 2, can_be_held=False)
    closed = program.store.write_now(closing.close_due, review.row_id, now=review.closes_at)
    assert (closed.was_held, closed.attended) == (False, [])


def test_who_observes_the_cadence_gets_the_recap_by_direct_message_once(program: Program) -> None:
    with program.store.writing() as session:
        cadence = stored_reviews.cadence(session, program.cadence_id)
        cadence.parts = {"observing": [DAN, CLEO, DAN, BOB]}
        session.exec(update(Person).where(Person.user_id == BOB).values(is_guest=True))
        session.add(cadence)
        session.commit()
    number = program.reviews[-1]
    program.did(closing.close_by_person, EVE, NOW, number)
    letters = [each for each in program.store.read_now(outbox.of_review, number) if each.page == "recap_observed"]
    assert [(each.kind, each.user_id) for each in letters] == [("direct", CLEO), ("direct", DAN)]
    said = program.store.read_now(compose.compose, letters[0], words=Words(), now=NOW)
    assert "*Recap of the account review · Mon 23 Nov " in str(said[0].blocks)


def test_who_was_there_is_corrected_after_closing_and_noted(program: Program) -> None:
    number = program.reviews[-1]
    with pytest.raises(Refused, match="is open still"):
        program.did(correct_attendance, EVE, NOW, number, (ANN,))
    program.did(closing.close_by_person, EVE, NOW, number, attended=(BOB,))
    assert program.read(attendance_of, number) == (ANN, BOB)
    for _ in range(2):
        program.did(correct_attendance, EVE, NOW + HOUR, number, (CLEO, ANN))
    assert program.read(attendance_of, number) == (ANN, CLEO)
    noted = [row for row in everything_in(program.store)["audit_entry"] if "attended" in (row["after"] or {})]
    assert [(row["before"], row["after"]) for row in noted] == [({"attended": [ANN, BOB]}, {"attended": [ANN, CLEO]})]
