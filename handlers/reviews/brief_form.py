"""The form by which a facilitator asks somebody for something before a review."""

from typing import Any

from agendas.errors import FieldProblems
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.fields import person, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("ask_before_review", "Ask somebody", "Send")
MOST_CHARACTERS = 1500


def build(origin: Origin) -> View:
    """The form: a person, and words for them."""
    return form(
        FRAME,
        origin,
        [
            person("whom", "Whom", hint="They get a direct message that says it is from you."),
            text("text", "What", multiline=True),
        ],
    )


def read(view: dict[str, Any]) -> tuple[str, str]:
    """The user id and the words. Raises FieldProblems where one is missing, or the words are too long."""
    entered = values_of(view)
    user_id, said = entered.get("whom", "").strip(), entered.get("text", "").strip()
    problems = {}
    if not user_id:
        problems["whom"] = "Choose a person."
    if not said:
        problems["text"] = "Write what you ask them for."
    if len(said) > MOST_CHARACTERS:
        problems["text"] = f"Write at most {MOST_CHARACTERS} characters; these are {len(said)}."
    if problems:
        raise FieldProblems(problems)
    return user_id, said
