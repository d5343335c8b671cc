"""The address of a calendar: shown once to whoever made it, renewed and revoked by button."""

from datetime import date

from agendas.facts.reviews.calendar import FeedFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Note, Page, Text
from agendas.rendering.words import Words

RENEW, REVOKE = "calendar.renew", "calendar.revoke"
NOBODY = "mine"
"""Value of the buttons of a person's own calendar; those of a channel's carry the channel's id."""


def address_page(url: str, words: Words, *, channel_id: str = "") -> Page:
    """Return the new address, with the button that revokes it."""
    said = words.say("calendar.address", url=url, channel_id=channel_id)
    buttons = Buttons((labelled(words, REVOKE, channel_id or NOBODY),))
    return Page(
        words.raw("calendar.title_of_address"), (Text(said), Note(words.say("calendar.keep")), buttons), key="calendar"
    )


def feed_page(feed: FeedFacts, words: Words, *, zone: str, today: date) -> Page:
    """Return since when the calendar has an address, with the buttons that renew and revoke it."""
    said = words.say("calendar.there", feed=feed, zone=zone, today=today)
    value = feed.channel_id or NOBODY
    buttons = Buttons((labelled(words, RENEW, value), labelled(words, REVOKE, value)))
    return Page(read(said), (Text(said), buttons), key="calendar")
