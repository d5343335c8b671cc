import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.html import Reader, csv_file, document, raw_to_html, read_text, to_html
from agendas.rendering.mrkdwn import escape, link, mention
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
from tests.agendas.golden import check_golden
from tests.agendas.rendering.any_items import items
from tests.cases import cases

READER = Reader(datetime(2026, 11, 27, 17, 10, tzinfo=UTC), "Europe/Berlin", {"U0NORA001": "Nora <Adeyemi>"})
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & <!channel> ' <https://evil.example|x>"


def series(name: str, *values: float) -> ChartSeries:
    return ChartSeries(name, tuple(Number(value, f"{value:g} %") for value in values))


LINE_CHART = Chart(
    ChartKind.LINE,
    "Progression, by month",
    ("Jul", "Aug", "Sep", "Oct"),
    (series("Tier 1", 0, 20, 40, 33.5), series("Tier 2", 10, 5, -5, 12)),
    x_label="Month",
    y_label="Accounts advanced",
)

TABLE = SortableTable(
    "Accounts by tier",
    ("Account", "Fit", "Value", "Next action"),
    (
        ("Corvane Logistics", Number(72, "72"), Number(420_000, "USD 420k"), "Call <@U0NORA001>'s COO"),
        (HOSTILE, Number(8.5, "8.5"), "", "=1+1"),
    ),
)

PAGE = Page(
    f"Executive review October 2026 {HOSTILE}",
    (
        Heading("Executive review · October 2026"),
        Text(
            ":red_circle: *Corvane Logistics* needs intervention · <@U0NORA001>\n"
            "_since_ <!date^1796376600^{time}|09:30 UTC>"
        ),
        Rows((f"• {link('https://crm.example/a?b=1&c=2', 'the *minutes* & more')} ~old~ `a<b`", escape(HOSTILE), "")),
        Facts((("Tier 1", "4/5"), (HOSTILE, escape(HOSTILE)), ("Empty", ""))),
        TABLE,
        LINE_CHART,
        Chart(ChartKind.BAR, HOSTILE, (HOSTILE, "Oct"), (series(HOSTILE, 3, 8),)),
        Table(("Tier", HOSTILE), (("1", HOSTILE),), f"*{escape(HOSTILE)}*"),
        Divider(),
        Heading("Asks"),
        Line("Call their COO", Button("Done", "a.b", "1"), (Button("Open", "a.c", "1", url="https://crm.example/x"),)),
        Fold("Details " + HOSTILE, (Text("Behind the fold"),)),
        Note(f"#channel <#C0ABM0001|abm-weekly> {mention('U0GONE001')} :white_circle: steady"),
        Menu("Choose", "a.d", (("One", "1"),)),
        Buttons((Button(HOSTILE, "a.e", "1"),)),
    ),
)


# A page as one HTML file that loads and runs nothing, whatever people typed.

TAGS = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "h2", "p", "b", "i", "s", "code"),
        *("br", "a", "span", "ul", "li", "div", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th"),
        *("td", "hr", "section", "figure", "figcaption", "svg", "line", "text", "polyline", "circle", "rect"),
    )
)
ATTRIBUTES = {"href", "src", "action", "data", "srcset", "poster", "formaction", "xlink:href"}


class Parsed(HTMLParser):
    """The tags and texts of a document; fails where they are not nested as they should be."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def check_harmless(html: str) -> Parsed:
    parsed = Parsed(html)
    for tag, attributes in parsed.tags:
        assert tag in TAGS
        assert not [name for name in attributes if name.startswith("on")]
        addresses = {name: value for name, value in attributes.items() if name in ATTRIBUTES}
        assert tag == "a" or not addresses
        assert all(str(value).startswith(("https://", "http://")) for value in addresses.values())
    style = html.split("<style>")[1].split("</style>", maxsplit=1)[0]
    assert "url(" not in style
    assert "@import" not in style
    return parsed


def test_a_page_of_everything_is_the_file_that_was_looked_at() -> None:
    html = document(PAGE, READER)
    check_golden("html/everything", html, ending="html")
    text = check_harmless(html).text
    assert "alert(1)" in text
    assert "09:30" not in text
    assert "@Nora <Adeyemi>" in text
    assert "#abm-weekly" in text
    assert "@U0GONE001" in text
    assert "made 27 Nov 2026 18:10 CET" in text


@given(st.lists(items, max_size=12), st.text(max_size=80))
def test_whatever_is_typed_the_file_is_well_formed_and_loads_nothing(found: list[Item], title: str) -> None:
    check_harmless(document(Page(title, tuple(found)), READER))


@cases(
    ("mrkdwn", "html"),
    [
        ("*bold* _slanted_ ~old~", "<b>bold</b> <i>slanted</i> <s>old</s>"),
        ("*both _at_ once*", "<b>both <i>at</i> once</b>"),
        ("*a _b* c_", "<b>a _b</b> c_"),
        ("2*3*4 and a_b_c and ~", "2*3*4 and a_b_c and ~"),
        ("one\ntwo", "one<br>\ntwo"),
        ("`*code* <b>`", "<code>*code* b</code>"),
        ("a &amp;lt; b &lt;i&gt;", "a &amp;lt; b &lt;i&gt;"),
        (link("https://a.example/_x_*y*", "*label*"), None),
        ("<javascript:alert(1)|click>", "click"),
        ("<!date^1796376600^{time}|09:30 UTC>", "10:30 CET"),
        ("<!date^1796376600^{date}|4 Dec>", "4 Dec"),
        ("<#C1>", "#C1"),
        (":star: expanded :tada:", '<span class="mark expanded" aria-hidden="true">★</span> expanded :tada:'),
        ("\ue0000\ue001", "0"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(mrkdwn: str, html: str | None) -> None:
    wanted = html or '<a href="https://a.example/_x_*y*" rel="noopener noreferrer">*label*</a>'
    assert to_html(mrkdwn, READER) == wanted


def test_raw_text_is_formatted_by_nothing_and_names_people() -> None:
    assert raw_to_html("*A* <@U0NORA001>", READER) == "*A* @Nora &lt;Adeyemi&gt;"
    assert "<script" not in raw_to_html(HOSTILE, READER)
    assert read_text(f"*{escape('Acme & Co')}* :star: {link('https://a.example', 'mail')}", READER) == (
        "Acme & Co mail (https://a.example)"
    )


# A page as CSV: tables with their numbers, and nothing that a spreadsheet would calculate.
def rows_of(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_file(page, READER).decode("utf-8-sig"), newline="")))


def test_tables_and_charts_are_rows_with_their_numbers_beside_what_people_read() -> None:
    lines = Fold("More", (Rows(("x",)),))
    page = Page(
        "Scoreboard",
        (Text(":star: *Two* accounts · both of tier 1"), replace(TABLE, rows=TABLE.rows[:1]), LINE_CHART, lines),
    )
    assert rows_of(page) == [
        ["Scoreboard"],
        [],
        ["Two accounts", "both of tier 1"],
        [],
        ["Accounts by tier"],
        ["Account", "Fit", "Value", "Value (number)", "Next action"],
        ["Corvane Logistics", "72", "USD 420k", "420000", "Call @Nora <Adeyemi>'s COO"],
        [],
        ["Progression, by month"],
        ["Month", "Tier 1", "Tier 1 (number)", "Tier 2", "Tier 2 (number)"],
        ["Jul", "0 %", "0", "10 %", "10"],
        ["Aug", "20 %", "20", "5 %", "5"],
        ["Sep", "40 %", "40", "'-5 %", "-5"],
        ["Oct", "33.5 %", "33.5", "12 %", "12"],
        [],
        ["More"],
        ["x"],
    ]
