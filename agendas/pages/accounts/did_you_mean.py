"""An account that was not found: the nearest ones as buttons that run the same command again."""

import json

from agendas.errors import Outdated, UnknownAccount
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Item, Page, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words

OUTDATED_PICK = "This comes from another version of Cadence and does nothing here. Write the name of the account anew."
LARGEST_ID = 10**18
"""Largest id in the databases."""


def nearest_page(error: UnknownAccount, words: Words, *, original: str, action: str = "account.pick") -> Page:
    """The nearest accounts, each a button whose value is JSON `{"account_id": 7, "text": original}`.

    Args:
        error: what was typed and the nearest accounts.
        words: the sentences.
        original: the whole command or question, to be run again with the account that is picked.
        action: what the buttons send.
    """
    if not error.nearest:
        said = words.say("program.nearest_none", typed=error.typed)
        return Page(read(said), (Text(said), Buttons((labelled(words, "abm.list"),))), key="nearest")
    said = words.say("program.nearest_ambiguous" if error.ambiguous else "program.nearest", typed=error.typed)
    buttons = tuple(Button(name, action, pick_value(account_id, original)) for account_id, name in error.nearest)
    rest: Item = Buttons(buttons)
    if any(length(button.value) > BUTTON_VALUE_CHARACTERS for button in buttons):
        names = tuple(name for _, name in error.nearest)
        rest = Text(words.say("program.nearest_too_long", names=names))
    return Page(read(said), (Text(said), rest), key="nearest")


def pick_value(account_id: int, original: str) -> str:
    """Return the value of a button of `nearest_page`."""
    value = json.dumps({"account_id": account_id, "text": original}, ensure_ascii=False)
    # half a character, as JSON can bring it, is none that can be sent
    return value.encode("utf-8", "replace").decode()


def read_pick(value: str) -> tuple[int, str]:
    """The account id and the original text that such a button carries. Raises Outdated when it carries none."""
    try:
        picked = json.loads(value)
        account_id, original = picked["account_id"], picked["text"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Outdated(OUTDATED_PICK) from None
    if type(account_id) is not int or not 0 < account_id < LARGEST_ID or not isinstance(original, str):
        raise Outdated(OUTDATED_PICK)
    return account_id, original
