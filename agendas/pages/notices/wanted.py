"""Notice to the owner of a private account: somebody who may not see it wanted its name or domain."""

from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Page, Text
from agendas.rendering.words import Words


def wanted_page(account_id: int, name: str, words: Words, *, by: str, word: str, channel_id: str) -> Page:
    """The person and what they wanted, with buttons to show the account and to change who may see it."""
    said = words.say("notices.wanted", name=name, by=by, word=word, channel_id=channel_id)
    buttons = (labelled(words, action, str(account_id)) for action in ("account.open", "account.private"))
    return Page(read(said), (Text(said), Buttons(tuple(buttons))), key=f"wanted-{account_id}")
