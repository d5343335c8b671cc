"""The receipt of a review that was opened at once."""

from agendas.facts.reviews.cadence import CadenceFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.notice import said
from agendas.rendering.page import Buttons, Page, Text
from agendas.rendering.words import Words


def started_page(told: str, cadence: CadenceFacts | None, words: Words) -> Page:
    """Return the receipt: `told` of the review at once, and that the planned one stays, with the button to skip one.

    A channel without a cadence, or whose cadence is paused or has no further date, has none that stays.
    """
    if cadence is None or cadence.is_paused or not cadence.upcoming:
        return said(told)
    stays = words.say("cadence.stays", at=cadence.upcoming[0].at, zone=cadence.plan.zone)
    skip = Buttons((labelled(words, "review.skip", str(cadence.id)),))
    return Page(read(told), (Text(told), Text(stays), skip), key="review-started")
