"""Any item of a page, for properties of all of them."""

from hypothesis import strategies as st

from agendas.rendering import page
from agendas.rendering.mrkdwn import escape

people_text = st.text(min_size=1, max_size=6_000)
typed = people_text.map(escape)


def sortable(caption: str, names: list[str], more: page.Button | None) -> page.SortableTable:
    rows = tuple((name, page.Number(len(name), str(len(name)))) for name in names)
    return page.SortableTable(caption, ("Account", "Fit"), rows, more=more)


def chart(title: str, categories: list[str]) -> page.Chart:
    numbers = tuple(page.Number(number, f"{number} %") for number in range(len(categories)))
    return page.Chart(
        page.ChartKind.LINE,
        title,
        tuple(categories),
        (page.ChartSeries("Tier 1", numbers), page.ChartSeries("Tier 2", numbers)),
    )


items = st.one_of(
    st.text(max_size=400).map(page.Heading),
    typed.map(page.Text),
    typed.map(page.Note),
    st.lists(typed, max_size=5).map(lambda lines: page.Rows(tuple(lines))),
    st.lists(st.tuples(st.text(max_size=50), typed), max_size=12).map(lambda pairs: page.Facts(tuple(pairs))),
    st.lists(st.tuples(people_text, people_text), max_size=4).map(
        lambda rows: page.Table(("Account", "Days"), tuple(rows))
    ),
    st.builds(
        sortable, people_text, st.lists(people_text, max_size=30), st.sampled_from((None, page.Button("More", "a.b")))
    ),
    st.builds(chart, st.text(max_size=90), st.lists(st.text(max_size=30), max_size=25)),
    st.just(page.Divider()),
    st.lists(typed.map(page.Text), max_size=12).map(lambda inside: page.Fold("Buying group", tuple(inside))),
    typed.map(lambda mrkdwn: page.Line(mrkdwn, page.Button("Edit", "people.edit", "U0ANN1"))),
    typed.map(lambda mrkdwn: page.Line(mrkdwn, page.Button("Done", "a.b", "1"), (page.Button("Drop", "a.c", "1"),))),
    st.lists(st.text(max_size=100).map(lambda label: page.Button(label, "do.it", "1")), min_size=1, max_size=12).map(
        lambda buttons: page.Buttons(tuple(buttons), tuple(buttons[:5]))
    ),
)
