"""A page as one HTML file: printable, without a script, and without anything that a browser would load."""

from collections.abc import Sequence

from agendas.rendering.charts import chart_table
from agendas.rendering.data_tables import cell_text
from agendas.rendering.filters import time_of_day
from agendas.rendering.html.inline import Reader, raw_to_html, to_html
from agendas.rendering.html.style import BROAD, STYLE
from agendas.rendering.html.svg import chart_svg, key_sign
from agendas.rendering.mrkdwn import link
from agendas.rendering.page import (
    Button,
    Buttons,
    Chart,
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
from agendas.text.days import day_said, local_date

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing is loaded, run or sent, whatever the page says."""

LONG = 30
"""Characters from which on the cell of a table must not become a tall, narrow column."""

MANY = ' class="many"'
COLUMNS_OF_A_PAGE = 8
"""Ours: a table of more columns is printed on the broad side of the paper, in small letters."""


def document(page: Page, reader: Reader) -> str:
    """Return the page as an HTML file. Buttons are left out: they do nothing outside Slack."""
    title = raw_to_html(page.title, reader)
    first = page.items[0] if page.items else None
    heading, items = (first.text, page.items[1:]) if isinstance(first, Heading) else (page.title, page.items)
    body = "\n".join(html for item in items if (html := _html(item, reader)))
    made = raw_to_html(_moment(reader), reader)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{_style(body)}
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


def _style(body: str) -> str:
    return f"{STYLE}\n{BROAD}" if MANY in body else STYLE


def _moment(reader: Reader) -> str:
    """Return when the file was made, with the year: files are kept."""
    on = local_date(reader.made_at, reader.zone)
    return f"{day_said(on)} {on.year} {time_of_day(reader.made_at, reader.zone)}"


def _html(item: Item, reader: Reader) -> str:
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
        case _:
            return _larger(item, reader)


def _larger(item: Rows | Facts | Table | SortableTable | Chart | Fold, reader: Reader) -> str:
    match item:
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
            return _table(to_html(caption, reader), header, rows, reader)
        case SortableTable(caption, header, cells):
            return _table(raw_to_html(caption, reader), header, cells, reader)
        case Chart():
            return _chart(item, reader)
        case Fold(title, items):
            inside = "\n".join(html for each in items if (html := _html(each, reader)))
            return f'<section class="fold">\n<h2>{raw_to_html(title, reader)}</h2>\n{inside}\n</section>'


def _paragraph(tag: str, mrkdwn: str, reader: Reader) -> str:
    return f"{tag}{to_html(mrkdwn, reader)}</p>" if mrkdwn.strip() else ""


def _links(buttons: Sequence[Button], reader: Reader) -> str:
    """Buttons that open an address, as links; the others are left out."""
    linked = [to_html(link(button.url, button.label), reader) for button in buttons if button.url]
    return f"<p>{' '.join(linked)}</p>" if linked else ""


def _table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str | Number]], reader: Reader) -> str:
    if not rows:
        return ""
    numeric = [all(isinstance(row[column], Number) or not row[column] for row in rows) for column in range(len(header))]
    names = "".join(
        f'<th scope="col"{_numbered(is_number)}>{raw_to_html(name, reader)}</th>'
        for name, is_number in zip(header, numeric, strict=True)
    )
    lines = "".join(f"<tr>{_cells(row, reader)}</tr>\n" for row in rows)
    many = MANY if len(header) > COLUMNS_OF_A_PAGE else ""
    said = f"<caption>{caption}</caption>\n" if caption else ""
    whole = f"{said}<thead><tr>{names}</tr></thead>\n<tbody>\n{lines}</tbody>\n"
    return f'<div class="wide"><table{many}>\n{whole}</table></div>'


def _cells(row: Sequence[str | Number], reader: Reader) -> str:
    first, *others = row
    head = f'<th scope="row">{raw_to_html(cell_text(first), reader)}</th>'
    return head + "".join(
        f"<td{_numbered(isinstance(cell, Number)) or _long(cell)}>{raw_to_html(cell_text(cell), reader)}</td>"
        for cell in others
    )


def _long(cell: str | Number) -> str:
    return ' class="long"' if len(cell_text(cell)) > LONG else ""


def _numbered(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _chart(chart: Chart, reader: Reader) -> str:
    drawing = chart_svg(chart)
    numbers = chart_table(chart)
    keys = "".join(
        f"<span>{key_sign(place)}{raw_to_html(each.name, reader)}</span>" for place, each in enumerate(chart.series)
    )
    return (
        f"<figure>\n<figcaption>{raw_to_html(chart.title, reader)}</figcaption>\n{drawing}\n"
        + (f'<div class="keys">{keys}</div>\n' if len(chart.series) > 1 else "")
        + _table("", numbers.header, numbers.rows, reader)
        + "\n</figure>"
    )
