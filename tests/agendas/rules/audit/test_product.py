"""Hand-worked cases of the checks of product's input. Today is Tuesday 24 November 2026 in New York."""

from datetime import date
from typing import Any

from agendas.facts.fit import Criterion, FitScore
from agendas.facts.measures import Check, Step, Unjudged
from agendas.facts.narrative import ProductField, ProductInput
from agendas.facts.program import ProgramSettings
from tests.agendas.rules.audit.programs import numbered, program, result, told
from tests.builders import CLEO, ago
from tests.cases import cases


def score(days: float, function: str = "product", criterion: Criterion = Criterion.IMPLEMENTATION_FIT) -> FitScore:
    return FitScore(criterion, 3, "Same case", function, CLEO, ago(days))


def entry(field: ProductField, days: float = 200) -> ProductInput:
    return ProductInput(7, field, "Returns", CLEO, ago(days))


USE_CASE, PROOF = entry(ProductField.USE_CASE), entry(ProductField.PROOF)


@cases(
    ("scores", "passes"),
    [
        ([score(1)], True),
        # half a year, and a day more
        ([score(180)], True),
        ([score(181)], False),
        # somebody else's score is not product's, another criterion no implementation
        ([score(1, "customer_success")], False),
        ([score(1, criterion=Criterion.ACV)], False),
        # of several a young one of product's is enough
        ([score(300), score(2)], True),
        ([], False),
    ],
)
def test_product_itself_scored_the_implementation(scores: list[FitScore], passes: bool) -> None:
    assert result(Check.IMPLEMENTATION_FIT, program(numbered(1, fit=tuple(scores)))).passed is passes


@cases(("good", "passes"), [(5, True), (4, True), (3, False)])
def test_on_four_in_five_accounts_of_tier_1(good: int, passes: bool) -> None:
    states = [numbered(number, fit=(score(9),) if number <= good else ()) for number in range(1, 6)]
    assert told(Check.IMPLEMENTATION_FIT, program(*states, numbered(6, tier=2))) == (passes, good, 5)


def test_how_long_a_score_counts_is_a_setting() -> None:
    given = program(numbered(1, fit=(score(91),)), settings=ProgramSettings((("audit.implementation_fit", 90),)))
    found = result(Check.IMPLEMENTATION_FIT, given)
    assert found.next_thing is not None
    assert (found.passed, found.next_thing.step) == (False, Step.SCORE_IMPLEMENTATION)


@cases(
    ("entries", "passes"),
    [
        ((USE_CASE, PROOF), True),
        ((USE_CASE,), False),
        ((PROOF,), False),
        ((USE_CASE, entry(ProductField.FEEDBACK)), False),
        ((), False),
    ],
)
def test_an_account_names_a_use_case_and_a_proof(entries: tuple[ProductInput, ...], passes: bool) -> None:
    assert result(Check.USE_CASE_AND_PROOF, program(numbered(1, product=entries))).passed is passes


@cases(("good", "passes"), [(3, True), (2, False)])
def test_three_in_five_accounts_of_tier_1_do(good: int, passes: bool) -> None:
    states = [numbered(number, product=(USE_CASE, PROOF) if number <= good else ()) for number in range(1, 6)]
    found = result(Check.USE_CASE_AND_PROOF, program(*states))
    assert (found.passed, found.failing) == (passes, tuple(range(good + 1, 6)))


@cases(
    ("days", "values", "expected"),
    [
        ([0], {}, (True, 1)),
        # 24 October is the 31st day, 23 October is too long ago
        ([31], {}, (False, 0)),
        ([30], {}, (True, 1)),
        ([1, 2, 40], {}, (True, 2)),
        ([], {}, (False, 0)),
        # a program of 30 days, and of 31
        ([], {"history_since": date(2026, 10, 25)}, (None, None)),
        ([], {"history_since": date(2026, 10, 24)}, (False, 0)),
        ([3], {"history_since": date(2026, 11, 20)}, (True, 1)),
    ],
)
def test_product_tells_something_every_month(
    days: list[float], values: dict[str, Any], expected: tuple[object, ...]
) -> None:
    entries = tuple(entry(ProductField.FEEDBACK, each) for each in days)
    assert told(Check.PRODUCT_INPUT, program(numbered(1, tier=3, product=entries), **values))[:2] == expected


def test_without_accounts_there_is_nothing_to_tell_of() -> None:
    assert {result(check, program()).unjudged for check in (Check.IMPLEMENTATION_FIT, Check.USE_CASE_AND_PROOF)} == {
        Unjudged.NO_TIER_1
    }
    assert result(Check.PRODUCT_INPUT, program()).unjudged is Unjudged.NO_ACCOUNTS
