"""Findings of checks at accounts that fail them."""

from datetime import timedelta
from typing import Any

from agendas.facts.account import Stage
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.measures import Check
from agendas.facts.narrative import Justification, ProductField, ProductInput
from agendas.rules.audit import Because, because
from tests.agendas.rules.audit.programs import numbered, of, program, result
from tests.agendas.rules.audit.test_marketing import narrative, run
from tests.agendas.rules.audit.test_measurement import deal
from tests.agendas.rules.audit.test_sales import MONDAY, TODAY, done, due, stay
from tests.builders import CLEO, ago
from tests.cases import cases

IMPLEMENTATION = FitScore(Criterion.IMPLEMENTATION_FIT, 3, "", "product", CLEO, ago(200))


@cases(
    ("check", "values", "expected"),
    [
        (Check.JUSTIFIED, {"justification": Justification("Renews", "", "")}, Because(("why_now", "motion"), 0, 80)),
        (Check.FUNCTIONS, {}, Because(("sales", "marketing", "customer_success", "product"))),
        (Check.NARRATIVES, {}, Because()),
        (Check.NARRATIVES, {"narrative": narrative(120)}, Because(number=120, limit=100)),
        (Check.NEXT_ACTIONS, {}, Because()),
        (
            Check.NEXT_ACTIONS,
            {"actions": (due(-4), due(-2))},
            Because(("Call",), 2, on=TODAY - timedelta(days=2)),
        ),
        (Check.ON_TIME, {"actions": (done(3, 3), done(2, 3))}, Because(("Call",), on=TODAY - timedelta(days=3))),
        (Check.IMPLEMENTATION_FIT, {}, Because()),
        (Check.IMPLEMENTATION_FIT, {"fit": (IMPLEMENTATION,)}, Because(number=200, limit=180)),
        (
            Check.USE_CASE_AND_PROOF,
            {"product": (ProductInput(7, ProductField.PROOF, "x", CLEO, ago(1)),)},
            Because((ProductField.USE_CASE,)),
        ),
        (Check.DEALS_COMPUTABLE, {"opportunities": (deal(amount_cents=None),)}, Because(("Deal",), 0)),
        (Check.DEALS_COMPUTABLE, {"opportunities": (deal(),)}, Because((), 0)),
        (
            Check.BUYER_FOLLOWED,
            {"plays": (run(30),), "last_buyer_touch_at": None},
            Because(("Reference call",), on=TODAY - timedelta(days=30)),
        ),
    ],
)
def test_what_is_missing_is_found(check: Check, values: dict[str, Any], expected: Because) -> None:
    given = program(numbered(1, **values))
    assert result(check, given).failing == (1,)
    assert because(check, given.accounts[0], given) == expected


def test_plays_of_another_tier_and_the_day_it_became_mqa_are_named() -> None:
    foreign = of(numbered(1, tier=3, plays=(run(3),), stage=Stage.MQA), tiers_of_plays={"reference_call": (1,)})
    given = program(foreign, stays=(stay(tier=1),))
    assert because(Check.PLAYS_IN_TIER, foreign, given) == Because(("Reference call",))
    assert because(Check.FIRST_TOUCH, foreign, given) == Because(on=MONDAY.date())
    assert because(Check.ALL_TIERED, foreign, given) is None
