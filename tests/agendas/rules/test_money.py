from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agendas.facts.account import ListStatus
from agendas.facts.deals import Opportunity, OpportunityType, Phase
from agendas.facts.measures import Bridge, ClosedDeal, Program
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import Bucket
from agendas.rules import money
from agendas.rules.money import (
    CurrencyDeals,
    DealDay,
    DealHistory,
    Deals,
    ListDays,
    TargetCoverage,
    YearOfDeals,
    bridges,
    deals_by_currency,
)
from agendas.rules.pipeline import Share
from tests.agendas.rules.measured_programs import NOW, deal
from tests.agendas.rules.test_pipeline import of_states, with_deals
from tests.cases import cases

TODAY = date(2026, 3, 23)
RENEWAL = {"type": OpportunityType.EXISTING_BUSINESS, "adds_value": False}
EXPANSION = {"type": OpportunityType.EXISTING_BUSINESS}


def closed(phase: Phase, amount: int | None, ago: int, *, took: int | None = 40, **values: Any) -> ClosedDeal:
    """A deal that closed so many days ago; `took` so many from its opening, None if that is not known."""
    on = TODAY - timedelta(days=ago)
    opened = NOW - timedelta(days=ago + (took or 0))
    found = deal(phase, amount, opened_at=opened, closed_at=NOW - timedelta(days=ago), **values)
    return ClosedDeal(with_deals(), replace(found, opening_known=took is not None), on)


def won(amount: int | None, ago: int, **values: Any) -> ClosedDeal:
    return closed(Phase.WON, amount, ago, **values)


def lost(amount: int | None, ago: int, **values: Any) -> ClosedDeal:
    return closed(Phase.LOST, amount, ago, **values)


def with_money(open_deals: tuple[Opportunity, ...], *deals: ClosedDeal, **values: Any) -> Program:
    settings = values.pop("settings", ProgramSettings())
    return replace(of_states(with_deals(*open_deals, **values), settings=settings), closed=deals)


# (target in EUR, open deals, closed deals, won, clean in EUR, times covered); the quarter began 81 days ago
MIDDLE = deal(Phase.MIDDLE, 2_000)
TARGETS: list[tuple[tuple[Opportunity, ...], tuple[ClosedDeal, ...], int, int, float | None]] = [
    ((), (), 0, 0, 0.0),  # nothing open and nothing won: not covered at all
    ((MIDDLE,), (), 0, 2_000, 2.0),  # 2,000 clean against 1,000: twice
    ((MIDDLE,), (won(400, 10),), 400, 2_000, 3.3),  # 400 won leave 600: 2,000 cover them 3.33 times
    ((MIDDLE,), (won(400, 81),), 400, 2_000, 3.3),  # won on the first day of the quarter
    ((MIDDLE,), (won(400, 82),), 0, 2_000, 2.0),  # won on the last day of the one before
    ((MIDDLE,), (won(1_000, 10),), 1_000, 2_000, None),  # reached to the cent: nothing remains to be covered
    ((), (won(1_500, 10),), 1_500, 0, None),  # more than reached
    ((MIDDLE,), (won(400, 10, **RENEWAL),), 0, 2_000, 2.0),  # a renewal wins nothing more than there was
    ((MIDDLE,), (won(400, 10, **EXPANSION),), 400, 2_000, 3.3),  # an expansion does
    ((MIDDLE,), (lost(400, 10),), 0, 2_000, 2.0),
    # another currency covers nothing of this one
    ((deal(Phase.MIDDLE, 2_000, currency="USD"),), (won(400, 10, currency="USD"),), 0, 0, 0.0),
    ((deal(Phase.MIDDLE, 2_000, pushes=2),), (), 0, 0, 0.0),  # only the clean value covers
    ((MIDDLE,), (won(None, 10),), 0, 2_000, 2.0),  # won without an amount takes nothing off
]


@cases(("open_deals", "deals", "won_amount", "clean", "times"), TARGETS)
def test_a_target_is_covered_as_worked_out_by_hand(open_deals, deals, won_amount, clean, times):
    settings = ProgramSettings((("measures.target", ("EUR 1000",)),))
    (found,) = money.target_coverage(with_money(open_deals, *deals, settings=settings))
    unknown = sum(each.is_won and each.amount_cents is None for each in deals)
    assert found == TargetCoverage("EUR", date(2026, 1, 1), 100_000, won_amount * 100, unknown, clean * 100)
    assert found.times == times


def test_without_a_target_nothing_is_covered() -> None:
    assert money.target_coverage(with_money((MIDDLE,))) == ()


@cases(("month", "first"), [(1, 1), (3, 1), (4, 4), (6, 4), (7, 7), (9, 7), (10, 10), (12, 10)])
def test_a_quarter_begins_in_january_april_july_and_october(month: int, first: int) -> None:
    assert money.quarter_of(date(2026, month, 28)) == date(2026, first, 1)


# Hand-worked cases of a year of new business.

OPEN = deal(Phase.MIDDLE, 1_000)
FIVE_AND_FIVE = (*(won(1_000, 10) for _ in range(5)), *(lost(500, 30, took=20) for _ in range(5)))
"""Five won for EUR 1,000 each after 40 days, five lost after 20: half is won, 30 days in the mean."""

# (open deals, closed deals, EUR a day)
VELOCITIES: list[tuple[str, tuple[Opportunity, ...], tuple[ClosedDeal, ...], float | None]] = [
    ("nothing closed", (OPEN,), (), None),
    ("nine closed", (OPEN,), FIVE_AND_FIVE[1:], None),  # too few to tell a rate from
    ("ten closed", (OPEN,), FIVE_AND_FIVE, 1_000 / 60),  # 1 open x 5/10 x 1,000 / 30 days
    ("two open", (OPEN, deal(Phase.LATE, 9)), FIVE_AND_FIVE, 2_000 / 60),
    ("an early one", (OPEN, deal(Phase.EARLY, 9_000)), FIVE_AND_FIVE, 1_000 / 60),  # an early deal is not qualified
    ("an open renewal", (OPEN, deal(Phase.LATE, 9, **RENEWAL)), FIVE_AND_FIVE, 1_000 / 60),  # it is no new business
    ("closed a year ago", (OPEN,), (*FIVE_AND_FIVE[:9], lost(500, 365, took=20)), 1_000 / 60),
    ("closed a day before that", (OPEN,), (*FIVE_AND_FIVE[:9], lost(500, 366, took=20)), None),
    ("expansions and renewals", (OPEN,), (*FIVE_AND_FIVE, won(9, 10, **EXPANSION), lost(9, 10, **RENEWAL)), 1_000 / 60),
    # won 6 of 11, the mean of 1,000 is of the five that are known, cycles of 6 x 40 and 5 x 20 days
    ("won without an amount", (OPEN,), (*FIVE_AND_FIVE, won(None, 10)), 6 / 11 * 1_000 / (340 / 11)),
    # nothing says when it was opened: won 6 of 11, and the days are of the ten that are known
    ("an unknown opening", (OPEN,), (*FIVE_AND_FIVE, won(1_000, 10, took=None)), 6 / 11 * 1_000 / 30),
    ("all at once", (OPEN,), tuple(won(1_000, 10, took=0) for _ in range(10)), None),  # no days to divide by
    ("no opening known", (OPEN,), tuple(won(1_000, 10, took=None) for _ in range(10)), None),
    ("no amount known", (OPEN,), tuple(won(None, 10) for _ in range(10)), None),
    ("nothing open", (), FIVE_AND_FIVE, 0.0),  # nothing open brings nothing
]


@cases(("open_deals", "deals", "a_day"), [case[1:] for case in VELOCITIES], ids=[case[0] for case in VELOCITIES])
def test_pipeline_velocity_is_as_worked_out_by_hand(open_deals, deals, a_day):
    found = money.years_of_deals(with_money(open_deals, *deals)).get("EUR", YearOfDeals("EUR"))
    assert found.cents_a_day == (None if a_day is None else pytest.approx(a_day * 100))


def test_the_formula_gives_the_published_check_value() -> None:
    # 1,589 open, 4,238 of 6,711 won at 2,360.9094 each, in 47.9854 days: 49,370.54 a day
    assert money.cents_a_day(1_589, Share(4_238, 6_711), 2_360.9094, 47.9854) == pytest.approx(49_370.54, abs=0.05)


def test_deals_are_won_by_number_and_by_value_in_each_currency() -> None:
    dollars = (*(won(100, 20, currency="USD") for _ in range(4)), lost(552, 20, currency="USD"))
    found = money.years_of_deals(with_money((OPEN,), *dollars, *FIVE_AND_FIVE, won(None, 10)))
    assert list(found) == ["EUR", "USD"]
    assert (found["USD"].win_rate, found["USD"].percent_by_value) == (Share(4, 5), 42)
    assert (found["EUR"].win_rate, found["EUR"].percent_by_value) == (Share(6, 11), 67)


def test_openings_that_nobody_knows_are_told_and_in_no_cycle() -> None:
    found = money.years_of_deals(with_money((), won(1, 10, took=None), lost(1, 9)))["EUR"]
    assert (found.cycles, found.openings_unknown, found.mean_cycle_days) == ((40,), 1, 40.0)


def test_open_deals_of_paused_accounts_are_left_out_and_what_they_closed_is_not() -> None:
    found = money.years_of_deals(with_money((OPEN,), won(1, 10), list_status=ListStatus.PAUSED))["EUR"]
    assert (found.open, found.closed) == ((), 1)


def test_deals_of_the_period_are_summed_by_currency_and_by_how_they_ended() -> None:
    quarter_ends = date(2026, 3, 31)
    open_deals = (
        deal(Phase.MIDDLE, 100, closes_on=quarter_ends),
        deal(Phase.MIDDLE, 50, closes_on=quarter_ends + timedelta(days=1)),
        deal(Phase.MIDDLE, None, currency="USD", closes_on=date(2026, 1, 1)),
    )
    ended = (won(10, 1), won(20, 2, **EXPANSION), won(30, 3, **RENEWAL), lost(40, 4, currency="GBP"))
    found = deals_by_currency(with_money(open_deals, *ended, won(5, 8)))
    assert found == (
        CurrencyDeals(
            "EUR",
            open=Deals(2, 15_000),
            closing=Deals(1, 10_000),
            won=Deals(1, 1_000),
            expanded=Deals(1, 2_000),
            renewed=Deals(1, 3_000),
            gained_in_quarter=Deals(3, 3_500),
        ),
        CurrencyDeals("GBP", lost=Deals(1, 4_000)),
        CurrencyDeals("USD", open=Deals(1, 0, 1), closing=Deals(1, 0, 1)),
    )
    assert found[0].gained == Deals(2, 3_000)
    assert deals_by_currency(with_money(())) == ()


def test_the_money_of_a_part_of_a_month_is_as_worked_out_by_hand() -> None:
    open_deals = (MIDDLE, deal(Phase.MIDDLE, None), deal(Phase.EARLY, 50, currency="USD"))
    closed_deals = (
        *(won(400, 10), won(200, 10, **EXPANSION), won(300, 10, **RENEWAL), won(None, 5), won(100, 60)),
        # 23 February is in the same part of the month before, and 24 February is not
        *(lost(700, 3), lost(90, 28), lost(60, 27), won(50, 28, **EXPANSION), won(80, 28, **RENEWAL)),
    )
    settings = ProgramSettings((("measures.target", ("EUR 1000",)),))
    found = with_money(open_deals, *closed_deals, settings=settings)
    found = replace(found, period=replace(found.period, first=date(2026, 3, 1)))
    stalled = [replace(each, placement=replace(each.placement, bucket=Bucket.STALLED)) for each in found.accounts]
    euros, dollars = deals_by_currency(replace(found, accounts=tuple(stalled)))
    assert (euros.at_risk, dollars.at_risk) == (Deals(2, 200_000, 1), Deals(1, 5_000))
    assert (euros.gained, euros.lost) == (Deals(3, 60_000, 1), Deals(1, 70_000))
    assert (euros.gained_before, euros.lost_before) == (Deals(1, 5_000), Deals(1, 9_000))
    assert (euros.gained_in_quarter, euros.target_cents) == (Deals(5, 75_000, 1), 100_000)
    steady = [replace(each, placement=replace(each.placement, bucket=Bucket.STEADY)) for each in found.accounts]
    assert all(each.at_risk == Deals() for each in deals_by_currency(replace(found, accounts=tuple(steady))))


# Hand-worked bridges of March 2026: the days are of one deal, (month, day, phase, amount in EUR, close date).

MARCH = (date(2026, 3, 1), date(2026, 3, 31))
ALWAYS = [(date(2026, 1, 1), True)]
OPENED, WON, LOST = Phase.MIDDLE, Phase.WON, Phase.LOST
MAY, JUNE = date(2026, 3, 30), date(2026, 4, 1)


def day(
    on: tuple[int, int], phase: Phase, amount: int, closes_on: date | None = None, currency: str = "EUR"
) -> DealDay:
    return DealDay(date(2026, *on), phase, currency, amount * 100, closes_on, NOW)


# (days of the deal, changes of the account's list, parts in EUR)
BRIDGES: list[tuple[str, list[DealDay], list[tuple[date, bool]], dict[str, int]]] = [
    ("open all the time", [day((2, 1), OPENED, 10)], ALWAYS, {"start": 10}),
    ("opened on the first day", [day((3, 1), OPENED, 10)], ALWAYS, {"opened": 10}),
    ("opened a day later than the last", [day((4, 1), OPENED, 10)], ALWAYS, {}),
    ("opened and won", [day((3, 2), OPENED, 10), day((3, 31), WON, 12)], ALWAYS, {"opened": 10, "grown": 2, "won": 12}),
    ("lost smaller", [day((2, 2), OPENED, 10), day((3, 5), LOST, 7)], ALWAYS, {"start": 10, "shrunk": 3, "lost": 7}),
    ("won before", [day((2, 2), OPENED, 10), day((2, 28), WON, 10)], ALWAYS, {}),
    ("reopened", [day((2, 2), OPENED, 10), day((2, 28), LOST, 10), day((3, 9), OPENED, 11)], ALWAYS, {"reopened": 11}),
    (
        "won twice",
        [day((3, 2), OPENED, 10), day((3, 3), WON, 10), day((3, 4), OPENED, 10), day((3, 5), WON, 10)],
        ALWAYS,
        {"opened": 10, "won": 20, "reopened": 10},
    ),
    (
        "lost after it was won",
        [day((2, 2), OPENED, 9), day((2, 3), WON, 9), day((3, 4), LOST, 9)],
        ALWAYS,
        {"reopened": 9, "lost": 9},
    ),
    ("the account came", [day((2, 2), OPENED, 10)], [(date(2026, 3, 3), True)], {"entered": 10}),
    ("the account left", [day((2, 2), OPENED, 10)], [*ALWAYS, (date(2026, 3, 3), False)], {"start": 10, "left": 10}),
    (
        "removed and named again",
        [day((2, 2), OPENED, 10), day((3, 5), OPENED, 30)],
        [*ALWAYS, (date(2026, 3, 3), False), (date(2026, 3, 8), True)],
        {"start": 10, "left": 10, "entered": 30},
    ),
    (
        "removed and named again within a day",
        [day((2, 2), OPENED, 10)],
        [*ALWAYS, (date(2026, 3, 3), False), (date(2026, 3, 3), True)],
        {"start": 10},
    ),
    (
        "lost on the day on which it left",
        [day((2, 2), OPENED, 10), day((3, 3), LOST, 10)],
        [*ALWAYS, (date(2026, 3, 3), False)],
        {"start": 10, "lost": 10},
    ),
    (
        "won after it left",
        [day((2, 2), OPENED, 10), day((3, 4), WON, 10)],
        [*ALWAYS, (date(2026, 3, 3), False)],
        {"start": 10, "left": 10},
    ),
    ("of a candidate", [day((2, 2), OPENED, 10), day((3, 4), WON, 10)], [], {}),
    ("pushed", [day((2, 2), OPENED, 10, MAY), day((3, 4), OPENED, 10, JUNE)], ALWAYS, {"start": 10, "pushed": 10}),
    (
        "pushed since it opened",
        [day((3, 2), OPENED, 10, MAY), day((3, 4), OPENED, 10, JUNE)],
        ALWAYS,
        {"opened": 10, "pushed": 10},
    ),
    ("pushed before", [day((2, 2), OPENED, 10, MAY), day((2, 4), OPENED, 10, JUNE)], ALWAYS, {"start": 10}),
    ("without an amount, then with one", [day((2, 2), OPENED, 0), day((3, 4), OPENED, 10)], ALWAYS, {"grown": 10}),
    ("a negative amount", [day((3, 2), OPENED, -5)], ALWAYS, {"opened": -5}),
]


@cases(("days", "changes", "parts"), [case[1:] for case in BRIDGES], ids=[case[0] for case in BRIDGES])
def test_a_bridge_is_as_worked_out_by_hand(days, changes, parts):
    found = bridges([DealHistory("crm:1", tuple(days), ListDays(changes))], *MARCH)
    expected = Bridge("EUR", **{part: amount * 100 for part, amount in parts.items()})
    assert found == ((expected,) if parts else ())


def test_a_deal_in_another_currency_falls_in_one_bridge_and_rises_in_the_other() -> None:
    days = (day((2, 2), OPENED, 10), day((3, 4), OPENED, 11, currency="USD"))
    found = bridges([DealHistory("crm:1", days, ListDays(ALWAYS))], *MARCH)
    assert found == (Bridge("EUR", 1_000, shrunk=1_000), Bridge("USD", grown=1_100))
    assert [each.end for each in found] == [0, 1_100]
