"""Hand-worked cases of the pipeline's velocity. Days are counted back from now, 23 March 2026."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.facts.account import ListStatus
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.measures import Program
from agendas.rules.pipeline import Share, cents_a_day, pipeline_velocity
from tests.agendas.rules.measures.cases.test_quality_cases import of, with_deals
from tests.agendas.rules.measures.programs import NOW, deal
from tests.cases import cases


def closed(phase: Phase, amount: int | None, opened: int, ago: float, **values: str) -> Opportunity:
    """A deal that was opened and closed so many days ago."""
    return deal(phase, amount, opened_at=NOW - timedelta(days=opened), closed_at=NOW - timedelta(days=ago), **values)


def program(*deals: Opportunity, status: ListStatus = ListStatus.NAMED) -> Program:
    return of(with_deals(*deals, list_status=status))


OPEN = deal(Phase.MIDDLE, 1_000)
WON = closed(Phase.WON, 1_000, 50, 10)
"""EUR 1,000 won after 40 days."""
LOST = closed(Phase.LOST, 500, 50, 30)
"""Lost after 20 days."""

# (deals, EUR a day)
CASES: list[tuple[str, list[Opportunity], float | None]] = [
    # nothing open and nothing closed: no currency has a velocity
    ("nothing", [], None),
    # nothing was ever won: there is no value to expect
    ("nothing won", [OPEN], None),
    ("all lost", [OPEN, LOST], None),
    # 1 open x 1/1 x 1,000 / 40 days
    ("one won", [OPEN, WON], 25.0),
    # 1 open x 1/2 x 1,000 / 30 days, the mean of 40 and 20
    ("one won, one lost", [OPEN, WON, LOST], 1_000 / 60),
    # 2 open x 1/2 x 1,000 / 30
    ("two open", [OPEN, deal(Phase.LATE, 9), WON, LOST], 2_000 / 60),
    # an early deal is not qualified: 1 open
    ("an early one", [OPEN, deal(Phase.EARLY, 9_000), WON], 25.0),
    # won 1,000 and 3,000: 2,000 in the mean; 40 and 40 days; 1 x 2/2 x 2,000 / 40
    ("two won", [OPEN, WON, closed(Phase.WON, 3_000, 60, 20)], 50.0),
    # closed 365 days ago counts, 366 does not: 1 x 1/2 x 1,000 / 30, then 1 x 1/1 x 1,000 / 40
    ("closed a year ago", [OPEN, WON, closed(Phase.LOST, 500, 385, 365)], 1_000 / 60),
    ("closed a day before that", [OPEN, WON, closed(Phase.LOST, 500, 386, 366)], 25.0),
    # won without an amount: won 2 of 2, the mean is of the one that is known, 40 days: 1 x 2/2 x 1,000 / 40
    ("won without an amount", [OPEN, WON, closed(Phase.WON, None, 50, 10)], 25.0),
    # opened and closed on one day: no cycle to divide by
    ("won at once", [OPEN, closed(Phase.WON, 1_000, 10, 10)], None),
    # an import found it won, without a day: it is in no year
    ("won on no known day", [OPEN, deal(Phase.WON, 1_000)], None),
    # nothing open brings nothing
    ("nothing open", [WON], 0.0),
]


@cases(("deals", "a_day"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_pipeline_velocity_is_as_worked_out_by_hand(deals: list[Opportunity], a_day: float | None) -> None:
    found = pipeline_velocity(program(*deals)).get("EUR")
    cents = found.cents_a_day if found else None
    assert cents == (None if a_day is None else pytest.approx(a_day * 100))


def test_the_formula_gives_the_published_check_value() -> None:
    # 1,589 open, 4,238 of 6,711 won at 2,360.9094 each, in 47.9854 days: 49,370.54 a day
    assert cents_a_day(1_589, Share(4_238, 6_711), 2_360.9094, 47.9854) == pytest.approx(49_370.54, abs=0.05)


def test_currencies_are_told_apart_and_numbers_open_to_their_accounts() -> None:
    dollars = replace(WON, profile=replace(WON.profile, currency="USD"))
    found = pipeline_velocity(program(OPEN, WON, dollars, closed(Phase.WON, None, 50, 10)))
    assert list(found) == ["EUR", "USD"]
    assert (found["EUR"].win_rate, found["EUR"].without_amount, found["EUR"].accounts) == (Share(2, 2), 1, (1,))
    assert (found["USD"].open, found["USD"].cents_a_day) == ((), 0.0)


def test_paused_accounts_leave_the_velocity() -> None:
    assert pipeline_velocity(program(OPEN, WON, status=ListStatus.PAUSED)) == {}
