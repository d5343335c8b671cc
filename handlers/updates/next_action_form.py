"""The form for next actions: the state of the promises, and a new one."""

from datetime import date, timedelta
from typing import Any

from agendas.errors import FieldProblems
from agendas.verbs.updates.due_date import DEFAULT_DAYS
from agendas.verbs.updates.report import ActionReport, PromiseReport
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import NOT_OFFERED, day_in, field_number, offered
from handlers.forms.fields import account_line, day, person, select, text
from handlers.forms.form import AccountFacts, Frame, form

FRAME = Frame("next_action", "Next action", "Record", keeps=("text", "outcome"))
MOST_SHOWN = 6
STILL = "open"
STATES = (("Still open", STILL), ("Done", "done"), ("Slipped to a later date", "slipped"), ("Dropped", "dropped"))


def build(facts: AccountFacts) -> View:
    """The form: open promises first, then a new one."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    blocks: list[Field] = [account_line(account)]
    shown = account.open_actions[:MOST_SHOWN]
    for action in shown:
        label = f"{action.text[:150]} (due {action.due_on:%-d %b})"
        blocks.append(select(f"was/{action.id}", label, STATES, initial=STILL))
        blocks.append(day(f"later/{action.id}", "Later date, if it slipped", optional=True))
    label = "Another next action" if shown else "Next action"
    blocks += [
        text(
            "text",
            label,
            initial=draft.get("text") or origin.text,
            optional=bool(shown),
            hint="Begin with a verb: book, send, ask.",
        ),
        person("owner", "Owner", initial=facts.asker, optional=True),
        day("due_on", "Due", initial=facts.due_on.isoformat(), optional=bool(shown)),
        text(
            "outcome",
            "What the buyer will have done",
            initial=draft.get("outcome", ""),
            optional=True,
            hint="The outcome you expect on their side.",
        ),
    ]
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], today: date) -> ActionReport:
    """The values entered. Raises FieldProblems beside each field that is wrong."""
    entered = values_of(view)
    problems: dict[str, str] = {}
    promises = tuple(_promises(entered, problems, today))
    words = entered.get("text", "").strip()
    due_on = day_in(entered, "due_on") or today + timedelta(days=DEFAULT_DAYS)
    if words and due_on < today:
        problems["due_on"] = f"{due_on:%-d %b %Y} has passed. Choose today or a later date."
    if not words and not promises and not problems:
        problems["text"] = "Say in a few words what happens next, or press Cancel."
    if problems:
        raise FieldProblems(problems)
    return ActionReport(promises, words, entered.get("owner", ""), due_on, entered.get("outcome", "").strip())


def _promises(entered: Values, problems: dict[str, str], today: date) -> list[PromiseReport]:
    found = []
    for name, change in entered.items():
        if not name.startswith("was/"):
            continue
        action_id = field_number(name)
        if change in ("", STILL):
            if entered.get(f"later/{action_id}"):
                problems[f"later/{action_id}"] = "Choose Slipped to a later date above, or clear this date."
            continue
        if change not in offered(STATES):
            raise FieldProblems({name: NOT_OFFERED})
        later = day_in(entered, f"later/{action_id}")
        if change == "slipped" and (later is None or later < today):
            problems[f"later/{action_id}"] = "Choose the later date, today or after."
        found.append(PromiseReport(action_id, change, later))
    return found
