"""The form for a channel's cadence; it shows the next three dates while it is filled in."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import Rhythm
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind, CadenceWish
from agendas.text.days import local_date
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import number_entered
from handlers.forms.fields import box, person, select, small
from handlers.forms.form import Frame, form
from handlers.forms.merge_edits import CHANGED, marks_of, merged
from handlers.forms.origin import Origin, origin_of
from handlers.reviews import date_fields, scope_fields
from handlers.reviews.date_fields import Filled

FRAME = Frame("schedule", "Review schedule", "Save")
RHYTHM_OF = {CadenceKind.ACCOUNTS: Rhythm.WEEKLY, CadenceKind.EXECUTIVE: Rhythm.MONTHLY}
"""The rhythm of a first review of each kind."""
MINUTES = (15, 30, 45, 60, 90)
DEFAULT_MINUTES = 45
CLOSES_AFTER_MINUTES = (120, 480, 1_440, 2_880)
DEFAULT_CLOSES_AFTER_MINUTES = 1_440
LONGEST_IN_MINUTES = 90
MOST_MINUTES = 31 * 1_440
DATES_BLOCK = "next_dates"
DEFAULT_TIME = "09:00"
PRIVATE = "private"
"""The value of the box of a private cadence, and its field."""
FIRST = "first"
"""The marks of a form that was opened while the channel had no cadence."""


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
    kind = kind or (had.kind if had else CadenceKind.ACCOUNTS)
    first = Filled(RHYTHM_OF[kind].value, local_date(now, zone).isoformat(), DEFAULT_TIME, zone)
    filled = date_fields.filled_from(had, now) if had else first
    blocks: list[Field] = [
        scope_fields.kind_field(kind),
        *date_fields.fields(filled),
        small(date_fields.dates_line(filled, had.changes if had else (), now), DATES_BLOCK),
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
    return form(FRAME, replace(origin, seen=marks_of(_entries(had, now)) if had else FIRST), blocks)


def _entries(had: CadenceFacts, now: datetime) -> Values:
    """The values that the form opens with for the channel's cadence."""
    return {
        **asdict(date_fields.filled_from(had, now)),
        scope_fields.KIND: had.kind.value,
        "minutes": str(had.minutes),
        "facilitator": had.facilitator,
        **scope_fields.entries(had),
        PRIVATE: PRIVATE if had.is_private else "",
        "closes": str(had.close_after_minutes),
    }


def read(view: dict[str, Any], now: datetime, had: CadenceFacts | None) -> CadenceWish:
    """The cadence asked for; what somebody else changed in `had` since the form was opened stays.

    Raises FieldProblems beside each field that is wrong, or that both changed.
    """
    entered, seen = values_of(view), origin_of(view).seen
    if had is not None and seen == FIRST:
        raise FieldProblems({"rhythm": CHANGED})
    if had is not None:
        entered = merged(entered, seen, _entries(had, now))
    kind = scope_fields.read_kind(entered)
    return CadenceWish(
        plan=date_fields.plan_from(date_fields.filled_in(entered), now),
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


def _number(name: str, label: str, usual: tuple[int, ...], had: int, *, action: str = "") -> Field:
    """A choice among the usual numbers of minutes and the one that the cadence has."""
    choices = [(_spoken(minutes), str(minutes)) for minutes in sorted({*usual, had})]
    return select(name, label, choices, initial=str(had), action=action)


def _spoken(minutes: int) -> str:
    return f"{minutes // 60} hours" if minutes > LONGEST_IN_MINUTES and minutes % 60 == 0 else f"{minutes} minutes"
