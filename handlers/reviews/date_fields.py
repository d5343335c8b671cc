"""The fields of the schedule form for its dates: rhythm, first date, time, zone and days off, with the next three."""

from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import datetime
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import CadenceFacts, DayOff, OccurrenceChange, Plan
from agendas.rendering.mrkdwn import escape
from agendas.rules.reviews.holidays import has_holidays, place_name
from agendas.rules.reviews.schedule import left_out, upcoming
from agendas.text.days import local_date, zone_names
from handlers.edge.views import Field, Values
from handlers.forms.field_parsers import choice_in, day_in, time_in
from handlers.forms.fields import clock, day, searched, select, text
from handlers.reviews.days_off import days_in_words, read_days_off

RHYTHMS = (
    ("Every week", Rhythm.WEEKLY.value),
    ("Every two weeks", Rhythm.BIWEEKLY.value),
    ("Every month", Rhythm.MONTHLY.value),
)
PREVIEW = "schedule.preview"
ZONES = "schedule.zone"
HOLIDAYS = "schedule.holidays"
NO_HOLIDAYS = "No public holidays of {} are known here. Choose another country, or write the dates below."


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of the schedule as entered, before they are checked."""

    rhythm: str
    anchor_on: str
    local_time: str
    zone: str
    days_off: str = ""
    holidays_of: str = ""


def fields(filled: Filled) -> list[Field]:
    """The fields, with these values in them."""
    holidays_of = (place_name(filled.holidays_of), filled.holidays_of) if filled.holidays_of else None
    return [
        select("rhythm", "How often", RHYTHMS, initial=filled.rhythm, action=PREVIEW),
        day(
            "anchor_on",
            "First date",
            initial=filled.anchor_on,
            action=PREVIEW,
            hint="Every later date is counted from it; every two weeks keeps its own week.",
        ),
        clock("local_time", "At", initial=filled.local_time, action=PREVIEW),
        searched("zone", "Time zone", action=ZONES, initial=(filled.zone, filled.zone), hint="Type a city."),
        searched(
            "holidays_of",
            "No review on public holidays of",
            action=HOLIDAYS,
            initial=holidays_of,
            optional=True,
            is_reporting=True,
            hint="Type a country, and its part where that has holidays of its own: Germany Bayern.",
        ),
        text(
            "days_off",
            "Other days without a review",
            initial=filled.days_off,
            optional=True,
            multiline=True,
            hint="One in a line, with a name if you like: 2026-12-24 Office closed.",
        ),
    ]


def filled_from(had: CadenceFacts, now: datetime) -> Filled:
    """The fields of a cadence as the form holds them; days off that have passed are left out."""
    plan = had.plan
    return Filled(
        plan.rhythm.value,
        plan.anchor_on.isoformat(),
        f"{plan.local_time:%H:%M}",
        plan.zone,
        days_in_words(plan, local_date(now, plan.zone)),
        plan.holidays_of,
    )


def filled_in(entered: Values) -> Filled:
    """The fields of the dates among those entered."""
    return Filled(*(entered.get(each.name, "") for each in dataclass_fields(Filled)))


def dates_line(filled: Filled, changes: tuple[OccurrenceChange, ...], now: datetime) -> str:
    """The next three dates and the days off among them, or the reason why there are none yet."""
    try:
        plan = plan_from(filled, now)
    except FieldProblems as problems:
        return f"Next dates: {escape(str(problems))}"
    dates = [each.at.astimezone(ZoneInfo(plan.zone)) for each in upcoming(plan, now, changes)]
    said = [(each.date(), f"{each:%a %-d %b %Y, %H:%M}") for each in dates]
    if dates:
        off = left_out(plan, local_date(now, plan.zone), dates[-1].date(), changes)
        said += [(each.on, _no_review(each)) for each in off]
    return f"Next dates: {'; '.join(each for _, each in sorted(said))} ({plan.zone})"


def _no_review(off: DayOff) -> str:
    return f"{off.on:%a %-d %b}: {escape(off.name) + ', ' if off.name else ''}no review"


def plan_from(filled: Filled, now: datetime) -> Plan:
    """The plan of the cadence. Raises FieldProblems beside each field that is wrong."""
    problems: dict[str, str] = {}
    if filled.zone not in zone_names():
        problems["zone"] = "Choose a time zone."
    anchor_on = day_in({"anchor_on": filled.anchor_on}, "anchor_on")
    local_time = time_in({"local_time": filled.local_time}, "local_time")
    if anchor_on is None:
        problems["anchor_on"] = "Choose the first date."
    if local_time is None:
        problems["local_time"] = "Choose the time."
    today = local_date(now, filled.zone if "zone" not in problems else "UTC")
    if filled.holidays_of and not has_holidays(filled.holidays_of, today.year):
        problems["holidays_of"] = NO_HOLIDAYS.format(place_name(filled.holidays_of))
    days_off: tuple[DayOff, ...] = ()
    try:
        days_off = read_days_off(filled.days_off, today)
    except NotUnderstood as wrong:
        problems["days_off"] = str(wrong)
    if anchor_on is None or local_time is None or problems:
        raise FieldProblems(problems)
    return Plan(
        rhythm=choice_in({"rhythm": filled.rhythm}, "rhythm", Rhythm) or Rhythm.WEEKLY,
        anchor_on=anchor_on,
        local_time=local_time,
        zone=filled.zone,
        days_off=frozenset(each.on for each in days_off),
        named_days_off=tuple(each for each in days_off if each.name),
        holidays_of=filled.holidays_of,
    )


def zones_like(typed: str) -> tuple[tuple[str, str], ...]:
    """(label, zone) of the zones whose name holds what was typed, at most 100."""
    wanted = typed.strip().casefold().replace(" ", "_")
    found = sorted(zone for zone in zone_names() if wanted in zone.casefold())
    return tuple((zone, zone) for zone in found[:100])
