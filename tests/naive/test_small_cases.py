"""Small cases that two computations once took differently, each as the definitions decide it."""

from dataclasses import replace
from typing import Any

import pytest

from agendas.facts.account import Movement, Source, Stage
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import BlockerChanged, Moved
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.facts.group import BuyingRole, ContactAdded, ContactProfile
from agendas.facts.reviews import MovementAnswer, MovementFlag
from agendas.rules.movement import movement
from tests.agendas.rules.histories import History, day, nominated, row

BUYER = EvidenceActor.BUYER


def listed() -> History:
    """A tier 1 account named on day 1; the last held review was on day 70, now is day 77."""
    history = nominated()
    history.put("named", 1)
    return history


def of_buyer(on_day: float, step: str) -> Evidence:
    return Evidence("They wrote back", day(on_day), actor=BUYER, step=step)


def said(history: History) -> MovementAnswer:
    return movement(history.facts())


def test_evidence_of_the_lower_of_two_claimed_steps_shows_that_step():
    history = listed()
    history.move("aware", 71)
    history.move("engaged", 72)
    history.add(EvidenceAdded("aware"), 73, of_buyer(73, "aware"))

    assert history.state.claimed_from is Stage.AWARE


def test_evidence_that_comes_with_a_step_back_to_a_claimed_stage_proves_it():
    history = listed()
    history.move("mqa", 72)
    history.move("aware", 74, of_buyer(74, "aware"))

    assert history.state.claimed_from is None
    assert said(history).movement is Movement.ADVANCED


def test_evidence_of_a_step_that_was_lost_again_does_not_prove_a_later_climb():
    history = listed()
    history.move("customer", 71, of_buyer(71, "customer"))
    history.move("engaged", 72, of_buyer(72, "engaged"))
    history.move("opportunity", 73)

    assert history.state.claimed_from is Stage.ENGAGED
    assert said(history).movement is Movement.ADVANCED_UNVERIFIED


def test_a_step_told_late_is_shown_by_news_of_after_its_day():
    history = listed()
    history.move(None, 65, of_buyer(65, "engaged"))
    history.move("engaged", 60, recorded_on=72)

    assert history.state.claimed_from is None
    assert said(history).movement is Movement.ADVANCED


def claimed_with_a_deal(phase: Phase) -> History:
    """A claim of before the review, shown since, and a deal that moved to a phase since, without a row."""
    history = listed()
    history.move("aware", 60)
    history.deal(Phase.MIDDLE, 60, row(60))
    history.add(EvidenceAdded("aware"), 72, of_buyer(72, "aware"))
    history.deal(phase, 73)
    return history


@pytest.mark.parametrize("phase", [Phase.EARLY, Phase.LATE])
def test_a_claim_that_is_shown_counts_as_advanced_whatever_the_deals_did(phase):
    assert said(claimed_with_a_deal(phase)).movement is Movement.ADVANCED


def test_an_imported_stage_of_before_the_review_is_reclassified():
    history = listed()
    history.add(Moved(to_stage="aware"), 60, recorded_on=72, source=Source.IMPORT)

    assert said(history).movement is Movement.UNCHANGED
    assert MovementFlag.RECLASSIFIED in said(history).flags


def opened_since() -> History:
    """A deal that began after the review by the CRM, imported without the day of its stage."""
    history = listed()
    history.deal(Phase.EARLY, 74, row(74), since_known=False, opened_on=72)
    return history


def test_a_deal_that_began_since_the_review_is_a_step_though_its_stage_has_no_date():
    assert said(opened_since()).movement is Movement.ADVANCED


def customer(**values: Any) -> History:
    history = listed()
    history.move("customer", 60, of_buyer(60, "customer"))
    history.deal(Phase.EARLY, 74, row(74), since_known=False, type=OpportunityType.EXISTING_BUSINESS, **values)
    return history


def test_a_deal_for_more_that_began_since_the_review_is_pipeline_though_its_stage_has_no_date():
    answer = said(customer(opened_on=72, amount_cents=10_000, currency="USD"))

    assert [(each.kind, each.delta_cents) for each in answer.expansions] == [("pipeline", 10_000)]


def test_a_deal_that_opened_beside_one_that_is_found_did_not_bounce():
    history = listed()
    history.deal(Phase.EARLY, 72, row(72), key="x:1", opened_on=72)
    history.deal(Phase.EARLY, 74, row(74), key="x:2", opened_on=50)

    assert MovementFlag.BOUNCED not in said(history).flags


def test_a_deal_that_was_open_again_and_lost_is_flagged():
    history = listed()
    history.deal(Phase.LOST, 60, row(60), opened_on=50)
    history.deal(Phase.EARLY, 72, row(72), opened_on=50)
    history.deal(Phase.LOST, 74, row(74), opened_on=50)

    assert MovementFlag.OPPORTUNITY_LOST in said(history).flags


def test_a_stage_that_means_another_phase_goes_on_ageing():
    history = listed()
    history.deal(Phase.EARLY, 20, row(20), stage_name="Sample trial")
    history.deal(Phase.MIDDLE, 72, row(72), stage_name="Sample trial")

    assert history.state.opportunities[0].stage_since == day(20)


def test_a_blocker_that_was_corrected_gives_no_momentum():
    history = listed()
    blocker = history.block(60)
    history.add(BlockerChanged(blocker, "resolved", "They signed"), 72)
    history.correct(blocker, 73)

    assert MovementFlag.MOMENTUM not in said(history).flags


def test_a_blocker_that_was_resolved_before_gives_no_momentum():
    history = listed()
    blocker = history.block(50)
    history.add(BlockerChanged(blocker, "resolved", "They signed"), 60)
    history.add(BlockerChanged(blocker, "resolved", "They signed"), 72)

    assert MovementFlag.MOMENTUM not in said(history).flags


def test_a_change_of_amount_that_is_in_doubt_is_no_expansion():
    history = listed()
    values = {"opened_on": 50, "currency": "USD"}
    history.deal(Phase.EARLY, 60, row(60), amount_cents=10_000, **values)
    in_doubt = replace(row(72), actor=EvidenceActor.IN_DOUBT)
    history.deal(Phase.EARLY, 72, in_doubt, amount_cents=30_000, **values)

    assert said(history).expansions == ()


def test_a_person_whom_a_third_party_saw_act_is_active():
    history = listed()
    person = history.add(ContactAdded(ContactProfile("Rita Sample")), 10)
    history.move(None, 72, Evidence("Seen", day(72), actor=EvidenceActor.THIRD_PARTY, contact_ids=(person,)))

    assert history.state.contacts[0].last_touch_on == day(72).date()


def test_a_role_that_was_engaged_before_it_was_required_gives_no_momentum():
    history = nominated()
    history.put("named", 1, 3)
    history.move("engaged", 60, of_buyer(60, "engaged"))
    person = history.add(ContactAdded(ContactProfile("Rita Sample", roles=(BuyingRole.CHAMPION,))), 61)
    history.move(None, 65, replace(of_buyer(65, ""), contact_ids=(person,)))
    history.put("named", 72, 1)
    history.move(None, 73, replace(of_buyer(73, ""), contact_ids=(person,)))

    assert MovementFlag.MOMENTUM not in said(history).flags


def test_a_claim_of_before_an_import_found_another_stage_is_not_the_one_that_is_shown():
    history = listed()
    history.move("customer", 60)
    history.find("target", 72)
    history.move("customer", 73, of_buyer(73, "customer"))

    assert said(history).movement is Movement.ADVANCED
    assert said(history).from_stage is Stage.TARGET
    assert MovementFlag.SKIPPED_STAGE in said(history).flags


def test_evidence_of_a_stage_from_which_a_claim_came_back_before_the_review_shows_it_when_judged_after_it():
    history = listed()
    up = history.move(
        "customer", 60, Evidence("We sent the contract", day(55), actor=EvidenceActor.US, step="customer")
    )
    history.move("opportunity", 62)
    history.add(EvidenceJudged(up, BUYER), 73)

    assert history.state.claimed_from is None
    assert said(history).movement is Movement.ADVANCED
