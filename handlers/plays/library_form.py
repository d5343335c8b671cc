"""The forms of the library: to add a play, and to change or retire one."""

from dataclasses import replace
from typing import Any

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.plays import Play, PlayMotion, PlayStep
from agendas.facts.program.settings import TIERS
from agendas.rules.commands.plays import EXAMPLE, STEP_CHARACTERS, STEPS, read_days, read_steps, written_steps
from agendas.rules.plays.library import LibraryPlay
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import choice_in, offered, several_in
from handlers.forms.fields import select, several, text
from handlers.forms.form import Frame, form
from handlers.forms.merge_edits import marks_of, merged_over
from handlers.forms.origin import Origin, origin_of

ADD = Frame("add_play", "Add a play", "Add", keeps=("name", "outcome", "days", "steps"))
CHANGE = Frame("change_play", "Change a play", "Save")

TIER_CHOICES = tuple((f"Tier {tier}", str(tier)) for tier in TIERS)
STATES = (("In the library", "kept"), ("Retired", "retired"))
MOTIONS = tuple((motion.value.capitalize(), motion.value) for motion in PlayMotion)
NOTHING = Play("", "", (), "", 0, ())


def build_add(origin: Origin, draft: Values) -> View:
    """The form for a play of one's own."""
    return form(ADD, origin, _fields(NOTHING, draft))


def build_change(entry: LibraryPlay, origin: Origin) -> View:
    """The form with the play as it stands; `origin.subject` is its key."""
    blocks = _fields(entry.play, {})
    standing = _entries(entry)
    blocks.append(select("state", "State", STATES, initial=standing["state"]))
    where = Origin(channel_id=origin.channel_id, subject=entry.play.key, seen=marks_of(standing))
    return form(CHANGE, where, blocks)


def read(view: dict[str, Any]) -> Play:
    """The play as entered. Raises FieldProblems beside what cannot be read."""
    return _read(values_of(view), key="")


def read_merged(view: dict[str, Any], had: LibraryPlay) -> LibraryPlay:
    """The play as entered over how it stands.

    Raises FieldProblems as `read` does, and beside a field that somebody else changed to another thing meanwhile.
    """
    entered = merged_over(values_of(view), origin_of(view).seen, _entries(had))
    return replace(had, play=_read(entered, key=had.play.key), is_retired=entered.get("state") == "retired")


def _read(entered: Values, *, key: str) -> Play:
    tiers = several_in(entered, "tiers", offered(TIER_CHOICES))
    steps: tuple[PlayStep, ...] = ()
    try:
        steps = read_steps(entered.get("steps", ""))
    except NotUnderstood as wrong:
        raise FieldProblems({"steps": str(wrong)}) from None
    return Play(
        key=key,
        name=" ".join(entered.get("name", "").split()),
        motion=choice_in(entered, "motion", PlayMotion),
        tiers=tuple(tier for tier in TIERS if str(tier) in tiers),
        outcome=" ".join(entered.get("outcome", "").split()),
        outcome_in_days=read_days(entered.get("days", "")) or 0,
        steps=steps,
    )


def _entries(had: LibraryPlay) -> Values:
    """The play as it stands in the form's fields."""
    return {
        "name": had.play.name,
        "tiers": ",".join(map(str, had.play.tiers)),
        "motion": had.play.motion or "",
        "outcome": had.play.outcome,
        "days": str(had.play.outcome_in_days),
        "steps": written_steps(had.play),
        "state": "retired" if had.is_retired else "kept",
    }


def _fields(had: Play, draft: Values) -> list[Field]:
    def line(name: str, label: str, initial: str, **others: Any) -> Field:
        return text(name, label, initial=draft.get(name) or initial, **others)

    how = f'One a line, {STEPS} at most: who, the day it is due, what. As in "{EXAMPLE}".'
    return [
        line("name", "Name", had.name, most=NAME_LIMIT_CHARACTERS),
        several("tiers", "Tiers that allow it", TIER_CHOICES, initial=[str(tier) for tier in had.tiers]),
        select("motion", "Motion", MOTIONS, initial=had.motion or "", hint="Who or what reaches the buyer."),
        line("outcome", "What the buyer is to do", had.outcome, most=STEP_CHARACTERS),
        line("days", "Within how many days", str(had.outcome_in_days or ""), most=10),
        line("steps", "Steps", written_steps(had), multiline=True, hint=how),
    ]
