"""The form to correct an entry: which one, and why it is not so."""

from collections.abc import Sequence
from typing import Any

from agendas.errors import FieldProblems, NotUnderstood
from agendas.rendering.mrkdwn import escape
from agendas.text.limits import required_text
from handlers.edge.replies import View
from handlers.edge.request import NUMBER_DIGITS
from handlers.edge.views import Values, values_of
from handlers.forms.field_parsers import number_entered
from handlers.forms.fields import line, select, small, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("correction", "Correct an entry", "Correct", keeps=("because",))

LARGEST_ID = 10**NUMBER_DIGITS - 1
NO_REASON = "Say in a sentence why it is not so: the history shows it."


def build(origin: Origin, draft: Values, *, name: str, entries: Sequence[tuple[str, str]], hint: str) -> View:
    """The form about the account of this name.

    `entries` are the labels and ids of what may be corrected; one alone is chosen already.
    """
    chosen = entries[0][1] if len(entries) == 1 else ""
    return form(
        FRAME,
        origin,
        [
            line(f"*{escape(name)}*"),
            select("entry", "Entry", entries, initial=chosen),
            text("because", "Why it is not so", initial=draft.get("because", ""), multiline=True),
            small(hint),
        ],
    )


def read(view: dict[str, Any]) -> tuple[int, str]:
    """The id of the entry and the reason. Raises FieldProblems beside the field that is missing or wrong."""
    entered = values_of(view)
    entry, problems = number_entered(entered, "entry", most=LARGEST_ID), {}
    if entry is None:
        problems["entry"] = "Choose the entry that is not so."
    try:
        because = required_text(entered.get("because", ""), NO_REASON)
    except NotUnderstood as error:
        problems["because"] = str(error)
    if problems or entry is None:
        raise FieldProblems(problems)
    return entry, because
