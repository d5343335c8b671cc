"""Answers to whose act evidence is of which nobody said it yet."""

from datetime import timedelta

import pytest

from agendas.facts.account import Movement, Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.reviews import MovementReason
from agendas.rules.movement import movement
from agendas.verbs import closing, reads, updates
from agendas.verbs.evidence import answer
from agendas.verbs.review_reads import review_facts
from storage.database import Store
from tests.agendas.verbs.undo.correcting import facts
from tests.builders import CLEO, EVE, HOUR, NOW
from tests.program import Program, stored_program
from tests.rebuilding import rebuild_review

THEIRS = EvidenceActor.BUYER
MINUTE = timedelta(minutes=1)
IN_DOUBT = Evidence("notes", NOW, "https://notes.example/2", actor=EvidenceActor.IN_DOUBT)


@pytest.fixture
def program(store: Store) -> Program:
    """Six accounts, two held reviews and an open one since yesterday."""
    return stored_program(store)


def closes(program: Program, at: timedelta) -> int:
    """The latest review, closed by Eve that long from now."""
    review_id = program.reviews[-1]
    program.did(closing.close_by_person, EVE, NOW + at, review_id)
    return review_id


def test_the_entries_in_doubt_of_an_account_are_asked_about_once_and_the_answer_counts(program: Program) -> None:
    umber = program.accounts["umber"]
    first = program.did(updates.move, CLEO, NOW, umber, text="Pilot plan", evidence=(IN_DOUBT,)).event.id
    second = program.did(updates.move, CLEO, NOW + MINUTE, umber, text="Minutes", evidence=(IN_DOUBT,)).event.id
    name, found = program.read(reads.of_account, umber, now=NOW + MINUTE)
    assert (name, [event.id for event in found]) == ("Umber Foods", [first, second])
    _, after = program.read(reads.of_account, umber, now=NOW + MINUTE, after_id=first)
    assert [event.id for event in after] == [second]
    assert program.did(answer, CLEO, NOW + MINUTE, {first: THEIRS}).left_out == 0
    assert program.did(answer, CLEO, NOW + MINUTE, {first: THEIRS}).left_out == 1
    assert facts(program, NOW + HOUR, "umber").account.last_buyer_touch_at == NOW


def test_a_claim_that_an_answer_shows_after_its_review_counts_with_the_evidence_of_its_entry(program: Program) -> None:
    umber = program.accounts["umber"]
    told = program.did(updates.move, CLEO, NOW, umber, text="Pilot", to_stage=Stage.MQA, evidence=(IN_DOUBT,))
    closes(program, HOUR)
    program.did(answer, CLEO, NOW + 2 * HOUR, {told.event.id: THEIRS})
    review_id = program.opens_review(NOW + timedelta(days=6))
    found = movement(facts(program, NOW + timedelta(days=6), "umber"))
    assert (found.movement, found.reason) == (Movement.ADVANCED, MovementReason.CLAIM_PROVED)
    assert [piece.text for piece in found.evidence] == ["notes"]
    closes(program, timedelta(days=6, hours=1))
    frozen = program.read(review_facts, review_id, now=NOW + timedelta(days=7))
    assert program.read(rebuild_review, review_id) == frozen
