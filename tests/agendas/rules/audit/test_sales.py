"""Hand-worked cases of the checks of sales' role. Today is Tuesday 24 November 2026 in New York."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from agendas.facts.account import ActionStatus, NextAction, Stage
from agendas.facts.measures import Check, Practice, Stay, Step, Unjudged
from agendas.facts.plays import PlayEnd, PlayRun
from tests.agendas.rules.audit.programs import numbered, of, program, result, told
from tests.builders import ANN, BOB, ago
from tests.cases import cases

TODAY = date(2026, 11, 24)


def due(days: int, **values: Any) -> NextAction:
    """An open action that is due in so many days."""
    return NextAction(
        **(
            {"id": 1, "text": "Call", "owner": ANN, "due_on": TODAY + timedelta(days=days), "added_at": ago(30)}
            | values
        )
    )


def done(days_ago: float, due_days_ago: int, **values: Any) -> NextAction:
    """An action that was done so many days ago."""
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
    states = [
        numbered(number, tier=1 + number % 2, actions=(due(1),) if number <= good else ()) for number in range(1, 11)
    ]
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
        # put off before the window, and open
        (due(5, slips=1, slipped_at=ago(101)), (None, None, None)),
        # dropped is no promise any more
        (due(-20, status=ActionStatus.DROPPED, closed_at=ago(1)), (None, None, None)),
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
def test_every_play_that_runs_is_allowed_in_its_tier(
    tier: int, play: str, end: PlayEnd | None, expected: tuple[object, ...]
) -> None:
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
        # nobody did anything since
        (None, 1, (False, 0, 1)),
    ],
)
def test_the_first_touch_of_an_mqa_comes_in_business_hours(
    touched_after: timedelta | None, tier: int, expected: tuple[object, ...]
) -> None:
    practice = Practice(updates={1: (MONDAY - timedelta(days=9), MONDAY + touched_after)} if touched_after else {})
    given = program(numbered(1, tier=tier), stays=(stay(tier=tier),), practice=practice)
    assert told(Check.FIRST_TOUCH, given) == expected
