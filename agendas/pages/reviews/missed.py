"""A review that came too late to be posted, with the offer to hold it now."""

from datetime import datetime

from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Page, Text
from agendas.rendering.words import Words
from agendas.rules.reviews.lateness import LATE_LIMIT


def missed_page(
    planned_at: datetime, noticed_at: datetime, words: Words, *, zone: str, was_opened: bool = False
) -> Page:
    """Return the notice of a missed review: its date, when the bot could post again, and a button to hold it now.

    `was_opened`: the bot was there at the time and could not send, rather than being away itself.
    """
    said = words.say(
        "review.missed",
        planned_at=planned_at,
        noticed_at=noticed_at,
        zone=zone,
        was_opened=was_opened,
        is_beyond_limit=noticed_at - planned_at > LATE_LIMIT,
    )
    return Page(read(said), (Text(said), Buttons((labelled(words, "review.now"),))), key="missed")
