from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import Rhythm
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.reviews import DayOff, Occurrence, OccurrenceChange, Plan
from agendas.rules import schedule
from agendas.rules.schedule import Lateness, instant_of, is_too_late, late_by, places_like, planned_dates, upcoming
from tests.cases import cases

ZONES = ("America/New_York", "Europe/London", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
TUESDAY = date(2026, 1, 6)


def plan(rhythm: Rhythm = Rhythm.WEEKLY, anchor_on: date = TUESDAY, zone: str = "UTC", **fields: object) -> Plan:
    known: dict[str, object] = {"local_time": time(9, 30), "days_off": frozenset()} | fields
    return Plan(rhythm, anchor_on, zone=zone, **known)  # type: ignore[arg-type]


def year_of(each: Plan, first: date) -> list[date]:
    last = first.replace(year=first.year + 1)
    return list(takewhile(lambda on: on < last, planned_dates(each, first)))


def midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day)  # noqa: DTZ001


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("first", [date(2026, 1, 1), date(2026, 3, 1), date(2026, 10, 1)])
@pytest.mark.parametrize(
    ("rhythm", "interval", "counts"), [(Rhythm.WEEKLY, 1, {52, 53}), (Rhythm.BIWEEKLY, 2, {26, 27})]
)
def test_twelve_months_keep_the_wall_time_and_agree_with_rrule(zone, first, rhythm, interval, counts):
    each = plan(rhythm, TUESDAY, zone)
    anchor = midnight(TUESDAY).replace(hour=9, minute=30)
    last = midnight(first).replace(year=first.year + 1)
    expected = rrule(WEEKLY, dtstart=anchor, interval=interval).between(midnight(first), last)

    dates = year_of(each, first)
    instants = [instant_of(each, on) for on in dates]

    assert len(dates) in counts
    assert [at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for at, _ in instants] == expected
    assert not any(held for _, held in instants)
    assert all(at.tzinfo is UTC for at, _ in instants)


def test_biweekly_meets_twenty_six_times_in_the_year_from_its_anchor():
    assert len(year_of(plan(Rhythm.BIWEEKLY), TUESDAY)) == 27  # 52 weeks and a day: both ends are Tuesdays
    assert len(year_of(plan(Rhythm.BIWEEKLY), date(2026, 1, 7))) == 26


@given(
    anchor_on=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    days_later=st.integers(-400, 1200),
    rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.BIWEEKLY]),
)
def test_every_date_lies_whole_steps_after_the_anchor_and_none_before_it(anchor_on, days_later, rhythm):
    start = anchor_on + timedelta(days=days_later)
    step = 7 if rhythm is Rhythm.WEEKLY else 14
    first, second = islice(planned_dates(plan(rhythm, anchor_on), start), 2)
    assert first >= max(anchor_on, start)
    assert (first - anchor_on).days % step == 0
    assert first - timedelta(days=step) < max(anchor_on, start)
    assert (second - first).days == step


@given(anchor_on=st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_monthly_agrees_with_rrule_for_every_anchor(anchor_on):
    position = (anchor_on.day - 1) // 7 + 1
    weekday = WEEKDAYS[anchor_on.weekday()](position if position < 5 else -1)
    expected = rrule(MONTHLY, dtstart=midnight(anchor_on), byweekday=weekday, count=24)
    actual = list(islice(planned_dates(plan(Rhythm.MONTHLY, anchor_on), anchor_on), 24))
    # An anchor in a fifth week is the last of its own month too, so both lists begin with it.
    assert actual == [found.date() for found in expected]


def test_monthly_on_a_fifth_weekday_is_the_last_one_of_each_month():
    last_thursday = plan(Rhythm.MONTHLY, date(2026, 1, 29))
    assert list(islice(planned_dates(last_thursday, date(2026, 1, 1)), 4)) == [
        date(2026, 1, 29),
        date(2026, 2, 26),
        date(2026, 3, 26),
        date(2026, 4, 30),
    ]


def test_a_monthly_anchor_on_the_leap_day_meets_on_the_last_such_weekday():
    assert list(islice(planned_dates(plan(Rhythm.MONTHLY, date(2028, 2, 29)), date(2028, 1, 1)), 3)) == [
        date(2028, 2, 29),
        date(2028, 3, 28),
        date(2028, 4, 25),
    ]


def test_days_off_are_left_out_and_do_not_shift_the_rest():
    holidays = frozenset({date(2026, 1, 13), date(2026, 1, 14)})
    dates = list(islice(planned_dates(plan(days_off=holidays), TUESDAY), 3))
    assert dates == [date(2026, 1, 6), date(2026, 1, 20), date(2026, 1, 27)]


def test_another_time_zone_or_days_off_do_not_move_the_anchor():
    start = date(2026, 5, 1)
    before = list(islice(planned_dates(plan(Rhythm.BIWEEKLY), start), 10))
    edited = plan(
        Rhythm.BIWEEKLY, zone="Australia/Sydney", local_time=time(23, 45), days_off=frozenset({date(2026, 1, 20)})
    )
    assert list(islice(planned_dates(edited, start), 10)) == before


@cases(
    ("zone", "on", "held_at"),
    [
        ("America/New_York", date(2026, 3, 8), "2026-03-08T03:00-04:00"),
        ("Europe/London", date(2026, 3, 29), "2026-03-29T02:00+01:00"),
        ("Australia/Sydney", date(2026, 10, 4), "2026-10-04T03:00+11:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), "2026-10-04T02:30+11:00"),
    ],
)
def test_a_time_that_the_clocks_leave_out_is_held_at_the_first_that_exists(zone, on, held_at):
    missing = {"Europe/London": time(1, 30), "Australia/Lord_Howe": time(2, 15)}.get(zone, time(2, 30))
    at, held_forward = instant_of(plan(zone=zone, local_time=missing), on)
    assert at == datetime.fromisoformat(held_at)
    assert held_forward


def test_a_day_that_a_zone_leaves_out_is_held_at_the_next_midnight():
    at, held_forward = instant_of(plan(zone="Pacific/Apia"), date(2011, 12, 30))
    assert at == datetime.fromisoformat("2011-12-31T00:00+14:00")
    assert held_forward


@cases(
    ("zone", "on", "wall", "first"),
    [
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T01:30-04:00"),
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25T01:30+01:00"),
        ("Australia/Sydney", date(2026, 4, 5), time(2, 30), "2026-04-05T02:30+11:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05T01:45+11:00"),
    ],
)
def test_a_time_that_exists_twice_means_the_first(zone, on, wall, first):
    assert instant_of(plan(zone=zone, local_time=wall), on) == (datetime.fromisoformat(first), False)
    assert instant_of(plan(zone=zone, local_time=wall.replace(fold=1)), on) == (datetime.fromisoformat(first), False)


@given(
    zone=st.sampled_from(ZONES),
    on=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    wall=st.times().map(lambda found: found.replace(microsecond=0)),
)
def test_the_wall_time_is_kept_unless_it_is_held_forward_to_a_later_one(zone, on, wall):
    at, held_forward = instant_of(plan(zone=zone, local_time=wall), on)
    shown = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    asked = datetime.combine(on, wall)
    assert (shown > asked) if held_forward else (shown == asked)
    assert (at - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None) < asked


def test_the_next_dates_lie_strictly_after_the_instant():
    first, second = instant_of(plan(), TUESDAY)[0], instant_of(plan(), date(2026, 1, 13))[0]
    assert [each.at for each in upcoming(plan(), first - timedelta(seconds=1), (), 2)] == [first, second]
    assert schedule.next_occurrence(plan(), first, ()) == Occurrence(date(2026, 1, 13), second)


def test_a_skipped_date_is_left_out_and_the_rest_stay():
    skipped = OccurrenceChange(date(2026, 1, 13), None, "Offsite")
    dates = [each.planned_on for each in upcoming(plan(), midnight(TUESDAY).replace(tzinfo=UTC), (skipped,))]
    assert dates == [date(2026, 1, 6), date(2026, 1, 20), date(2026, 1, 27)]


def test_a_date_moved_across_the_week_stands_where_it_was_moved_to_under_its_own_key():
    moved_to = datetime(2026, 1, 22, 15, tzinfo=UTC)
    moved = OccurrenceChange(date(2026, 1, 13), moved_to)
    found = upcoming(plan(), midnight(TUESDAY).replace(tzinfo=UTC), (moved,))
    assert [each.planned_on for each in found] == [date(2026, 1, 6), date(2026, 1, 20), date(2026, 1, 13)]
    assert found[2] == Occurrence(date(2026, 1, 13), moved_to, was_moved=True)


def test_a_moved_date_whose_planned_day_has_passed_is_still_upcoming_and_then_gone():
    moved = OccurrenceChange(TUESDAY, datetime(2026, 1, 9, 9, tzinfo=UTC))
    assert upcoming(plan(), datetime(2026, 1, 8, tzinfo=UTC), (moved,), 1)[0].planned_on == TUESDAY
    assert upcoming(plan(), moved.moved_to, (moved,), 1)[0].planned_on == date(2026, 1, 13)


def test_a_day_off_that_was_moved_on_purpose_takes_place():
    moved = OccurrenceChange(TUESDAY, datetime(2026, 1, 5, 9, tzinfo=UTC))
    found = upcoming(plan(days_off=frozenset({TUESDAY})), datetime(2026, 1, 1, tzinfo=UTC), (moved,), 2)
    assert [each.planned_on for each in found] == [TUESDAY, date(2026, 1, 13)]


def test_a_change_for_a_date_that_the_plan_does_not_have_counts_for_nothing():
    stray = OccurrenceChange(date(2026, 1, 7), datetime(2026, 1, 8, 9, tzinfo=UTC))
    assert upcoming(plan(), datetime(2026, 1, 1, tzinfo=UTC), (stray,)) == upcoming(
        plan(), datetime(2026, 1, 1, tzinfo=UTC), ()
    )


def test_the_last_change_for_a_date_wins():
    changes = (OccurrenceChange(TUESDAY, None), OccurrenceChange(TUESDAY, datetime(2026, 1, 7, 9, tzinfo=UTC)))
    assert upcoming(plan(), datetime(2026, 1, 1, tzinfo=UTC), changes, 1)[0].at == changes[1].moved_to


def test_a_planned_date_is_known_even_when_it_is_a_day_off():
    each = plan(Rhythm.MONTHLY, date(2026, 1, 13), days_off=frozenset({date(2026, 2, 10)}))
    assert schedule.is_planned(each, date(2026, 2, 10))
    assert not schedule.is_planned(each, date(2026, 2, 17))
    assert not schedule.is_planned(each, date(2025, 12, 9))


# Public holidays by country and part: which dates they take out of a cadence, and how a place is found.
def plan_around(place: str, *names: DayOff) -> Plan:
    days = frozenset(each.on for each in names)
    return Plan(Rhythm.WEEKLY, date(2026, 12, 18), time(9), "Europe/Berlin", days, names, place)


@cases(
    ("place", "on", "name"),
    [
        *(("DE", date(2026, 12, 25), "Christmas Day"), ("DE", date(2027, 1, 6), "")),
        *(("DE-BY", date(2027, 1, 6), "Epiphany"), ("US", date(2026, 11, 26), "Thanksgiving Day")),
        *(("", date(2026, 12, 25), ""), ("XX", date(2026, 12, 25), ""), ("DE-XX", date(2026, 12, 25), "")),
        ("DE", date(2150, 12, 25), ""),
    ],
)
def test_a_holiday_is_known_by_its_name(place: str, on: date, name: str) -> None:
    assert schedule.holiday_on(place, on) == name


def test_own_days_and_holidays_are_left_out_of_every_year_and_named_by_the_own_name_first() -> None:
    here = plan_around("DE", DayOff(date(2026, 12, 25), "Office closed"), DayOff(date(2027, 1, 8), ""))
    off = schedule.dates_off(here, date(2026, 12, 18), date(2027, 1, 15), ())
    assert [(each.on, each.name) for each in off] == [
        (date(2026, 12, 25), "Office closed"),
        (date(2027, 1, 1), "New Year's Day"),
        (date(2027, 1, 8), ""),
    ]
    dates = planned_dates(here, date(2026, 12, 18))
    assert [next(dates) for _ in range(2)] == [date(2026, 12, 18), date(2027, 1, 15)]
    assert schedule.day_off(here, date(2037, 12, 25)) == "Christmas Day"
    moved = OccurrenceChange(date(2026, 12, 25), None, "moved")
    assert len(schedule.dates_off(here, date(2026, 12, 18), date(2027, 1, 15), (moved,))) == 2


def test_a_place_is_found_by_its_name_its_code_and_its_part() -> None:
    assert places_like("germany")[:3] == (
        ("Germany", "DE"),
        ("Germany, Augsburg", "DE-Augsburg"),
        ("Germany, Baden-Württemberg", "DE-BW"),
    )
    assert places_like("germany bay") == (("Germany, Bayern", "DE-BY"),)
    assert ("Switzerland, Zürich", "CH-ZH") in places_like("Switzerland Zür")
    assert places_like("us")[0] == ("United States", "US")
    assert ("United Kingdom", "GB") in places_like("united")
    assert len(places_like("")) == schedule.OFFERED
    assert places_like("nowhere at all") == ()
    assert (schedule.place_name("DE-BY"), schedule.place_name("DE"), schedule.place_name("XX-Y")) == (
        "Germany, Bayern",
        "Germany",
        "XX-Y",
    )
    assert (schedule.has_holidays("DE", 2026), schedule.has_holidays("XX", 2026)) == (True, False)


# Lateness.

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
    assert schedule.judge(DUE, DUE + late_by) == expected


def test_another_limit_may_be_given():
    assert schedule.judge(DUE, DUE + timedelta(minutes=11), timedelta(minutes=10)).state == "missed"


def test_a_clock_change_between_does_not_count():
    before = datetime.fromisoformat("2026-11-01T01:30-04:00")
    assert schedule.judge(before, datetime.fromisoformat("2026-11-01T01:31-05:00")) == Lateness("late", 61)


def test_a_review_opened_in_time_is_missed_when_it_is_not_posted_within_the_limit():
    minute, opened_late = timedelta(minutes=1), DUE + timedelta(minutes=119)
    assert not is_too_late(DUE, DUE, DUE + timedelta(hours=2))
    assert is_too_late(DUE, DUE, DUE + timedelta(hours=2) + minute)
    assert not is_too_late(DUE, opened_late, opened_late + 10 * minute)
    assert is_too_late(DUE, opened_late, opened_late + 11 * minute)


def test_what_waited_for_minutes_says_for_when_it_was_meant():
    assert not schedule.has_waited(DUE, DUE + timedelta(minutes=4))
    assert schedule.has_waited(DUE, DUE + timedelta(minutes=5))


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


# Rhythms.
@cases(
    ("rhythm", "tiers", "wanted"),
    [
        (Rhythm.WEEKLY, (), ()),
        (Rhythm.BIWEEKLY, (), ((1, Rhythm.WEEKLY),)),
        (Rhythm.BIWEEKLY, (2, 3), ()),
        (Rhythm.MONTHLY, (2, 3), ((2, Rhythm.BIWEEKLY),)),
        (Rhythm.MONTHLY, (), ((1, Rhythm.WEEKLY), (2, Rhythm.BIWEEKLY))),
    ],
)
def test_tiers_that_are_to_be_reviewed_more_often_are_named(rhythm, tiers, wanted):
    assert schedule.wanted_more_often(rhythm, tiers, DEFAULTS) == wanted


def test_the_rhythm_of_a_tier_is_a_setting() -> None:
    assert schedule.wanted_more_often(Rhythm.MONTHLY, (1,), ProgramSettings((("tier.1.rhythm", "monthly"),))) == ()
