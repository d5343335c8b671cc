"""Feedback on answers, and what admins see and teach of what was not answered as it was meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agendas.rendering.mrkdwn import one_line, read
from agendas.rendering.page import Button, Buttons, Heading, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.text.limits import shortened

SEND, TEACH = "wording.send", "wording.teach"
VALUE_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class SentWording:
    """Words of a question that were sent, how often, and when last."""

    text: str
    count: int
    sent_at: datetime


def send_page(text: str, words: Words) -> Page:
    """Ask whether the admins may see the words of the question."""
    sentence = words.say("answers.ask", text=text)
    return Page(
        read(sentence),
        (Text(sentence), Buttons((labelled(words, SEND, one_line(text)[:VALUE_CHARACTERS]),))),
        "wording",
    )


def wordings_page(sent: Sequence[SentWording], taught: Sequence[str], words: Words, *, zone: str, today: date) -> Page:
    """What was sent, each with a button to teach a word of it, and the words taught."""
    title = words.raw("answers.title", count=len(sent))
    lines = tuple(
        Line(words.say("answers.sent", each=each, zone=zone, today=today), _teach(each.text, words)) for each in sent
    )
    known = (Rows(tuple(words.say("answers.taught", word=each) for each in taught)),) if taught else ()
    first = Text(words.say("answers.first", has_any=bool(sent)))
    note = Note(words.say("answers.note"))
    return Page(title, (Heading(title), first, *lines, *known, note, Buttons((_teach("", words),))), "wordings")


def taught_page(word: str, means: str, words: Words) -> Page:
    sentence = words.say("answers.now_means", word=word, means=means)
    return Page(read(sentence), (Text(sentence),), "taught")


def _teach(text: str, words: Words) -> Button:
    return labelled(words, TEACH, shortened(one_line(text), VALUE_CHARACTERS))
