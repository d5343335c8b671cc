"""Forms: their ids and words, the view around their fields, and the table entry of each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from agendas.facts.account import AccountState
from agendas.text.who_acted import Sides
from handlers.edge.replies import View
from handlers.edge.routes import Handler
from handlers.edge.views import Field, Values
from handlers.forms.origin import Origin, to_metadata

DRAFT, FIELD = "draft", "field"
"""First parts of the action ids of fields: kept in a draft while the form is open, or read when it is submitted."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A form's id and words, and the fields that a draft keeps, by their names without a suffix."""

    callback_id: str
    title: str
    submit: str
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Everything that a form about an account is built of.

    Args:
        account: the account as it stands.
        origin: the place where the form is opened.
        draft: the values typed before and not submitted, and those that a button fills in.
        asker: the user id of the person.
        today: the date in the person's zone.
        due_on: when a next action is due unless the person says otherwise.
        sides: the names and domains by which the buyer and we are known.
        state: the account's state as mrkdwn, where the form tells it.
        names: the names of those who own an open action of the account, by user id, without the asker.
        asking: the ids of the open blockers that wait for the asker.
    """

    account: AccountState
    origin: Origin
    draft: Values
    asker: str
    today: date
    due_on: date
    sides: Sides
    state: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    asking: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its subject's table has it: ids and kept fields, and the handler of its submission."""

    frame: Frame
    submit: Handler


@dataclass(frozen=True, slots=True)
class AccountForm(Form):
    """A form about one account, which `open_form` can open.

    `takes_closed` forms open for an account that left the list, too.
    """

    build: Callable[[AccountFacts], View]
    takes_closed: bool = False


def form(frame: Frame, origin: Origin, blocks: Sequence[Field]) -> View:
    """The view of a form. Fields that a draft keeps report what is typed while the form is open."""
    return {
        "type": "modal",
        "callback_id": frame.callback_id,
        "title": _plain(frame.title),
        "submit": _plain(frame.submit),
        "close": _plain("Cancel"),
        "private_metadata": to_metadata(origin),
        "notify_on_close": bool(frame.keeps),
        "blocks": [_kept(block) if _base(block) in frame.keeps else block for block in blocks],
    }


def _base(block: Field) -> str:
    """The name of a field without its suffix; empty for a block that is no field."""
    return str(block.get("block_id", "")).split("/", 1)[0] if block["type"] == "input" else ""


def _kept(block: Field) -> Field:
    """The field, with an action id that marks it as kept; a text field reports each character typed.

    A field that reports its changes to a handler of its own keeps its id: that handler keeps the draft.
    """
    if block.get("dispatch_action"):
        return block
    element = block["element"] | {"action_id": f"{DRAFT}/{block['block_id']}"}
    if element["type"] != "plain_text_input":
        return block | {"element": element}
    element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return block | {"element": element, "dispatch_action": True}


def _plain(words: str) -> Field:
    return {"type": "plain_text", "text": words}
