"""A page as a text file: its sentences line by line, people by name, links with their addresses."""

from collections.abc import Iterable, Iterator

from agendas.rendering.html.inline import Reader, raw_text, read_text
from agendas.rendering.page import Fold, Heading, Item, Line, Note, Page, Rows, Text


def text_file(page: Page, reader: Reader) -> bytes:
    """Return the page as text in UTF-8, an empty line between its parts. Tables, charts and buttons are left out."""
    parts = ["\n".join(lines) for lines in (list(_lines(item, reader)) for item in page.items) if lines]
    return ("\n\n".join((raw_text(page.title, reader), *parts)) + "\n").encode()


def _lines(item: Item, reader: Reader) -> Iterator[str]:
    match item:
        case Heading(text):
            yield raw_text(text, reader)
        case Text(mrkdwn) | Note(mrkdwn) | Line(mrkdwn):
            yield from _said((mrkdwn,), reader)
        case Rows(lines):
            yield from _said(lines, reader)
        case Fold(title, items):
            yield raw_text(title, reader)
            for each in items:
                yield from _lines(each, reader)
        case _:
            return


def _said(lines: Iterable[str], reader: Reader) -> Iterator[str]:
    yield from (read_text(line, reader) for line in lines if line.strip())
