"""Hand-worked cases of the checks of the account list. Today is Tuesday 24 November 2026 in New York."""

from datetime import date
from typing import Any

import pytest

from agendas.facts.account import ListStatus
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.measures import Check, Mark, Practice, Program, ProgramMark, Step, Unjudged
from agendas.facts.narrative import ProductField, ProductInput
from agendas.facts.program import ProgramSettings
from tests.agendas.rules.audit.programs import numbered, program, result, told
from tests.builders import ANN, BOB, CLEO, ago, profile
from tests.cases import cases

ALL = {Criterion.ACV: "sales", Criterion.EXPANSION: "customer_success", Criterion.URGENCY: "marketing"}
MOST = ALL | {Criterion.SALES_MOTION: "sales", Criterion.IMPLEMENTATION_FIT: "product"}


def scores(by: dict[Criterion, str]) -> tuple[FitScore, ...]:
    """A score of 3 for each criterion by its function."""
    return tuple(FitScore(criterion, 3, "", function, ANN, ago(30)) for criterion, function in by.items())


def many(count: int, good: int, **values: Any) -> Program:
    """So many accounts of which the first `good` have what is given."""
    return program(*(numbered(number + 1, **(values if number < good else {})) for number in range(count)))


# three accounts of tier 1, all Ann's
THREE = [numbered(1), numbered(2), numbered(3)]


@cases(
    ("own", "expected"),
    [
        # 3 of a cap of 25, and of 10 of one owner
        ({}, (True, 0, None)),
        # exactly the cap
        ({"tier.1.cap": 3}, (True, 0, None)),
        # one above it
        ({"tier.1.cap": 2}, (False, 1, None)),
        # two above Ann's own cap, within the tier's
        ({"tier.1.owner_cap": 1}, (False, 2, None)),
        # both: one above the tier's and two above Ann's; the larger is told
        ({"tier.1.cap": 2, "tier.1.owner_cap": 1}, (False, 2, None)),
        # no limit for one owner
        ({"tier.1.owner_cap": 0}, (True, 0, None)),
    ],
)
def test_the_list_is_within_its_caps(own: dict[str, int], expected: tuple[object, ...]) -> None:
    given = program(*THREE, settings=ProgramSettings(tuple(own.items())))
    assert told(Check.WITHIN_CAPS, given) == expected


def test_whoever_has_too_many_is_shown_with_their_accounts_and_the_one_that_could_leave() -> None:
    # Bob owns one, Ann two of the one that she may; account 3 never moved and is of low fit
    others = [numbered(1, profile=profile("Bob's", owner=BOB)), numbered(2), numbered(3, fit=scores(dict(ALL)))]
    found = result(Check.WITHIN_CAPS, program(*others, settings=ProgramSettings((("tier.1.owner_cap", 1),))))
    assert found.failing == (2, 3)
    assert found.next_thing is not None
    assert (found.next_thing.step, found.next_thing.person) == (Step.MAKE_ROOM, ANN)


@cases(
    ("tiers", "expected"),
    [
        ([1, 2, 3], (True, 3, 3)),
        # all of them is the limit
        ([1, 2, None], (False, 2, 3)),
        ([None], (False, 0, 1)),
        ([], (None, None, None)),
    ],
)
def test_every_named_account_has_a_tier(tiers: list[int | None], expected: tuple[object, ...]) -> None:
    given = program(*(numbered(number, tier=tier) for number, tier in enumerate(tiers, 1)))
    assert told(Check.ALL_TIERED, given) == expected


def test_paused_accounts_are_left_out() -> None:
    paused = numbered(1, tier=None, list_status=ListStatus.PAUSED)
    assert told(Check.ALL_TIERED, program(paused, numbered(2))) == (True, 1, 1)
    assert result(Check.ALL_TIERED, program(paused)).unjudged is Unjudged.NO_ACCOUNTS


@cases(
    ("good", "expected"),
    [
        # known weights: ACV 25 + expansion 15 + urgency 15 + motion 15 + implementation 20 = 90 of 100
        (10, (True, 10, 10)),
        # 9 of 10 is 90 percent, the limit
        (9, (True, 9, 10)),
        (8, (False, 8, 10)),
    ],
)
def test_nine_in_ten_accounts_are_justified_with_a_known_fit(good: int, expected: tuple[object, ...]) -> None:
    assert told(Check.JUSTIFIED, many(10, good, fit=scores(MOST))) == expected


@cases(
    ("functions", "given", "passes"),
    [
        # sales, customer success and marketing scored
        (ALL, None, True),
        # two of four
        ({Criterion.ACV: "sales", Criterion.URGENCY: "marketing"}, None, False),
        # the third is product's use case
        ({Criterion.ACV: "sales", Criterion.URGENCY: "marketing"}, CLEO, True),
        # a use case that Ann of sales wrote is no voice of product's
        ({Criterion.ACV: "sales", Criterion.URGENCY: "marketing"}, ANN, False),
        # finance and an executive do not make up for marketing and product
        (
            {Criterion.ACV: "finance", Criterion.STRATEGIC_VALUE: "executive", Criterion.SALES_MOTION: "sales"},
            None,
            False,
        ),
        ({}, None, False),
    ],
)
def test_three_of_four_functions_are_heard(functions: dict[Criterion, str], given: str | None, passes: bool) -> None:
    entries = (ProductInput(7, ProductField.USE_CASE, "Returns", given, ago(400)),) if given else ()
    assert result(Check.FUNCTIONS, program(numbered(1, fit=scores(functions), product=entries))).passed is passes


@cases(("good", "passes"), [(5, True), (4, True), (3, False)])
def test_they_are_heard_on_four_accounts_in_five(good: int, passes: bool) -> None:
    found = result(Check.FUNCTIONS, many(5, good, fit=scores(ALL)))
    assert found.passed is passes
    assert found.failing == tuple(range(good + 1, 6))


@pytest.mark.parametrize(
    ("practice", "since", "expected"),
    [
        # somebody said so today, 100 days ago, and a day too long ago
        (Practice(marks=(ProgramMark(Mark.LIST_REVIEWED, ANN, date(2026, 11, 1), ago(0)),)), None, (True, 0)),
        (Practice(marks=(ProgramMark(Mark.LIST_REVIEWED, ANN, date(2026, 8, 1), ago(100)),)), None, (True, 100)),
        (Practice(marks=(ProgramMark(Mark.LIST_REVIEWED, ANN, date(2026, 8, 1), ago(101)),)), None, (False, 101)),
        # the latest counts
        (Practice(tiers_decided=((1, ago(120)), (2, ago(20)))), None, (True, 20)),
        # an opened page is no review of the list
        (Practice(marks=(ProgramMark(Mark.PAGE_OPENED, ANN, date(2026, 11, 1), ago(1)),)), None, (False, None)),
        # never, in a program of 100 days and of 99
        (Practice(), date(2026, 8, 16), (False, None)),
        (Practice(), date(2026, 8, 17), (None, None)),
    ],
)
def test_the_list_is_gone_through_every_hundred_days(
    practice: Practice, since: date | None, expected: tuple[object, ...]
) -> None:
    values = {"history_since": since} if since else {}
    assert told(Check.LIST_REVIEWED, program(numbered(1), practice=practice, **values))[:2] == expected


@cases(
    ("days", "since", "expected"),
    [
        ([100], None, (True, 1)),
        ([101], None, (False, 0)),
        ([3, 50, 200], None, (True, 2)),
        ([], None, (False, 0)),
        # too young to miss it, but one that is there counts
        ([], date(2026, 9, 1), (None, None)),
        ([2], date(2026, 9, 1), (True, 1)),
    ],
)
def test_one_account_at_least_was_removed_or_rejected(
    days: list[int], since: date | None, expected: tuple[object, ...]
) -> None:
    practice = Practice(said_no=tuple((9, ago(each)) for each in days))
    values = {"history_since": since} if since else {}
    assert told(Check.SAYS_NO, program(numbered(1), practice=practice, **values))[:2] == expected
