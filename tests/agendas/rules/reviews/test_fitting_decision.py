"""The decision that a form opens with follows from the state and the fit of the account."""

from dataclasses import replace

from agendas.facts.account import AccountState
from agendas.facts.events import DecisionKind
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.reviews import Bucket
from agendas.rules.reviews import FittingDecision, fitting_decision
from tests.builders import ANN, NOW, account, agenda_facts, agenda_item
from tests.cases import cases

KEEP = FittingDecision(DecisionKind.KEEP)


def fit(points: int) -> tuple[FitScore, ...]:
    return tuple(FitScore(criterion, points, "Because", "sales", ANN, NOW) for criterion in Criterion)


def decided(state: AccountState, bucket: Bucket = Bucket.STEADY) -> FittingDecision:
    item = agenda_item(agenda_facts(account=state, tier_1_owners=()))
    return fitting_decision(replace(item, placement=replace(item.placement, bucket=bucket)))


@cases("bucket", Bucket)
def test_help_is_asked_for_where_an_account_needs_intervention_and_nowhere_else(bucket: Bucket) -> None:
    asks = bucket is Bucket.NEEDS_INTERVENTION
    assert decided(account(), bucket) == (FittingDecision(DecisionKind.INTERVENE) if asks else KEEP)


def test_a_tier_that_the_fit_proposes_is_filled_in_and_a_removal_never() -> None:
    assert decided(account(tier=1, fit=fit(3))) == FittingDecision(DecisionKind.CHANGE_TIER, 2)
    assert decided(account(tier=1, fit=fit(3)), Bucket.NEEDS_INTERVENTION).kind is DecisionKind.INTERVENE
    assert decided(account(tier=3, fit=fit(0))) == KEEP
