from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agendas.facts import measures
from agendas.facts.account import Movement, NextAction, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.events import Decided, DecisionKind, Moved, Noted
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.measures import Check, Foundation, Mark, Practice, PracticeLine, ProgramMark, Row, Unjudged, Verdict
from agendas.facts.narrative import Justification, Narrative, NarrativeVersion, ProductField, ProductInput
from agendas.facts.people import Function
from agendas.facts.plays import PlayRun
from agendas.rules import audit as audit_rules
from agendas.rules.audit import CHECKS, SHOWN_BY, Because, audit, audit_codes, failure_of, practical_test, verdict
from tests.agendas.rules.audit_programs import numbered, of, program, result, review, told
from tests.agendas.rules.test_audit_of_teams import MONDAY, TODAY, done, due, narrative, run, stay
from tests.builders import ANN, CLEO, DAN, ago, event
from tests.cases import cases


# Verdicts of rows, foundations that failed checks expose, and the codes that are kept for the trend.
def results(given: str) -> list[measures.CheckResult]:
    """Results by letters: p passed, f failed, - not judged."""
    return [
        measures.CheckResult(Check.JUSTIFIED, measures.Limit(1), {"p": True, "f": False, "-": None}[each])
        for each in given
    ]


@cases(
    ("given", "expected"),
    [
        ("pppppp", Verdict.STRONG),
        ("pppppf", Verdict.MIXED),
        # half is not fewer than half
        ("pppfff", Verdict.MIXED),
        ("ppffff", Verdict.WEAK),
        ("fff", Verdict.WEAK),
        ("pff", Verdict.WEAK),
        ("pf", Verdict.MIXED),
        # what cannot be judged is left out
        ("ppp---", Verdict.STRONG),
        ("pf--", Verdict.MIXED),
        ("ff--", Verdict.WEAK),
        # by fewer than half of the checks it is too early to say
        ("p-----", Verdict.OPEN),
        ("pp----", Verdict.OPEN),
        ("pp---", Verdict.OPEN),
        ("f---", Verdict.OPEN),
        ("----", Verdict.OPEN),
        ("", Verdict.OPEN),
    ],
)
def test_a_row_is_strong_mixed_weak_or_open_by_its_judged_checks(given: str, expected: Verdict) -> None:
    assert verdict(results(given)) is expected


def rows(**judged: bool) -> tuple[measures.RowResult, ...]:
    checks = tuple(measures.CheckResult(Check(check), measures.Limit(1), passed) for check, passed in judged.items())
    return (measures.RowResult(Row.LIST, Verdict.MIXED, checks),)


@cases(
    ("judged", "expected"),
    [
        # two of the four that show an unclear profile
        ({"justified": False, "functions": False, "says_no": True, "implementation_fit": True}, [Foundation.ICP]),
        ({"justified": False, "functions": True, "says_no": True, "implementation_fit": True}, []),
        # of those that can be judged, half
        ({"justified": False, "functions": True}, [Foundation.ICP]),
        ({"narratives": False}, [Foundation.POINT_OF_VIEW]),
        ({"narratives": True, "use_case_and_proof": True}, []),
        ({"next_actions": False, "plays_in_tier": True, "own_plays": True}, []),
        (
            {"on_time": False, "marketing_wrote": False, "next_actions": False},
            [Foundation.SALES_MOTION, Foundation.DISCIPLINE],
        ),
        ({"within_caps": False}, []),
        ({}, []),
    ],
)
def test_a_foundation_is_missing_where_half_of_its_checks_fail(judged: dict[str, bool], expected: list[Foundation]):
    found = audit_rules.missing_foundations(rows(**judged))
    assert [each.foundation for each in found] == expected
    assert all(not judged[check.value] for each in found for check in each.shown_by)


def test_every_check_belongs_to_one_row_and_every_foundation_is_shown_by_some() -> None:
    assert [each.check for checks in CHECKS.values() for each in checks(program(numbered(1)))] == list(Check)
    assert set(CHECKS) == set(Row)
    assert set(SHOWN_BY) == set(Foundation)


def test_what_was_done_is_kept_for_each_account_in_order() -> None:
    acts = [(1, ago(1)), (2, ago(2)), (1, ago(3))]
    assert audit_rules.by_account(acts) == {1: (ago(3), ago(1)), 2: (ago(2),)}


def test_an_empty_program_is_open_and_keeps_no_codes() -> None:
    found = audit(program())
    assert {row.verdict for row in found.rows} == {Verdict.OPEN}
    assert found.foundations == ()
    assert audit_codes(program()) == {}


def test_the_codes_of_a_program_are_those_of_its_rows() -> None:
    given = program(numbered(1))
    codes = {row.row.value: row.verdict.value for row in audit(given).rows if row.verdict is not Verdict.OPEN}
    assert audit_codes(given) == codes
    # of sales and measurement one check of four can be judged
    assert set(codes) == {"list", "marketing", "product"}


# Hand-worked cases of the checks of measurement. Today is Tuesday 24 November 2026 in New York.

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


def moved(number: int, movement: Movement) -> measures.ProgramAccount:
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
        (deal(since_known=False), True, (False, 0, 1)),  # an import found it in its stage without a day
        (deal(), False, (False, 0, 1)),  # the fit of its account is not known
        # won and lost ones are no pipeline
        (deal(phase=Phase.WON), True, (None, None, None)),
        (deal(phase=Phase.LOST, amount_cents=None), True, (None, None, None)),
    ],
)
def test_the_quality_of_a_deal_can_be_worked_out(given: Opportunity, scored: bool, expected: tuple[object, ...]):
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


# Findings of checks at accounts that fail them.

IMPLEMENTATION = FitScore(Criterion.IMPLEMENTATION_FIT, 3, "", "product", CLEO, ago(200))


@cases(
    ("check", "values", "expected"),
    [
        (Check.JUSTIFIED, {"justification": Justification("Renews", "", "")}, Because(("why_now", "motion"), 0, 80)),
        (Check.FUNCTIONS, {}, Because(("sales", "marketing", "customer_success", "product"))),
        (Check.NARRATIVES, {}, Because()),
        (Check.NARRATIVES, {"narrative": narrative(120)}, Because(number=120, limit=100)),
        (Check.NEXT_ACTIONS, {}, Because()),
        (Check.NEXT_ACTIONS, {"actions": (due(-4), due(-2))}, Because(("Call",), 2, on=TODAY - timedelta(days=2))),
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
    assert failure_of(check, given.accounts[0], given) == expected


def test_plays_of_another_tier_and_the_day_it_became_mqa_are_named() -> None:
    foreign = of(numbered(1, tier=3, plays=(run(3),), stage=Stage.MQA), tiers_of_plays={"reference_call": (1,)})
    given = program(foreign, stays=(stay(tier=1),))
    assert failure_of(Check.PLAYS_IN_TIER, foreign, given) == Because(("Reference call",))
    assert failure_of(Check.FIRST_TOUCH, foreign, given) == Because(on=MONDAY.date())
    assert failure_of(Check.ALL_TIERED, foreign, given) is None


# Hand-worked cases of the practical test's six lines. Today is Tuesday 24 November 2026 in New York.
def line(which: PracticeLine, given: measures.Program) -> measures.PracticeResult:
    return next(each for each in practical_test(given) if each.line is which)


def habits(**values: Any) -> measures.Program:
    return program(numbered(1), practice=Practice(**values))


@cases(("days", "holds"), [([100], True), ([101], False), ([3, 101], True), ([], False)])
def test_priorities_change_where_a_review_changed_a_tier(days: list[float], holds: bool) -> None:
    found = line(PracticeLine.PRIORITIES, habits(tiers_decided=tuple((1, ago(each)) for each in days)))
    assert found.holds is holds
    assert found.account_ids == ((1,) if holds else ())


def test_a_young_program_is_not_judged_by_what_it_had_no_time_for_and_an_empty_one_by_nothing() -> None:
    young = replace(habits(), history_since=TODAY - timedelta(days=99))
    of_its_age = replace(habits(), history_since=TODAY - timedelta(days=100))
    for which in (PracticeLine.PRIORITIES, PracticeLine.CONTENT, PracticeLine.MEASUREMENT):
        assert line(which, young).unjudged is Unjudged.TOO_YOUNG
        assert line(which, of_its_age).holds is False
        assert line(which, program()).unjudged is Unjudged.NO_ACCOUNTS


ONE = frozenset({Function.SALES})


@cases(
    ("reviews", "expected"),
    [
        # four of five with both there is 80 percent, the limit
        ([review(number) for number in range(4)] + [review(9, was_held=False)], (True, 4, 5)),
        ([review(number) for number in range(3)] + [review(8, functions=ONE), review(9)], (True, 4, 5)),
        (
            [review(number) for number in range(3)] + [review(8, functions=ONE), review(9, was_held=False)],
            (False, 3, 5),
        ),
        # a missed one was planned; a skipped one was decided, an open one is not over
        ([review(1), review(2, was_held=None, was_missed=True)], (False, 1, 2)),
        ([review(1), review(2, was_held=None, was_skipped=True), review(3, 0, was_held=None)], (True, 1, 1)),
        # the window, and reviews of executives
        ([review(1, 100), review(2, 101, was_held=False), review(3, was_held=False, is_executive=True)], (True, 1, 1)),
        ([], (None, None, None)),
    ],
)
def test_meetings_are_held_with_sales_and_marketing(reviews, expected):
    found = line(PracticeLine.MEETINGS, program(numbered(1), reviews=tuple(reviews)))
    figure = found.figure
    assert (found.holds, figure and figure.number, figure and figure.of) == expected


def actions(*days: float) -> tuple[NextAction, ...]:
    return tuple(NextAction(number, "Call", ANN, date(2026, 12, 1), ago(each)) for number, each in enumerate(days))


@cases(
    ("by_tier", "expected"),
    [
        ({1: [2], 2: [1], 3: [0]}, True),  # two, one and none for each account
        ({1: [2], 2: [2], 3: [0]}, False),  # tier 2 gets as much as tier 1
        # in the mean: 1.5 against 1
        ({1: [2, 1], 2: [1]}, True),
        ({1: [0, 1], 2: [1]}, False),
        ({1: [3], 3: [1]}, True),
        ({1: [0], 2: [0]}, False),  # nothing is done anywhere: that is no difference
    ],
)
def test_sales_acts_more_where_the_tier_is_higher(by_tier: dict[int, list[int]], expected: bool) -> None:
    states = [
        numbered(10 * tier + place, tier=tier, actions=actions(*[5.0] * count))
        for tier, counts in by_tier.items()
        for place, count in enumerate(counts)
    ]
    assert line(PracticeLine.SALES_ACTIONS, program(*states)).holds is expected


def written(days: float) -> NarrativeVersion:
    return NarrativeVersion(Narrative("a", "b", "c", "d"), 1, ago(days), ANN)


def begun(days: float) -> PlayRun:
    return PlayRun(5, "pilot", "Pilot", "They signed", TODAY, ago(days), ANN)


@cases(
    ("values", "number"),
    [
        ({"narrative": written(100)}, 1),
        ({"narrative": written(101)}, 0),
        ({"plays": (begun(100), begun(3), begun(101))}, 2),
        ({"narrative": written(1), "plays": (begun(1),)}, 2),
        ({"tier": 3, "narrative": written(1)}, 0),
        ({}, 0),
    ],
)
def test_content_is_made_for_an_account(values: dict[str, Any], number: int) -> None:
    found = line(PracticeLine.CONTENT, program(numbered(1, **values)))
    assert found.figure is not None
    assert (found.holds, found.figure.number) == (number > 0, number)


@cases(
    ("days", "expected"),
    [
        # two of four is half, the limit
        ({1: 3, 2: 100}, (True, 2)),
        ({1: 3, 2: 101}, (False, 1)),
        ({1: 3}, (False, 1)),
        ({}, (False, 0)),
        ({5: 1, 1: 1}, (False, 1)),  # an account of tier 2 does not make up for it
    ],
)
def test_executives_are_involved_in_half_of_tier_1(days: dict[int, int], expected: tuple[object, ...]) -> None:
    touches = tuple(
        ExecutiveTouch(number, number, TODAY - timedelta(days=each), "U_EXEC", "Dana Weber")
        for number, each in days.items()
    )
    states = [*(numbered(number) for number in range(1, 5)), numbered(5, tier=2)]
    found = line(PracticeLine.EXECUTIVES, program(*states, practice=Practice(touches=touches)))
    assert found.figure is not None
    assert ((found.holds, found.figure.number), found.figure.of) == (expected, 4)


def test_without_tier_1_no_executive_is_missed() -> None:
    assert line(PracticeLine.EXECUTIVES, program(numbered(1, tier=2))).unjudged is Unjudged.NO_TIER_1


@cases(
    ("marks", "reviews", "number"),
    [
        ([(Mark.ASK_TAKEN, 100)], [], 1),
        ([(Mark.ASK_TAKEN, 101)], [], 0),
        # to open the page alone decides nothing
        ([(Mark.PAGE_OPENED, 1)], [], 0),
        ([], [review(1, is_executive=True)], 1),
        ([], [review(1, is_executive=True, was_held=False)], 0),
        ([(Mark.ASK_TAKEN, 1)], [review(1, is_executive=True), review(2)], 2),
    ],
)
def test_figures_are_used_to_decide(marks, reviews, number):
    given = tuple(ProgramMark(kind, DAN, date(2026, 11, 1), ago(days)) for kind, days in marks)
    program_of = program(numbered(1), practice=Practice(marks=given), reviews=tuple(reviews))
    found = line(PracticeLine.MEASUREMENT, program_of)
    assert found.figure is not None
    assert (found.holds, found.figure.number) == (number > 0, number)
