"""The form for a channel's cadence; it shows the next three dates while it is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind, CadenceWish, DayOff, OccurrenceChange, Plan
from agendas.rendering.mrkdwn import escape
from agendas.rules.reviews.holidays import has_holidays, place_name
from agendas.rules.reviews.schedule import left_out, upcoming
from agendas.text.days import local_date, zone_names
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import choice_in, day_in, number_entered, time_in
from handlers.forms.fields import box, clock, day, person, searched, select, small, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin
from handlers.reviews import scope_fields
from handlers.reviews.days_off import days_in_words, read_days_off

FRAME = Frame("schedule", "Review schedule", "Save")
RHYTHMS = (
    ("Every week", Rhythm.WEEKLY.value),
    ("Every two weeks", Rhythm.BIWEEKLY.value),
    ("Every month", Rhythm.MONTHLY.value),
)
RHYTHM_OF = {CadenceKind.ACCOUNTS: Rhythm.WEEKLY, CadenceKind.EXECUTIVE: Rhythm.MONTHLY}
"""The rhythm of a first review of each kind."""
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
PRIVATE = "private"
"""The value of the box of a private cadence, and its field."""
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


def build(
    origin: Origin,
    had: CadenceFacts | None,
    *,
    zone: str,
    asker: str,
    now: datetime,
    chosen: Sequence[tuple[str, str]] = (),
    scope_lines: str = "Every named account.",
    kind: CadenceKind | None = None,
) -> View:
    """The form, with the channel's cadence in it when there is one; `kind` is the one asked for, None for its own.

    `chosen` are (name, id) of the accounts that its scope names, `scope_lines` what the scope has now (mrkdwn).
    """
    today, kind = local_date(now, zone), kind or (had.kind if had else CadenceKind.ACCOUNTS)
    filled = filled_from(had, now) if had else Filled(RHYTHM_OF[kind].value, today.isoformat(), DEFAULT_TIME, zone)
    blocks: list[Field] = [
        scope_fields.kind_field(kind),
        *_date_fields(filled),
        small(dates_line(filled, had.changes if had else (), now), DATES_BLOCK),
        _number("minutes", "Minutes", MINUTES, had.minutes if had else DEFAULT_MINUTES, action=scope_fields.CHANGED),
        person("facilitator", "Facilitator", initial=had.facilitator if had else asker),
        *scope_fields.fields(had, chosen, scope_lines),
        box(
            "private",
            "Who may see these accounts",
            "The members of this channel alone: all of them become private to it",
            PRIVATE,
            is_ticked=had is not None and had.is_private,
        ),
        _number(
            "closes",
            "Closes by itself after",
            CLOSES_AFTER_MINUTES,
            had.close_after_minutes if had else DEFAULT_CLOSES_AFTER_MINUTES,
        ),
    ]
    return form(FRAME, origin, blocks)


def _date_fields(filled: Filled) -> list[Field]:
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


def filled_in(view: dict[str, Any]) -> Filled:
    """The fields as they stand in an open form."""
    entered = values_of(view)
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


def read(view: dict[str, Any], now: datetime) -> CadenceWish:
    """The cadence asked for. Raises FieldProblems beside each field that is wrong."""
    entered: Values = values_of(view)
    kind = scope_fields.read_kind(entered)
    return CadenceWish(
        plan=plan_from(filled_in(view), now),
        minutes=minutes_in(entered),
        facilitator=entered.get("facilitator", ""),
        close_after_minutes=number_entered(entered, "closes", most=MOST_MINUTES) or DEFAULT_CLOSES_AFTER_MINUTES,
        is_private=_is_private(entered, kind),
        kind=kind,
        **scope_fields.read(entered),
    )


def _is_private(entered: Values, kind: CadenceKind) -> bool:
    """Return whether the box is ticked. Raises FieldProblems beside it for a review of executives."""
    is_ticked = entered.get(PRIVATE) == PRIVATE
    if is_ticked and kind is CadenceKind.EXECUTIVE:
        raise FieldProblems({PRIVATE: "An executive review takes no accounts, so it makes none private."})
    return is_ticked


def minutes_in(entered: Values) -> int:
    """The minutes of the slot as entered."""
    return number_entered(entered, "minutes", most=MOST_MINUTES) or DEFAULT_MINUTES


def zones_like(typed: str) -> tuple[tuple[str, str], ...]:
    """(label, zone) of the zones whose name holds what was typed, at most 100."""
    wanted = typed.strip().casefold().replace(" ", "_")
    found = sorted(zone for zone in zone_names() if wanted in zone.casefold())
    return tuple((zone, zone) for zone in found[:100])


def _number(name: str, label: str, usual: tuple[int, ...], had: int, *, action: str = "") -> Field:
    """A choice among the usual numbers of minutes and the one that the cadence has."""
    choices = [(_spoken(minutes), str(minutes)) for minutes in sorted({*usual, had})]
    return select(name, label, choices, initial=str(had), action=action)


def _spoken(minutes: int) -> str:
    return f"{minutes // 60} hours" if minutes > LONGEST_IN_MINUTES and minutes % 60 == 0 else f"{minutes} minutes"
