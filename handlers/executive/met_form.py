"""The form for a meeting of executives."""

from typing import Any

from agendas.errors import FieldProblems
from agendas.rules.executive.met_words import MeetingTold
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.field_parsers import NO_DATE, day_in
from handlers.forms.fields import account_line, day, person, text
from handlers.forms.form import AccountFacts, Frame, form

FRAME = Frame("executive_met", "Executive met", "Record", keeps=("theirs", "text"))


def build(facts: AccountFacts) -> View:
    """The form, with the draft's texts and the words of a command in it."""
    draft = facts.draft
    told = draft.get("text") or facts.origin.text
    blocks = [
        account_line(facts.account),
        person("ours", "Who of ours", initial=draft.get("ours") or facts.asker),
        text(
            "theirs",
            "Whom of theirs",
            initial=draft.get("theirs", ""),
            most=NAME_LIMIT_CHARACTERS,
            hint="Name and title: Dana Weber, CFO. A name of the buying group is enough.",
        ),
        day("on", "On", initial=draft.get("on") or facts.today.isoformat()),
        text("text", "What came of it", initial=told, multiline=True),
    ]
    return form(FRAME, facts.origin, blocks)


def read(view: dict[str, Any]) -> MeetingTold:
    """The meeting entered. Raises FieldProblems beside the fields that are empty."""
    entered = values_of(view)
    theirs, told, on = entered.get("theirs", "").strip(), entered.get("text", "").strip(), day_in(entered, "on")
    problems = {} if any(map(str.isalnum, theirs)) else {"theirs": "Say whom of theirs they met."}
    if not told:
        problems["text"] = "Say in a sentence what came of it."
    if on is None:
        problems["on"] = NO_DATE
    if problems:
        raise FieldProblems(problems)
    return MeetingTold(theirs, told, entered.get("ours", ""), on)
