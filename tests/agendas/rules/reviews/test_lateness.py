from datetime import UTC, datetime, timedelta

from agendas.rules.schedule import Lateness, has_waited, is_too_late, judge, late_by
from tests.cases import cases

DUE = datetime(2026, 11, 24, 14, tzinfo=UTC)


@cases(
    ("late_by", "expected"),
    [
        (timedelta(minutes=-5), Lateness("on_time", 0)),
        (timedelta(), Lateness("on_time", 0)),
        (timedelta(minutes=1, seconds=59), Lateness("on_time", 1)),
        (timedelta(minutes=2), Lateness("late", 2)),
        (timedelta(hours=1, minutes=12, seconds=50), Lateness("late", 72)),
        (timedelta(hours=2), Lateness("late", 120)),
        (timedelta(hours=2, seconds=1), Lateness("missed", 120)),
        (timedelta(days=3), Lateness("missed", 4320)),
    ],
)
def test_a_post_is_on_time_late_or_missed_by_how_long_ago_it_was_due(late_by, expected):
    assert judge(DUE, DUE + late_by) == expected


def test_another_limit_may_be_given():
    assert judge(DUE, DUE + timedelta(minutes=11), timedelta(minutes=10)).state == "missed"


def test_a_clock_change_between_does_not_count():
    before = datetime.fromisoformat("2026-11-01T01:30-04:00")
    after = datetime.fromisoformat("2026-11-01T01:31-05:00")
    assert judge(before, after) == Lateness("late", 61)


def test_a_review_opened_in_time_is_missed_when_it_is_not_posted_within_the_limit():
    minute, opened_late = timedelta(minutes=1), DUE + timedelta(minutes=119)
    assert not is_too_late(DUE, DUE, DUE + timedelta(hours=2))
    assert is_too_late(DUE, DUE, DUE + timedelta(hours=2) + minute)
    assert not is_too_late(DUE, opened_late, opened_late + 10 * minute)
    assert is_too_late(DUE, opened_late, opened_late + 11 * minute)


def test_what_waited_for_minutes_says_for_when_it_was_meant():
    assert not has_waited(DUE, DUE + timedelta(minutes=4))
    assert has_waited(DUE, DUE + timedelta(minutes=5))


@cases(
    ("minutes", "said"),
    [
        (45, "45 minutes late"),
        (119, "119 minutes late"),
        (120, "2 hours late"),
        (48 * 60 - 1, "47 hours late"),
        (48 * 60, "2 days late"),
        (73 * 60, "3 days late"),
    ],
)
def test_lateness_is_said_in_minutes_hours_or_days(minutes, said):
    assert late_by(minutes) == said
