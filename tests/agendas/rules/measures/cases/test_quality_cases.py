"""Hand-worked cases of the pipeline's quality by currency, its clean part, and the coverage of a target."""

from dataclasses import replace
from datetime import date
from typing import Any

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.measures import PipelineQuality, Program
from agendas.facts.program import ProgramSettings
from agendas.rules.measures import TargetCoverage, quarter_of, target_coverage
from agendas.rules.pipeline import QualityTest, accounts_of, quality
from tests.agendas.rules.history.histories import named
from tests.agendas.rules.measures.cases.test_seven_test_cases import ago, sound
from tests.agendas.rules.measures.programs import deal, program
from tests.cases import cases

UNSCORED: dict[str, Any] = {"fit": ()}


def of(*states: AccountState, **values: Any) -> Program:
    facts = named(2, "engaged").facts()
    return program(*(replace(facts, account=state, before=state) for state in states), **values)


def with_deals(*deals: Opportunity, **values: Any) -> AccountState:
    numbered = (replace(each, profile=replace(each.profile, key=f"x:{n}")) for n, each in enumerate(deals))
    return sound(opportunities=tuple(numbered), **values)


# (accounts, quality by currency as value, weighed, clean in cents, deals, deals without an amount)
SUMS: list[tuple[list[AccountState], dict[str, tuple[int, int, int, int, int]]]] = [
    # no deal, no currency
    ([], {}),
    ([sound(opportunities=())], {}),
    # EUR 1,000 that passes all seven: all of it weighed, all clean
    ([with_deals(deal(Phase.MIDDLE, 1_000))], {"EUR": (100_000, 100_000, 100_000, 1, 0)}),
    # without a fit six of seven: EUR 1,000 x 6 / 7 = 857.142, none clean
    ([with_deals(deal(Phase.MIDDLE, 1_000), **UNSCORED)], {"EUR": (100_000, 85_714, 0, 1, 0)}),
    # in an early phase six tests are due and five passed: 833.333
    ([with_deals(deal(Phase.EARLY, 1_000), **UNSCORED)], {"EUR": (100_000, 83_333, 0, 1, 0)}),
    # 3,000 clean and 1,000 x 6 / 7: the value weighs, not the number of deals
    (
        [with_deals(deal(Phase.MIDDLE, 3_000)), with_deals(deal(Phase.MIDDLE, 1_000), **UNSCORED)],
        {"EUR": (400_000, 385_714, 300_000, 2, 0)},
    ),
    # two deals of one account, one pushed twice: 2,000 + 700 x 6 / 7 = 2,600
    (
        [with_deals(deal(Phase.MIDDLE, 2_000), deal(Phase.MIDDLE, 700, pushes=2))],
        {"EUR": (270_000, 260_000, 200_000, 2, 0)},
    ),
    # two currencies are told apart and never added up
    (
        [with_deals(deal(Phase.MIDDLE, 1_000), deal(Phase.MIDDLE, 500, currency="USD"))],
        {"EUR": (100_000, 100_000, 100_000, 1, 0), "USD": (50_000, 50_000, 50_000, 1, 0)},
    ),
    # a deal without an amount is counted and in no sum
    ([with_deals(deal(Phase.MIDDLE, None))], {"EUR": (0, 0, 0, 0, 1)}),
    ([with_deals(deal(Phase.MIDDLE, 1_000), deal(Phase.MIDDLE, None))], {"EUR": (100_000, 100_000, 100_000, 1, 1)}),
    # one without a currency stands by itself
    ([with_deals(deal(Phase.MIDDLE, None, currency=""))], {"": (0, 0, 0, 0, 1)}),
    # an amount of nothing is an amount: it is clean and weighs nothing
    ([with_deals(deal(Phase.MIDDLE, 0))], {"EUR": (0, 0, 0, 1, 0)}),
    # won deals are no pipeline
    ([with_deals(deal(Phase.WON, 1_000, closed_at=ago(1)))], {}),
    # paused accounts, candidates and removed ones are not on the named list
    ([with_deals(deal(Phase.MIDDLE, 1_000), list_status=ListStatus.PAUSED)], {}),
    ([with_deals(deal(Phase.MIDDLE, 1_000), list_status=ListStatus.CANDIDATE)], {}),
]


@cases(("states", "expected"), SUMS)
def test_quality_sums_up_as_worked_out_by_hand(
    states: list[AccountState], expected: dict[str, tuple[int, int, int, int, int]]
) -> None:
    found = quality(of(*states))
    assert {currency: each.kept for currency, each in found.items()} == {
        currency: PipelineQuality(*numbers) for currency, numbers in expected.items()
    }


def test_quality_is_a_percentage_of_the_value_and_tells_which_deals_fail_which_test() -> None:
    found = quality(of(with_deals(deal(Phase.MIDDLE, 3_000)), with_deals(deal(Phase.MIDDLE, 1_000), **UNSCORED)))["EUR"]
    # 3,857.14 of 4,000 are 96.4 percent, 3,000 are 75
    assert (found.percent, found.clean_percent) == (96, 75)
    assert accounts_of(found.failing(QualityTest.FIT)) == (2,)
    assert accounts_of(found.due(QualityTest.FIT)) == (1, 2)
    assert found.failing(QualityTest.CLOSE_DATE) == ()
    empty = quality(of(with_deals(deal(Phase.MIDDLE, None))))["EUR"]
    assert (empty.percent, empty.clean_percent) == (None, None)


def won(amount: int | None, days_ago: float, **values: Any) -> Opportunity:
    return deal(Phase.WON, amount, closed_at=ago(days_ago), **values)


# (target in EUR, deals, won, clean in EUR, times covered); the quarter began on 1 January, 81 days before 23 March
TARGETS: list[tuple[int, list[Opportunity], int, int, float | None]] = [
    # nothing open and nothing won: not covered at all
    (1_000, [], 0, 0, 0.0),
    # 2,000 clean against 1,000: twice
    (1_000, [deal(Phase.MIDDLE, 2_000)], 0, 2_000, 2.0),
    # 400 won leave 600: 2,000 cover them 3.33 times
    (1_000, [deal(Phase.MIDDLE, 2_000), won(400, 10)], 400, 2_000, 3.3),
    # won on the first day of the quarter
    (1_000, [deal(Phase.MIDDLE, 2_000), won(400, 81)], 400, 2_000, 3.3),
    # won on the last day of the one before
    (1_000, [deal(Phase.MIDDLE, 2_000), won(400, 82)], 0, 2_000, 2.0),
    # reached to the cent: nothing remains to be covered
    (1_000, [deal(Phase.MIDDLE, 2_000), won(1_000, 10)], 1_000, 2_000, None),
    # more than reached
    (1_000, [won(1_500, 10)], 1_500, 0, None),
    # a renewal wins nothing more than there was
    (1_000, [deal(Phase.MIDDLE, 2_000), won(400, 10, adds_value=False)], 0, 2_000, 2.0),
    # another currency covers nothing of this one
    (1_000, [deal(Phase.MIDDLE, 2_000, currency="USD"), won(400, 10, currency="USD")], 0, 0, 0.0),
    # only the clean value covers
    (1_000, [deal(Phase.MIDDLE, 2_000, pushes=2)], 0, 0, 0.0),
    # won without an amount takes nothing off
    (1_000, [deal(Phase.MIDDLE, 2_000), won(None, 10)], 0, 2_000, 2.0),
    # won on a day that nobody knows
    (1_000, [deal(Phase.MIDDLE, 2_000), deal(Phase.WON, 400)], 0, 2_000, 2.0),
]


@cases(("target", "deals", "won_amount", "clean", "times"), TARGETS)
def test_a_target_is_covered_as_worked_out_by_hand(
    target: int, deals: list[Opportunity], won_amount: int, clean: int, times: float | None
) -> None:
    settings = ProgramSettings((("measures.target", (f"EUR {target}",)),))
    (found,) = target_coverage(of(with_deals(*deals), settings=settings))
    unknown = sum(each.profile.phase is Phase.WON and each.profile.amount_cents is None for each in deals)
    assert found == TargetCoverage("EUR", date(2026, 1, 1), target * 100, won_amount * 100, unknown, clean * 100)
    assert found.times == times


def test_a_win_of_a_paused_account_counts_and_its_pipeline_does_not() -> None:
    settings = ProgramSettings((("measures.target", ("EUR 1000",)),))
    paused = with_deals(deal(Phase.MIDDLE, 2_000), won(400, 10), list_status=ListStatus.PAUSED)
    (found,) = target_coverage(of(paused, settings=settings))
    assert (found.won_cents, found.clean_cents) == (40_000, 0)


def test_without_a_target_nothing_is_covered() -> None:
    assert target_coverage(of(with_deals(deal(Phase.MIDDLE, 2_000)))) == ()


@cases(("month", "first"), [(1, 1), (3, 1), (4, 4), (6, 4), (7, 7), (9, 7), (10, 10), (12, 10)])
def test_a_quarter_begins_in_january_april_july_and_october(month: int, first: int) -> None:
    assert quarter_of(date(2026, month, 28)) == date(2026, first, 1)
