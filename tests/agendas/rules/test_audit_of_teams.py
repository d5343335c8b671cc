"""The audit's checks of the account list, of marketing, of sales and of product."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agendas.facts.account import ActionStatus, ListStatus, NextAction, Stage
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.measures import Check, Mark, Practice, Program, ProgramMark, Stay, Step, Unjudged
from agendas.facts.narrative import Narrative, NarrativeVersion, ProductField, ProductInput
from agendas.facts.people import Function
from agendas.facts.plays import PlayEnd, PlayRun
from agendas.facts.program import ProgramSettings
from tests.agendas.rules.audit_programs import numbered, of, program, result, review, told
from tests.builders import ANN, BOB, CLEO, ago, profile
from tests.cases import cases

# Hand-worked cases of the checks of the account list. Today is Tuesday 24 November 2026 in New York.

ALL = {Criterion.ACV: "sales", Criterion.EXPANSION: "customer_success", Criterion.URGENCY: "marketing"}
MOST = ALL | {Criterion.SALES_MOTION: "sales", Criterion.IMPLEMENTATION_FIT: "product"}


def scores(by: dict[Criterion, str]) -> tuple[FitScore, ...]:
    return tuple(FitScore(criterion, 3, "", function, ANN, ago(30)) for criterion, function in by.items())


def many(count: int, good: int, **values: Any) -> Program:
    """So many accounts of which the first `good` have what is given."""
    return program(*(numbered(number + 1, **(values if number < good else {})) for number in range(count)))


# three accounts of tier 1, all Ann's
THREE = [numbered(1), numbered(2), numbered(3)]


@cases(
    ("own", "expected"),
    [
        ({}, (True, 0, None)),  # 3 of a cap of 25, and of 10 of one owner
        ({"tier.1.cap": 3}, (True, 0, None)),  # exactly the cap
        ({"tier.1.cap": 2}, (False, 1, None)),  # one above it
        ({"tier.1.owner_cap": 1}, (False, 2, None)),  # two above Ann's own cap, within the tier's
        # both: one above the tier's and two above Ann's; the larger is told
        ({"tier.1.cap": 2, "tier.1.owner_cap": 1}, (False, 2, None)),
        ({"tier.1.owner_cap": 0}, (True, 0, None)),  # no limit for one owner
    ],
)
def test_the_list_is_within_its_caps(own: dict[str, int], expected: tuple[object, ...]) -> None:
    assert told(Check.WITHIN_CAPS, program(*THREE, settings=ProgramSettings(tuple(own.items())))) == expected


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
        (ALL, None, True),  # sales, customer success and marketing scored
        ({Criterion.ACV: "sales", Criterion.URGENCY: "marketing"}, None, False),  # two of four
        ({Criterion.ACV: "sales", Criterion.URGENCY: "marketing"}, CLEO, True),  # the third is product's use case
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
        (Practice(tiers_decided=((1, ago(120)), (2, ago(20)))), None, (True, 20)),  # the latest counts
        # an opened page is no review of the list
        (Practice(marks=(ProgramMark(Mark.PAGE_OPENED, ANN, date(2026, 11, 1), ago(1)),)), None, (False, None)),
        # never, in a program of 100 days and of 99
        (Practice(), date(2026, 8, 16), (False, None)),
        (Practice(), date(2026, 8, 17), (None, None)),
    ],
)
def test_the_list_is_gone_through_every_hundred_days(practice, since, expected):
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
def test_one_account_at_least_was_removed_or_rejected(days, since, expected):
    practice = Practice(refusals=tuple((9, ago(each)) for each in days))
    values = {"history_since": since} if since else {}
    assert told(Check.SAYS_NO, program(numbered(1), practice=practice, **values))[:2] == expected


# Hand-worked cases of the checks of marketing's role. Today is Tuesday 24 November 2026 in New York.

MARKETING, SALES = frozenset({Function.MARKETING}), frozenset({Function.SALES})


def narrative(days: float) -> NarrativeVersion:
    return NarrativeVersion(Narrative("Returns cost them", "Fewer returns", "Halved", "A pilot"), 1, ago(days), BOB)


def run(days: float, play: str = "reference_call", ended: float | None = None) -> PlayRun:
    values: dict[str, Any] = {} if ended is None else {"end": PlayEnd.OUTCOME, "ended_at": ago(ended)}
    return PlayRun(int(days) + 100, play, "Reference call", "They talked", date(2026, 12, 1), ago(days), BOB, **values)


def tier_1(good: int, count: int = 5, **values: Any) -> Program:
    """So many accounts of tier 1, of which the first `good` have what is given."""
    return program(*(numbered(number + 1, **(values if number < good else {})) for number in range(count)))


@cases(("good", "passes"), [(5, True), (4, True), (3, False), (0, False)])
def test_four_in_five_accounts_of_tier_1_have_a_narrative(good: int, passes: bool) -> None:
    assert told(Check.NARRATIVES, tier_1(good, narrative=narrative(10))) == (passes, good, 5)


@cases(
    ("days", "limit", "passes"),
    [
        # the hundredth day is its last
        (100, 100, True),
        (101, 100, False),
        # a team that wants it younger
        (30, 30, True),
        (31, 30, False),
    ],
)
def test_a_narrative_counts_until_it_is_too_old(days: float, limit: int, passes: bool) -> None:
    given = program(numbered(1, narrative=narrative(days)), settings=ProgramSettings((("list.narrative", limit),)))
    assert result(Check.NARRATIVES, given).passed is passes


def test_tier_2_needs_none_and_next_is_the_marketing_partner_of_the_first_without() -> None:
    given = program(numbered(1, narrative=narrative(1)), numbered(2), numbered(3, tier=2))
    found = result(Check.NARRATIVES, given)
    assert (found.failing, found.passed) == ((2,), False)
    assert found.next_thing is not None
    assert (found.next_thing.step, found.next_thing.account_id, found.next_thing.person) == (
        Step.WRITE_NARRATIVE,
        2,
        BOB,
    )
    assert result(Check.NARRATIVES, program(numbered(3, tier=2))).unjudged is Unjudged.NO_TIER_1


@cases(
    ("runs", "passes"),
    [
        ([run(300)], True),  # one that runs, however long
        # one that ended on the first day of the window, and the day before
        ([run(150, ended=100)], True),
        ([run(150, ended=101)], False),
        # a program for many is no play of its own
        ([run(10, "watch")], False),
        ([run(10, "watch"), run(5)], True),
        # one that is no more in the library was allowed when it began
        ([run(10, "gone")], True),
        ([], False),
    ],
)
def test_an_account_of_tier_1_has_a_play_of_its_own(runs: list[PlayRun], passes: bool) -> None:
    tiers = {"reference_call": (1, 2), "watch": (3,)}
    given = program(of(numbered(1, plays=tuple(runs)), tiers_of_plays=tiers))
    assert result(Check.OWN_PLAYS, given).passed is passes


@cases(("good", "passes"), [(4, True), (3, False)])
def test_four_in_five_accounts_of_tier_1_have_a_play(good: int, passes: bool) -> None:
    assert told(Check.OWN_PLAYS, tier_1(good, plays=(run(10),))) == (passes, good, 5)


@cases(
    ("began", "acts", "expected"),
    [
        # on the day it began, on the fourteenth day after, a day later, and before it began
        (30, [30], (True, 1, 1)),
        (30, [16], (True, 1, 1)),
        (30, [15], (False, 0, 1)),
        (30, [31], (False, 0, 1)),
        (30, [40, 20, 2], (True, 1, 1)),  # of several one in time is enough
        # begun at the edge of the window, and before it
        (100, [90], (True, 1, 1)),
        (101, [90], (None, None, None)),
        # fourteen days are not over: nothing can be missing yet, but an answer counts
        (14, [], (None, None, None)),
        (15, [], (False, 0, 1)),
        (3, [1], (True, 1, 1)),
    ],
)
def test_the_buyer_follows_a_play_within_fourteen_days(began: float, acts: list[float], expected: tuple[object, ...]):
    state = numbered(1, plays=(run(began),), last_buyer_touch_at=None)
    practice = Practice(buyer_acts={1: tuple(sorted(map(ago, acts)))})
    assert told(Check.BUYER_FOLLOWED, program(state, practice=practice)) == expected


@cases(("good", "passes"), [(3, True), (2, False)])
def test_three_plays_in_five_are_followed(good: int, passes: bool) -> None:
    states = [numbered(n, plays=(run(40),), last_buyer_touch_at=ago(35) if n <= good else None) for n in range(1, 6)]
    assert told(Check.BUYER_FOLLOWED, program(*states)) == (passes, good, 5)


def test_why_plays_cannot_be_judged_is_said() -> None:
    assert result(Check.BUYER_FOLLOWED, program(numbered(1))).unjudged is Unjudged.NO_PLAYS
    early = numbered(1, plays=(run(2),), last_buyer_touch_at=None)
    assert result(Check.BUYER_FOLLOWED, program(early)).unjudged is Unjudged.NO_PLAYS_LONG_ENOUGH


@cases(
    ("wrote", "expected"),
    [
        # three of four is 75 percent, the limit
        ([MARKETING, MARKETING, MARKETING, SALES], (True, 3, 4)),
        ([MARKETING, MARKETING, SALES, SALES], (False, 2, 4)),
        ([MARKETING | SALES], (True, 1, 1)),
        # to be there alone is not to write
        ([frozenset()], (False, 0, 1)),
        ([], (None, None, None)),
    ],
)
def test_marketing_wrote_in_three_of_four_held_reviews(wrote: list[frozenset[Function]], expected: tuple[object, ...]):
    reviews = tuple(review(number, 7 * number) for number in range(1, len(wrote) + 1))
    practice = Practice(writers=dict(enumerate(wrote, 1)))
    assert told(Check.MARKETING_WROTE, program(numbered(1), reviews=reviews, practice=practice)) == expected


# Hand-worked cases of the checks of sales' role. Today is Tuesday 24 November 2026 in New York.

TODAY = date(2026, 11, 24)


def due(days: int, **values: Any) -> NextAction:
    return NextAction(
        **(
            {"id": 1, "text": "Call", "owner": ANN, "due_on": TODAY + timedelta(days=days), "added_at": ago(30)}
            | values
        )
    )


def done(days_ago: float, due_days_ago: int, **values: Any) -> NextAction:
    return due(-due_days_ago, status=ActionStatus.DONE, closed_at=ago(days_ago), **values)


@cases(
    ("actions", "passes"),
    [
        ([due(1)], True),
        # due today is still to come
        ([due(0)], True),
        ([due(-1)], False),
        ([due(-1), due(9)], True),
        # what is done or dropped is no next action
        ([done(1, -3)], False),
        ([due(5, status=ActionStatus.DROPPED)], False),
        ([], False),
    ],
)
def test_an_account_has_an_open_action_to_come(actions: list[NextAction], passes: bool) -> None:
    assert result(Check.NEXT_ACTIONS, program(numbered(1, actions=tuple(actions)))).passed is passes


@cases(("good", "passes"), [(10, True), (9, True), (8, False)])
def test_nine_in_ten_accounts_of_tiers_1_and_2_have_one(good: int, passes: bool) -> None:
    states = [numbered(n, tier=1 + n % 2, actions=(due(1),) if n <= good else ()) for n in range(1, 11)]
    found = result(Check.NEXT_ACTIONS, program(*states, numbered(11, tier=3)))
    assert found.passed is passes
    assert found.failing == tuple(range(good + 1, 11))
    if not passes:
        assert found.next_thing is not None
        assert (found.next_thing.step, found.next_thing.account_id) == (Step.ADD_ACTION, good + 1)


def test_tier_3_needs_none() -> None:
    assert result(Check.NEXT_ACTIONS, program(numbered(1, tier=3))).unjudged is Unjudged.NO_TIER_1_OR_2


@cases(
    ("action", "expected"),
    [
        # done on its day, the day before, the day after
        (done(3, 3), (True, 1, 1)),
        (done(4, 3), (True, 1, 1)),
        (done(2, 3), (False, 0, 1)),
        # open: a day late, due today, due tomorrow
        (due(-1), (False, 0, 1)),
        (due(0), (None, None, None)),
        (due(1), (None, None, None)),
        # done on the first day of the window, and before it
        (done(100, 100), (True, 1, 1)),
        (done(101, 100), (None, None, None)),
        # open and overdue since the first day of the window, and since before it
        (due(-100), (False, 0, 1)),
        (due(-101), (None, None, None)),
        # put off once: not kept, though it was done by the later day, and while it is open
        (done(3, 3, slips=1, slipped_at=ago(20)), (False, 0, 1)),
        (due(5, slips=1, slipped_at=ago(20)), (False, 0, 1)),
        (due(5, slips=1, slipped_at=ago(101)), (None, None, None)),  # put off before the window, and open
        (due(-20, status=ActionStatus.DROPPED, closed_at=ago(1)), (None, None, None)),  # dropped is no promise any more
    ],
)
def test_an_action_is_kept_when_it_is_done_by_its_first_day(action: NextAction, expected: tuple[object, ...]) -> None:
    assert told(Check.ON_TIME, program(numbered(1, actions=(action,)))) == expected


@cases(("good", "passes"), [(3, True), (2, False)])
def test_three_of_four_actions_are_kept(good: int, passes: bool) -> None:
    actions = tuple(done(9, 9) if number < good else due(-9) for number in range(4))
    found = result(Check.ON_TIME, program(numbered(1), numbered(2, actions=actions)))
    assert found.passed is passes
    # two late ones are one account
    assert found.failing == (2,)


def test_done_late_in_the_evening_is_done_on_that_day_in_the_programs_zone() -> None:
    # 02:00 UTC on 21 November is 21:00 on the 20th in New York
    evening = datetime(2026, 11, 21, 2, tzinfo=UTC)
    kept = due(0, due_on=date(2026, 11, 20), status=ActionStatus.DONE, closed_at=evening)
    assert told(Check.ON_TIME, program(numbered(1, actions=(kept,))))[0]


@cases(
    ("tier", "play", "end", "expected"),
    [
        (1, "reference_call", None, (True, 1, 1)),
        (3, "reference_call", None, (False, 0, 1)),
        (2, "watch", None, (False, 0, 1)),
        (3, "watch", None, (True, 1, 1)),
        # one that ended runs no more, one that is not in the library breaks no rule of it
        (3, "reference_call", PlayEnd.STOPPED, (None, None, None)),
        (3, "gone", None, (True, 1, 1)),
    ],
)
def test_every_play_that_runs_is_allowed_in_its_tier(tier, play, end, expected):
    run = PlayRun(5, play, "A play", "They talked", TODAY, ago(9), BOB, end=end, ended_at=ago(1) if end else None)
    tiers = {"reference_call": (1, 2), "watch": (3,)}
    assert (
        told(Check.PLAYS_IN_TIER, program(of(numbered(1, tier=tier, plays=(run,)), tiers_of_plays=tiers))) == expected
    )


MONDAY = datetime(2026, 11, 16, 14, tzinfo=UTC)
"""09:00 in New York, when business begins."""


def stay(began_at: datetime = MONDAY, **values: Any) -> Stay:
    return Stay(**({"account_id": 1, "stage": Stage.MQA, "tier": 1, "began_at": began_at} | values))


@cases(
    ("touched_after", "tier", "expected"),
    [
        # four business hours for tier 1: whole hours count, so 4:59 is four
        (timedelta(hours=4), 1, (True, 1, 1)),
        (timedelta(hours=4, minutes=59), 1, (True, 1, 1)),
        (timedelta(hours=5), 1, (False, 0, 1)),
        # a business day for tier 2: the same time on Tuesday is eight, an hour later nine
        (timedelta(days=1), 2, (True, 1, 1)),
        (timedelta(days=1, hours=1), 2, (False, 0, 1)),
        # three for tier 3: Thursday at 09:00 is 24
        (timedelta(days=3), 3, (True, 1, 1)),
        (timedelta(days=3, hours=1), 3, (False, 0, 1)),
        (None, 1, (False, 0, 1)),  # nobody did anything since
    ],
)
def test_the_first_touch_of_an_mqa_comes_in_business_hours(touched_after, tier, expected):
    practice = Practice(updates={1: (MONDAY - timedelta(days=9), MONDAY + touched_after)} if touched_after else {})
    given = program(numbered(1, tier=tier), stays=(stay(tier=tier),), practice=practice)
    assert told(Check.FIRST_TOUCH, given) == expected


# Hand-worked cases of the checks of product's input. Today is Tuesday 24 November 2026 in New York.
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
def test_product_tells_something_every_month(days: list[float], values: dict[str, Any], expected: tuple[object, ...]):
    entries = tuple(entry(ProductField.FEEDBACK, each) for each in days)
    assert told(Check.PRODUCT_INPUT, program(numbered(1, tier=3, product=entries), **values))[:2] == expected


def test_without_accounts_there_is_nothing_to_tell_of() -> None:
    assert {result(check, program()).unjudged for check in (Check.IMPLEMENTATION_FIT, Check.USE_CASE_AND_PROOF)} == {
        Unjudged.NO_TIER_1
    }
    assert result(Check.PRODUCT_INPUT, program()).unjudged is Unjudged.NO_ACCOUNTS
