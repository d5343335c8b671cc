"""Steps that are only claimed, and what makes them count."""

from dataclasses import replace

from agendas.facts.account import Movement, Stage
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.facts.reviews import MovementReason
from agendas.rules.movement import movement
from tests.agendas.rules.history.deal_history import judged, said
from tests.agendas.rules.history.histories import day, named, shown
from tests.agendas.rules.reviews.test_movement import NO_FLAGS
from tests.cases import cases


def theirs(on_day: float, step: str) -> Evidence:
    return replace(shown(on_day), actor=EvidenceActor.BUYER, step=step)


@cases("actor", [EvidenceActor.US, EvidenceActor.IN_DOUBT])
def test_a_step_up_that_only_our_own_activity_or_doubt_shows_is_claimed(actor: EvidenceActor) -> None:
    history = named(stage="aware")
    history.move("engaged", 72, replace(shown(71), actor=actor, step="engaged"))
    assert said(history) == (Movement.ADVANCED_UNVERIFIED, MovementReason.NO_EVIDENCE, NO_FLAGS)


def test_evidence_added_to_a_claim_before_its_review_closes_makes_it_an_advance() -> None:
    history = named(stage="aware")
    history.move("engaged", 72)
    history.add(EvidenceAdded("engaged"), 74, theirs(73, "engaged"))
    answer = judged(history)
    assert (answer.movement, answer.reason) == (Movement.ADVANCED, MovementReason.EVIDENCE)
    assert answer.evidence == (theirs(73, "engaged"),)


def test_a_claim_that_is_shown_after_its_review_counts_then_and_once() -> None:
    history = named(stage="aware")
    history.move("mqa", 69)
    assert said(history) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, frozenset({"still_claimed"}))
    history.add(EvidenceAdded("mqa"), 73, theirs(73, "mqa"))
    answer = judged(history)
    assert (answer.movement, answer.reason) == (Movement.ADVANCED, MovementReason.CLAIM_PROVED)
    assert (answer.from_stage, answer.to_stage) == (Stage.AWARE, Stage.MQA)
    later = replace(history.facts(), before=history.state, since=day(76), events=())
    assert movement(later).movement is Movement.UNCHANGED


def test_a_claim_that_a_judgment_shows_after_its_review_names_the_evidence_that_was_judged() -> None:
    history = named(stage="aware")
    step = history.move("mqa", 69, replace(shown(68), actor=EvidenceActor.IN_DOUBT, step="mqa"))
    history.add(EvidenceJudged(step, EvidenceActor.BUYER), 73)
    answer = judged(history)
    assert (answer.movement, answer.reason) == (Movement.ADVANCED, MovementReason.CLAIM_PROVED)
    assert answer.evidence == (theirs(68, "mqa"),)
