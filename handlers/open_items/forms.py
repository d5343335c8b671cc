"""The small forms about one open item: a later date, the reason for dropping it, and what was answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import NextAction
from agendas.rendering.mrkdwn import escape
from agendas.text.days import day_said
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import Field, values_of
from handlers.forms.field_parsers import NO_DATE, day_in
from handlers.forms.fields import account_line, day, line, person, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import origin_of
from handlers.updates import promises

MOVE = Frame("move_action", "Move to", "Move", keeps=("text",))
EDIT = Frame("edit_action", "Edit", "Save", keeps=("text",))
DROP = Frame("drop_action", "Drop", "Drop", keeps=("text",))
ANSWER = Frame("answer_ask", "Answer", "Record", keeps=("text",))
ANSWER_BLOCKER = Frame("answer_blocker", "Answer", "Record", keeps=("text",))
RESOLVE = Frame("resolve_blocker", "Resolve", "Resolve", keeps=("text",))

NOT_OPEN = "That is not open any more. See the account's history."
NOTHING_SAID = "Write a word on it: those who wait are told."
SHOWN_CHARACTERS = 500
"""Of the text of an action or ask above the fields; its line has the rest."""


@dataclass(frozen=True, slots=True)
class Move:
    """A later date for a next action, and why, as entered."""

    due_on: date
    text: str


def build_move(facts: AccountFacts) -> View:
    """The form for a later date: the next review's, or a week after the present one. Raises Outdated when closed."""
    action = _action(facts)
    later = promises.later_days([action], facts.due_on, facts.today)[action.id]
    fields = [
        day("due_on", "New date", initial=later.isoformat(), hint=f"It is due on {day_said(action.due_on)}."),
        _text(facts, "Why", hint="What has to happen first. It stands in the history."),
    ]
    return form(MOVE, facts.origin, [account_line(facts.account), line(_shown(action.text)), *fields])


@dataclass(frozen=True, slots=True)
class Edit:
    """Text, owner and day of a next action, as entered."""

    text: str
    owner: str
    due_on: date


def build_edit(facts: AccountFacts) -> View:
    """The form for an action's text, owner and day. Raises Outdated when it is closed."""
    action, name = _action(facts), text_field(facts.origin.subject)
    fields = [
        text(name, "Next action", initial=facts.draft.get(name) or action.text, multiline=True),
        person("owner", "Owner", initial=action.owner, hint="Both are told where it changes hands."),
        day("due_on", "Due", initial=action.due_on.isoformat(), hint="A later date counts as a slip."),
    ]
    return form(EDIT, facts.origin, [account_line(facts.account), *fields])


def read_edit(view: dict[str, Any]) -> Edit:
    """The values entered. Raises FieldProblems beside each field that is wrong."""
    entered, name = values_of(view), text_field(origin_of(view).subject)
    problems = {}
    if not entered.get(name, "").strip():
        problems[name] = "Say in a few words what is to be done."
    if not entered.get("owner"):
        problems["owner"] = "Choose a person."
    due_on = day_in(entered, "due_on")
    if due_on is None:
        problems["due_on"] = NO_DATE
    if problems or due_on is None:
        raise FieldProblems(problems)
    return Edit(entered[name].strip(), entered["owner"], due_on)


def build_drop(facts: AccountFacts) -> View:
    """The form for why a next action is dropped. Raises Outdated when it is closed."""
    action = _action(facts)
    why = _text(facts, "Why it is dropped", hint="It stands in the history, and the action is not asked for again.")
    return form(DROP, facts.origin, [account_line(facts.account), line(_shown(action.text)), why])


def build_answer(facts: AccountFacts) -> View:
    """The form for what was answered. Raises Outdated when the ask is not open."""
    number = number_in(facts.origin.subject)
    ask = next((each for each in facts.account.open_asks if each.event_id == number), None)
    if ask is None:
        raise Outdated(NOT_OPEN)
    said = _text(facts, "What was answered", hint="Its next action is then done too.")
    return form(ANSWER, facts.origin, [account_line(facts.account), line(_shown(ask.text)), said])


def build_answer_blocker(facts: AccountFacts) -> View:
    """The form for what somebody says about a blocker that waits for them. Raises Outdated when it is resolved."""
    said = _text(facts, "Your answer", hint="Whoever opened it and its owner are told.", optional=False)
    return form(ANSWER_BLOCKER, facts.origin, [account_line(facts.account), line(_blocker(facts)), said])


def build_resolve(facts: AccountFacts) -> View:
    """The form for how a blocker went away. Raises Outdated when it is resolved."""
    how = _text(facts, "How it was resolved", hint="Everybody it concerns is told.", optional=False)
    return form(RESOLVE, facts.origin, [account_line(facts.account), line(_blocker(facts)), how])


def read_move(view: dict[str, Any], today: date) -> Move:
    """The values entered. Raises FieldProblems beside the date that is wrong."""
    due_on = day_in(values_of(view), "due_on")
    if due_on is None:
        raise FieldProblems({"due_on": NO_DATE})
    if due_on < today:
        raise FieldProblems({"due_on": f"{day_said(due_on)} has passed. Choose today or a later date."})
    return Move(due_on, read_text(view))


def read_said(view: dict[str, Any]) -> str:
    """The answer or reason entered, which has to be there. Raises FieldProblems beside an empty one."""
    said = read_text(view)
    if not said:
        raise FieldProblems({text_field(origin_of(view).subject): NOTHING_SAID})
    return said


def read_text(view: dict[str, Any]) -> str:
    """The reason or answer entered."""
    return values_of(view).get(text_field(origin_of(view).subject), "").strip()


def text_field(subject: str) -> str:
    """The name of the text field of the form about this item: drafts of two items of one account are two."""
    return f"text/{subject}"


def _text(facts: AccountFacts, label: str, *, hint: str, optional: bool = True) -> Field:
    name = text_field(facts.origin.subject)
    return text(name, label, initial=facts.draft.get(name, ""), multiline=True, optional=optional, hint=hint)


def _blocker(facts: AccountFacts) -> str:
    number = number_in(facts.origin.subject)
    for blocker in facts.account.open_blockers:
        if blocker.id == number:
            return _shown(blocker.text)
    raise Outdated(NOT_OPEN)


def _action(facts: AccountFacts) -> NextAction:
    number = number_in(facts.origin.subject)
    for action in facts.account.open_actions:
        if action.id == number:
            return action
    raise Outdated(NOT_OPEN)


def _shown(words: str) -> str:
    shown = words if len(words) <= SHOWN_CHARACTERS else f"{words[:SHOWN_CHARACTERS]}…"
    # a line is never empty, and some characters are not shown
    return escape(shown) or "-"
