"""Messages that may be there or not, each with the buttons by which an admin decides about it."""

from datetime import datetime

from agendas.health_facts import Doubts
from agendas.pages.buttons import labelled
from agendas.pages.page import Buttons, Item, Note, Page, Text
from agendas.pages.words import Words
from agendas.rules.days import local_date


def doubts_page(doubts: Doubts, words: Words, *, zone: str, now: datetime) -> Page:
    """What is in doubt and what to do about it; that nothing is any more when everything is decided."""
    title = words.raw("doubts.title", count=doubts.count)
    return Page(title, (Text(words.say("doubts.said", count=doubts.count)), *decisions(doubts, words, zone, now)))


def decisions(doubts: Doubts, words: Words, zone: str, now: datetime) -> tuple[Item, ...]:
    """Two buttons for each message; how many more there are below."""
    items: list[Item] = []
    for doubt in doubts.shown:
        value = str(doubt.letter_id)
        items += [
            Text(words.say("doubts.one", doubt=doubt, zone=zone, today=local_date(now, zone))),
            Buttons((labelled(words, "doubt.again", value), labelled(words, "doubt.there", value))),
        ]
    more = doubts.count - len(doubts.shown)
    return (*items, Note(words.say("doubts.more", count=more))) if more else tuple(items)
