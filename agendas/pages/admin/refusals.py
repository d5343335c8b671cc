"""Refusals: of rights, with who can change them, and of words, with the commands that may have been meant."""

from collections.abc import Sequence

from agendas.errors import Unclear
from agendas.facts.people import Right
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import escape, read
from agendas.rendering.notice import said
from agendas.rendering.page import Button, Buttons, Item, Note, Page, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed

RUN = "command.run"
"""The action of a button whose value is a command to run."""


def refused_page(deed: Deed, right: Right, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence with the person's right and the admins who can change it."""
    return said(words.say("program.refused", deed=deed, right=right, admins=admins))


def outsider_page(kind: str, words: Words, *, admins: Sequence[str]) -> Page:
    """One sentence for a guest, external, deactivated or unknown person, with whom to ask."""
    return said(words.say("program.outsider", kind=kind, admins=admins))


def offers_page(error: Unclear, words: Words) -> Page:
    """The sentence, and a button for each command that may have been meant; the button's value is the command.

    A command that is too long for a button is shown instead, so that it can be copied.
    """
    # half a character, as JSON can bring it, is none that can be sent
    commands = {each: each.command.encode("utf-8", "replace").decode() for each in error.offers}
    fitting = [each for each, command in commands.items() if length(command) <= BUTTON_VALUE_CHARACTERS]
    items: list[Item] = [Text(escape(str(error)))]
    if fitting:
        items.append(Buttons(tuple(Button(each.label, RUN, commands[each]) for each in fitting)))
    elif error.offers:
        items.append(Text(words.say("program.offer_too_long", command=commands[error.offers[0]])))
    if error.typed and fitting:
        items.append(Note(words.say("answers.typed", command=error.typed)))
    return Page(str(error), tuple(items), key="offers")


def no_account_page(words: Words) -> Page:
    """That the account is gone, and the list."""
    sentence = words.say("program.account_gone")
    return Page(read(sentence), (Text(sentence), Buttons((labelled(words, "abm.list"),))), key="no_account")
