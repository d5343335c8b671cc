"""The form for everything about one account at once: its open actions and blockers, what moved, what is next.

Each field's name ends with the account: Slack keeps what was typed by name, and the next account's form may take the
place of this one. More actions than fit come on pages before the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState, NextAction
from agendas.verbs.updates.report import AccountReport, MovementReport
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION, number_in
from handlers.edge.views import Field, Values, values_of
from handlers.forms.fields import account_line, box, small
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin, origin_of
from handlers.forms.redrawing import fields_of
from handlers.updates import blocker_form, movement_form, next_action_form, promises
from handlers.updates.series import SKIP, Series

FRAME = Frame("update", "Update", "Record", keeps=("text", "evidence", "next", blocker_form.STATE, *promises.KEPT))
ON_A_PAGE = 10
BLOCKERS_SHOWN = 12
NOTHING = "nothing"
MANY = (*promises.KEPT, blocker_form.STATE)
"""First parts of names that have the number of their own item, of which no two accounts have the same."""


def build(facts: AccountFacts) -> View:
    """The form, or the page of its open actions that `origin.page` comes before."""
    account, origin = facts.account, facts.origin
    own = replace(facts, draft=bare(facts.draft, origin.account_id))
    shown, has_more = page_of(account.open_actions, origin.page)
    series = Series.of(origin.series)
    blocks: list[Field] = [_head(account, series, facts.state)]
    if origin.page or has_more:
        blocks.append(small(_page_words(account, shown)))
    blocks += promises.rows(shown, own.draft, facts.today, facts.names)
    if not has_more:
        blocks += _rest(own)
    goes_on = has_more or bool(series and series.rest)
    frame = replace(FRAME, title=series.title if series else FRAME.title, submit="Next" if goes_on else FRAME.submit)
    return form(frame, origin, [_named(block, origin.account_id) for block in blocks])


def read(view: dict[str, Any], before: Values, today: date, now: datetime) -> AccountReport:
    """Everything entered, with what was chosen on the pages `before`.

    Raises FieldProblems beside each field that is wrong, by the names of this account's fields.
    """
    origin = origin_of(view)
    entered = bare(before | values_of(view), origin.account_id)
    try:
        report = _read(entered, origin, today, now)
    except FieldProblems as wrong:
        raise beside(wrong, origin.account_id) from None
    if is_last_page(view) and report.is_empty:
        leave = "press Skip" if origin.series else "press Cancel"
        raise FieldProblems({own_name(NOTHING, origin.account_id): f"Nothing is entered. Tick this box, or {leave}."})
    return report


def beside(wrong: FieldProblems, account_id: int) -> FieldProblems:
    """The problems by the names of this account's fields."""
    return FieldProblems({own_name(name, account_id): sentence for name, sentence in wrong.fields.items()})


def own_name(name: str, account_id: int) -> str:
    """The name of this account's field."""
    return name if name.split("/", 1)[0] in MANY else f"{name}{_ending(account_id)}"


def bare(values: Mapping[str, str], account_id: int) -> Values:
    """The values by the names that the fields of single forms have."""
    return {name.removesuffix(_ending(account_id)): value for name, value in values.items()}


def is_last_page(view: View) -> bool:
    """True for the page with everything besides actions."""
    return own_name(NOTHING, origin_of(view).account_id) in fields_of(view)


def page_of(actions: Sequence[NextAction], after: str) -> tuple[Sequence[NextAction], bool]:
    """The actions of a page, and true where more follow. Raises Outdated for a page of another version."""
    if after:
        due_on, _, number = after.partition(" ")
        try:
            last = (date.fromisoformat(due_on), number_in(number))
        except ValueError:
            raise Outdated(OTHER_VERSION) from None
        actions = [each for each in actions if (each.due_on, each.id) > last]
    return actions[:ON_A_PAGE], len(actions) > ON_A_PAGE


def next_page(view: View, account: AccountState) -> str:
    """The mark of the page after this one."""
    fields = fields_of(view)
    shown = [each for each in account.open_actions if f"{promises.STATE}/{each.id}" in fields]
    return f"{shown[-1].due_on.isoformat()} {shown[-1].id}" if shown else origin_of(view).page


def _read(entered: Values, origin: Origin, today: date, now: datetime) -> AccountReport:
    actions = next_action_form.read_entered(entered | {"text": entered.get("next", "")}, today)
    movement = _movement(entered, origin, now)
    is_nothing = bool(entered.get(NOTHING))
    if movement is not None and is_nothing:
        raise FieldProblems({NOTHING: "You also say what moved. Clear this box, or the text."})
    return AccountReport(movement, is_nothing, actions, blocker_form.read_rows(entered))


def _movement(entered: Values, origin: Origin, now: datetime) -> MovementReport | None:
    """The movement, None where nothing of it is entered."""
    is_told = any(entered.get(name, "").strip() for name in ("text", "evidence", "expansion"))
    is_moved = entered.get("stage", movement_form.SAME) not in ("", movement_form.SAME)
    return movement_form.read_entered(entered, origin, now) if is_told or is_moved else None


def _head(account: AccountState, series: Series | None, state: str) -> Field:
    """The account with its state, and the button that leaves it as it is."""
    head = account_line(account, state)
    if series is None:
        return head
    button = {"type": "button", "action_id": SKIP, "text": {"type": "plain_text", "text": "Skip"}}
    return head | {"accessory": button}


def _page_words(account: AccountState, shown: Sequence[NextAction]) -> str:
    every = account.open_actions
    first = every.index(shown[0]) + 1 if shown else len(every)
    last = first + max(len(shown) - 1, 0)
    return f"Open actions {first} to {last} of {len(every)}. What you choose on one page is kept on the next."


def _rest(facts: AccountFacts) -> list[Field]:
    """Everything besides the open actions."""
    blockers, draft = facts.account.open_blockers, facts.draft
    found = blocker_form.rows(blockers[:BLOCKERS_SHOWN], facts.asking, draft, before="Blocker: ")
    hidden = max(0, len(blockers) - BLOCKERS_SHOWN)
    if hidden:
        found.append(small(f"{hidden} more open blockers: see the account's card."))
    return [
        *found,
        box(NOTHING, "Did anything move?", "Nothing moved", NOTHING),
        *movement_form.fields(facts, optional=True),
        *next_action_form.new_action(facts, "What is next", initial=draft.get("next", ""), optional=True, name="next"),
    ]


def _named(block: Field, account_id: int) -> Field:
    """The block, as a field of this account."""
    if block["type"] != "input":
        return block
    name, element = block["block_id"], block["element"]
    own = own_name(name, account_id)
    action_id = element["action_id"]
    marked = action_id if action_id == promises.CHANGED else f"{action_id.split('/', 1)[0]}/{own}"
    return block | {"block_id": own, "element": element | {"action_id": marked}}


def _ending(account_id: int) -> str:
    return f"/account-{account_id}"
