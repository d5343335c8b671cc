"""The forms that end, skip and move a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems
from agendas.review_facts import Occurrence
from agendas.rules.schedule import local_instant
from handlers.modals.fields import Frame, Origin, clock, day, form, persons, select, text, values_of
from handlers.replies import View

CLOSE = Frame("close_review", "Close the review", "Close", keeps_draft=False)
SKIP = Frame("skip_review", "Skip one review", "Skip", keeps_draft=False)
MOVE = Frame("move_review", "Move one review", "Move", keeps_draft=False)
HELD = (("Yes, it was held", "yes"), ("No, it was not held", "no"))


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """Which occurrence to move, to which instant, and why."""

    planned_on: date
    moved_to: datetime
    because: str


def build_close(origin: Origin, *, present: Sequence[str]) -> View:
    """The form that closes a review; whoever recorded something in it is listed as present already."""
    return form(
        CLOSE,
        origin,
        [
            select("held", "Was it held", HELD, initial="yes"),
            persons(
                "attended", "Who was there", initial=present, hint="Sales and marketing, so that the recap says so."
            ),
        ],
    )


def read_close(view: dict[str, Any]) -> tuple[bool, tuple[str, ...]]:
    """Whether it was held and who was there."""
    entered = values_of(view)
    attended = tuple(user_id for user_id in entered.get("attended", "").split(",") if user_id)
    return entered.get("held") != "no", attended


def build_skip(origin: Origin, dates: Sequence[Occurrence], *, zone: str) -> View:
    """The form that leaves one occurrence out."""
    return form(
        SKIP,
        origin,
        [
            select("planned_on", "Which", _choices(dates, zone), initial=dates[0].planned_on.isoformat()),
            text("because", "Why", multiline=True, keeps_draft=False),
        ],
    )


def read_skip(view: dict[str, Any]) -> tuple[date, str]:
    """Which occurrence, and why. Raises FieldProblems without a reason."""
    entered = values_of(view)
    if not entered.get("because", "").strip():
        raise FieldProblems({"because": "Give the reason in a sentence."})
    return date.fromisoformat(entered["planned_on"]), entered["because"].strip()


def build_move(origin: Origin, dates: Sequence[Occurrence], *, zone: str) -> View:
    """The form that puts one occurrence at another time."""
    first = dates[0].at.astimezone(ZoneInfo(zone))
    return form(
        MOVE,
        origin,
        [
            select("planned_on", "Which", _choices(dates, zone), initial=dates[0].planned_on.isoformat()),
            day("day", "To", initial=first.date().isoformat()),
            clock("time", "At", initial=f"{first:%H:%M}"),
            text("because", "Why", optional=True, keeps_draft=False),
        ],
    )


def read_move(view: dict[str, Any], *, zone: str) -> MoveEntry:
    """Which occurrence and to when, in the cadence's zone. Raises FieldProblems without a date or time."""
    entered = values_of(view)
    problems = {name: "Choose one." for name in ("day", "time") if not entered.get(name)}
    if problems:
        raise FieldProblems(problems)
    moved_to, _ = local_instant(date.fromisoformat(entered["day"]), time.fromisoformat(entered["time"]), zone)
    return MoveEntry(date.fromisoformat(entered["planned_on"]), moved_to, entered.get("because", "").strip())


def _choices(dates: Sequence[Occurrence], zone: str) -> list[tuple[str, str]]:
    return [
        (f"{each.at.astimezone(ZoneInfo(zone)):%a %-d %b %Y, %H:%M}", each.planned_on.isoformat()) for each in dates
    ]
