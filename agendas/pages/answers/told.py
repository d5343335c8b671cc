"""Something told or ordered where a question was expected: nothing is done, and the forms that do it are offered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from agendas.errors import Outdated
from agendas.pages.accounts.did_you_mean import LARGEST_ID, OUTDATED_PICK
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Item, Page, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words

TOLD = "told"
"""First part of the actions of these buttons; the second one is the deed whose form they open."""

BUTTONS_SHOWN = 5

STATE = "state"
"""The hint of an order to set a state, which is the line itself: the forms do something else than was ordered."""


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A form that fits what was told: the deed, and the account with its name, 0 and '' where none was named."""

    deed: str
    account_id: int = 0
    name: str = ""


def told_page(offers: Sequence[FormOffer], words: Words, *, text: str, is_order: bool, hint: str = "") -> Page:
    """Return the line that nothing was done, with the forms that do it, filled in with `text` if there is any.

    `hint` names another way, where there is one that no form is for: review, decide, state, or right for somebody who
    may not.
    """
    names = tuple(dict.fromkeys(each.name for each in offers if each.name))
    buttons = _buttons(offers, words, text=text)
    is_long = any(length(each.value) > BUTTON_VALUE_CHARACTERS for each in buttons)
    if is_long:
        buttons = _buttons(offers, words, text="")
    order = "remarks.state" if hint == STATE else "remarks.order"
    sentence = order if is_order else "remarks.news"
    first = words.say(sentence, names=names, has_forms=bool(offers), is_long=is_long, has_text=bool(text))
    items: list[Item] = [Text(first)]
    if hint and hint != STATE:
        items.append(Text(words.say("remarks.instead", way=hint)))
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


def _buttons(offers: Sequence[FormOffer], words: Words, *, text: str) -> tuple[Button, ...]:
    """Return a button for each form, with the account's name where there are several."""
    is_alone = len({each.account_id for each in offers}) < 2
    return tuple(_button(each, words, text=text, name="" if is_alone else each.name) for each in offers[:BUTTONS_SHOWN])


def _button(offer: FormOffer, words: Words, *, text: str, name: str) -> Button:
    action = f"{TOLD}.{offer.deed}"
    label = f"{words.label(action)}: {name}" if name else words.label(action)
    value = json.dumps({"account": offer.account_id, "text": text}, ensure_ascii=False)
    # half a character, as JSON can bring it, is none that can be sent
    return Button(label, action, value.encode("utf-8", "replace").decode())
