"""Questions that people are offered: buttons that ask them, and the page of all that can be asked."""

import re
from collections.abc import Sequence
from typing import Final

from agendas.rendering.buttons import labelled
from agendas.rendering.controls import BUTTON_CHARACTERS
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Note, Page, Rows, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words

QUESTIONS: Final = {
    "first.mine": "What is mine?",
    "first.owe": "What do I owe this week?",
    "first.stalled": "What is stalled?",
    "first.changed": "What changed this week?",
    "first.blocked": "What blocks accounts?",
}
"""The question that each button asks. The prompts of app.yaml are among them."""

NAME_CHARACTERS = 50
"""The longest name in a button, whose label holds 75."""

STEM_LETTERS = 4
NOTHING_SAID = frozenset({"what", "is", "the", "at", "for", "of", "i", "do", "this", "are", "in", "and", "a", "was"})

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
    return (ask_button(words.raw("welcome.how_is", name=name)),)


def ask_button(question: str) -> Button:
    """The button that asks this question, which is its label too."""
    return Button(question, ASK_ABOUT, question)


def suggested_questions(samples: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return the four questions suggested at the top of a direct conversation, about the person's own account first."""
    about = tuple(button.value for button in about_buttons(samples, words))
    return (*about, *(QUESTIONS[each] for each in ("first.owe", "first.mine", "first.stalled", "first.changed")))[:4]


def nearest_questions(text: str, samples: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return all questions that buttons can ask, those with most words of the text first.

    `samples` are names of accounts to ask about; words of an account's name do not count, those of what is asked do.
    """
    fitting = [each for each in dict.fromkeys(samples) if len(each) <= NAME_CHARACTERS]
    name, other = [*fitting, "", ""][:2]
    typed = _stems(text) - _stems(f"{name} {other}") - NOTHING_SAID
    every = [each for each in map(read, words.lines("remarks.questions", name=name, other=other)) if each]
    asked = [each for each in every if length(each) <= BUTTON_CHARACTERS]
    return tuple(sorted(asked, key=lambda each: -len(typed & _stems(each))))


def _stems(text: str) -> set[str]:
    """The words without their endings, so that "moving" is near to "moved"."""
    return {word[:STEM_LETTERS] for word in re.findall(r"\w+", text.casefold())}


def can_ask_page(words: Words, samples: Sequence[str] = ()) -> Page:
    """The questions that can be asked.

    `samples` are names of accounts to ask about. Without any, how to nominate the first is said instead.
    """
    first = words.say("asked.can")
    name, other = [*samples, "", ""][:2]
    note = words.say("asked.can_note", other=other) if name else words.say("welcome.no_account")
    lines = words.lines("asked.questions", name=name)
    return Page(read(first), (Text(first), Rows(lines), Note(note)), key="ask")
