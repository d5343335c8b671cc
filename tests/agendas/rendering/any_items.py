"""Any item of a page, for properties of all of them."""

from hypothesis import strategies as st

from agendas.rendering.mrkdwn import escape
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
    Note,
    Number,
    Rows,
    Series,
    SortableTable,
    Table,
    Text,
)

people_text = st.text(min_size=1, max_size=6_000)
typed = people_text.map(escape)


def sortable(caption: str, names: list[str], more: Button | None) -> SortableTable:
    rows = tuple((name, Number(len(name), str(len(name)))) for name in names)
    return SortableTable(caption, ("Account", "Fit"), rows, more=more)


def chart(title: str, categories: list[str]) -> Chart:
    numbers = tuple(Number(number, f"{number} %") for number in range(len(categories)))
    return Chart(ChartKind.LINE, title, tuple(categories), (Series("Tier 1", numbers), Series("Tier 2", numbers)))


items = st.one_of(
    st.text(max_size=400).map(Heading),
    typed.map(Text),
    typed.map(Note),
    st.lists(typed, max_size=5).map(lambda lines: Rows(tuple(lines))),
    st.lists(st.tuples(st.text(max_size=50), typed), max_size=12).map(lambda pairs: Facts(tuple(pairs))),
    st.lists(st.tuples(people_text, people_text), max_size=4).map(lambda rows: Table(("Account", "Days"), tuple(rows))),
    st.builds(
        sortable, people_text, st.lists(people_text, max_size=30), st.sampled_from((None, Button("More", "a.b")))
    ),
    st.builds(chart, st.text(max_size=90), st.lists(st.text(max_size=30), max_size=25)),
    st.just(Divider()),
    st.lists(typed.map(Text), max_size=12).map(lambda inside: Fold("Buying group", tuple(inside))),
    typed.map(lambda mrkdwn: Line(mrkdwn, Button("Edit", "people.edit", "U0ANN1"))),
    typed.map(lambda mrkdwn: Line(mrkdwn, Button("Done", "a.b", "1"), (Button("Drop", "a.c", "1"),))),
    st.lists(st.text(max_size=100).map(lambda label: Button(label, "do.it", "1")), min_size=1, max_size=12).map(
        lambda buttons: Buttons(tuple(buttons), tuple(buttons[:5]))
    ),
)
