"""A page as one CSV file: its tables, the numbers of its charts, and its sentences part by part."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite

from agendas.rendering.data_tables import cell_text
from agendas.rendering.html.inline import Reader, raw_text, read_text
from agendas.rendering.page import (
    Chart,
    Facts,
    Fold,
    Heading,
    Item,
    Line,
    Note,
    Number,
    Page,
    Rows,
    SortableTable,
    Table,
    Text,
)
from agendas.text.csv_cells import CellKind, written

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""

Row = Sequence[str]


def csv_file(page: Page, reader: Reader) -> bytes:
    """Return the page as a CSV file; an empty row parts one table or section from the next.

    A column of numbers that people read with a unit has another one beside it with the numbers alone.
    """
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(_parted(page, reader))
    return text.getvalue().encode(ENCODING)


def _parted(page: Page, reader: Reader) -> Iterator[Row]:
    yield [_safe(raw_text(page.title, reader))]
    for rows in _sections(page.items, reader):
        yield []
        yield from rows


def _sections(items: Iterable[Item], reader: Reader) -> Iterator[list[Row]]:
    """Rows that belong together: a table with its caption, or the sentences between two tables and headings."""
    section: list[Row] = []
    for item in items:
        is_apart = isinstance(item, Table | SortableTable | Chart | Fold)
        if section and (is_apart or isinstance(item, Heading)):
            yield section
            section = []
        if isinstance(item, Fold):
            yield from _sections((Heading(item.title), *item.items), reader)
        else:
            section += _rows(item, reader)
        if section and is_apart:
            yield section
            section = []
    if section:
        yield section


def _rows(item: Item, reader: Reader) -> list[Row]:
    match item:
        case Heading(text):
            return [[_safe(raw_text(text, reader))]]
        case Text(mrkdwn) | Note(mrkdwn) | Line(mrkdwn):
            return [_sentence(line) for line in read_text(mrkdwn, reader).split("\n") if line.strip()]
        case Rows(lines):
            return [_sentence(read_text(line, reader)) for line in lines if line.strip()]
        case Facts(pairs):
            return [[_safe(raw_text(label, reader)), _safe(read_text(value, reader))] for label, value in pairs]
        case Table(header, rows, caption):
            return _table(read_text(caption, reader), header, rows, reader)
        case SortableTable(caption, header, cells):
            return _table(raw_text(caption, reader), header, cells, reader)
        case Chart(_, title, categories, series, x_label):
            points: list[tuple[str | Number, ...]] = [
                (name, *(each.numbers[place] for each in series)) for place, name in enumerate(categories)
            ]
            return _table(raw_text(title, reader), (x_label, *(each.name for each in series)), points, reader)
    return []


def _sentence(line: str) -> Row:
    """The parts of a line, which dots part for readers, in a cell each."""
    return [_safe(part) for part in line.removeprefix("• ").split(" · ")]


def _table(caption: str, header: Row, rows: Sequence[Sequence[str | Number]], reader: Reader) -> list[Row]:
    if not rows:
        return []
    has_units = [any(map(_has_unit, column)) for column in zip(*rows, strict=True)]
    names = [
        name
        for text, has_unit in zip(header, has_units, strict=True)
        for name in ((_safe(text), _safe(f"{text} (number)")) if has_unit else (_safe(text),))
    ]
    lines = [
        [
            text
            for cell, has_unit in zip(row, has_units, strict=True)
            for text in ((_cell(cell, reader), _number(cell)) if has_unit else (_cell(cell, reader),))
        ]
        for row in rows
    ]
    return [*([[_safe(caption)]] if caption else []), names, *lines]


def _cell(cell: str | Number, reader: Reader) -> str:
    return _number(cell) if _is_bare(cell) else _safe(raw_text(cell_text(cell), reader))


def _number(cell: str | Number) -> str:
    return f"{cell.value:.15g}" if isinstance(cell, Number) and isfinite(cell.value) else ""


def _has_unit(cell: str | Number) -> bool:
    return isinstance(cell, Number) and not _is_bare(cell)


def _is_bare(cell: str | Number) -> bool:
    """Return whether people read the number without a unit."""
    if not isinstance(cell, Number):
        return False
    return cell_text(cell).replace(",", "").replace("+", "") == _number(cell)


def _safe(text: str) -> str:
    return written(text.strip(), CellKind.TEXT)
