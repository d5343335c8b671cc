"""Questions that people are offered: buttons that ask them, and the page of all that can be asked."""

from collections.abc import Sequence
from typing import Final

from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Note, Page, Rows, Text
from agendas.rendering.words import Words

QUESTIONS: Final = {
    "first.mine": "What is mine?",
    "first.owe": "What do I owe this week?",
    "first.stalled": "What is stalled?",
    "first.changed": "What changed this week?",
    "first.blocked": "What is blocked?",
}
"""The question that each button asks. The prompts of app.yaml are among them."""

NAME_CHARACTERS = 50
"""The longest name in a button, whose label holds 75."""

ASK_ABOUT = "first.about"
"""The button that asks about one account; its value is the question."""


def question_button(action: str, words: Words) -> Button:
    """The button that asks one of the questions."""
    return labelled(words, action)


def about_buttons(samples: Sequence[str], words: Words) -> tuple[Button, ...]:
    """The button that asks how the first of these accounts is doing whose name fits; none without one."""
    name = next((each for each in samples if len(each) <= NAME_CHARACTERS), "")
    if not name:
        return ()
    question = words.raw("welcome.how_is", name=name)
    return (Button(question, ASK_ABOUT, question),)


def can_ask_page(words: Words, samples: Sequence[str] = (), *, was_asked: bool = False) -> Page:
    """The questions that can be asked; `was_asked` when one was, and was not understood.

    `samples` are names of accounts to ask about. Without any, how to nominate the first is said instead.
    """
    first = words.say("asked.cannot" if was_asked else "asked.can")
    name, other = [*samples, "", ""][:2]
    note = words.say("asked.can_note", other=other) if name else words.say("welcome.no_account")
    lines = words.lines("asked.questions", name=name)
    return Page(read(first), (Text(first), Rows(lines), Note(note)), key="ask")
