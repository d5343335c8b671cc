"""Hand-worked cases of conversion and velocity. Days are counted back from now, 23 March 2026, 09:00 UTC."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import Stage
from agendas.facts.measures import Program, Stay
from agendas.rules.pipeline import Share, StayDays, conversion, velocity
from tests.agendas.rules.history.histories import named
from tests.agendas.rules.measures.programs import NOW, of
from tests.cases import cases

STAGES = list(Stage)


def stay(
    stage: str, began: float, ended: float | None = None, *, id_: int = 1, tier: int | None = 1, known: bool = True
) -> Stay:
    """A stay that began and ended so many days ago; what ended went to the next stage."""
    to_stage = None if ended is None else STAGES[Stage(stage).rank + 1]
    ended_at = None if ended is None else NOW - timedelta(days=ended)
    return Stay(id_, Stage(stage), tier, NOW - timedelta(days=began), ended_at, to_stage, known)


def program(*stays: Stay) -> Program:
    return of(stays=stays)


def several(count: int, *reached: int) -> list[Stay]:
    """So many accounts that entered engaged 200 days ago, and these of them MQA 150 days ago."""
    return [
        part
        for id_ in range(1, count + 1)
        for part in (
            [stay("engaged", 200, 150, id_=id_), stay("mqa", 150, id_=id_)]
            if id_ in reached
            else [stay("engaged", 200, id_=id_)]
        )
    ]


# (stays, entered engaged long enough ago, of these reached MQA within 90 days)
CONVERSIONS: list[tuple[str, list[Stay], tuple[int, int]]] = [
    # nobody was anywhere
    ("nobody", [], (0, 0)),
    # entered 100 days ago and there still: entered, not reached
    ("still there", [stay("engaged", 100)], (1, 0)),
    # 100 days ago, and on to MQA 20 days later
    ("reached", [stay("engaged", 100, 80), stay("mqa", 80)], (1, 1)),
    # 90 days ago is long enough
    ("entered on the first day that is old enough", [stay("engaged", 90, 50), stay("mqa", 50)], (1, 1)),
    # 89 days ago is still within the horizon, whatever it reached
    ("entered a day too late", [stay("engaged", 89, 50), stay("mqa", 50)], (0, 0)),
    # reached on the horizon's last day, 90 days after
    ("reached on the last day", [stay("engaged", 200, 110), stay("mqa", 110)], (1, 1)),
    ("reached a day after it", [stay("engaged", 200, 109), stay("mqa", 109)], (1, 0)),
    # entered 365 days ago is within the year looked at, 366 is not
    ("entered a year ago", [stay("engaged", 365, 300), stay("mqa", 300)], (1, 1)),
    ("entered a day before that", [stay("engaged", 366, 300), stay("mqa", 300)], (0, 0)),
    # a stage beyond counts as reached
    ("left out a stage", [stay("engaged", 200, 150), stay("opportunity", 150)], (1, 1)),
    # it fell back afterwards: reached all the same
    ("fell back", [stay("engaged", 200, 150), stay("mqa", 150, 140), stay("engaged", 140)], (1, 1)),
    # entered twice: the first entry counts, and it did not reach MQA in time
    (
        "entered twice",
        [stay("engaged", 300, 180), stay("aware", 180, 170), stay("engaged", 170, 150), stay("mqa", 150)],
        (1, 0),
    ),
    # it was MQA before it was engaged: that is no conversion
    ("came down", [stay("mqa", 250, 200), stay("engaged", 200)], (1, 0)),
    # an import found it there: nobody knows when it entered
    ("found", [stay("engaged", 200, 150, known=False), stay("mqa", 150)], (0, 0)),
    # removed from the list while it was engaged: it entered, and went nowhere
    ("left the list", [replace(stay("engaged", 200, 150), to_stage=None)], (1, 0)),
    # two accounts, one on its way
    ("two", several(2, 1), (2, 1)),
    # a tenth of ten: a percentage
    ("ten", several(10, 4), (10, 1)),
]


@cases(("stays", "counts"), [case[1:] for case in CONVERSIONS], ids=[case[0] for case in CONVERSIONS])
def test_conversion_is_as_worked_out_by_hand(stays: list[Stay], counts: tuple[int, int]) -> None:
    found = conversion(program(*stays), (Stage.ENGAGED, Stage.MQA))
    assert (len(found.entered), len(found.reached)) == counts
    assert found.share == Share(counts[1], counts[0])
    assert found.share.percent == (10 if counts[0] == 10 else None)


def test_paused_accounts_leave_the_rates_and_those_that_left_the_list_stay() -> None:
    paused = named(1, "engaged")
    paused.put("paused", 72)
    stays = (stay("engaged", 100, 80, id_=1), stay("mqa", 80, id_=1), stay("engaged", 100, 80, id_=9))
    found = of(paused, stays=stays)
    assert conversion(found, (Stage.ENGAGED, Stage.MQA)).entered == (9,)
    assert velocity(found, Stage.ENGAGED).completed == (StayDays(9, 20),)
    assert velocity(found, Stage.MQA).open == ()


def test_conversion_is_told_by_tier_and_an_account_without_one_goes_by_tier_3() -> None:
    found = program(*several(1, 1), stay("engaged", 200, id_=7, tier=2), stay("engaged", 200, id_=8, tier=None))
    step = (Stage.ENGAGED, Stage.MQA)
    assert [conversion(found, step, tier).entered for tier in (1, 2, 3, None)] == [(1,), (7,), (8,), (1, 7, 8)]
    assert conversion(found, step).share == Share(1, 3)


# (stays, completed stays in MQA by days, their median, open ones by days)
VELOCITIES: list[tuple[str, list[Stay], list[int], float | None, list[int]]] = [
    # no stay, no median
    ("none", [], [], None, []),
    # one of 10 days
    ("one", [stay("mqa", 30, 20)], [10], 10, []),
    # an even number: the mean of the two in the middle
    ("two", [stay("mqa", 30, 20), stay("mqa", 40, 15)], [25, 10], 17.5, []),
    # one that took a year moves the mean to 129 days and the median not at all
    ("three", [stay("mqa", 30, 20), stay("mqa", 27, 15), stay("mqa", 370, 5)], [365, 12, 10], 12, []),
    # an open stay stands beside the median and is no part of it
    ("open", [stay("mqa", 30, 20), stay("mqa", 200)], [10], 10, [200]),
    # ended 365 days ago is within the year
    ("ended a year ago", [stay("mqa", 375, 365)], [10], 10, []),
    ("ended a day before that", [stay("mqa", 376, 366)], [], None, []),
    # it began before the year and ended in it: its whole length counts
    ("began before the year", [stay("mqa", 400, 300)], [100], 100, []),
    # found by an import: it took at least 10 days, so it is no length
    ("found", [stay("mqa", 30, 20, known=False)], [], None, []),
    # still there, found by an import: at least so long
    ("found and there", [stay("mqa", 30, known=False)], [], None, [30]),
    # less than a day: 0 days by the calendar
    ("within a day", [stay("mqa", 20.2, 20)], [0], 0, []),
    # across midnight: 1 day by the calendar, though it took six hours
    ("over night", [stay("mqa", 20.5, 20.25)], [1], 1, []),
    # another stage
    ("elsewhere", [stay("engaged", 30, 20)], [], None, []),
]


@cases(
    ("stays", "completed", "median", "lasting"), [case[1:] for case in VELOCITIES], ids=[case[0] for case in VELOCITIES]
)
def test_velocity_is_as_worked_out_by_hand(
    stays: list[Stay], completed: list[int], median: float | None, lasting: list[int]
) -> None:
    found = velocity(program(*stays), Stage.MQA)
    assert [each.days for each in found.completed] == completed
    assert found.median_days == median
    assert [each.days for each in found.open] == lasting
    assert found.longest_open == (found.open[0] if lasting else None)


def test_a_stay_that_ended_off_the_list_is_no_length() -> None:
    left = Stay(1, Stage.MQA, 1, NOW - timedelta(days=30), NOW - timedelta(days=20))
    assert velocity(program(left), Stage.MQA).completed == ()


def test_velocity_is_told_by_tier() -> None:
    found = program(stay("aware", 30, 20, tier=2), stay("aware", 9, tier=None, known=False))
    assert velocity(found, Stage.AWARE, 2).completed == (StayDays(1, 10),)
    assert velocity(found, Stage.AWARE, 3).open == (StayDays(1, 9, at_least=True),)
