"""Fields of forms.

A field's block id is its name, with a suffix after a slash where one form has several of a kind.
"""

from collections.abc import Sequence

from agendas.facts.account import AccountState
from agendas.rendering.mrkdwn import escape
from agendas.rendering.splitting import length
from agendas.text.characters import beginning
from handlers.edge.views import Field, option
from handlers.forms.form import FIELD

TEXT_CHARACTERS = 3_000
OPTIONS = 100
"""Most choices of a select."""

LAST_TIER = 3
TIERS = (("Tier 1, one-to-one", "1"), ("Tier 2, one-to-few", "2"), ("Tier 3, one-to-many", "3"))


def text(
    name: str,
    label: str,
    *,
    initial: str = "",
    hint: str = "",
    multiline: bool = False,
    optional: bool = False,
    most: int = TEXT_CHARACTERS,
) -> Field:
    """A text field of `most` characters at most."""
    shown = initial if length(initial) <= most else beginning(initial, most, length)
    element = _element(name, "plain_text_input") | {"multiline": multiline, "max_length": most}
    return _input(name, label, element | _initial("initial_value", shown), optional=optional, hint=hint)


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
    """A choice of one among (label, value) pairs; `action` is the handler of a change while the form is open."""
    options = [option(label_of, value) for label_of, value in pairs[:OPTIONS]]
    element = _element(name, "static_select", action) | {"options": options}
    found = next((each for each in options if each["value"] == initial), None)
    if found:
        element["initial_option"] = found
    return _reporting(_input(name, label, element, optional=optional, hint=hint), action)


def several(
    name: str,
    label: str,
    pairs: Sequence[tuple[str, str]],
    *,
    initial: Sequence[str] = (),
    hint: str = "",
    action: str = "",
) -> Field:
    """A choice of any number among (label, value) pairs; may be left empty. `action` as in `select`."""
    options = [option(label_of, value) for label_of, value in pairs[:OPTIONS]]
    element = _element(name, "multi_static_select", action) | {"options": options}
    found = [each for each in options if each["value"] in initial]
    if found:
        element["initial_options"] = found
    return _reporting(_input(name, label, element, optional=True, hint=hint), action)


def person(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "") -> Field:
    """A choice of one person of the workspace."""
    element = _element(name, "users_select")
    return _input(name, label, element | _initial("initial_user", initial), optional=optional, hint=hint)


def persons(name: str, label: str, *, initial: Sequence[str] = (), hint: str = "", action: str = "") -> Field:
    """A choice of any number of people; may be left empty. `action` as in `select`."""
    element = _element(name, "multi_users_select", action)
    if initial:
        element["initial_users"] = list(initial)
    return _reporting(_input(name, label, element, optional=True, hint=hint), action)


def day(name: str, label: str, *, initial: str = "", optional: bool = False, hint: str = "", action: str = "") -> Field:
    """A date, `YYYY-MM-DD`."""
    element = _element(name, "datepicker", action) | _initial("initial_date", initial)
    return _reporting(_input(name, label, element, optional=optional, hint=hint), action)


def clock(name: str, label: str, *, initial: str = "", action: str = "", hint: str = "") -> Field:
    """A wall time, `HH:MM`."""
    element = _element(name, "timepicker", action) | _initial("initial_time", initial)
    return _reporting(_input(name, label, element, optional=False, hint=hint), action)


def searched(
    name: str,
    label: str,
    *,
    action: str,
    initial: tuple[str, str] | None = None,
    optional: bool = False,
    hint: str = "",
    letters: int = 1,
    is_reporting: bool = False,
) -> Field:
    """A choice of one among the options that the handler `action` finds for the letters typed.

    With `is_reporting` a change is reported while the form is open.
    """
    element = _element(name, "external_select", action) | {"min_query_length": letters}
    if initial:
        element["initial_option"] = option(*initial)
    return _reporting(_input(name, label, element, optional=optional, hint=hint), action if is_reporting else "")


def several_searched(
    name: str, label: str, *, action: str, initial: Sequence[tuple[str, str]] = (), hint: str = ""
) -> Field:
    """A choice of any number among the options that `action` finds; each change is reported to it."""
    element = _element(name, "multi_external_select", action) | {"min_query_length": 0}
    if initial:
        element["initial_options"] = [option(*each) for each in initial[:OPTIONS]]
    return _reporting(_input(name, label, element, optional=True, hint=hint), action)


def file(name: str, label: str, endings: Sequence[str], *, hint: str = "") -> Field:
    """One file whose name ends as one of these."""
    element = _element(name, "file_input") | {"filetypes": list(endings), "max_files": 1}
    return _input(name, label, element, optional=False, hint=hint)


def line(mrkdwn: str) -> Field:
    """A line of text between the fields."""
    return {"type": "section", "text": _mrkdwn(mrkdwn)}


def small(mrkdwn: str, block_id: str = "") -> Field:
    """A line of small print."""
    block: Field = {"type": "context", "elements": [_mrkdwn(mrkdwn)]}
    return block | ({"block_id": block_id} if block_id else {})


def channel(
    name: str, label: str, *, initial: str = "", hint: str = "", kinds: Sequence[str] = ("public", "private")
) -> Field:
    """A choice of one channel of these kinds that the person can see; may be left empty."""
    element = _element(name, "conversations_select") | {"filter": {"include": list(kinds)}}
    return _input(name, label, element | _initial("initial_conversation", initial), optional=True, hint=hint)


def box(name: str, label: str, words: str, value: str, *, is_ticked: bool = False) -> Field:
    """A box to tick, which may be left empty."""
    choice = option(words, value)
    element = _element(name, "checkboxes") | {"options": [choice]}
    ticked = {"initial_options": [choice]} if is_ticked else {}
    return _input(name, label, element | ticked, optional=True, hint="")


def boxes(
    name: str, label: str, pairs: Sequence[tuple[str, str]], *, initial: Sequence[str] = (), action: str = ""
) -> Field:
    """Boxes to tick, at least one; each change is reported to `action`."""
    options = [option(label_of, value) for label_of, value in pairs]
    element = _element(name, "checkboxes", action) | {"options": options}
    ticked = [each for each in options if each["value"] in initial]
    return _reporting(
        _input(name, label, element | ({"initial_options": ticked} if ticked else {}), optional=False, hint=""), action
    )


def pressed(name: str, mrkdwn: str, given: tuple[str, str, str] | None) -> Field:
    """A line of text with a button beside it: (label, action id, value); None for no button."""
    block = line(mrkdwn) | {"block_id": name}
    if given is None:
        return block
    label, action, value = given
    return block | {"accessory": {"type": "button", "action_id": action, "text": _plain(label), "value": value}}


def buttons(name: str, given: Sequence[tuple[str, str, str]]) -> Field:
    """A row of buttons: (label, action id, value), each action id once."""
    elements = [
        {"type": "button", "action_id": action, "text": _plain(label)} | _initial("value", value)
        for label, action, value in given
    ]
    return {"type": "actions", "block_id": name, "elements": elements}


def account_line(account: AccountState, state: str = "") -> Field:
    """The account a form is about, and below it its state as mrkdwn."""
    tier = f"  Tier {account.tier}" if account.tier else f"  {account.list_status.value}"
    return line(f"*{escape(account.name)}*{tier}" + (f"\n{state}" if state else ""))


def _element(name: str, kind: str, action: str = "") -> Field:
    return {"type": kind, "action_id": action or f"{FIELD}/{name}"}


def _reporting(block: Field, action: str) -> Field:
    return block | ({"dispatch_action": True} if action else {})


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


def _mrkdwn(text: str) -> Field:
    # verbatim: Slack is not to make links or mentions of its own out of what people typed
    return {"type": "mrkdwn", "text": text, "verbatim": True}
