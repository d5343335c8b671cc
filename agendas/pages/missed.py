"""A review that came too late to be posted, with the offer to hold it now."""

from datetime import datetime

from agendas.pages.buttons import labelled
from agendas.pages.mrkdwn import read
from agendas.pages.page import Buttons, Page, Text
from agendas.pages.words import Words


def missed_page(planned_at: datetime, noticed_at: datetime, words: Words, *, zone: str) -> Page:
    """When it was due, when that was noticed, and a button that holds it now."""
    said = words.say("review.missed", planned_at=planned_at, noticed_at=noticed_at, zone=zone)
    return Page(read(said), (Text(said), Buttons((labelled(words, "review.now"),))), key="missed")
