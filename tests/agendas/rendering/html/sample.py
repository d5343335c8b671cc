"""A page with every item, and texts that would do harm in HTML."""

from datetime import UTC, datetime

from agendas.rendering.html import Reader
from agendas.rendering.mrkdwn import escape, link, mention
from agendas.rendering.page import (
    Button,
    Buttons,
    Chart,
    ChartKind,
    Divider,
    Facts,
    Fold,
    Heading,
    Line,
    Menu,
    Note,
    Number,
    Page,
    Rows,
    Series,
    SortableTable,
    Table,
    Text,
)

READER = Reader(datetime(2026, 11, 27, 17, 10, tzinfo=UTC), "Europe/Berlin", {"U0NORA001": "Nora <Adeyemi>"})
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & <!channel> ' <https://evil.example|x>"


def series(name: str, *values: float) -> Series:
    return Series(name, tuple(Number(value, f"{value:g} %") for value in values))


LINE_CHART = Chart(
    ChartKind.LINE,
    "Progression, by month",
    ("Jul", "Aug", "Sep", "Oct"),
    (series("Tier 1", 0, 20, 40, 33.5), series("Tier 2", 10, 5, -5, 12)),
    x_label="Month",
    y_label="Accounts advanced",
)
BAR_CHART = Chart(ChartKind.BAR, HOSTILE, (HOSTILE, "Oct"), (series(HOSTILE, 3, 8),))

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
        BAR_CHART,
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
