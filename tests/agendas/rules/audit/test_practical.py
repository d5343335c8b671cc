"""Hand-worked cases of the practical test's six lines. Today is Tuesday 24 November 2026 in New York."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from agendas.facts.account import NextAction
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.measures import (
    Mark,
    PlannedReview,
    Practice,
    PracticeLine,
    PracticeResult,
    Program,
    ProgramMark,
    Unjudged,
)
from agendas.facts.narrative import Narrative, NarrativeVersion
from agendas.facts.people import Function
from agendas.facts.plays import PlayRun
from agendas.rules.audit import practical_test
from tests.agendas.rules.audit.programs import numbered, program, review
from tests.builders import ANN, DAN, NOW, ago
from tests.cases import cases

TODAY = NOW.date()


def line(which: PracticeLine, given: Program) -> PracticeResult:
    return next(each for each in practical_test(given) if each.line is which)


def habits(**values: Any) -> Program:
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
def test_meetings_are_held_with_sales_and_marketing(reviews: list[PlannedReview], expected: tuple[object, ...]) -> None:
    found = line(PracticeLine.MEETINGS, program(numbered(1), reviews=tuple(reviews)))
    figure = found.figure
    assert (found.holds, figure and figure.number, figure and figure.of) == expected


def actions(*days: float) -> tuple[NextAction, ...]:
    return tuple(NextAction(number, "Call", ANN, date(2026, 12, 1), ago(each)) for number, each in enumerate(days))


@cases(
    ("by_tier", "expected"),
    [
        # two, one and none for each account
        ({1: [2], 2: [1], 3: [0]}, True),
        # tier 2 gets as much as tier 1
        ({1: [2], 2: [2], 3: [0]}, False),
        # in the mean: 1.5 against 1
        ({1: [2, 1], 2: [1]}, True),
        ({1: [0, 1], 2: [1]}, False),
        ({1: [3], 3: [1]}, True),
        # nothing is done anywhere: that is no difference
        ({1: [0], 2: [0]}, False),
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
        # an account of tier 2 does not make up for it
        ({5: 1, 1: 1}, (False, 1)),
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
def test_figures_are_used_to_decide(marks: list[tuple[Mark, float]], reviews: list[PlannedReview], number: int) -> None:
    given = tuple(ProgramMark(kind, DAN, date(2026, 11, 1), ago(days)) for kind, days in marks)
    program_of = program(numbered(1), practice=Practice(marks=given), reviews=tuple(reviews))
    found = line(PracticeLine.MEASUREMENT, program_of)
    assert found.figure is not None
    assert (found.holds, found.figure.number) == (number > 0, number)
