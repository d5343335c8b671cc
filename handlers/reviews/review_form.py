"""The forms that end, skip and move a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems, Outdated
from agendas.facts.reviews.cadence import Occurrence
from agendas.rules.reviews.schedule import local_instant
from agendas.text.days import zone_names
from agendas.verbs.reviews.close import Closing
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION
from handlers.edge.views import Values, values_of
from handlers.forms.field_parsers import NOT_OFFERED, day_in, time_in
from handlers.forms.fields import clock, day, persons, select, small, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

CLOSE = Frame("close_review", "Close the review", "Close")
SKIP = Frame("skip_review", "Skip one review", "Skip")
MOVE = Frame("move_review", "Move one review", "Move")
ATTENDANCE = Frame("review_attendance", "Who was there", "Save")
BOTH = "The recap says whether sales and marketing were both there."
WROTE = f"{BOTH} Whoever recorded something in it counts as there."
HELD = (("Yes, it was held", "yes"), ("No, it was not held", "no"))


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """The occurrence to move, the new instant, and the reason."""

    planned_on: date
    moved_to: datetime
    because: str


def build_close(origin: Origin, closing: Closing, *, closer: str) -> View:
    """The form that closes a review: as not held where nobody wrote in it, and that is said before."""
    if not closing.can_be_held:
        return form(CLOSE, origin, [small(_not_held(closing))])
    hint = "" if closing.wrote else "Nobody recorded or decided anything in it."
    return form(
        CLOSE,
        origin,
        [
            select("held", "Was it held", HELD, initial="yes" if closing.wrote else "no", hint=hint),
            persons("attended", "Who was there", initial=tuple(dict.fromkeys((*closing.wrote, closer))), hint=WROTE),
        ],
    )


def read_close(view: dict[str, Any]) -> tuple[bool, tuple[str, ...]]:
    """True if it was held, and the user ids of those who were there."""
    return values_of(view).get("held") != "no", read_attendance(view)


def build_attendance(origin: Origin, present: Sequence[str]) -> View:
    """The form that corrects who was there in a review that is closed."""
    return form(ATTENDANCE, origin, [persons("attended", "Who was there", initial=present, hint=BOTH)])


def read_attendance(view: dict[str, Any]) -> tuple[str, ...]:
    """The user ids of those who were there."""
    return tuple(user_id for user_id in values_of(view).get("attended", "").split(",") if user_id)


def _not_held(closing: Closing) -> str:
    asked = f" {closing.asked} were asked to prepare it." if closing.asked else ""
    return (
        f"Nobody decided or updated anything in it, so it closes as *not held*.{asked} If you met, record a "
        "decision or an update first: its accounts then count as reviewed."
    )


def build_skip(origin: Origin, dates: Sequence[Occurrence], *, zone: str) -> View:
    """The form that leaves one occurrence out."""
    return form(
        SKIP,
        origin,
        [
            select("planned_on", "Which", _choices(dates, zone), initial=dates[0].planned_on.isoformat()),
            text("because", "Why", multiline=True),
        ],
    )


def read_skip(view: dict[str, Any]) -> tuple[date, str]:
    """The occurrence and the reason. Raises FieldProblems without a reason."""
    entered = values_of(view)
    if not entered.get("because", "").strip():
        raise FieldProblems({"because": "Give the reason in a sentence."})
    return _planned_on(entered), entered["because"].strip()


def build_move(origin: Origin, dates: Sequence[Occurrence], *, zone: str) -> View:
    """The form that puts one occurrence at another time."""
    first = dates[0].at.astimezone(ZoneInfo(zone))
    return form(
        MOVE,
        origin,
        [
            select("planned_on", "Which", _choices(dates, zone), initial=dates[0].planned_on.isoformat()),
            day("day", "To", initial=first.date().isoformat()),
            clock("time", "At", initial=f"{first:%H:%M}", hint=f"In the time zone of these reviews: {zone}."),
            text("because", "Why", optional=True),
        ],
    )


def read_move(view: dict[str, Any], *, zone: str) -> MoveEntry:
    """The occurrence and the new instant, read in the cadence's zone. Raises FieldProblems without a date or time."""
    entered = values_of(view)
    on, at = day_in(entered, "day"), time_in(entered, "time")
    if on is None or at is None:
        raise FieldProblems({name: "Choose one." for name in ("day", "time") if not entered.get(name)})
    if zone not in zone_names():
        raise Outdated(OTHER_VERSION)
    moved_to, _ = local_instant(on, at, zone)
    return MoveEntry(_planned_on(entered), moved_to, entered.get("because", "").strip())


def _planned_on(entered: Values) -> date:
    chosen = day_in(entered, "planned_on")
    if chosen is None:
        raise FieldProblems({"planned_on": NOT_OFFERED})
    return chosen


def _choices(dates: Sequence[Occurrence], zone: str) -> list[tuple[str, str]]:
    return [
        (f"{each.at.astimezone(ZoneInfo(zone)):%a %-d %b %Y, %H:%M %Z}", each.planned_on.isoformat()) for each in dates
    ]
