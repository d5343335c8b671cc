"""Pages of answers: a label, lines about accounts with their buttons, and small print."""

from collections.abc import Iterator, Sequence

from agendas.facts.reviews.review import AgendaItem
from agendas.pages.list.named import Reader, is_updated_by
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Button, Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words

LINES_WITH_BUTTONS = 10
"""Lines of an answer that have buttons: with them they fill two screens of a phone."""

AccountLine = tuple[AgendaItem, Mrkdwn]


def answer_page(
    label: str,
    lines: Sequence[AccountLine],
    words: Words,
    *,
    reader: Reader | None = None,
    notes: Sequence[str] = (),
    buttons: Sequence[Button] = (),
) -> Page:
    """Return the label, if any, and a line for each account; the first ones have buttons where there is a reader.

    A page of one line has its button beside it, and is no longer for it.
    """
    first = label or (lines[0][1] if lines else "")
    items: list[Item] = [Text(label)] if label else []
    items += _only(lines[0], words, reader) if len(lines) == 1 else _lines(lines, words, reader)
    items += [Note(note) for note in notes if note]
    items += [Buttons(tuple(buttons))] if buttons else []
    return Page(read(first).split("\n", maxsplit=1)[0], tuple(items), key="answer")


def _only(line: AccountLine, words: Words, reader: Reader | None) -> list[Item]:
    item, said = line
    if reader is None:
        return [Text(said)]
    return [Line(said, labelled(words, "account.open", str(item.facts.account.account_id)))]


def _lines(lines: Sequence[AccountLine], words: Words, reader: Reader | None) -> Iterator[Item]:
    acting = lines[:LINES_WITH_BUTTONS] if reader is not None else ()
    for item, said in acting:
        account_id = str(item.facts.account.account_id)
        can_update = reader is not None and reader.can_record and is_updated_by(reader, item)
        update = (labelled(words, "account.update", account_id),) if can_update else ()
        yield Line(said, labelled(words, "account.open", account_id), update)
    if rest := tuple(said for _, said in lines[len(acting) :]):
        yield Rows(rest)
