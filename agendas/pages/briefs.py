"""Briefs: one account or some days in a few lines, and what a language model wrote of the same facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agendas.rendering.mrkdwn import Mrkdwn, escape, read
from agendas.rendering.page import Button, Buttons, Facts, Item, Line, Note, Page, Rows, Table, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what happened: its name, how many things it has, lines of the first ones, and their accounts."""

    name: str
    count: int
    lines: tuple[Mrkdwn, ...]
    names: tuple[str, ...]
    accounts: tuple[int, ...]


def lines_page(lines: Sequence[Mrkdwn], words: Words) -> Page:
    """Return one account in these lines, of which the first says how it stands; without any, that it is gone."""
    sentences = tuple(lines) or (words.say("program.account_gone"),)
    return Page(read(sentences[0]), (Rows(sentences),), key="brief")


def days_page(said: Mrkdwn, parts: Sequence[Part], words: Words, *, most: int = 0) -> Page:
    """Return what happened, part by part; of `most` lines, if not 0, one per part; of a single one the heading alone.

    `said` are the days and accounts that were asked about, in words.
    """
    heading = words.say("brief.heading" if parts else "brief.nothing", said=said, parts=parts)
    if not parts or most == 1:
        return Page(read(heading), (Text(heading),), key="brief")
    if most:
        # the first of the lines, which are passed on without the question, says of which days and accounts they are
        lines = tuple(
            words.say("brief.line", part=each, said="" if at else said) for at, each in enumerate(parts[:most])
        )
        return Page(read(heading), (Rows(lines),), key="brief")
    rows = tuple(Rows(tuple(words.lines("brief.part", part=each))) for each in parts)
    return Page(read(heading), (Text(heading), *rows), key="brief")


# Prose by a language model: sentences over the lines of such a page, which are its facts.


def facts_in(page: Page, people: dict[str, str]) -> tuple[str, ...]:
    """Return the lines that the page shows, as plain text; `people` are names by user id."""
    lines = (read(line, people).strip() for item in page.items for mrkdwn in _text(item) for line in mrkdwn.split("\n"))
    return tuple(line.removeprefix("• ") for line in lines if line)


def _text(item: Item) -> Iterator[str]:
    """The mrkdwn of the item, cells and labels escaped; nothing of headings, buttons and other items."""
    match item:
        case Text(mrkdwn) | Line(mrkdwn) | Note(mrkdwn):
            yield mrkdwn
        case Rows(lines):
            yield from lines
        case Facts(pairs):
            yield from (f"{escape(label)}: {value}" for label, value in pairs)
        case Table(header, rows):
            yield from (escape(" · ".join(each)) for each in (header, *rows))


def prose_page(plain: Page, sentences: Sequence[str], missing: Sequence[str], words: Words) -> Page:
    """Return the page with these sentences instead of its lines, and its buttons; all texts are raw."""
    texts = tuple(words.say("brief.sentence", text=each) for each in sentences)
    notes = (*((words.say("brief.missing", texts=missing),) if missing else ()), words.say("brief.by_model"))
    buttons = (each for each in plain.items if isinstance(each, Buttons))
    items: tuple[Item, ...] = (Rows(texts), *map(Note, notes), *buttons)
    return replace(plain, title=sentences[0], items=items)


def with_button(page: Page, button: Button) -> Page:
    """Return the page with this button first among those at its end, alone where there are none."""
    last = page.items[-1] if page.items else None
    if isinstance(last, Buttons):
        return replace(page, items=(*page.items[:-1], replace(last, items=(button, *last.items))))
    return replace(page, items=(*page.items, Buttons((button,))))
