"""Pages as plain text: for the command line, logs and tests."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agendas.rendering.blockkit import cell_text, chart_table
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import (
    Button,
    Buttons,
    Chart,
    Facts,
    Fold,
    Heading,
    Item,
    Line,
    Note,
    Page,
    Rows,
    SortableTable,
    Table,
    Text,
)


def plain(page: Page, people: Mapping[str, str] | None = None) -> str:
    """The page as text, its items parted by blank lines; links as `label (address)`, buttons as `[Label]`.

    Args:
        page: the page.
        people: names for user ids; an id without a name is shown as it is.
    """
    return "\n\n".join(text for item in page.items if (text := _text(item, people)))


def _text(item: Item, people: Mapping[str, str] | None) -> str:
    match item:
        case Text(mrkdwn) | Note(mrkdwn):
            return read(mrkdwn, people)
        case Line(mrkdwn, button, others):
            return f"{read(mrkdwn, people)} {_labels((button, *others))}"
        case Rows(lines):
            return "\n".join(read(line, people) for line in lines)
        case Facts(pairs):
            return "\n".join(f"{label}: {read(value, people)}" for label, value in pairs)
        case Buttons(items, menu):
            return _labels(items) + (f" [... {', '.join(button.label for button in menu)}]" if menu else "")
        case Table() | SortableTable() | Chart():
            return "\n".join(_table(_as_table(item), people))
        case Fold(title, inside):
            return "\n".join([f"[{title}]", *(_text(each, people) for each in inside)])
    return item.text if isinstance(item, Heading) else "---"


def _labels(buttons: Sequence[Button]) -> str:
    return " ".join(f"[{button.label}]" for button in buttons)


def _as_table(item: Table | SortableTable | Chart) -> Table:
    if isinstance(item, SortableTable):
        return Table(item.header, tuple(tuple(map(cell_text, row)) for row in item.rows), item.caption)
    return chart_table(item) if isinstance(item, Chart) else item


def _table(table: Table, people: Mapping[str, str] | None) -> Iterator[str]:
    if table.caption:
        yield read(table.caption, people)
    widths = [max(map(len, column)) for column in zip(table.header, *table.rows, strict=True)]
    yield _line(table.header, widths)
    for row in table.rows:
        yield _line(row, widths)


def _line(cells: Sequence[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
