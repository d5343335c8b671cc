"""Stages that deals imply: which are proposed, since when, and why a proposal does not stand any more."""

from datetime import datetime

from agendas.facts.account import ListStatus, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.rules.deals import evidence_for, implied_by, proposal_by, proposed_stage, step_of
from tests.builders import ZONE, account, ago
from tests.cases import cases


def deal(
    phase: Phase, key: str = "salesforce:1", *, opened: float = 60, closed: float | None = None, known: bool = True
) -> Opportunity:
    profile = OpportunityProfile(key, "Sample plant", "Closed Won" if phase is Phase.WON else "Talks", phase)
    closed_at = None if closed is None else ago(closed)
    return Opportunity(profile, ago(opened), ago(opened), closed_at=closed_at, stage_since_known=known)


def proposed(
    *deals: Opportunity, stage: Stage = Stage.ENGAGED, **values: object
) -> tuple[Stage, datetime | None] | None:
    found = proposed_stage(account(stage=stage, opportunities=deals, **values))
    return None if found is None else (found.stage, found.since)


def test_a_won_deal_implies_a_customer_since_its_closing_day_and_an_open_one_an_opportunity_since_it_opened() -> None:
    assert proposed(deal(Phase.WON, closed=52)) == (Stage.CUSTOMER, ago(52))
    assert proposed(deal(Phase.MIDDLE)) == (Stage.OPPORTUNITY, ago(60))
    assert proposed(deal(Phase.LOST, closed=52)) is None


def test_nothing_is_proposed_to_an_account_at_that_stage_or_above_it() -> None:
    assert proposed(deal(Phase.EARLY), stage=Stage.OPPORTUNITY) is None
    assert proposed(deal(Phase.EARLY), stage=Stage.CUSTOMER) is None
    assert proposed(deal(Phase.WON, closed=52), stage=Stage.CUSTOMER) is None
    assert proposed(deal(Phase.WON, closed=52), stage=Stage.OPPORTUNITY) == (Stage.CUSTOMER, ago(52))


@cases(("status", "is_proposed"), [(each, each not in ("removed", "rejected")) for each in ListStatus])
def test_nothing_is_proposed_to_an_account_that_was_removed_or_rejected(status: ListStatus, is_proposed: bool) -> None:
    assert (proposed(deal(Phase.WON, closed=52), list_status=status) is not None) is is_proposed


def test_of_several_deals_the_furthest_stage_counts_since_the_first_that_implies_it() -> None:
    deals = (deal(Phase.LATE), deal(Phase.WON, "x:2", closed=20), deal(Phase.WON, "x:3", closed=50))
    assert proposed(*deals) == (Stage.CUSTOMER, ago(50))
    assert proposed(deal(Phase.WON, "x:1", known=False), deal(Phase.WON, "x:2", closed=3)) == (Stage.CUSTOMER, ago(3))


def test_a_deal_that_an_import_found_without_a_date_implies_its_stage_since_an_unknown_day() -> None:
    for phase in (Phase.WON, Phase.EARLY):
        proposal = implied_by(deal(phase, known=False))
        assert proposal is not None
        assert proposal.since is None
        step = step_of(proposal, ZONE)
        assert not step.since_known
        assert "not known" in step.text


def test_a_won_deal_is_the_buyers_act_and_an_open_one_our_own_record() -> None:
    won, still_open = implied_by(deal(Phase.WON, closed=52)), implied_by(deal(Phase.EARLY))
    assert won is not None
    assert still_open is not None
    shown, ours = evidence_for(won), evidence_for(still_open)
    assert (shown.actor, shown.act, shown.step, shown.kind) == (
        EvidenceActor.BUYER,
        BuyerAct.DEAL,
        "customer",
        "crm",
    )
    assert (ours.actor, ours.act, ours.step) == (EvidenceActor.US, BuyerAct.DEAL, "opportunity")
    assert (shown.dated_at, ours.dated_at) == (ago(52), ago(60))
    assert step_of(won, ZONE).text == "Closed won in Salesforce on 3 Oct 2026"
    assert (step_of(won, ZONE).to_stage, step_of(won, ZONE).from_deal) == ("customer", "salesforce:1")
    assert step_of(still_open, ZONE).text == "Open deal in Salesforce since 25 Sep 2026"


@cases(
    ("now", "stage", "wanted", "reason"),
    [
        (deal(Phase.WON, closed=2), Stage.TARGET, Stage.CUSTOMER, ""),
        (deal(Phase.LOST, closed=2), Stage.TARGET, Stage.CUSTOMER, "Acme Corp: Sample plant was lost since"),
        (deal(Phase.EARLY), Stage.TARGET, Stage.CUSTOMER, "Acme Corp: Sample plant was opened again since"),
        (deal(Phase.WON, closed=2), Stage.TARGET, Stage.OPPORTUNITY, "Acme Corp: Sample plant was won since"),
        (deal(Phase.WON, closed=2), Stage.CUSTOMER, Stage.CUSTOMER, "Acme Corp is at customer already"),
        (deal(Phase.EARLY), Stage.CUSTOMER, Stage.OPPORTUNITY, "Acme Corp is at customer already"),
        (deal(Phase.WON, "x:2", closed=2), Stage.TARGET, Stage.CUSTOMER, "Acme Corp: that deal is not known any more"),
    ],
)
def test_a_proposal_that_does_not_stand_any_more_says_why_in_a_sentence(
    now: Opportunity, stage: Stage, wanted: Stage, reason: str
) -> None:
    found = proposal_by(account(stage=stage, opportunities=(now,)), "salesforce:1", wanted)
    said = found if isinstance(found, str) else ""
    assert said.startswith(reason)
    assert bool(said) is bool(reason)
    gone = account(stage=stage, opportunities=(now,), list_status=ListStatus.REMOVED)
    assert str(proposal_by(gone, now.key, wanted)).startswith("Acme Corp is removed by now")


def test_a_deal_from_before_the_account_left_that_stage_implies_nothing_and_a_later_one_does() -> None:
    old, new = deal(Phase.WON, closed=52), deal(Phase.WON, "x:2", closed=5)
    assert proposed(old, left_customer_at=ago(20)) is None
    assert proposed(old, left_opportunity_at=ago(20)) == (Stage.CUSTOMER, ago(52))
    assert proposed(old, new, left_customer_at=ago(20)) == (Stage.CUSTOMER, ago(5))
    assert proposed(deal(Phase.EARLY), left_opportunity_at=ago(20)) is None
    left = account(stage=Stage.MQA, opportunities=(old,), left_customer_at=ago(20))
    assert proposal_by(left, old.key, Stage.CUSTOMER) == (
        "Acme Corp moved back to mqa after that deal, so nothing was recorded."
    )
