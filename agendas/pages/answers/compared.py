"""Accounts, or groups of accounts, side by side: the answer first, then a table."""

from collections.abc import Mapping, Sequence

from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Item, Note, Page, Table, Text
from agendas.rendering.words import Words
from agendas.text.limits import shortened

NAME_CHARACTERS = 40
CELL_CHARACTERS = 120

Row = tuple[str, Sequence[str]]
"""The code of a row's label, and what stands in each column as mrkdwn."""


def compared_page(
    first: str,
    names: Sequence[str],
    rows: Sequence[Row],
    words: Words,
    *,
    people: Mapping[str, str],
    opens: Sequence[tuple[int, str]] = (),
    notes: Sequence[str] = (),
) -> Page:
    """Return the first line, and a table with a column for each name.

    Args:
        first: the answer, as mrkdwn.
        names: what is compared, raw.
        rows: the facts.
        words: the sentences.
        people: names by user id, as no mention stands in a table.
        opens: (account id, name) of the accounts that have a button to open them.
        notes: the small print.
    """
    header = ("", *(shortened(name, NAME_CHARACTERS) for name in names))
    cells = tuple(
        (words.raw("fields.row", code=code), *(shortened(read(said, people), CELL_CHARACTERS) for said in each))
        for code, each in rows
    )
    items: list[Item] = [Text(first), Table(header, cells)]
    items += [Note(note) for note in notes]
    if opens:
        buttons = (Button(shortened(name, NAME_CHARACTERS), "account.open", str(number)) for number, name in opens)
        items.append(Buttons(tuple(buttons)))
    return Page(read(first), tuple(items), key="compared")
