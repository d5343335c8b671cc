"""What went wrong: a channel that cannot be posted in, or a failure of our own."""

from agendas.pages.notice import said
from agendas.pages.page import Page
from agendas.pages.words import Words


def channel_trouble_page(channel_id: str, error: str, words: Words) -> Page:
    """That nothing can be posted in a channel, why, and what to do; for its facilitator and the admins."""
    return said(words.say("trouble.channel", channel_id=channel_id, error=error))


def failure_page(reference: str, words: Words) -> Page:
    """That something broke on our side and nothing was recorded, with the reference that the log has too."""
    return said(words.say("trouble.failed", reference=reference))
