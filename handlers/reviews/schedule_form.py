"""The form for a channel's cadence; it shows the next three dates while it is filled in."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import Rhythm
from agendas.facts.cadence import CadenceFacts, OccurrenceChange, Plan
from agendas.rules.reviews.schedule import upcoming
from agendas.text.limits import shown
from agendas.text.zones import zone_names
from agendas.verbs.reviews.cadence import CadenceWish
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import choice_in, day_in, number_entered, offered, several_in, time_in
from handlers.forms.fields import TIERS, clock, day, person, persons, searched, select, several, small, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("schedule", "Review schedule", "Save")
RHYTHMS = (
    ("Every week", Rhythm.WEEKLY.value),
    ("Every two weeks", Rhythm.BIWEEKLY.value),
    ("Every month", Rhythm.MONTHLY.value),
)
MINUTES = (15, 30, 45, 60, 90)
DEFAULT_MINUTES = 45
CLOSES_AFTER_MINUTES = (120, 480, 1_440, 2_880)
DEFAULT_CLOSES_AFTER_MINUTES = 1_440
LONGEST_IN_MINUTES = 90
MOST_MINUTES = 31 * 1_440
PREVIEW = "schedule.preview"
ZONES = "schedule.zone"
DATES_BLOCK = "next_dates"
DEFAULT_TIME = "09:00"


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of the schedule as entered, before they are checked."""

    rhythm: str
    anchor_on: str
    local_time: str
    zone: str
    days_off: str = ""


def build(origin: Origin, had: CadenceFacts | None, *, zone: str, today: date, asker: str, now: datetime) -> View:
    """The form, with the channel's cadence in it when there is one."""
    filled = filled_from(had) if had else Filled(Rhythm.WEEKLY.value, today.isoformat(), DEFAULT_TIME, zone)
    blocks: list[Field] = [
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
        small(dates_line(filled, had.changes if had else (), now), DATES_BLOCK),
        _number("minutes", "Minutes", MINUTES, had.minutes if had else DEFAULT_MINUTES),
        person("facilitator", "Facilitator", initial=had.facilitator if had else asker),
        several("tiers", "Only tiers", TIERS, initial=[str(tier) for tier in had.tiers] if had else ()),
        persons("owners", "Only accounts of", initial=had.owners if had else ()),
        _number(
            "closes",
            "Closes by itself after",
            CLOSES_AFTER_MINUTES,
            had.close_after_minutes if had else DEFAULT_CLOSES_AFTER_MINUTES,
        ),
        text(
            "days_off",
            "Days without a review",
            initial=filled.days_off,
            optional=True,
            hint="Dates like 2026-12-25, with commas between.",
        ),
    ]
    return form(FRAME, origin, blocks)


def filled_from(had: CadenceFacts) -> Filled:
    """The fields of a cadence as the form holds them."""
    plan = had.plan
    days_off = ", ".join(sorted(each.isoformat() for each in plan.days_off))
    return Filled(plan.rhythm.value, plan.anchor_on.isoformat(), f"{plan.local_time:%H:%M}", plan.zone, days_off)


def filled_in(view: dict[str, Any]) -> Filled:
    """The fields as they stand in an open form."""
    entered = values_of(view)
    return Filled(*(entered.get(name, "") for name in ("rhythm", "anchor_on", "local_time", "zone", "days_off")))


def dates_line(filled: Filled, changes: tuple[OccurrenceChange, ...], now: datetime) -> str:
    """The next three dates, or the reason why there are none yet."""
    try:
        plan = plan_from(filled)
    except FieldProblems as problems:
        return f"Next dates: {problems}"
    shown = [f"{each.at.astimezone(ZoneInfo(plan.zone)):%a %-d %b %Y, %H:%M}" for each in upcoming(plan, now, changes)]
    return f"Next dates: {'; '.join(shown)} ({plan.zone})"


def plan_from(filled: Filled) -> Plan:
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
    days_off: frozenset[date] = frozenset()
    try:
        days_off = _days_off(filled.days_off)
    except NotUnderstood as wrong:
        problems["days_off"] = str(wrong)
    if anchor_on is None or local_time is None or problems:
        raise FieldProblems(problems)
    return Plan(
        rhythm=choice_in({"rhythm": filled.rhythm}, "rhythm", Rhythm) or Rhythm.WEEKLY,
        anchor_on=anchor_on,
        local_time=local_time,
        zone=filled.zone,
        days_off=days_off,
    )


def read(view: dict[str, Any]) -> CadenceWish:
    """The cadence asked for. Raises FieldProblems beside each field that is wrong."""
    entered: Values = values_of(view)
    return CadenceWish(
        plan=plan_from(filled_in(view)),
        minutes=number_entered(entered, "minutes", most=MOST_MINUTES) or DEFAULT_MINUTES,
        facilitator=entered.get("facilitator", ""),
        tiers=tuple(int(tier) for tier in several_in(entered, "tiers", offered(TIERS))),
        owners=tuple(owner for owner in entered.get("owners", "").split(",") if owner),
        close_after_minutes=number_entered(entered, "closes", most=MOST_MINUTES) or DEFAULT_CLOSES_AFTER_MINUTES,
    )


def zones_like(typed: str) -> tuple[tuple[str, str], ...]:
    """(label, zone) of the zones whose name holds what was typed, at most 100."""
    wanted = typed.strip().casefold().replace(" ", "_")
    found = sorted(zone for zone in zone_names() if wanted in zone.casefold())
    return tuple((zone, zone) for zone in found[:100])


def _number(name: str, label: str, usual: tuple[int, ...], had: int) -> Field:
    """A choice among the usual numbers of minutes and the one that the cadence has."""
    choices = sorted({*usual, had})
    return select(name, label, [(_spoken(minutes), str(minutes)) for minutes in choices], initial=str(had))


def _spoken(minutes: int) -> str:
    return f"{minutes // 60} hours" if minutes > LONGEST_IN_MINUTES and minutes % 60 == 0 else f"{minutes} minutes"


def _days_off(written: str) -> frozenset[date]:
    found: set[date] = set()
    for each in filter(None, map(str.strip, re.split(r"[\n,;]+", written))):
        try:
            found |= {date.fromisoformat(word) for word in each.split()}
        except ValueError:
            raise NotUnderstood(f"{shown(each)} is not a date. Write dates like 2026-12-25.") from None
    return frozenset(found)
