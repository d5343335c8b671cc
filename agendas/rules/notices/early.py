"""Sending that begins early: many messages due at one instant leave at a pace, the last of them by that instant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

MESSAGES_A_MINUTE = 200
"""Messages that are sent in a workspace in a minute.

Slack takes "several hundred" and gives no number (docs.slack.dev/apis/web-api/rate-limits); this stays below.
"""
CONVERSATIONS_A_MINUTE = 48
"""Direct conversations opened in a workspace in a minute: Slack takes 50 (tier 3), a few are left for people's acts."""
SHARE = 0.93
"""The part of both that messages sent early take; the rest is for what people do and reviews post meanwhile."""


def minutes_ahead(recipients: int, unknown: int) -> timedelta:
    """Return by how much sending to so many people at one instant begins earlier, in whole minutes.

    `unknown` are those of them whose direct conversation has to be opened first. A minute's messages need no time.
    """
    by_messages = recipients / (MESSAGES_A_MINUTE * SHARE)
    by_conversations = unknown / (CONVERSATIONS_A_MINUTE * SHARE)
    most = max(by_messages, by_conversations)
    return timedelta(minutes=ceil(most) if most > 1 else 0)


def instants_before(last_at: datetime, are_known: Sequence[bool]) -> list[datetime]:
    """Return when the message to each of these people is due, so that the last of them leaves by `last_at`.

    Both those whose conversation is known and the others are spread evenly over the minutes ahead.
    """
    unknown = sum(not is_known for is_known in are_known)
    ahead = minutes_ahead(len(are_known), unknown)
    numbers = {True: 0, False: 0}
    counts = {True: len(are_known) - unknown, False: unknown}
    found = []
    for is_known in are_known:
        found.append(last_at - ahead + ahead * (numbers[is_known] / counts[is_known]))
        numbers[is_known] += 1
    return found
