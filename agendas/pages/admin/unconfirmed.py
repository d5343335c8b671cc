"""Messages that may be there or not, each with the buttons by which an admin decides about it."""

from datetime import datetime

from agendas.facts.program.health import Doubts
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Note, Page, Text
from agendas.rendering.words import Words
from agendas.text.days import local_date


def doubts_page(doubts: Doubts, words: Words, *, zone: str, now: datetime) -> Page:
    """Return the messages in doubt and the ways to settle them, or that none is left."""
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
