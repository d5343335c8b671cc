"""Rows of open next actions in a form: the state of each, and the date and the reason only where the state asks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from agendas.facts.account import NextAction
from agendas.rendering.filters import short_day
from agendas.rendering.mrkdwn import escape
from agendas.verbs.updates.due_date import DEFAULT_DAYS
from agendas.verbs.updates.report import PromiseReport
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import day_in, field_number
from handlers.forms.fields import day, select, text
from handlers.forms.redrawing import redrawn

CHANGED = "update.changed"
"""The action of a choice that shows or hides fields of its form."""

STATE, LATER, WHY = "was", "later", "why"
"""First parts of the names of a row's fields; the action's id follows after a slash."""

KEPT = (STATE, LATER, WHY)
STILL, DONE, SLIPPED, DROPPED = "open", "done", "slipped", "dropped"
STATES = (("Still open", STILL), ("Done", DONE), ("Slipped to a later date", SLIPPED), ("Dropped", DROPPED))
WORDS_OF_ACTION = 150
REASON_CHARACTERS = 500


def rows(actions: Sequence[NextAction], entered: Values, today: date, names: Mapping[str, str]) -> list[Field]:
    """A row for each action, as far as `entered` has it filled in; `names` are those of owners besides the asker."""
    found: list[Field] = []
    for action in actions:
        owner = f" · {names[action.owner]}" if action.owner in names else ""
        label = f"{action.text[:WORDS_OF_ACTION]}{owner} · {_due(action.due_on, today)}"
        chosen = entered.get(f"{STATE}/{action.id}", STILL)
        found.append(select(f"{STATE}/{action.id}", label, STATES, initial=chosen, action=CHANGED))
        found += _details(action.id, chosen, entered)
    return found


def with_details(blocks: Sequence[Field], entered: Values, later: Mapping[int, date] | None = None) -> list[Field]:
    """The blocks of an open form, each row with the fields that the state entered in it asks for.

    `later` is the day that each action may slip to, where none is entered.
    """
    found: list[Field] = []
    for block in blocks:
        kind, _, number = str(block.get("block_id", "")).partition("/")
        if kind in (LATER, WHY):
            continue
        found.append(block)
        if kind == STATE:
            found += _details(field_number(block["block_id"]), entered.get(f"{STATE}/{number}", ""), entered, later)
    return found


def redraw(view: View, entered: Values, *, told: str = "", later: Mapping[int, date] | None = None) -> View:
    """The open form with the fields that its states ask for, below what is `told`; `entered` and `later` fill new ones.

    `later` as in `with_details`.
    """
    states = {name: value for name, value in values_of(view).items() if name.startswith(f"{STATE}/")}
    return redrawn(view, with_details(view["blocks"], entered | states, later), escape(told))


def read_rows(entered: Values, problems: dict[str, str], today: date) -> list[PromiseReport]:
    """The rows that say something; `problems` gets a sentence for each field that is wrong."""
    found = []
    for name, change in entered.items():
        if not name.startswith(f"{STATE}/"):
            continue
        action_id = field_number(name)
        later, why = f"{LATER}/{action_id}", f"{WHY}/{action_id}"
        if change in ("", STILL):
            if entered.get(later):
                problems[later] = "Choose Slipped to a later date above, or clear this date."
            continue
        due_on = day_in(entered, later) if change == SLIPPED else None
        if change == SLIPPED and (due_on is None or due_on < today):
            problems[later] = "Choose the later date, today or after."
        reason = entered.get(why, "").strip() if change in (SLIPPED, DROPPED) else ""
        found.append(PromiseReport(action_id, change, due_on, reason))
    return found


def later_days(actions: Sequence[NextAction], due_on: date, today: date) -> dict[int, date]:
    """The day that each action may slip to: that of the next review, `due_on`, or a week after its own."""
    week = timedelta(days=DEFAULT_DAYS)
    return {each.id: due_on if due_on > each.due_on else max(each.due_on, today) + week for each in actions}


def _details(action_id: int, state: str, entered: Values, later_than: Mapping[int, date] | None = None) -> list[Field]:
    """The fields that the state of an action asks for."""
    later, why = f"{LATER}/{action_id}", f"{WHY}/{action_id}"
    label = {SLIPPED: "Why it slipped", DROPPED: "Why it is dropped"}.get(state)
    if label is None:
        return []
    reason = text(why, label, initial=entered.get(why, ""), optional=True, most=REASON_CHARACTERS)
    if state != SLIPPED:
        return [reason]
    suggested = (later_than or {}).get(action_id)
    return [
        day(later, "Slipped to", initial=entered.get(later) or (suggested.isoformat() if suggested else "")),
        reason,
    ]


def _due(due_on: date, today: date) -> str:
    late = (today - due_on).days
    if late > 0:
        return f"{late} d late"
    return "due today" if late == 0 else f"due {short_day(due_on, today)}"
