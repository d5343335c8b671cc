"""Hand-worked cases of the checks of measurement. Today is Tuesday 24 November 2026 in New York."""

from dataclasses import replace
from datetime import date
from typing import Any

from agendas.facts.account import Movement
from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.events import Decided, DecisionKind, Moved, Noted
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.measures import Check, Mark, Practice, ProgramAccount, ProgramMark
from agendas.facts.people import Function
from tests.agendas.rules.audit.programs import numbered, of, program, result, told
from tests.builders import ANN, DAN, ago, event
from tests.cases import cases

OCTOBER = date(2026, 10, 1)


def mark(days: float, kind: Mark = Mark.PAGE_OPENED, who: str = DAN) -> ProgramMark:
    functions = {ANN: Function.SALES, DAN: Function.EXECUTIVE}
    return ProgramMark(kind, who, OCTOBER, ago(days), functions.get(who))


@cases(
    ("marks", "expected"),
    [
        ([mark(0)], (True, 1)),
        # 25 October is the first of the last 31 days
        ([mark(30)], (True, 1)),
        ([mark(31)], (False, 0)),
        # Ann of sales looked at it: nobody decides by that; she took an ask: somebody does
        ([mark(1, who=ANN)], (False, 0)),
        ([mark(1, Mark.ASK_TAKEN, ANN)], (True, 1)),
        # one person twice is one reader, two are two
        ([mark(1), mark(2)], (True, 1)),
        ([mark(1), mark(2, Mark.ASK_TAKEN, ANN)], (True, 2)),
        # to go through the list is no reading of the page
        ([mark(1, Mark.LIST_REVIEWED)], (False, 0)),
        ([], (False, 0)),
    ],
)
def test_the_executive_page_is_read_in_the_month(marks: list[ProgramMark], expected: tuple[object, ...]) -> None:
    practice = Practice(marks=tuple(marks))
    assert told(Check.REPORT_READ, program(numbered(1), practice=practice))[:2] == expected


def moved(number: int, movement: Movement) -> ProgramAccount:
    """An account with this movement over the month."""
    given = of(numbered(number))
    return replace(
        given, placement=replace(given.placement, movement=replace(given.placement.movement, movement=movement))
    )


@cases(
    ("shown", "claimed", "expected"),
    [
        (5, 0, (True, 5, 5)),
        # four of five is 80 percent, the limit
        (4, 1, (True, 4, 5)),
        (3, 2, (False, 3, 5)),
        (0, 1, (False, 0, 1)),
        (0, 0, (None, None, None)),
    ],
)
def test_four_in_five_steps_up_are_shown(shown: int, claimed: int, expected: tuple[object, ...]) -> None:
    kinds = [Movement.ADVANCED] * shown + [Movement.ADVANCED_UNVERIFIED] * claimed
    # who stood still or went back took no step up
    others = [moved(90, Movement.UNCHANGED), moved(91, Movement.REGRESSED), moved(92, Movement.NEW)]
    accounts = [moved(number, kind) for number, kind in enumerate(kinds, 1)]
    assert told(Check.STEPS_SHOWN, program(*accounts, *others)) == expected


SCORED = (FitScore(Criterion.ACV, 3, "", "sales", ANN, ago(30)),)


def deal(**values: Any) -> Opportunity:
    """An open deal of which everything is known."""
    known = {"amount_cents": 100_00, "currency": "USD", "closes_on": date(2026, 12, 20)}
    since_known = values.pop("since_known", True)
    profile = OpportunityProfile(
        **({"key": "a", "name": "Deal", "stage_name": "Proposal", "phase": Phase.MIDDLE} | known | values)
    )
    return Opportunity(profile, ago(40), ago(20), stage_since_known=since_known)


@cases(
    ("given", "scored", "expected"),
    [
        (deal(), True, (True, 1, 1)),
        (deal(amount_cents=0), True, (True, 1, 1)),
        (deal(amount_cents=None), True, (False, 0, 1)),
        (deal(closes_on=None), True, (False, 0, 1)),
        # an import found it in its stage without a day
        (deal(since_known=False), True, (False, 0, 1)),
        # the fit of its account is not known
        (deal(), False, (False, 0, 1)),
        # won and lost ones are no pipeline
        (deal(phase=Phase.WON), True, (None, None, None)),
        (deal(phase=Phase.LOST, amount_cents=None), True, (None, None, None)),
    ],
)
def test_the_quality_of_a_deal_can_be_worked_out(
    given: Opportunity, scored: bool, expected: tuple[object, ...]
) -> None:
    state = numbered(1, opportunities=(given,), fit=SCORED if scored else ())
    assert told(Check.DEALS_COMPUTABLE, program(state)) == expected


@cases(("good", "passes"), [(4, True), (3, False)])
def test_of_four_deals_in_five(good: int, passes: bool) -> None:
    deals = tuple(deal(key=str(number), amount_cents=1 if number < good else None) for number in range(5))
    found = result(Check.DEALS_COMPUTABLE, program(numbered(1, fit=SCORED, opportunities=deals)))
    assert found.passed is passes
    assert found.failing == (1,)


@cases(
    ("change", "expected"),
    [
        (Moved("Their CFO agreed to a pilot", "mqa"), (True, 1, 1)),
        (Moved("12,000 impressions and 40 MQLs", "mqa"), (False, 0, 1)),
        (Decided(DecisionKind.KEEP, "340 clicks"), (False, 0, 1)),
        # the buyer did something beside the figure
        (Moved("40 clicks, then they asked for a call", "mqa"), (True, 1, 1)),
        # a note is in no recap, and a step without words says nothing
        (Noted("12,000 impressions"), (None, None, None)),
        (Moved("", "mqa"), (None, None, None)),
    ],
)
def test_no_recap_is_headed_by_leads_or_impressions(change: Any, expected: tuple[object, ...]) -> None:
    given = of(numbered(1), events=(event(change, happened_at=ago(5)),))
    assert told(Check.NO_CAMPAIGN_FIGURES, program(given)) == expected
