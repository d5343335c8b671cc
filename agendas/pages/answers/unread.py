"""Answers to what cannot be answered: what was read of it, what was not, and the nearest questions as buttons."""

from collections.abc import Sequence

from agendas.pages.answers.questions import ask_button, nearest_questions
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.text.evidence import readable
from agendas.text.limits import shown

WORDS_NAMED = 5
OFFERED = 3


def unread_page(
    words: Words, *, text: str, samples: Sequence[str], named: Sequence[str] = (), unread: Sequence[str] = ()
) -> Page:
    """Return the page of a text that means nothing here.

    Args:
        words: the sentences.
        text: the text as it was typed.
        samples: names of accounts for the questions offered.
        named: the accounts that were read in it; questions are offered about the first of them.
        unread: the words of it that mean nothing, as typed.
    """
    said = words.say("remarks.unread", names=named, words=words_shown(unread))
    return _with_questions(said, words, text=text, samples=(*named, *samples))


def no_answer_page(words: Words, *, text: str, understood: str, samples: Sequence[str]) -> Page:
    """Return the page of a question that was read, `understood` says as what, and has no answer of that form."""
    return _with_questions(words.say("remarks.no_answer", read=understood), words, text=text, samples=samples)


def verdict_page(words: Words, *, samples: Sequence[str]) -> Page:
    """Return the page that declines a judgement of people and offers what was recorded."""
    asks = ("What is overdue?", "What moved since the last review?", *nearest_questions("how is", samples, words)[:1])
    return _page(words.say("remarks.verdict"), asks)


def language_page(words: Words, *, samples: Sequence[str]) -> Page:
    """Return the page that says which language is read."""
    return _with_questions(words.say("remarks.language"), words, text="how stalled owe", samples=samples)


def term_page(words: Words, *, text: str) -> Page:
    """Return what the word of the trade that the text asks about means; all of them where it has none of them."""
    lines = words.lines("welcome.trade")
    asked = [line for line in lines if read(line).split(":")[0].casefold() in text.casefold()]
    shown_lines = tuple(asked or lines)
    return Page(read(shown_lines[0]), (Rows(shown_lines),), key="term")


def no_text_page(words: Words) -> Page:
    """Return the answer to a file or a voice message that came without a word."""
    said = words.say("remarks.no_text")
    return Page(read(said), (Text(said),), key="unread")


def left_out_note(words: Words, unread: Sequence[str]) -> Note:
    """Return the line below an answer that names the words it leaves out."""
    return Note(words.say("remarks.left_out", words=words_shown(unread)))


def words_shown(unread: Sequence[str]) -> tuple[str, ...]:
    """Return the first of the words, each in quotation marks and shortened, as people read them."""
    return tuple(shown(readable(each)) for each in dict.fromkeys(unread) if each.strip())[:WORDS_NAMED]


def _with_questions(said: str, words: Words, *, text: str, samples: Sequence[str]) -> Page:
    return _page(said, nearest_questions(text, samples, words)[:OFFERED])


def _page(said: str, questions: Sequence[str]) -> Page:
    return Page(read(said), (Text(said), Buttons(tuple(ask_button(each) for each in questions))), key="unread")
