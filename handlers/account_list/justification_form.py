"""The form for an account's justification: why this account, why now, what motion will move it."""

from dataclasses import replace
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.justification import Justification, Part
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.fields import account_line, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.merge_edits import marks_of, merged
from handlers.forms.origin import origin_of

NAMES = tuple(part.value for part in Part)
FRAME = Frame("justification", "Why this account", "Save", keeps=NAMES)
NO_REASON = "Say in a sentence why this account: it is the reason it is on the list."


def build(facts: AccountFacts) -> View:
    """The form with the parts as they stand."""
    had = entries(facts.account.justification)
    origin = replace(facts.origin, seen=marks_of(had))
    return form(FRAME, origin, [account_line(facts.account), *fields(had, facts.draft)])


def fields(had: Values, draft: Values) -> list[Field]:
    """The fields of all three parts; the first is required where it was given before."""
    why = text(
        Part.WHY_ACCOUNT.value,
        "Why this account",
        initial=draft.get(Part.WHY_ACCOUNT) or had.get(Part.WHY_ACCOUNT, ""),
        multiline=True,
        optional=not had.get(Part.WHY_ACCOUNT),
    )
    return [why, *further_fields(had | draft)]


def further_fields(had: Values) -> list[Field]:
    """The fields of the two parts that may come later: why now, and the motion."""
    return [
        text(
            Part.WHY_NOW.value,
            "Why now",
            initial=had.get(Part.WHY_NOW, ""),
            multiline=True,
            optional=True,
            hint="What makes this year the year: a date, a new executive, a contract that ends.",
        ),
        text(
            Part.MOTION.value,
            "What motion will move it",
            initial=had.get(Part.MOTION, ""),
            multiline=True,
            optional=True,
            hint="Who does what to reach whom: campaign, outbound, executive, partner or product.",
        ),
    ]


def entries(justification: Justification) -> Values:
    """The justification as it stands in the form's fields."""
    return {part.value: justification.part(part) for part in Part}


def read(view: dict[str, Any], had: Justification) -> Justification:
    """The justification as entered over the one that stands.

    Raises FieldProblems where why this account was emptied, and beside a part that somebody else changed meanwhile.
    """
    entered = merged(values_of(view), origin_of(view).seen, entries(had))
    # a form of an older version has no such fields, and leaves what stands
    parts = {name: entered.get(name, had.part(Part(name))).strip() for name in NAMES}
    if had.why_account and not parts[Part.WHY_ACCOUNT]:
        raise FieldProblems({Part.WHY_ACCOUNT.value: NO_REASON})
    return Justification(**parts)


def further_parts(entered: Values) -> dict[str, str]:
    """Why now and the motion, as entered; empty where they were left out."""
    return {name: entered.get(name, "").strip() for name in (Part.WHY_NOW.value, Part.MOTION.value)}
