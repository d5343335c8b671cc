"""The form that chooses the sections of a channel's agendas and their order, shown on one account."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import AgendaSection, sections_of
from agendas.pages.reviews.agenda import account_summary
from agendas.rendering.blockkit import plain_blocks
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.verbs.reviews.choose_sections import NONE_CHOSEN
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.fields import boxes, pressed, small
from handlers.forms.form import Frame, form
from handlers.forms.merge_edits import marks_of, merged
from handlers.forms.origin import Origin, origin_of
from handlers.forms.redrawing import redrawn

FRAME = Frame("agenda_sections", "Agenda", "Save")
CHANGED, UP = "sections.changed", "sections.up"
"""The actions of a box that is ticked or cleared, and of the button that moves a section up."""

SHOWN, ROW = "shown", "order"
"""The name of the boxes, and the first part of the name of a section's row; the section follows after a slash."""


def build(chosen: Sequence[AgendaSection], sample: AgendaItem | None, words: Words, origin: Origin) -> View:
    """The form with the sections in force; `sample` is the account that they are shown on, None without one."""
    pairs = [(words.raw("cadence.section", section=each), each.value) for each in AgendaSection]
    boxes_of = boxes(SHOWN, "Sections", pairs, initial=[each.value for each in chosen], action=CHANGED)
    return form(FRAME, replace(origin, seen=marks_of(_entries(chosen))), [boxes_of, *_below(chosen, sample, words)])


def redraw(view: View, chosen: Sequence[AgendaSection], sample: AgendaItem | None, words: Words) -> View:
    """The open form with these sections in this order; the boxes stay as they are."""
    kept = [block for block in view["blocks"] if block.get("block_id") == SHOWN]
    return redrawn(view, [*kept, *_below(chosen, sample, words)])


def entered(view: dict[str, Any]) -> tuple[AgendaSection, ...]:
    """The sections ticked, in the order of their rows; one ticked just now comes last.

    What another version of the form had is passed over.
    """
    ticked = values_of(view).get(SHOWN, "").split(",")
    rows = [str(block.get("block_id", "")) for block in view["blocks"]]
    in_order = [row.removeprefix(f"{ROW}/") for row in rows if row.startswith(f"{ROW}/")]
    known = {each.value: each for each in AgendaSection}
    wanted = dict.fromkeys((*(each for each in in_order if each in ticked), *ticked))
    return tuple(known[each] for each in wanted if each in known)


def moved_up(chosen: Sequence[AgendaSection], section: str) -> tuple[AgendaSection, ...]:
    """The sections with this one a place further up, where it is among them and not the first."""
    place = next((number for number, each in enumerate(chosen) if each == section), 0)
    if not place:
        return tuple(chosen)
    return (*chosen[: place - 1], chosen[place], chosen[place - 1], *chosen[place + 1 :])


def read(view: dict[str, Any], had: Sequence[AgendaSection]) -> tuple[AgendaSection, ...]:
    """The sections chosen, in order; where the person changed nothing, those that the cadence `had` since.

    Raises FieldProblems where none is chosen, or somebody else chose others while the form was open.
    """
    found = entered(view)
    if not found:
        raise FieldProblems({SHOWN: NONE_CHOSEN})
    return sections_of(merged(_entries(found), origin_of(view).seen, _entries(had))[SHOWN].split())


def _entries(chosen: Sequence[AgendaSection]) -> Values:
    """The sections as one value, whose order counts."""
    return {SHOWN: " ".join(each.value for each in chosen)}


def _below(chosen: Sequence[AgendaSection], sample: AgendaItem | None, words: Words) -> list[Field]:
    """A row for each section with its button, and the account with the sections as they are chosen."""
    up = words.label(UP)
    rows = [
        pressed(
            f"{ROW}/{each.value}",
            words.say("cadence.section_row", number=number, name=each),
            (up, UP, each.value) if number > 1 else None,
        )
        for number, each in enumerate(chosen, start=1)
    ]
    if sample is None:
        return [*rows, small(words.say("cadence.no_preview"), "preview")]
    items = account_summary(replace(sample, sections=tuple(chosen)), words, can_act=False)
    page = Page(sample.facts.account.name, items, key="preview")
    return [*rows, small(words.say("cadence.preview"), "preview"), *plain_blocks(page)]
