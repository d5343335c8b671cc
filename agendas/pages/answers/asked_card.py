"""The card of an account as an answer: its lines without the buttons of each, so that it fills no screen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from agendas.facts.people import PersonFacts
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.card import account_card
from agendas.pages.accounts.history import HistoryLine
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Note, Page
from agendas.rendering.words import Words

LAST_EVENTS = 1


def asked_card(
    item: AgendaItem,
    words: Words,
    *,
    next_review_at: datetime | None = None,
    last_events: Sequence[HistoryLine] = (),
    can_act: bool = False,
    note: str = "",
    away: Sequence[PersonFacts] = (),
) -> Page:
    """Return the card in a few lines, with buttons to open and update it where the asker alone reads it.

    An account that left the list has none to update it.
    """
    account = item.facts.account
    last = last_events[:LAST_EVENTS]
    whole = account_card(item, words, next_review_at=next_review_at, last_events=last, can_record=False, away=away)
    items: tuple[Item, ...] = tuple(each for each in whole.items if not isinstance(each, Buttons))
    items += (Note(note),) if note else ()
    actions = ("account.open",) if account.list_status.is_closed else ("account.open", "account.update")
    buttons = Buttons(tuple(labelled(words, action, str(account.account_id)) for action in actions))
    return replace(whole, items=(*items, *((buttons,) if can_act else ())))
