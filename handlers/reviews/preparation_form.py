"""The form that says how the reviews of a channel are prepared."""

from dataclasses import replace
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.reviews.preparing import Preparation, Reminding
from agendas.rendering.words import Words
from agendas.text.days import before_said
from handlers.edge.replies import View
from handlers.edge.views import Values, values_of
from handlers.forms.field_parsers import NOT_OFFERED, choice_in, number_entered
from handlers.forms.fields import line, persons, select
from handlers.forms.form import Frame, form
from handlers.forms.merge_edits import marks_of, merged
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("preparation", "Preparation", "Save")
HOUR = 60
LEADS = (24 * HOUR, 36 * HOUR, 48 * HOUR)
"""Minutes before a review at which people may be asked; days without work are passed over. 0 stands for never."""
CUTOFFS = (HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR)
MOST_MINUTES = 7 * 24 * HOUR
TWICE = "Choose each person once: {} among the optional people too."


def build(had: Preparation, words: Words, origin: Origin) -> View:
    """The form with the preparation in force."""
    leads = [(before_said(minutes), str(minutes)) for minutes in sorted({*LEADS, had.prep_minutes} - {0})]
    cutoffs = [(before_said(minutes), str(minutes)) for minutes in sorted({*CUTOFFS, had.cutoff_minutes})]
    profiles = [(words.raw("cadence.profile", profile=each), each.value) for each in Reminding]
    return form(
        FRAME,
        replace(origin, seen=marks_of(_entries(had))),
        [
            line(words.say("cadence.preparation_intro")),
            select("lead", "Ask people", [*leads, ("Nobody is asked", "0")], initial=str(had.prep_minutes)),
            select("cutoff", "Updates are on the agenda until", cutoffs, initial=str(had.cutoff_minutes)),
            select("reminding", "Reminders", profiles, initial=had.reminding.value),
            persons("optional", "Optional people", initial=had.optional, hint="Asked, and not waited for."),
            persons("observing", "Observing people", initial=had.observing, hint="Never asked and not waited for."),
        ],
    )


def read(view: dict[str, Any], had: Preparation) -> Preparation:
    """The preparation entered; what somebody else changed in `had` since the form was opened stays.

    Raises FieldProblems beside what is wrong, or what both changed.
    """
    entered = merged(values_of(view), origin_of(view).seen, _entries(had))
    lead, cutoff = (_minutes(entered, name) for name in ("lead", "cutoff"))
    optional, observing = (_people(entered, name) for name in ("optional", "observing"))
    problems: dict[str, str] = {}
    if lead and cutoff >= lead:
        problems["cutoff"] = f"People are asked {before_said(lead)}. Choose a later end of updates."
    twice = [each for each in observing if each in optional]
    if twice:
        problems["observing"] = TWICE.format("1 of them stands" if len(twice) == 1 else f"{len(twice)} of them stand")
    if problems:
        raise FieldProblems(problems)
    reminding = choice_in(entered, "reminding", Reminding) or Reminding.STANDARD
    return Preparation(lead, cutoff, reminding, optional, observing)


def _entries(had: Preparation) -> Values:
    """The values that the form opens with."""
    return {
        "lead": str(had.prep_minutes),
        "cutoff": str(had.cutoff_minutes),
        "reminding": had.reminding.value,
        "optional": ",".join(had.optional),
        "observing": ",".join(had.observing),
    }


def _minutes(entered: Values, name: str) -> int:
    if entered.get(name) == "0" and name == "lead":
        return 0
    minutes = number_entered(entered, name, most=MOST_MINUTES)
    if not minutes:
        raise FieldProblems({name: NOT_OFFERED})
    return minutes


def _people(entered: Values, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in entered.get(name, "").split(",") if each))
