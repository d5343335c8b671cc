"""The form for days away: from, until, who stands in, and for admins who it is that is away."""

from dataclasses import replace
from datetime import date
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.reviews.preparing import Away
from agendas.rendering.words import Words
from agendas.rules.preparing.days_wished import NAME_CHARACTERS
from handlers.edge.payloads.values import slack_id
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import values_of
from handlers.forms.field_parsers import NO_DATE, day_in
from handlers.forms.fields import day, line, person, select, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("away", "Days away", "Save")
EVERYBODY, ONE = "everybody", "one"
WHO = (("The person below", ONE), ("Everybody: no review is held", EVERYBODY))
"""Choices of an admin."""


def build(filled: Away | None, words: Words, origin: Origin, *, asker: str, is_admin: bool) -> View:
    """The form with the days given, as far as they are; `filled.id` is that of the days to change.

    An admin who adds days chooses whose they are; those of days that are kept already stay with whom they are of.
    """
    found = filled or Away(asker, date.min, date.min)
    chooses = is_admin and not found.id
    kept = replace(origin, subject=f"{found.id} {found.user_id}")
    of_everybody = not found.user_id
    return form(
        FRAME,
        kept,
        [
            line(words.say("away.form_intro")),
            day("from_on", "First day", initial=_shown(found.from_on)),
            day("until_on", "Last day", initial=_shown(found.until_on), optional=True, hint="Empty: that day alone."),
            *([] if of_everybody and found.id else [_stand_in(found)]),
            *(_whose(found, asker) if chooses else []),
            *([_name(found)] if chooses or of_everybody else []),
        ],
    )


def read(view: dict[str, Any], *, asker: str) -> Away:
    """The days entered. Raises FieldProblems beside a date that is missing."""
    entered = values_of(view)
    days_id, _, user_id = origin_of(view).subject.partition(" ")
    number = number_in(days_id or "0")
    if not number:
        user_id = "" if entered.get("whose") == EVERYBODY else slack_id(entered.get("user_id", "")) or asker
    first = day_in(entered, "from_on")
    if first is None:
        raise FieldProblems({"from_on": NO_DATE})
    last = day_in(entered, "until_on") or first
    stand_in = slack_id(entered.get("stand_in", "")) if user_id else ""
    name = "" if user_id else " ".join(entered.get("name", "").split())
    return Away(user_id, first, last, stand_in, name, number)


def _stand_in(found: Away) -> dict[str, Any]:
    hint = "Gets what the person is asked meanwhile, and records for their accounts. An editor who is there."
    return person("stand_in", "Stand-in", initial=found.stand_in, optional=True, hint=hint)


def _whose(found: Away, asker: str) -> list[dict[str, Any]]:
    return [
        select("whose", "Who is away", WHO, initial=ONE if found.user_id else EVERYBODY),
        person("user_id", "Person", initial=found.user_id or asker, optional=True),
    ]


def _name(found: Away) -> dict[str, Any]:
    hint = "Said beside each review that is skipped, such as Winter break."
    label = "Name of everybody's days"
    return text("name", label, initial=found.name, optional=True, hint=hint, most=NAME_CHARACTERS)


def _shown(on: date) -> str:
    return "" if on == date.min else on.isoformat()
