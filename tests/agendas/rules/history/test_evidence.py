"""Evidence that counts: the buyer's act of the step at hand, whatever was told of it first."""

from dataclasses import replace

from agendas.facts.account import Stage
from agendas.facts.events import Moved
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.rules.entries import as_judged
from tests.agendas.rules.history.histories import day, nominated, shown
from tests.cases import cases

COUNT = (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY)
DO_NOT_COUNT = (EvidenceActor.US, EvidenceActor.IN_DOUBT)


def acted(actor: EvidenceActor, on_day: float, step: str = "") -> Evidence:
    return replace(shown(on_day), actor=actor, step=step)


@cases("actor", COUNT)
def test_the_buyers_act_and_a_third_partys_proof_show_the_step_and_end_silence(actor: EvidenceActor) -> None:
    history = nominated()
    history.move("aware", 3, acted(actor, 2, "aware"))
    state = history.state
    assert (state.stage_has_evidence, state.claimed_from, state.last_buyer_touch_at) == (True, None, day(2))


@cases("actor", DO_NOT_COUNT)
def test_our_own_activity_and_doubt_show_nothing_and_end_no_silence(actor: EvidenceActor) -> None:
    history = nominated()
    history.move("aware", 3, acted(actor, 2, "aware"))
    state = history.state
    assert (state.stage_has_evidence, state.last_buyer_touch_at) == (False, None)
    assert (state.claimed_from, state.stage) == (Stage.TARGET, Stage.AWARE)


def test_evidence_added_to_a_claim_shows_the_whole_way_that_was_claimed() -> None:
    history = nominated()
    history.move("aware", 3)
    history.move("engaged", 5)
    assert history.state.claimed_from is Stage.TARGET
    history.add(EvidenceAdded("engaged"), 8, acted(EvidenceActor.BUYER, 7, "engaged"))
    state = history.state
    assert (state.stage_has_evidence, state.claimed_from, state.last_buyer_touch_at) == (True, None, day(7))
    assert state.last_update_at == day(8)


def test_evidence_of_a_stage_left_behind_shows_nothing_of_the_next() -> None:
    history = nominated()
    history.move("engaged", 3)
    history.move("mqa", 5)
    history.add(EvidenceAdded("engaged"), 8, acted(EvidenceActor.BUYER, 7, "engaged"))
    assert not history.state.stage_has_evidence


def test_a_step_back_to_what_is_shown_claims_nothing_any_more() -> None:
    history = nominated()
    history.move("aware", 3, acted(EvidenceActor.BUYER, 3, "aware"))
    history.move("mqa", 5)
    history.move("engaged", 6)
    assert history.state.claimed_from is Stage.AWARE
    history.move("aware", 7)
    assert history.state.claimed_from is None


def test_a_judgment_counts_from_the_event_it_is_about_and_the_last_one_stands() -> None:
    history = nominated()
    step = history.move("aware", 3, acted(EvidenceActor.IN_DOUBT, 2, "aware"))
    first = history.add(EvidenceJudged(step, EvidenceActor.BUYER, BuyerAct.MAIL), 4)
    state = history.state
    assert (state.stage_has_evidence, state.last_buyer_touch_at) == (True, day(2))
    second = history.add(EvidenceJudged(step, EvidenceActor.US), 5)
    assert not history.state.stage_has_evidence
    history.correct(second, 6)
    assert history.state.stage_has_evidence
    history.correct(first, 7)
    assert not history.state.stage_has_evidence


def test_a_guess_of_an_import_is_no_claim() -> None:
    history = nominated()
    history.find("mqa", 3)
    assert history.state.claimed_from is None
    history.add(Moved(to_stage="opportunity"), 5)
    assert history.state.claimed_from is Stage.MQA


def test_a_judgment_that_it_was_theirs_leaves_our_own_act_beside_theirs_and_turns_ours_alone() -> None:
    history = nominated()
    history.move("aware", 3)
    mixed = history.move(None, 5, acted(EvidenceActor.IN_DOUBT, 4), acted(EvidenceActor.US, 4))
    ours = history.move(None, 6, acted(EvidenceActor.US, 5))
    judgments = [EvidenceJudged(each, EvidenceActor.BUYER, step="aware") for each in (mixed, ours)]
    for each in judgments:
        history.add(each, 8)
    found = {event.id: [(piece.actor, piece.step) for piece in event.evidence] for event in as_judged(history.events)}
    assert found[mixed] == [(EvidenceActor.BUYER, "aware"), (EvidenceActor.US, "")]
    assert found[ours] == [(EvidenceActor.BUYER, "aware")]
