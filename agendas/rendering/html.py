"""Pages outside Slack: one printable HTML file that loads nothing, and its tables as CSV."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape as escape_html
from math import ceil, floor, isfinite, log10

from agendas.rendering.blockkit import cell_text, chart_sentence, chart_table, shortened_label
from agendas.rendering.mrkdwn import escape, link, one_line, with_address
from agendas.rendering.page import (
    Button,
    Buttons,
    Chart,
    ChartKind,
    ChartSeries,
    Divider,
    Facts,
    Fold,
    Heading,
    Item,
    Line,
    Menu,
    Note,
    Number,
    Page,
    Rows,
    SortableTable,
    Table,
    Text,
)
from agendas.rendering.words import time_of_day
from agendas.text.csv_cells import CellKind, written
from agendas.text.dates import day_text, local_date
from agendas.text.evidence import unescape

# Slack's mrkdwn as HTML: links, names for mentions, times in one zone; everything else escaped.

MARKS: Mapping[str, tuple[str, str]] = {
    "red_circle": ("intervene", "●"),
    "large_yellow_circle": ("stalled", "●"),
    "large_green_circle": ("advanced", "●"),
    "star": ("expanded", "★"),
    "new": ("new", "✚"),
    "white_circle": ("steady", "○"),
}
"""The state marks, by their names in Slack: how they are coloured, and what is drawn. Their word always follows."""

_SPAN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_MARK = re.compile(rf":({'|'.join(MARKS)}):")
_MARK_AND_SPACE = re.compile(rf"{_MARK.pattern} ?")
_CODE = re.compile(r"`([^`\n]+)`")
_FORMAT = re.compile(r"(?<![\w*_~])([*_~])(?=\S)((?:(?!\1)[^\n])+)(?<=\S)\1(?!\w)")
_TAGS = {"*": "b", "_": "i", "~": "s"}
_DATE = re.compile(r"!date\^(-?\d{1,12})\^(.*)", re.DOTALL)
_OPEN, _CLOSE = "\ue000", "\ue001"
_HELD = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of a file: names for ids of people and channels, the zone of its times, and when it was made."""

    made_at: datetime
    zone: str = "UTC"
    names: Mapping[str, str] = field(default_factory=dict)


def to_html(mrkdwn: str, reader: Reader) -> str:
    """Return safe mrkdwn, as `Words` says it, as HTML; lines are parted by `<br>`."""
    # finished HTML waits behind a mark of its own, so that the steps after it do not escape or format it again
    finished: list[str] = []

    def hold(html: str) -> str:
        """Keep this HTML in `finished`, and return the mark that stands for it."""
        finished.append(html)
        return f"{_OPEN}{len(finished) - 1}{_CLOSE}"

    mark = '<span class="mark %s" aria-hidden="true">%s</span>'
    text = mrkdwn.replace(_OPEN, "").replace(_CLOSE, "")
    text = _SPAN.sub(lambda found: hold(_span_html(found, reader)), text)
    text = _CODE.sub(lambda found: hold(f"<code>{_escaped(found.group(1))}</code>"), text)
    text = _MARK.sub(lambda found: hold(mark % MARKS[found.group(1)]), _escaped(text))
    html = _formatted(text).replace("\n", "<br>\n")
    # finished code may hold the mark of a link in it
    while _HELD.search(html):
        html = _HELD.sub(lambda found: finished[int(found.group(1))], html)
    return html


def raw_to_html(text: str, reader: Reader) -> str:
    """Return raw text on one line as HTML; a mention typed in it is shown by name, and nothing is formatted."""
    return escape_html(raw_text(text, reader))


def raw_text(text: str, reader: Reader) -> str:
    """Return raw text on one line, mentions typed in it by name."""
    return unescape(_SPAN.sub(lambda found: _span_text(found.group(1), found.group(2) or "", reader), escape(text)))


def read_text(mrkdwn: str, reader: Reader) -> str:
    """Return safe mrkdwn as raw text: links with their addresses, names for mentions, nothing formatted, no marks."""

    def as_text(found: re.Match[str]) -> str:
        target, label = found.group(1), found.group(2) or ""
        if target.startswith(("!", "@", "#")):
            return _span_text(target, label, reader)
        return with_address(label, target, found.string[: found.start()])

    text = _MARK_AND_SPACE.sub("", _SPAN.sub(as_text, mrkdwn.replace(_OPEN, "").replace(_CLOSE, "")))
    return unescape(_unformatted(text).replace("`", ""))


def _escaped(mrkdwn: str) -> str:
    return escape_html(unescape(mrkdwn))


def _formatted(text: str) -> str:
    """Text that is escaped already, with its bold, italic and struck parts in tags."""
    found = _FORMAT.search(text)
    if found is None:
        return text
    tag = _TAGS[found.group(1)]
    inside = _formatted(found.group(2))
    return f"{text[: found.start()]}<{tag}>{inside}</{tag}>{_formatted(text[found.end() :])}"


def _unformatted(text: str) -> str:
    """The text without the marks of bold, italic and struck parts."""
    found = _FORMAT.search(text)
    if found is None:
        return text
    return text[: found.start()] + _unformatted(found.group(2)) + _unformatted(text[found.end() :])


def _span_html(found: re.Match[str], reader: Reader) -> str:
    """The span `<target|label>` as HTML: a link for a web address, else what `_span_text` shows of it."""
    target, label = found.group(1), found.group(2) or ""
    if target.lower().startswith(("https://", "http://")):
        address = escape_html(unescape(target))
        return f'<a href="{address}" rel="noopener noreferrer">{_escaped(label) or address}</a>'
    return _escaped(_span_text(target, label, reader))


def _span_text(target: str, label: str, reader: Reader) -> str:
    """Return what the span shows, as mrkdwn: a person or channel by name, a time of day in the reader's zone.

    A date is its fallback text; any other target is its label, or itself without one.
    """
    if date := _DATE.fullmatch(target):
        is_time = date.group(2) == "{time}"
        at = datetime.fromtimestamp(int(date.group(1)), UTC)
        return time_of_day(at, reader.zone) if is_time else label
    if target.startswith(("@", "#")):
        return target[0] + (escape(reader.names[target[1:]]) if target[1:] in reader.names else label or target[1:])
    return label or target


# A page as one CSV file: its tables, the numbers of its charts, and its sentences part by part.

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""

Row = Sequence[str]


def csv_file(page: Page, reader: Reader) -> bytes:
    """Return the page as a CSV file; an empty row parts one table or section from the next.

    A column of numbers that people read with a unit is followed by one with the numbers alone.
    """
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(_parted(page, reader))
    return text.getvalue().encode(ENCODING)


def _parted(page: Page, reader: Reader) -> Iterator[Row]:
    yield [_csv_text(raw_text(page.title, reader))]
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
            section += _csv_rows(item, reader)
        if section and is_apart:
            yield section
            section = []
    if section:
        yield section


def _csv_rows(item: Item, reader: Reader) -> list[Row]:
    """The rows of an item, a chart as a table of its numbers; none for dividers, buttons and menus."""
    match item:
        case Heading(text):
            return [[_csv_text(raw_text(text, reader))]]
        case Text(mrkdwn) | Note(mrkdwn) | Line(mrkdwn):
            return [_sentence(line) for line in read_text(mrkdwn, reader).split("\n") if line.strip()]
        case Rows(lines):
            return [_sentence(read_text(line, reader)) for line in lines if line.strip()]
        case Facts(pairs):
            return [[_csv_text(raw_text(label, reader)), _csv_text(read_text(value, reader))] for label, value in pairs]
        case Table(header, rows, caption):
            return _table(read_text(caption, reader), header, rows, reader)
        case SortableTable(caption, header, cells):
            return _table(raw_text(caption, reader), header, cells, reader)
        case Chart(_, title, categories, series, x_label):
            points: list[tuple[str | Number, ...]] = [
                (name, *(each.numbers[index] for each in series)) for index, name in enumerate(categories)
            ]
            return _table(raw_text(title, reader), (x_label, *(each.name for each in series)), points, reader)
    return []


def _sentence(line: str) -> Row:
    """The parts of a line, `Acme · Tier 1`, in a cell each."""
    return [_csv_text(part) for part in line.removeprefix("• ").split(" · ")]


def _table(caption: str, header: Row, rows: Sequence[Sequence[str | Number]], reader: Reader) -> list[Row]:
    """The rows of a table; a column of numbers with units gets a second one of bare numbers, to calculate with."""
    if not rows:
        return []
    has_units = [
        any(isinstance(cell, Number) and not _is_bare(cell) for cell in column) for column in zip(*rows, strict=True)
    ]
    names = [
        name
        for text, has_unit in zip(header, has_units, strict=True)
        for name in ((_csv_text(text), _csv_text(f"{text} (number)")) if has_unit else (_csv_text(text),))
    ]
    lines = [
        [
            text
            for cell, has_unit in zip(row, has_units, strict=True)
            for text in ((_cell(cell, reader), _number(cell)) if has_unit else (_cell(cell, reader),))
        ]
        for row in rows
    ]
    return [*([[_csv_text(caption)]] if caption else []), names, *lines]


def _cell(cell: str | Number, reader: Reader) -> str:
    """The cell as people read it; a number without a unit is bare."""
    return _number(cell) if _is_bare(cell) else _csv_text(raw_text(cell_text(cell), reader))


def _number(cell: str | Number) -> str:
    """The bare number, '' for a text and for no finite number."""
    return f"{cell.value:.15g}" if isinstance(cell, Number) and isfinite(cell.value) else ""


def _is_bare(cell: str | Number) -> bool:
    """Return whether people read the number without a unit."""
    return isinstance(cell, Number) and cell_text(cell).replace(",", "").replace("+", "") == _number(cell)


def _csv_text(text: str) -> str:
    return written(text.strip(), CellKind.TEXT)


# The style of a printable page, on a screen and on paper: all of it is in the file.

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; background: #fff; color: #1d1c1d;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .4rem; }
p { margin: .5rem 0; overflow-wrap: anywhere; }
ul.rows { list-style: none; margin: .5rem 0; padding: 0; }
ul.rows li { padding: .1rem 0; overflow-wrap: anywhere; break-inside: avoid; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .5rem 1.5rem; margin: .75rem 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
hr { border: 0; border-top: 1px solid #ddd; margin: 1rem 0; }
a { color: #0b4c8c; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; background: #f4f4f4; padding: 0 .2em; }
.note, footer { color: #5a5a5c; font-size: .85rem; }
footer { border-top: 1px solid #ddd; margin-top: 2rem; padding-top: .5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .85rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #888; }
tbody th { font-weight: 600; }
.long { min-width: 14rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption { font-weight: 600; }
figure table { width: auto; }
figure th, figure td { padding-right: 1.5rem; }
figure > svg { width: 100%; max-width: 40rem; height: auto; display: block; }
svg text { font-size: 11px; fill: #444; }
svg .rule { stroke: #e2e2e2; }
svg .zero { stroke: #777; }
svg.key { width: 24px; height: 8px; margin: 0 .3rem 0 0; vertical-align: middle; }
.keys { font-size: .85rem; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .25rem 0; }
.mark { font-size: .9em; }
.intervene { color: #c0262d; }
.stalled { color: #a87400; }
.advanced { color: #1f7a3f; }
.expanded { color: #8a6d00; }
.new { color: #0b4c8c; }
.steady { color: #555; }
section.fold { margin: .5rem 0; padding-left: .75rem; border-left: 3px solid #ddd; }
@page { margin: 15mm; }
@media print {
  html, body { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.35; }
  p, ul.rows { margin: .35rem 0; }
  footer { margin-top: .75rem; }
  a { color: inherit; }
  h2, caption, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .wide { overflow: visible; }
  table.many { font-size: 7.5pt; }
  table.many .long { min-width: 9rem; }
  table.many th, table.many td { padding: .15rem .3rem .15rem 0; white-space: normal; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
""".strip()

BROAD = """
body { max-width: 100rem; }
@media screen { table.many { min-width: 72rem; } }
@page { size: landscape; margin: 10mm; }
""".strip()
"""Added where a table has many columns."""


# Charts as inline SVG: drawn in ink as well as colour, with their numbers in the label for screen readers.

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 46
COLOURS = ("#1f5f7a", "#b8651b", "#3f7a3e", "#8f3f52", "#5d4d94", "#2d8080", "#8a7a1c", "#556170")
DASHES = ("", "6 3", "2 3", "9 3 2 3")
"""Lines differ in print without colour too."""
TICKS = 4
NAMES_ACROSS = 12
"""Categories named below the axis; of more, every second or third is."""
NAME_CHARACTERS = 12


def chart_svg(chart: Chart) -> str:
    """The chart as a drawing; '' without a number."""
    values = [number.value for each in chart.series for number in each.numbers if isfinite(number.value)]
    if not values or not chart.categories:
        return ""
    scale = Scale(min(0.0, *values), max(0.0, *values), len(chart.categories))
    draw = _bars if chart.kind is ChartKind.BAR else _svg_lines
    shapes = [shape for index in range(len(chart.series)) for shape in draw(chart.series, index, scale)]
    parts = [*_grid(scale), *_category_names(chart.categories, scale), *_labels(chart), *shapes]
    start = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{_xml(chart_sentence(chart))}">'
    return f"{start}{''.join(parts)}</svg>"


def key_sign(index: int) -> str:
    """Return the colour and pattern of a series as a small drawing, for the key below the chart."""
    return (
        '<svg class="key" viewBox="0 0 24 8" aria-hidden="true">'
        f'<line x1="0" x2="24" y1="4" y2="4" stroke="{_colour(index)}" stroke-width="3"{_dash(index)}/></svg>'
    )


class Scale:
    """Places in the drawing: round steps from `low` to `high` upwards, and `count` categories across."""

    def __init__(self, low: float, high: float, count: int) -> None:
        rough = ((high - low) or 1.0) / TICKS  # 1 where every number is 0
        power = 10.0 ** floor(log10(rough))
        # the factor keeps a step that is exactly round from being passed over by an error of rounding
        self.step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
        first = floor(low / self.step)
        last = max(ceil(high / self.step), first + 1)
        self.ticks = [tick * self.step for tick in range(first, last + 1)]
        self.width = (WIDTH - LEFT - RIGHT) / count

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low))

    def x(self, index: int) -> float:
        """The middle of a category, counted from 0."""
        return LEFT + self.width * (index + 0.5)


def _grid(scale: Scale) -> Iterator[str]:
    for tick in scale.ticks:
        y = scale.y(tick)
        style = "zero" if tick == 0 else "rule"
        yield f'<line class="{style}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:,.10g}</text>'


def _category_names(categories: Sequence[str], scale: Scale) -> Iterator[str]:
    """The names below the axis: of more than NAMES_ACROSS only every second, third and so on."""
    every, y = ceil(len(categories) / NAMES_ACROSS), HEIGHT - BOTTOM + 16
    for index, name in enumerate(categories):
        if index % every == 0:
            short = shortened_label(name, NAME_CHARACTERS)
            yield f'<text x="{scale.x(index):.1f}" y="{y}" text-anchor="middle">{_xml(short)}</text>'


def _labels(chart: Chart) -> Iterator[str]:
    if chart.x_label:
        middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
        yield f'<text x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{_xml(chart.x_label)}</text>'
    if chart.y_label:
        middle, label = TOP + (HEIGHT - TOP - BOTTOM) / 2, _xml(chart.y_label)
        yield f'<text x="{-middle:.1f}" y="11" transform="rotate(-90)" text-anchor="middle">{label}</text>'


def _svg_lines(series: Sequence[ChartSeries], index: int, scale: Scale) -> Iterator[str]:
    """The series at `index` as a line, with a dot at each number."""
    spots = [(scale.x(number), each) for number, each in enumerate(series[index].numbers) if isfinite(each.value)]
    points = " ".join(f"{x:.1f},{scale.y(each.value):.1f}" for x, each in spots)
    colour = _colour(index)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{_dash(index)}/>'
    for x, each in spots:
        title = _tooltip(series[index], each)
        yield f'<circle cx="{x:.1f}" cy="{scale.y(each.value):.1f}" r="3" fill="{colour}">{title}</circle>'


def _bars(series: Sequence[ChartSeries], index: int, scale: Scale) -> Iterator[str]:
    """The series at `index` as bars, in each category beside those of the others."""
    wide = min(28.0, scale.width * 0.8 / len(series))
    for number, each in enumerate(series[index].numbers):
        if isfinite(each.value):
            x = scale.x(number) + (index - len(series) / 2) * wide
            top, foot = sorted((scale.y(each.value), scale.y(0)))
            yield (
                f'<rect x="{x + 1:.1f}" y="{top:.1f}" width="{wide - 2:.1f}" height="{max(foot - top, 1):.1f}" '
                f'fill="{_colour(index)}">{_tooltip(series[index], each)}</rect>'
            )


def _tooltip(series: ChartSeries, number: Number) -> str:
    return f"<title>{_xml(f'{series.name}: {number.text}')}</title>"


def _colour(index: int) -> str:
    return COLOURS[index % len(COLOURS)]


def _dash(index: int) -> str:
    pattern = DASHES[index % len(DASHES)]
    return f' stroke-dasharray="{pattern}"' if pattern else ""


def _xml(text: str) -> str:
    return escape_html(one_line(text))


# A page as one HTML file: printable, without a script, and without anything that a browser would load.

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing is loaded, run or sent, whatever the page says."""

LONG = 30
"""Characters from which on the cell of a table must not become a tall, narrow column."""

MANY = ' class="many"'
COLUMNS_OF_A_PAGE = 8
"""Ours: a table of more columns is printed on the broad side of the paper, in small letters."""


def document(page: Page, reader: Reader) -> str:
    """The whole file: the page below its heading, with the style, and when it was made."""
    title = raw_to_html(page.title, reader)
    first = page.items[0] if page.items else None
    heading, items = (first.text, page.items[1:]) if isinstance(first, Heading) else (page.title, page.items)
    body = "\n".join(html for item in items if (html := _html(item, reader)))
    on = local_date(reader.made_at, reader.zone)
    # with the year, as files are kept
    made = raw_to_html(f"{day_text(on)} {on.year} {time_of_day(reader.made_at, reader.zone)}", reader)
    styles = f"{STYLE}\n{BROAD}" if MANY in body else STYLE
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{styles}
</style>
</head>
<body>
<main>
<h1>{raw_to_html(heading, reader)}</h1>
{body}
</main>
<footer>Cadence · made {made}</footer>
</body>
</html>
"""


def _html(item: Item, reader: Reader) -> str:
    """The item as HTML; of buttons only those that open a page, of menus nothing, and '' for an item without text."""
    match item:
        case Heading(text):
            return f"<h2>{raw_to_html(text, reader)}</h2>"
        case Text(mrkdwn):
            return _paragraph("<p>", mrkdwn, reader)
        case Note(mrkdwn):
            return _paragraph('<p class="note">', mrkdwn, reader)
        case Line(mrkdwn, button, others):
            return _paragraph("<p>", mrkdwn, reader) + _links((button, *others), reader)
        case Divider():
            return "<hr>"
        case Buttons(buttons):
            return _links(buttons, reader)
        case Menu():
            return ""
        case Rows(lines):
            shown = "".join(f"<li>{to_html(line, reader)}</li>\n" for line in lines if line.strip())
            return f'<ul class="rows">\n{shown}</ul>' if shown else ""
        case Facts(pairs):
            shown = "".join(
                f"<div><dt>{raw_to_html(label, reader)}</dt><dd>{to_html(value, reader) or '-'}</dd></div>\n"
                for label, value in pairs
            )
            return f"<dl>\n{shown}</dl>" if shown else ""
        case Table(header, rows, caption):
            return _document_table(to_html(caption, reader), header, rows, reader)
        case SortableTable(caption, header, cells):
            return _document_table(raw_to_html(caption, reader), header, cells, reader)
        case Chart():
            return _chart(item, reader)
        case Fold(title, items):
            inside = "\n".join(html for each in items if (html := _html(each, reader)))
            return f'<section class="fold">\n<h2>{raw_to_html(title, reader)}</h2>\n{inside}\n</section>'


def _paragraph(tag: str, mrkdwn: str, reader: Reader) -> str:
    return f"{tag}{to_html(mrkdwn, reader)}</p>" if mrkdwn.strip() else ""


def _links(buttons: Sequence[Button], reader: Reader) -> str:
    linked = [to_html(link(button.url, button.label), reader) for button in buttons if button.url]
    return f"<p>{' '.join(linked)}</p>" if linked else ""


def _document_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str | Number]], reader: Reader) -> str:
    """The table as HTML, '' without rows; `caption` is HTML already."""
    if not rows:
        return ""
    numeric = [all(isinstance(row[column], Number) or not row[column] for row in rows) for column in range(len(header))]
    names = "".join(
        f'<th scope="col"{_number_class(is_number)}>{raw_to_html(name, reader)}</th>'
        for name, is_number in zip(header, numeric, strict=True)
    )
    lines = "".join(f"<tr>{_cells(row, reader)}</tr>\n" for row in rows)
    many = MANY if len(header) > COLUMNS_OF_A_PAGE else ""
    caption_html = f"<caption>{caption}</caption>\n" if caption else ""
    inside = f"{caption_html}<thead><tr>{names}</tr></thead>\n<tbody>\n{lines}</tbody>\n"
    return f'<div class="wide"><table{many}>\n{inside}</table></div>'


def _cells(row: Sequence[str | Number], reader: Reader) -> str:
    first, *others = row
    head = f'<th scope="row">{raw_to_html(cell_text(first), reader)}</th>'
    return head + "".join(
        f"<td{_number_class(isinstance(cell, Number)) or _long(cell)}>{raw_to_html(cell_text(cell), reader)}</td>"
        for cell in others
    )


def _long(cell: str | Number) -> str:
    return ' class="long"' if len(cell_text(cell)) > LONG else ""


def _number_class(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _chart(chart: Chart, reader: Reader) -> str:
    drawing, numbers = chart_svg(chart), chart_table(chart)
    keys = "".join(
        f"<span>{key_sign(index)}{raw_to_html(each.name, reader)}</span>" for index, each in enumerate(chart.series)
    )
    return (
        f"<figure>\n<figcaption>{raw_to_html(chart.title, reader)}</figcaption>\n{drawing}\n"
        + (f'<div class="keys">{keys}</div>\n' if len(chart.series) > 1 else "")
        + _document_table("", numbers.header, numbers.rows, reader)
        + "\n</figure>"
    )


# A page as a text file: its sentences line by line, people by name, links with their addresses.


def text_file(page: Page, reader: Reader) -> bytes:
    """Return the page as text in UTF-8, an empty line between its parts. Tables, charts and buttons are left out."""
    parts = ["\n".join(lines) for lines in (list(_text_lines(item, reader)) for item in page.items) if lines]
    return ("\n\n".join((raw_text(page.title, reader), *parts)) + "\n").encode()


def _text_lines(item: Item, reader: Reader) -> Iterator[str]:
    match item:
        case Heading(text):
            yield raw_text(text, reader)
        case Text(mrkdwn) | Note(mrkdwn) | Line(mrkdwn):
            if mrkdwn.strip():
                yield read_text(mrkdwn, reader)
        case Rows(lines):
            yield from (read_text(line, reader) for line in lines if line.strip())
        case Fold(title, items):
            yield raw_text(title, reader)
            for each in items:
                yield from _text_lines(each, reader)
        case _:
            return
