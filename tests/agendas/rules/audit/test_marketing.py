"""Hand-worked cases of the checks of marketing's role. Today is Tuesday 24 November 2026 in New York."""

from datetime import date
from typing import Any

from agendas.facts.measures import Check, Practice, Program, Step, Unjudged
from agendas.facts.narrative import Narrative, NarrativeVersion
from agendas.facts.people import Function
from agendas.facts.plays import PlayEnd, PlayRun
from agendas.facts.program import ProgramSettings
from tests.agendas.rules.audit.programs import numbered, of, program, result, review, told
from tests.builders import BOB, ago
from tests.cases import cases

MARKETING, SALES = frozenset({Function.MARKETING}), frozenset({Function.SALES})


def narrative(days: float) -> NarrativeVersion:
    return NarrativeVersion(Narrative("Returns cost them", "Fewer returns", "Halved", "A pilot"), 1, ago(days), BOB)


def run(days: float, play: str = "reference_call", ended: float | None = None) -> PlayRun:
    """A play that began so many days ago, and ended so many days ago or runs."""
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
        # one that runs, however long
        ([run(300)], True),
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
        # of several one in time is enough
        (30, [40, 20, 2], (True, 1, 1)),
        # begun at the edge of the window, and before it
        (100, [90], (True, 1, 1)),
        (101, [90], (None, None, None)),
        # fourteen days are not over: nothing can be missing yet, but an answer counts
        (14, [], (None, None, None)),
        (15, [], (False, 0, 1)),
        (3, [1], (True, 1, 1)),
    ],
)
def test_the_buyer_follows_a_play_within_fourteen_days(
    began: float, acts: list[float], expected: tuple[object, ...]
) -> None:
    state = numbered(1, plays=(run(began),), last_buyer_touch_at=None)
    practice = Practice(buyer_acts={1: tuple(sorted(map(ago, acts)))})
    assert told(Check.BUYER_FOLLOWED, program(state, practice=practice)) == expected


@cases(("good", "passes"), [(3, True), (2, False)])
def test_three_plays_in_five_are_followed(good: int, passes: bool) -> None:
    states = [
        numbered(number, plays=(run(40),), last_buyer_touch_at=ago(35) if number <= good else None)
        for number in range(1, 6)
    ]
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
def test_marketing_wrote_in_three_of_four_held_reviews(
    wrote: list[frozenset[Function]], expected: tuple[object, ...]
) -> None:
    reviews = tuple(review(number, 7 * number) for number in range(1, len(wrote) + 1))
    practice = Practice(writers=dict(enumerate(wrote, 1)))
    assert told(Check.MARKETING_WROTE, program(numbered(1), reviews=reviews, practice=practice)) == expected
