"""The neutral page: what a message says and in what order, before Block Kit or plain text.

Strings named `mrkdwn` are safe already: they come from `Words`, which escapes what people typed. Strings named `text`,
`label` or `cell` are raw and are escaped, or shown as plain text, by whoever draws the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from agendas.rendering.mrkdwn import escape, read


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of mrkdwn; lines are kept."""

    mrkdwn: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short label and value pairs, drawn in two columns where there is room. Labels are raw, values mrkdwn."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of mrkdwn that may be parted between any two of them."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Raw cells under a raw header row; every row is as long as the header. The caption is mrkdwn."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number to sort or draw by its `value`, and the raw `text` that people read of it."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class SortableTable:
    """A table that the reader sorts, `page_size` rows at a time; every row is as long as the header. All raw text.

    The first column names the row. With a button in `more`, one message holds as many rows as fit, and the button
    brings the others: a space and the number of rows shown so far are added to its value. Without one, further messages
    hold them. `before` counts the rows of earlier messages, `total` all rows, 0 if there are no others than these.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | Number, ...], ...]
    page_size: int = 10
    more: "Button | None" = None
    before: int = 0
    total: int = 0


class ChartKind(StrEnum):
    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Series of numbers over the same categories; all raw text. Names of series and categories differ."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    x_label: str = ""
    y_label: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Small print, mrkdwn."""

    mrkdwn: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Question before a button does its work; all raw text."""

    title: str
    text: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `style` is empty, primary or danger; with `url` it opens a page, and still sends its action."""

    label: str
    action: str
    value: str = ""
    style: str = ""
    confirm: Confirm | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons in a row; the rarer ones of `menu`, five at most, are in a menu at its end.

    `choices` are menus of entries before the buttons.
    """

    items: tuple[Button, ...]
    menu: tuple[Button, ...] = ()
    choices: tuple["Menu", ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of mrkdwn with a button at its end; where there are `others`, all of them are in a row below it."""

    mrkdwn: str
    button: Button
    others: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu to choose one entry of: (label, value) pairs, raw; those that do not fit are left out."""

    label: str
    action: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Items behind their title, raw, until the reader unfolds them; they are shown at once where nothing folds."""

    title: str
    items: tuple["Item", ...]


Item = Heading | Text | Facts | Rows | Table | SortableTable | Chart | Note | Divider | Buttons | Line | Menu | Fold


@dataclass(frozen=True, slots=True)
class Page:
    """A whole message.

    `title` is one raw sentence that says the most important thing: notifications and screen readers read only it.
    `key` makes the block ids of one page differ from another's. `continued` is the mrkdwn note under a first message
    whose rest follows in the thread.
    """

    title: str
    items: tuple[Item, ...]
    key: str = "page"
    continued: str = "Continued in the thread."


# Raw strings of a page, which Slack shows as they are.

_RAW: dict[type, tuple[str, ...]] = {
    Page: ("title",),
    Heading: ("text",),
    Table: ("header", "rows"),
    SortableTable: ("caption", "header", "rows"),
    Number: ("text",),
    Chart: ("title", "categories", "x_label", "y_label"),
    ChartSeries: ("name",),
    Confirm: ("title", "text", "yes", "no"),
    Button: ("label",),
    Menu: ("label",),
    Fold: ("title",),
}


def with_raw(part: Any, replaced: Callable[[str], str]) -> Any:
    """The page or part of one, with `replaced` applied to each of its raw strings; mrkdwn stays as it is."""
    if isinstance(part, tuple):
        return tuple(with_raw(each, replaced) for each in part)
    kind: Any = type(part)
    names = _names_of_fields(kind)
    if not names:
        return part
    raw = _RAW.get(kind, ())
    changed = {name: (_raw if name in raw else with_raw)(getattr(part, name), replaced) for name in names}
    if kind is Facts:
        changed["pairs"] = tuple((replaced(label), mrkdwn) for label, mrkdwn in part.pairs)
    if kind is Menu:
        changed["entries"] = tuple((replaced(label), value) for label, value in part.entries)
    return kind(**changed)


@cache
def _names_of_fields(kind: type) -> tuple[str, ...]:
    # cached, because it is asked for every string of a page
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def _raw(value: Any, replaced: Callable[[str], str]) -> Any:
    """The value of a raw field, with `replaced` applied to each string; of numbers among cells to their text."""
    if isinstance(value, tuple):
        return tuple(_raw(each, replaced) for each in value)
    return replaced(value) if isinstance(value, str) else with_raw(value, replaced)


# One sentence as a page: an error, a refusal, a short answer.

SENTENCE = "notice"
"""The key of every page of one sentence."""


def notice(sentence: str) -> Page:
    """A page of one raw sentence, such as the message of an error."""
    return Page(sentence, (Text(escape(sentence)),), key=SENTENCE)


def sentence_page(mrkdwn: str) -> Page:
    """A page of one sentence, rendered by `Words`."""
    return Page(read(mrkdwn), (Text(mrkdwn),), key=SENTENCE)
