"""The form that gives a person a function and a right."""

from typing import Any

from agendas.facts.people import Function, PersonFacts, Right
from agendas.rendering.mrkdwn import mention
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.field_parsers import choice_in
from handlers.forms.fields import line, select
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("person", "Function and right", "Save")
FUNCTIONS = tuple((function.value.replace("_", " ").capitalize(), function.value) for function in Function)
RIGHTS = (
    ("Admin: everything", Right.ADMIN.value),
    ("Editor: records and decides", Right.EDITOR.value),
    ("Viewer: asks and nominates", Right.VIEWER.value),
    ("Observer: reads", Right.OBSERVER.value),
)


def build(person: PersonFacts, origin: Origin) -> View:
    """The form for one person."""
    return form(
        FRAME,
        origin,
        [
            line(mention(person.user_id)),
            select("function", "Function", FUNCTIONS, initial=person.function or "", optional=True),
            select("right", "Right", RIGHTS, initial=person.right.value),
        ],
    )


def read(view: dict[str, Any]) -> tuple[Function | None, Right]:
    """The function, None if left empty, and the right."""
    entered = values_of(view)
    return choice_in(entered, "function", Function), choice_in(entered, "right", Right) or Right.VIEWER
