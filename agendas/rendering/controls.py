"""Buttons and menus as Block Kit, with Slack's limits of them."""

from collections.abc import Sequence
from typing import Any

from agendas.rendering.mrkdwn import one_line
from agendas.rendering.page import Button, Buttons, Menu
from agendas.rendering.splitting import length
from agendas.text.characters import beginning

ACTIONS_IN_A_BLOCK = 25
ACTIONS_IN_A_ROW = 5
"""Ours, of Slack's 25: more do not fit a phone's width."""
OVERFLOW_ENTRIES = 5
OVERFLOW_VALUE_CHARACTERS = 150
OVERFLOW = "overflow"
"""The action id of a menu of buttons: the button's own action is the first word of the value chosen in it."""
MENU_ENTRIES = 100
MENU_CHARACTERS = 75
"""Of an entry, and of the words shown before one is chosen."""
BUTTON_CHARACTERS = 75
BUTTON_VALUE_CHARACTERS = 2_000
BUTTON_URL_CHARACTERS = 3_000
CONFIRM_TITLE_CHARACTERS = 100
CONFIRM_TEXT_CHARACTERS = 300
CONFIRM_CHOICE_CHARACTERS = 30

Block = dict[str, Any]


def action_rows(item: Buttons | Menu) -> list[list[Block]]:
    """Return the elements of each row of buttons, or those of a menu."""
    if isinstance(item, Buttons):
        first, *others = _with_overflow(button_rows(item.items), item.menu) or [[]]
        first = [*(_menu(each) for each in item.choices if each.entries), *first]
        return [row for row in (first, *others) if row]
    return [[_menu(item)]] if item.entries else []


def button_rows(items: Sequence[Button]) -> list[list[Block]]:
    """Rows of at most five; an action comes once in a row, because Slack tells buttons of a row apart by it."""
    rows: list[list[Block]] = []
    for button in items:
        taken = {element["action_id"] for element in rows[-1]} if rows else set()
        if not rows or len(rows[-1]) == ACTIONS_IN_A_ROW or button.action in taken:
            rows.append([])
        rows[-1].append(button_block(button))
    return rows


def _with_overflow(rows: list[list[Block]], menu: Sequence[Button]) -> list[list[Block]]:
    """The rows with the menu at the end of the last one, or in a row of its own where that is full."""
    if not menu:
        return rows
    if not rows or len(rows[-1]) == ACTIONS_IN_A_ROW:
        return [*rows, [_overflow(menu)]]
    return [*rows[:-1], [*rows[-1], _overflow(menu)]]


def _overflow(menu: Sequence[Button]) -> Block:
    """Raises ValueError for more buttons than Slack takes, a value that is too long, and what no entry can do."""
    options: list[Block] = [
        {
            "text": plain_text(shortened_label(button.label, BUTTON_CHARACTERS)),
            "value": f"{button.action} {button.value}".rstrip(),
        }
        for button in menu
    ]
    if any(button.confirm or button.url for button in menu):
        raise ValueError("an entry of a menu of buttons neither asks first nor opens a page")
    if len(options) > OVERFLOW_ENTRIES or any(length(each["value"]) > OVERFLOW_VALUE_CHARACTERS for each in options):
        raise ValueError(f"the menu with {menu[0].action!r} is more than Slack takes")
    return {"type": "overflow", "action_id": OVERFLOW, "options": options}


def word_and_value(action: str, value: str) -> tuple[str, str]:
    """Return the action and value of a click; those of the entry chosen, where it was in a menu of buttons."""
    if action != OVERFLOW:
        return action, value
    word, _, rest = value.partition(" ")
    return word, rest


def button_block(button: Button) -> Block:
    """Return the element of a button. Raises ValueError when its value is longer than Slack takes."""
    if length(button.value) > BUTTON_VALUE_CHARACTERS or length(button.url) > BUTTON_URL_CHARACTERS:
        raise ValueError(f"the value of button {button.action!r} is longer than Slack takes")
    drawn: Block = {
        "type": "button",
        "text": plain_text(shortened_label(button.label, BUTTON_CHARACTERS)),
        "action_id": button.action,
    }
    drawn |= {
        key: text for key, text in (("value", button.value), ("style", button.style), ("url", button.url)) if text
    }
    if button.confirm is not None:
        drawn["confirm"] = {
            "title": plain_text(shortened_label(button.confirm.title, CONFIRM_TITLE_CHARACTERS)),
            "text": plain_text(shortened_label(button.confirm.text, CONFIRM_TEXT_CHARACTERS)),
            "confirm": plain_text(shortened_label(button.confirm.yes, CONFIRM_CHOICE_CHARACTERS)),
            "deny": plain_text(shortened_label(button.confirm.no, CONFIRM_CHOICE_CHARACTERS)),
        }
    return drawn


def _menu(menu: Menu) -> Block:
    return {
        "type": "static_select",
        "action_id": menu.action,
        "placeholder": plain_text(shortened_label(menu.label, MENU_CHARACTERS)),
        "options": [
            {"text": plain_text(shortened_label(label, MENU_CHARACTERS)), "value": value}
            for label, value in menu.entries[:MENU_ENTRIES]
        ],
    }


def shortened_label(label: str, limit: int) -> str:
    """Return a label on one line, ending in `…` where it was shortened; the whole name stands in the text beside it."""
    short = one_line(label).strip() or "-"
    return short if length(short) <= limit else beginning(short, limit - 1, length).rstrip() + "…"


def plain_text(text: str) -> Block:
    """Return a text object without formatting."""
    return {"type": "plain_text", "text": text, "emoji": False}
