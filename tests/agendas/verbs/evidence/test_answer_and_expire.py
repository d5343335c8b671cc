"""Answers to whose act older evidence is, and reviews that close without one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.facts.account import Movement, Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.reviews.agenda import MovementReason
from agendas.pages.reviews.agenda import agenda_page
from agendas.pages.reviews.recap import recap_page
from agendas.rendering.words import Words
from agendas.rules.reviews.movement import movement
from agendas.verbs.evidence.answer import answer
from agendas.verbs.reads import whose_act
from agendas.verbs.reads.reviews.facts import review_facts
from agendas.verbs.updates import updates
from storage.database.engine import Store
from tests.agendas.verbs.evidence.older import DOUBTFUL, OURS, closes, judged, questions, state, tells, upgrades
from tests.agendas.verbs.undo.correcting import facts
from tests.builders import BOB, CLEO, HOUR, NOW, ago
from tests.program import Program, stored_program
from tests.rebuilding import rebuild_review

THEIRS, US = EvidenceActor.BUYER, EvidenceActor.US
MINUTE = timedelta(minutes=1)
NOT_SAID = Evidence("notes", NOW, "https://notes.example/2")
"""New evidence without a choice of its actor."""


@pytest.fixture
def program(store: Store) -> Program:
    """Six accounts, two held reviews and an open one since yesterday."""
    return stored_program(store)


def claims(program: Program) -> int:
    """Umber Foods moves up before the upgrade, shown by something of which nobody knows whose act it is."""
    return tells(program, 0.5, "umber", DOUBTFUL, to_stage=Stage.MQA, who=CLEO)


def test_theirs_keeps_what_the_entry_showed_and_ours_takes_it_away(program: Program) -> None:
    step, touch = claims(program), tells(program, 0.2, "globex", DOUBTFUL, who=BOB)
    before = state(program, "globex")
    upgrades(program)
    assert program.did(answer, CLEO, NOW, {step: THEIRS}).left_out == 0
    assert state(program, "umber").stage_has_evidence
    program.did(answer, BOB, NOW, {touch: US})
    after = state(program, "globex")
    assert before.last_buyer_touch_at == ago(0.2)
    assert after.last_buyer_touch_at is not None
    assert after.last_buyer_touch_at < ago(30)
    assert {each.settled_at for each in questions(program)} == {NOW}


def test_a_review_that_closes_keeps_what_it_counted_and_then_the_entry_is_in_doubt(program: Program) -> None:
    step = claims(program)
    upgrades(program)
    review_id = closes(program, NOW + HOUR)
    frozen = program.read(review_facts, review_id, now=NOW + HOUR)
    umber = next(item for item in frozen.items if item.facts.account.name == "Umber Foods")
    assert umber.facts.account.stage_has_evidence
    assert judged(program) == [(step, "in_doubt", "")]
    after = state(program, "umber")
    assert (after.stage_has_evidence, after.claimed_from) == (False, Stage.MQA)
    assert after.last_buyer_touch_at is None
    assert program.read(rebuild_review, review_id) == frozen
    [question] = questions(program)
    assert (question.expired_at, question.settled_at) == (frozen.closed_at, None)


def test_an_answer_after_the_review_closed_still_counts(program: Program) -> None:
    step = claims(program)
    upgrades(program)
    closes(program, NOW + HOUR)
    assert len(program.read(whose_act.asked_of, CLEO)) == 1
    program.did(answer, CLEO, NOW + 2 * HOUR, {step: THEIRS})
    assert state(program, "umber").stage_has_evidence
    assert questions(program)[0].settled_at == NOW + 2 * HOUR


def test_an_entry_in_doubt_expires_once(program: Program) -> None:
    claims(program)
    upgrades(program)
    closes(program, NOW + HOUR)
    program.opens_review(NOW + timedelta(days=6))
    closes(program, NOW + timedelta(days=6, hours=1))
    assert len(judged(program)) == 1


def test_a_settled_entry_does_not_expire(program: Program) -> None:
    step = claims(program)
    upgrades(program)
    program.did(answer, CLEO, NOW, {step: THEIRS})
    closes(program, NOW + HOUR)
    assert [actor for _, actor, _ in judged(program)] == ["buyer"]


def test_a_closed_review_is_the_same_before_and_after_the_upgrade(program: Program) -> None:
    tells(program, 0.5, "umber", OURS, to_stage=Stage.MQA, who=CLEO)
    tells(program, 0.4, "acme", DOUBTFUL, to_stage=Stage.OPPORTUNITY)
    review_id = closes(program, NOW + HOUR)
    before = program.read(review_facts, review_id, now=NOW + 2 * HOUR)
    pages = [recap_page(before, Words()), *(agenda_page(item, Words(), is_open=False) for item in before.items)]
    program.opens_review(NOW + timedelta(days=6))
    upgrades(program, NOW + timedelta(days=6))
    closes(program, NOW + timedelta(days=6, hours=1))
    after = replace(program.read(review_facts, review_id, now=NOW + timedelta(days=7)), next_at=before.next_at)
    assert after == before
    assert [recap_page(after, Words()), *(agenda_page(item, Words(), is_open=False) for item in after.items)] == pages
    assert replace(program.read(rebuild_review, review_id), next_at=before.next_at) == before
    assert not state(program, "umber").stage_has_evidence
    assert not state(program, "acme").stage_has_evidence


def test_the_entries_of_an_account_are_those_asked_about_and_the_new_ones_in_doubt(program: Program) -> None:
    old = claims(program)
    upgrades(program)
    told = program.did(updates.move, CLEO, NOW, program.accounts["umber"], text="Pilot plan", evidence=(NOT_SAID,))
    umber = program.accounts["umber"]
    found = program.read(whose_act.of_account, umber, now=NOW + MINUTE)
    assert [entry.event.id for entry in found] == [old, told.event.id]
    after = program.read(whose_act.of_account, umber, now=NOW + MINUTE, after=(umber, old))
    assert [entry.event.id for entry in after] == [told.event.id]
    program.did(answer, CLEO, NOW + MINUTE, {told.event.id: THEIRS})
    assert state(program, "umber").last_buyer_touch_at == NOW


def test_a_claim_that_an_answer_shows_after_its_review_counts_with_the_evidence_of_its_entry(program: Program) -> None:
    umber, in_doubt = program.accounts["umber"], replace(NOT_SAID, actor=EvidenceActor.IN_DOUBT)
    told = program.did(updates.move, CLEO, NOW, umber, text="Pilot", to_stage=Stage.MQA, evidence=(in_doubt,))
    closes(program, NOW + HOUR)
    program.did(answer, CLEO, NOW + 2 * HOUR, {told.event.id: THEIRS})
    review_id = program.opens_review(NOW + timedelta(days=6))
    found = movement(facts(program, NOW + timedelta(days=6), "umber"))
    assert (found.movement, found.reason) == (Movement.ADVANCED, MovementReason.CLAIM_PROVED)
    assert [piece.text for piece in found.evidence] == ["notes"]
    closes(program, NOW + timedelta(days=6, hours=1))
    frozen = program.read(review_facts, review_id, now=NOW + timedelta(days=7))
    assert program.read(rebuild_review, review_id) == frozen


def test_a_step_that_a_review_counted_before_it_expired_counts_no_second_time(program: Program) -> None:
    step = claims(program)
    upgrades(program)
    assert movement(facts(program, NOW + HOUR / 2, "umber")).movement is Movement.ADVANCED
    closes(program, NOW + HOUR)
    program.opens_review(NOW + timedelta(days=6))
    closes(program, NOW + timedelta(days=6, hours=1))
    program.did(answer, CLEO, NOW + timedelta(days=8), {step: THEIRS})
    found = facts(program, NOW + timedelta(days=9), "umber")
    assert found.account.stage_has_evidence
    assert movement(found).movement is Movement.UNCHANGED
