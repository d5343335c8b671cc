"""The channels that have reviews, for somebody who asks in one that has none."""

from collections.abc import Sequence
from datetime import date

from agendas.facts.answers import NextReview
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Page, Rows, Text
from agendas.rendering.words import Words


def elsewhere_page(found: Sequence[NextReview], words: Words, *, zone: str, today: date) -> Page:
    """Where reviews are held: the channels that have one, each with its open review and its next date."""
    first = words.say("cadence.elsewhere", count=len(found))
    lines = tuple(line for each in found for line in words.lines("asked.review", found=each, zone=zone, today=today))
    return Page(read(first), (Text(first), *((Rows(lines),) if lines else ())), key="elsewhere")
