"""Quotation marks in the words of a command: a text between them is never read, and an open one is asked about."""

from agendas.rules.commands.unclear import Choice, UnclearPart
from agendas.text.evidence import readable
from agendas.text.word_stream import QUOTES, TypedWords, kept

OPEN_QUOTE = "A quotation mark is opened and not closed, so it is not clear where the text ends."


def refuse_open_quote(words: TypedWords, rest: str) -> None:
    """Raise UnclearPart where a quotation mark is opened and not closed."""
    if words.has_open_quote:
        plain = "".join(letter for letter in rest if letter not in QUOTES)
        choice = Choice("Read it without the mark", plain)
        raise UnclearPart(OPEN_QUOTE, (choice,), as_text=kept(rest), entered={"text": readable(rest)})
