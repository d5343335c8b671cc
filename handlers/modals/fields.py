"""The pieces of forms: how a field is built, and how what was entered is read back.

A field's block id is its name, with a suffix after a slash where one form has several of a kind. Text fields carry
an action id beginning with `draft`, so that what is typed is kept while the form is open.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from agendas.facts.account import AccountState
from agendas.rendering.mrkdwn import escape
from agendas.rendering.splitting import length
from agendas.text.characters import beginning
from handlers.incoming import chosen
from handlers.modals.metadata import read_metadata
from handlers.replies import View
from handlers.shapes import mapping

Field = dict[str, Any]
Values = dict[str, str]

TEXT_CHARACTERS = 3_000
METADATA_CHARACTERS = 3_000
OPTION_CHARACTERS = 75
OPTIONS = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened and about what; travels in the form's private metadata."""

    account_id: int = 0
    channel_id: str = ""
    place: str = ""
    item_id: int = 0
    subject: str = ""
    source: str = ""
    evidence_url: str = ""
    evidence_at: str = ""
    text: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A form's id and its words."""

    callback_id: str
    title: str
    submit: str
    keeps_draft: bool = True


def form(frame: Frame, origin: Origin, blocks: Sequence[Field]) -> View:
    """The view of a form."""
    return {
        "type": "modal",
        "callback_id": frame.callback_id,
        "title": _plain(frame.title),
        "submit": _plain(frame.submit),
        "close": _plain("Cancel"),
        "private_metadata": _metadata(origin),
        "notify_on_close": frame.keeps_draft,
        "blocks": list(blocks),
    }


def _metadata(origin: Origin) -> str:
    """Where the form was opened, as JSON; of a long message's text as much as fits."""
    stored = json.dumps({name: value for name, value in asdict(origin).items() if value}, ensure_ascii=False)
    excess = length(stored) - METADATA_CHARACTERS
    if excess <= 0 or not origin.text:
        return stored
    # two units of Slack's are one character at least
    return _metadata(replace(origin, text=origin.text[: -max(1, excess // 2)]))


def origin_of(view: Mapping[str, Any]) -> Origin:
    """Where the form was opened and about what. Raises Outdated for a form of another version."""
    defaults = {each.name: each.default for each in fields(Origin)}
    return Origin(**read_metadata(view.get("private_metadata"), defaults))  # type: ignore[arg-type]


def values_of(view: Mapping[str, Any]) -> Values:
    """What was entered, by block id; several choices are joined by commas, nothing entered is an empty string."""
    entered = mapping(mapping(view.get("state")).get("values"))
    return {block_id: chosen(element) for block_id, actions in entered.items() for element in mapping(actions).values()}


def inputs_of(view: Mapping[str, Any]) -> list[Field]:
    """The view's fields."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def text(
    name: str,
    label: str,
    *,
    initial: str = "",
    hint: str = "",
    multiline: bool = False,
    optional: bool = False,
    most: int = TEXT_CHARACTERS,
    keeps_draft: bool = True,
) -> Field:
    """A text field; what is typed is kept as it is typed unless `keeps_draft` is false."""
    element: Field = {
        "type": "plain_text_input",
        "action_id": f"{'draft' if keeps_draft else 'field'}/{name}",
        "multiline": multiline,
        "max_length": most,
    }
    element |= _initial("initial_value", initial if length(initial) <= most else beginning(initial, most, length))
    if not keeps_draft:
        return _input(name, label, element, optional=optional, hint=hint)
    element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return _input(name, label, element, optional=optional, hint=hint) | {"dispatch_action": True}


def select(
    name: str,
    label: str,
    pairs: Sequence[tuple[str, str]],
    *,
    initial: str = "",
    optional: bool = False,
    action: str = "",
    hint: str = "",
) -> Field:
    """A choice of one among (label, value) pairs; `action` names who hears of a change while the form is open."""
    options = [option(label_of, value) for label_of, value in pairs[:OPTIONS]]
    element: Field = {"type": "static_select", "action_id": action or f"field/{name}", "options": options}
    found = next((each for each in options if each["value"] == initial), None)
    if found:
        element["initial_option"] = found
    block = _input(name, label, element, optional=optional, hint=hint)
    return block | ({"dispatch_action": True} if action else {})


def several(
    name: str, label: str, pairs: Sequence[tuple[str, str]], *, initial: Sequence[str] = (), hint: str = ""
) -> Field:
    """A choice of any number among (label, value) pairs; may be left empty."""
    options = [option(label_of, value) for label_of, value in pairs[:OPTIONS]]
    element: Field = {"type": "multi_static_select", "action_id": f"field/{name}", "options": options}
    found = [each for each in options if each["value"] in initial]
    if found:
        element["initial_options"] = found
    return _input(name, label, element, optional=True, hint=hint)


def person(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "") -> Field:
    """A choice of one person of the workspace."""
    element: Field = {"type": "users_select", "action_id": f"field/{name}"}
    return _input(name, label, element | _initial("initial_user", initial), optional=optional, hint=hint)


def persons(name: str, label: str, *, initial: Sequence[str] = (), hint: str = "") -> Field:
    """A choice of any number of people; may be left empty."""
    element: Field = {"type": "multi_users_select", "action_id": f"field/{name}"}
    if initial:
        element["initial_users"] = list(initial)
    return _input(name, label, element, optional=True, hint=hint)


def day(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "", action: str = "") -> Field:
    """A date, `YYYY-MM-DD`."""
    element: Field = {"type": "datepicker", "action_id": action or f"field/{name}"}
    block = _input(name, label, element | _initial("initial_date", initial), optional=optional, hint=hint)
    return block | ({"dispatch_action": True} if action else {})


def clock(name: str, label: str, *, initial: str = "", action: str = "") -> Field:
    """A wall time, `HH:MM`."""
    element: Field = {"type": "timepicker", "action_id": action or f"field/{name}"}
    block = _input(name, label, element | _initial("initial_time", initial), optional=False, hint="")
    return block | ({"dispatch_action": True} if action else {})


def searched(
    name: str,
    label: str,
    *,
    action: str,
    initial: tuple[str, str] | None = None,
    optional: bool = False,
    hint: str = "",
    letters: int = 1,
) -> Field:
    """A choice of one among what our options handler `action` finds for the letters typed."""
    element: Field = {"type": "external_select", "action_id": action, "min_query_length": letters}
    if initial:
        element["initial_option"] = option(*initial)
    return _input(name, label, element, optional=optional, hint=hint)


def file(name: str, label: str, endings: Sequence[str], *, hint: str = "") -> Field:
    """One file whose name ends as one of these."""
    element: Field = {"type": "file_input", "action_id": f"field/{name}", "filetypes": list(endings), "max_files": 1}
    return _input(name, label, element, optional=False, hint=hint)


def said(mrkdwn: str) -> Field:
    """A line of text between the fields."""
    return {"type": "section", "text": _mrkdwn(mrkdwn)}


def small(mrkdwn: str, block_id: str = "") -> Field:
    """A line of small print."""
    block: Field = {"type": "context", "elements": [_mrkdwn(mrkdwn)]}
    return block | ({"block_id": block_id} if block_id else {})


def option(label: str, value: str) -> Field:
    """One entry of a select."""
    short = label if length(label) <= OPTION_CHARACTERS else f"{beginning(label, OPTION_CHARACTERS - 1, length)}…"
    return {"text": _plain(short), "value": value}


def _initial(name: str, value: str) -> Field:
    return {name: value} if value else {}


def _input(name: str, label: str, element: Field, *, optional: bool, hint: str) -> Field:
    block: Field = {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": _plain(hint)} if hint else {})


def _plain(words: str) -> Field:
    return {"type": "plain_text", "text": words}


def account_line(account: AccountState) -> Field:
    """The account a form is about."""
    tier = f"  Tier {account.tier}" if account.tier else f"  {account.list_status.value}"
    return said(f"*{escape(account.name)}*{tier}")


def _mrkdwn(text: str) -> Field:
    # verbatim: Slack is not to make links or mentions of its own out of what people typed
    return {"type": "mrkdwn", "text": text, "verbatim": True}
