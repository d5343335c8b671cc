"""Something told or ordered where a question was expected: nothing is done, and the forms that do it are offered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from agendas.errors import Outdated
from agendas.pages.accounts.did_you_mean import LARGEST_ID, OUTDATED_PICK
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Item, Note, Page, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words

TOLD = "told"
"""First part of the actions of these buttons; the second one is the deed whose form they open."""

BUTTONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A form that fits what was told: the deed, and the account with its name, 0 and '' where none was named."""

    deed: str
    account_id: int = 0
    name: str = ""


def told_page(offers: Sequence[FormOffer], words: Words, *, text: str, is_order: bool, hint: str = "") -> Page:
    """Return the line that nothing was done, with the forms that do it, filled in with `text`.

    `hint` names another way, where there is one that no form is for: review, decide, or right for somebody who may not.
    """
    names = tuple(dict.fromkeys(each.name for each in offers if each.name))
    first = words.say("remarks.order" if is_order else "remarks.news", names=names, has_forms=bool(offers))
    items: list[Item] = [Text(first)]
    if hint:
        items.append(Text(words.say("remarks.instead", way=hint)))
    buttons = tuple(_button(each, words, text=text, with_name=len(names) > 1) for each in offers[:BUTTONS_SHOWN])
    if any(length(each.value) > BUTTON_VALUE_CHARACTERS for each in buttons):
        buttons = tuple(_button(each, words, text="", with_name=len(names) > 1) for each in offers[:BUTTONS_SHOWN])
        items.append(Note(words.say("remarks.too_long")))
    if buttons:
        items.append(Buttons(buttons))
    return Page(read(first), tuple(items), key=TOLD)


def read_told(value: str) -> tuple[int, str]:
    """Return the account id, 0 for none, and the text that such a button carries. Raises Outdated for another value."""
    try:
        told = json.loads(value)
        account_id, text = told["account"], told["text"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Outdated(OUTDATED_PICK) from None
    if type(account_id) is not int or not 0 <= account_id < LARGEST_ID or not isinstance(text, str):
        raise Outdated(OUTDATED_PICK)
    return account_id, text


def _button(offer: FormOffer, words: Words, *, text: str, with_name: bool) -> Button:
    action = f"{TOLD}.{offer.deed}"
    label = f"{words.label(action)}: {offer.name}" if with_name and offer.name else words.label(action)
    value = json.dumps({"account": offer.account_id, "text": text}, ensure_ascii=False)
    # half a character, as JSON can bring it, is none that can be sent
    return Button(label, action, value.encode("utf-8", "replace").decode())
