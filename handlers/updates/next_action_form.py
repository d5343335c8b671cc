"""The form for next actions: the state of the promises, and a new one."""

from datetime import date, timedelta
from typing import Any

from agendas.errors import FieldProblems
from agendas.verbs.updates.due_date import DEFAULT_DAYS
from agendas.verbs.updates.report import ActionReport
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import day_in
from handlers.forms.fields import account_line, day, person, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.updates import promises

FRAME = Frame("next_action", "Next action", "Record", keeps=("text", "outcome", *promises.KEPT))
MOST_SHOWN = 6


def build(facts: AccountFacts) -> View:
    """The form: open promises first, then a new one."""
    account, draft = facts.account, facts.draft
    shown = account.open_actions[:MOST_SHOWN]
    label = "Another next action" if shown else "Next action"
    blocks: list[Field] = [
        account_line(account),
        *promises.rows(shown, draft, facts.today, facts.names),
        *new_action(facts, label, initial=draft.get("text") or facts.origin.text, optional=bool(shown)),
        text(
            "outcome",
            "What the buyer will have done",
            initial=draft.get("outcome", ""),
            optional=True,
            hint="The outcome you expect on their side.",
        ),
    ]
    return form(FRAME, facts.origin, blocks)


def new_action(facts: AccountFacts, label: str, *, initial: str, optional: bool, name: str = "text") -> list[Field]:
    """The fields of a new next action, with the asker as owner and the next review as date; `name` is its words'."""
    hint = "Begin with a verb: book, send, ask."
    return [
        text(name, label, initial=initial, optional=optional, hint=hint),
        person("owner", "Owner", initial=facts.draft.get("owner") or facts.asker, optional=True),
        day("due_on", "Due", initial=facts.draft.get("due_on") or facts.due_on.isoformat(), optional=optional),
    ]


def read(view: dict[str, Any], today: date) -> ActionReport:
    """The values entered. Raises FieldProblems beside each field that is wrong, or where nothing is entered."""
    report = read_entered(values_of(view), today)
    if not report.text and not report.promises:
        raise FieldProblems({"text": "Say in a few words what happens next, or press Cancel."})
    return report


def read_entered(entered: Values, today: date) -> ActionReport:
    """The values entered, which may be none. Raises FieldProblems beside each field that is wrong."""
    problems: dict[str, str] = {}
    changed = tuple(promises.read_rows(entered, problems, today))
    words = entered.get("text", "").strip()
    due_on = day_in(entered, "due_on") or today + timedelta(days=DEFAULT_DAYS)
    if words and due_on < today:
        problems["due_on"] = f"{due_on:%-d %b %Y} has passed. Choose today or a later date."
    if problems:
        raise FieldProblems(problems)
    return ActionReport(changed, words, entered.get("owner", ""), due_on, entered.get("outcome", "").strip())
