"""The form that gives a person a function and a right."""

from collections.abc import Sequence
from typing import Any

from agendas.facts.people import Function, PersonFacts, Right
from agendas.rendering.mrkdwn import mention
from agendas.rules.commands.people import PersonWords
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.field_parsers import choice_in, several_in
from handlers.forms.fields import line, select, several
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

LEADS = "leads"
FRAME = Frame("person", "Function and right", "Save")
FUNCTIONS = tuple((function.value.replace("_", " ").capitalize(), function.value) for function in Function)
RIGHTS = (
    ("Admin: everything", Right.ADMIN.value),
    ("Editor: records and decides", Right.EDITOR.value),
    ("Viewer: asks and nominates", Right.VIEWER.value),
    ("Observer: reads", Right.OBSERVER.value),
)


def build(person: PersonFacts, leading: Sequence[Function], origin: Origin) -> View:
    """The form for one person."""
    return form(
        FRAME,
        origin,
        [
            line(mention(person.user_id)),
            select("function", "Function", FUNCTIONS, initial=person.function or "", optional=True),
            select("right", "Right", RIGHTS, initial=person.right.value),
            several(
                LEADS,
                "Leads",
                FUNCTIONS,
                initial=[function.value for function in leading],
                hint="Is asked where this function is, in the place of who leads it now.",
            ),
        ],
    )


def read(view: dict[str, Any]) -> PersonWords:
    """The function, None if left empty, the right, and what the person leads; an older form says nothing of that."""
    entered = values_of(view)
    named = several_in(entered, LEADS, set(Function)) if LEADS in entered else None
    leads = None if named is None else tuple(function for function in Function if function in named)
    function, right = choice_in(entered, "function", Function), choice_in(entered, "right", Right) or Right.VIEWER
    return PersonWords(function, right, leads)
