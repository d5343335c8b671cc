"""One sentence as a page: an error, a refusal, a short answer."""

from agendas.rendering.mrkdwn import escape, read
from agendas.rendering.page import Page, Text

SENTENCE = "notice"
"""The key of every page of one sentence."""


def notice(sentence: str) -> Page:
    """A page of one raw sentence, such as the message of an error."""
    return Page(sentence, (Text(escape(sentence)),), key=SENTENCE)


def said(mrkdwn: str) -> Page:
    """A page of one sentence that `Words` said."""
    return Page(read(mrkdwn), (Text(mrkdwn),), key=SENTENCE)
