"""Public holidays by country and part: which dates they take out of a cadence, and how a place is found."""

from datetime import date, time

from agendas.facts.account import Rhythm
from agendas.facts.reviews import DayOff, OccurrenceChange, Plan
from agendas.rules.schedule import (
    OFFERED,
    day_off,
    has_holidays,
    holiday_on,
    left_out,
    place_name,
    places_like,
    planned_dates,
)
from tests.cases import cases


def plan(place: str, *names: DayOff) -> Plan:
    days = frozenset(each.on for each in names)
    return Plan(Rhythm.WEEKLY, date(2026, 12, 18), time(9), "Europe/Berlin", days, names, place)


@cases(
    ("place", "on", "name"),
    [
        ("DE", date(2026, 12, 25), "Christmas Day"),
        ("DE", date(2027, 1, 6), ""),
        ("DE-BY", date(2027, 1, 6), "Epiphany"),
        ("US", date(2026, 11, 26), "Thanksgiving Day"),
        ("", date(2026, 12, 25), ""),
        ("XX", date(2026, 12, 25), ""),
        ("DE-XX", date(2026, 12, 25), ""),
        ("DE", date(2150, 12, 25), ""),
    ],
)
def test_a_holiday_is_known_by_its_name(place: str, on: date, name: str) -> None:
    assert holiday_on(place, on) == name


def test_own_days_and_holidays_are_left_out_of_every_year_and_named_by_the_own_name_first() -> None:
    here = plan("DE", DayOff(date(2026, 12, 25), "Office closed"), DayOff(date(2027, 1, 8), ""))
    off = left_out(here, date(2026, 12, 18), date(2027, 1, 15), ())
    assert [(each.on, each.name) for each in off] == [
        (date(2026, 12, 25), "Office closed"),
        (date(2027, 1, 1), "New Year's Day"),
        (date(2027, 1, 8), ""),
    ]
    dates = planned_dates(here, date(2026, 12, 18))
    assert [next(dates) for _ in range(2)] == [date(2026, 12, 18), date(2027, 1, 15)]
    assert day_off(here, date(2037, 12, 25)) == "Christmas Day"
    moved = OccurrenceChange(date(2026, 12, 25), None, "moved")
    assert len(left_out(here, date(2026, 12, 18), date(2027, 1, 15), (moved,))) == 2


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
    assert len(places_like("")) == OFFERED
    assert places_like("nowhere at all") == ()
    assert (place_name("DE-BY"), place_name("DE"), place_name("XX-Y")) == ("Germany, Bayern", "Germany", "XX-Y")
    assert (has_holidays("DE", 2026), has_holidays("XX", 2026)) == (True, False)
