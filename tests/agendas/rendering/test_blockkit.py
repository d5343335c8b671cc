from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agendas.rendering import blockkit
from agendas.rendering.blockkit import Rendered, blocks, has_mark, messages, text_of_line, with_mark, without_mark
from agendas.rendering.mrkdwn import Mrkdwn, escape, length, link, read
from agendas.rendering.page import (
    Button,
    Buttons,
    Chart,
    ChartKind,
    ChartSeries,
    Confirm,
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
from tests.agendas.golden import check_messages
from tests.agendas.rendering.any_items import items
from tests.cases import cases
from tests.plain import plain


def letters(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=settings().max_examples // 3)  # long pages
@given(st.lists(items, min_size=1, max_size=30))
def test_every_message_of_any_page_is_within_the_limits_and_its_block_ids_differ(found: list[Item]) -> None:
    parts = messages(Page("A page", tuple(found), key="sample-1"))
    check_messages(parts)
    assert all(sum(block["type"] == "table" for block in part.blocks) <= 1 for part in parts)
    assert all(len(block["elements"]) <= 5 for part in parts for block in part.blocks if block["type"] == "actions")
    plain = messages(Page("A page", tuple(found), key="sample-1"), plain=True)
    check_messages(plain)
    for drawn in (parts, plain):
        check_ids([block["block_id"] for part in drawn for block in part.blocks])


def check_ids(ids: list[str]) -> None:
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("sample-1-") and len(name) <= 255 for name in ids)


def test_rarer_buttons_stand_in_a_menu_that_carries_what_each_of_them_does() -> None:
    [drawn] = blocks(
        Page("t", (Buttons((Button("Update", "a.update", "7"),), (Button("Details", "a.details", "7"),)),))
    )
    menu = drawn["elements"][-1]
    assert [menu["type"], menu["action_id"], menu["options"][0]["value"]] == ["overflow", "overflow", "a.details 7"]
    with pytest.raises(ValueError, match="more than Slack takes"):
        blocks(Page("t", (Buttons((), tuple(Button(str(n), "a.b", str(n)) for n in range(6))),)))


def test_a_menu_of_buttons_takes_none_that_asks_first_or_opens_a_page() -> None:
    asks = Button("Close", "review.close", "3", confirm=Confirm("Close?", "It ends.", "Close", "Back"))
    for button in (asks, Button("Open", "a.open", url="https://acme.example")):
        with pytest.raises(ValueError, match="neither asks first nor opens a page"):
            blocks(Page("t", (Buttons((), (button,)),)))


def test_a_fold_is_a_container_and_its_items_alone_where_slack_takes_none() -> None:
    page = Page("t", (Text("Stalled"), Fold("Buying group", (Text("Economic buyer: Rita"), Rows(("Quiet: Tom",))))))
    [message] = messages(page)
    container = message.blocks[1]
    assert (container["title"]["text"], container["default_collapsed"]) == ("Buying group", True)
    assert [block["text"]["text"] for block in container["child_blocks"]] == ["Economic buyer: Rita", "Quiet: Tom"]
    assert [block["type"] for block in message.plain] == ["section"] * 3
    check_messages([message])
    check_messages([blockkit.Rendered(message.text, message.plain)])


def test_a_fold_of_more_than_a_container_holds_stands_open_and_an_empty_one_not_at_all() -> None:
    many = Fold("Evidence", tuple(Text(str(number)) for number in range(11)))
    assert [block["type"] for block in blocks(Page("t", (many, Fold("Plays", ()))))] == ["section"] * 11
    long = Fold("Narrative", (Text("x" * 2_900), Text("y" * 2_900)))
    assert [block["type"] for block in blocks(Page("t", (long,)))] == ["section"] * 2


def test_a_line_with_several_buttons_has_them_in_a_row_below_it() -> None:
    line = Line("Call their COO", Button("Done", "action.done", "7 3"), (Button("Drop", "action.drop", "7 3"),))
    text, row = blocks(Page("t", (line,)))
    assert "accessory" not in text
    assert [element["action_id"] for element in row["elements"]] == ["action.done", "action.drop"]


def test_forty_thousand_characters_go_on_in_the_thread_and_the_buttons_stay_in_the_first_message() -> None:
    words = " ".join(f"word{number}" for number in range(5_000))[:40_000]
    page = Page("Acme", (Heading("Acme"), Text(words), Buttons((Button("Movement", "agenda.move", "7"),))))
    parts = messages(page)
    assert len(parts) >= 4
    assert [block["type"] for block in parts[0].blocks][-2:] == ["context", "actions"]
    assert all(block["type"] == "section" for part in parts[1:] for block in part.blocks)
    assert parts[1].text == f"Acme (2 of {len(parts)})"
    shown = "".join(b["text"]["text"] for part in parts for b in part.blocks if b["type"] == "section")
    assert letters(shown) == letters(words)


def test_a_link_is_never_parted() -> None:
    lines = " ".join(link(f"https://example.com/{'a' * 500}?n={number}&x=1", "the minutes") for number in range(40))
    drawn = [block for part in messages(Page("Links", (Text(lines),))) for block in part.blocks]
    shown = [block["text"]["text"] for block in drawn if block["type"] == "section"]
    assert all(text.count("<") == text.count(">") == text.count("|the minutes>") for text in shown)
    assert sum(text.count("<") for text in shown) == 40


def test_a_heading_too_long_for_slack_becomes_text_that_is_whole() -> None:
    name = "Acme & Sons " * 30
    (block,) = blocks(Page("t", (Heading(name),)))
    assert block["type"] == "section"
    assert letters(read(block["text"]["text"])) == letters(name)


def test_a_button_that_asks_first_carries_its_question() -> None:
    confirm = Confirm("Close the review?", "The recap is posted.", "Close", "Back")
    (block,) = blocks(Page("t", (Buttons((Button("Close", "review.close", "3", confirm=confirm),)),)))
    assert block["elements"][0]["confirm"]["title"]["text"] == "Close the review?"
    assert block["elements"][0]["confirm"]["deny"]["text"] == "Back"


def test_a_table_of_many_rows_is_parted_with_its_header_on_each_part_and_one_table_per_message() -> None:
    rows = tuple((f"Account {number}", str(number)) for number in range(250))
    parts = messages(Page("List", (Table(("Account", "Days"), rows, "All accounts"),)))
    tables = [block for part in parts for block in part.blocks if block["type"] == "table"]
    assert [len(table["rows"]) for table in tables] == [100, 100, 53]
    assert all(table["rows"][0][0]["text"] == "Account" for table in tables)
    assert len(parts) == 3


def test_a_message_with_a_table_has_plain_blocks_too_in_which_its_cells_are_rows() -> None:
    page = Page("List", (Table(("Account", "Days"), (("R&D <Labs>", "4"),), "All"), Divider()))
    [message] = messages(page)
    assert [block["type"] for block in message.blocks] == ["section", "table", "divider"]
    assert [block["type"] for block in message.plain] == ["section", "section", "divider"]
    assert message.plain[1]["text"]["text"] == "Account: R&amp;D &lt;Labs&gt; · Days: 4"
    assert messages(page, plain=True) == [Rendered("List", message.plain)]
    assert blockkit.plain_blocks(page) == message.plain
    assert messages(Page("None", (Text("No table."),)))[0].plain == []


def test_a_fallback_text_names_no_channel_and_fits_an_update() -> None:
    text = blockkit.fallback("<!channel> " * 2_000)
    assert "<!" not in text
    assert length(text) <= 4_000
    assert text.endswith("…")


def test_plain_text_reads_links_mentions_and_escapes_back() -> None:
    page = Page(
        "t",
        (
            Heading("R&D <Labs>"),
            Text("*Movement*\n<https://example.com/a?b=1&amp;c=2|minutes> by <@U0ANN>, 3 &lt; 4"),
            Table(("Account", "Days"), (("Acme", "4"),)),
            Buttons((Button("Movement", "agenda.move"), Button("Decide", "agenda.decide"))),
        ),
    )
    assert plain(page, {"U0ANN": "Ann"}) == (
        "R&D <Labs>\n\nMovement\nminutes (https://example.com/a?b=1&c=2) by @Ann, 3 < 4\n\n"
        "Account  Days\nAcme     4\n\n[Movement] [Decide]"
    )


def test_what_a_button_cannot_carry_is_an_error_of_ours_and_a_long_label_is_shortened_visibly() -> None:
    with pytest.raises(ValueError, match=r"account\.pick"):
        blocks(Page("t", (Buttons((Button("Acme", "account.pick", "x" * 2_001),)),)))
    (block,) = blocks(Page("t", (Buttons((Button("Acme " * 30, "account.pick", "7"),)),)))
    label = block["elements"][0]["text"]["text"]
    assert length(label) <= 75
    assert label.endswith("…")


def test_facts_are_two_columns_and_become_text_when_a_value_is_long() -> None:
    (short,) = blocks(Page("t", (Facts((("Owner", "<@U0ANN1>"), ("R&D", ""))),)))
    assert [field["text"] for field in short["fields"]] == ["*Owner*\n<@U0ANN1>", "*R&amp;D*\n-"]
    assert all("text" in block for block in blocks(Page("t", (Facts((("Why", "word " * 700),)),))))
    assert plain(Page("t", (Facts((("Owner", "<@U0ANN1>"),)), Divider(), Note("small")))) == (
        "Owner: <@U0ANN1>\n\n---\n\nsmall"
    )


def test_a_table_too_wide_or_with_a_very_long_cell_becomes_rows() -> None:
    wide = Table(tuple(f"c{n}" for n in range(21)), (tuple(str(n) for n in range(21)),))
    long = Table(("Account", "Why"), (("Acme", "because " * 500),), "Reasons")
    for table in (wide, long):
        parts = messages(Page("t", (table,)))
        check_messages(parts)
        assert all(block["type"] == "section" for part in parts for block in part.blocks)
    assert plain(
        Page("t", (Table(("Account",), (("Acme",),), "Names"), Line("Ann", Button("Edit", "people.edit"))))
    ) == ("Names\nAccount\nAcme\n\nAnn [Edit]")


def test_more_buttons_than_a_row_holds_go_on_in_the_next_and_many_may_continue_in_the_thread() -> None:
    many = Buttons(tuple(Button(f"Pick {n}", f"pick.{n}", str(n)) for n in range(300)))
    parts = messages(Page("t", (Text("Pick one"), many)))
    check_messages(parts)
    assert sum(len(block.get("elements", ())) for part in parts for block in part.blocks) >= 300


def test_a_menu_shows_as_many_entries_as_slack_takes_and_nothing_without_any() -> None:
    many = Menu("Add an account", "review.add", tuple((f"Company {n} " * 20, str(n)) for n in range(120)))
    (block,) = blocks(Page("t", (many,)))
    (element,) = block["elements"]
    assert (element["type"], element["action_id"], len(element["options"])) == ("static_select", "review.add", 100)
    assert max(len(option["text"]["text"]) for option in element["options"]) == 75
    check_messages(messages(Page("t", (many,))))
    assert blocks(Page("t", (Menu("Add", "review.add", ()),))) == []


# Charts: drawn where Slack draws them, else a small table, and read aloud either way.
def series(name: str, *values: float) -> ChartSeries:
    return ChartSeries(name, tuple(Number(value, f"{value:g} %") for value in values))


CHART = Chart(
    ChartKind.LINE,
    "Progression",
    ("Sep", "Oct"),
    (series("Tier 1", 20, 33.5), series("Tier 2", 10, -5)),
    x_label="Month",
    y_label="Accounts advanced",
)


def drawn(*items: Item) -> list[Rendered]:
    parts = messages(Page("Executive review", items, key="executive"))
    check_messages(parts)
    check_messages([Rendered(part.text, part.plain) for part in parts if part.plain])
    return parts


def test_a_chart_has_one_number_for_each_category_and_its_table_where_slack_draws_none() -> None:
    [message] = drawn(CHART)
    assert message.blocks == [
        {
            "type": "data_visualization",
            "block_id": "executive-0-0",
            "title": "Progression",
            "chart": {
                "type": "line",
                "series": [
                    {"name": "Tier 1", "data": [{"label": "Sep", "value": 20}, {"label": "Oct", "value": 33.5}]},
                    {"name": "Tier 2", "data": [{"label": "Sep", "value": 10}, {"label": "Oct", "value": -5}]},
                ],
                "axis_config": {"categories": ["Sep", "Oct"], "x_label": "Month", "y_label": "Accounts advanced"},
            },
        }
    ]
    assert [block["text"]["text"] for block in message.plain] == [
        "*Progression*\nMonth: Sep · Tier 1: 20 % · Tier 2: 10 %\nMonth: Oct · Tier 1: 33.5 % · Tier 2: -5 %"
    ]


def test_its_numbers_are_in_the_text_that_screen_readers_read() -> None:
    said = "Progression: Tier 1: Sep 20 %, Oct 33.5 %; Tier 2: Sep 10 %, Oct -5 %."
    assert drawn(CHART, Text("Details"))[0].text == f"Executive review {said}"
    assert messages(Page("Executive review", (CHART,)), plain=True)[0].text == f"Executive review {said}"
    long = replace(CHART, title="x" * 5_000)
    assert length(drawn(long)[0].text) <= 4_000
    assert length(drawn(long)[0].blocks[0]["title"]) == 50


def test_two_charts_stand_in_a_message_and_a_third_goes_on_in_the_thread() -> None:
    kinds = [[block["type"] for block in part.blocks] for part in drawn(CHART, CHART, CHART)]
    assert kinds == [["data_visualization"] * 2 + ["context"], ["data_visualization"]]


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(replace(CHART, series=(series("One", 1, 2), series("One", 3, 4))), id="two series of one name"),
        pytest.param(
            replace(CHART, categories=("Long name of a review A", "Long name of a review B")),
            id="categories that are one when shortened",
        ),
        pytest.param(replace(CHART, series=(series("One", 1, float("inf")),)), id="a number without end"),
        pytest.param(replace(CHART, series=tuple(series(str(n), 1, 2) for n in range(13))), id="13 series"),
        pytest.param(
            Chart(ChartKind.BAR, "Days", tuple(map(str, range(21))), (series("Days", *range(21)),)), id="21 categories"
        ),
    ],
)
def test_what_slack_cannot_draw_is_a_small_table(chart: Chart) -> None:
    [message] = drawn(chart)
    assert {block["type"] for block in message.blocks} == {"section"}
    assert message.plain == []


def test_a_chart_without_numbers_is_its_title_and_uneven_series_are_an_error() -> None:
    assert [block["text"]["text"] for block in drawn(replace(CHART, categories=(), series=()))[0].blocks] == [
        "*Progression*"
    ]
    with pytest.raises(ValueError, match="zip"):
        drawn(replace(CHART, series=(series("Tier 1", 1),)))


# Sortable tables: one that sorts where Slack has it, and lines of text in its place.

HEADER = ("Account", "Fit", "Days")


def table(count: int, name: str = "Corvane Logistics", **more: object) -> SortableTable:
    rows = tuple((f"{name} {n}", Number(n / 2, f"{n / 2:g}"), Number(n, f"{n} d")) for n in range(count))
    return replace(SortableTable("Accounts by tier", HEADER, rows), **more)  # type: ignore[arg-type]


def scoreboard(*items: SortableTable | Text, plain: bool = False) -> list[Rendered]:
    parts = messages(Page("Scoreboard", items, key="board"), plain=plain)
    check_messages(parts)
    check_messages([Rendered(part.text, part.plain) for part in parts if part.plain])
    return parts


def test_numbers_carry_their_value_and_the_text_that_people_read_and_the_caption_is_always_there() -> None:
    [message] = scoreboard(table(2, page_size=500))
    [block] = message.blocks
    assert (block["type"], block["caption"], block["page_size"]) == ("data_table", "Accounts by tier", 100)
    assert [cell["type"] for row in block["rows"] for cell in row] == ["raw_text"] * 4 + ["raw_number"] * 2 + [
        "raw_text",
        "raw_number",
        "raw_number",
    ]
    assert block["rows"][2][1:] == [
        {"type": "raw_number", "value": 0.5, "text": "0.5"},
        {"type": "raw_number", "value": 1, "text": "1 d"},
    ]
    assert [block["text"]["text"] for block in message.plain] == [
        "*Accounts by tier*\n*Corvane Logistics 0* · Fit 0 · Days 0 d\n*Corvane Logistics 1* · Fit 0.5 · Days 1 d"
    ]


def test_two_hundred_rows_stand_in_one_table_and_a_button_brings_the_others() -> None:
    more = Button("More rows", "scoreboard.rows", "tier 1")
    native = scoreboard(table(230, more=more))[0].blocks
    assert [block["type"] for block in native] == ["data_table", "context", "actions"]
    assert len(native[0]["rows"]) == 201
    assert native[1]["elements"][0]["text"] == "Rows 1 to 200 of 230."
    assert native[2]["elements"][0]["value"] == "tier 1 200"
    rest = table(30, more=more, before=200, total=230)
    assert scoreboard(rest)[0].blocks[1]["elements"][0]["text"] == "Rows 201 to 230 of 230."
    assert [block["type"] for block in scoreboard(rest)[0].blocks] == ["data_table", "context"]


def test_where_slack_has_no_such_table_its_lines_come_by_pages_and_every_row_once() -> None:
    more = Button("More rows", "scoreboard.rows", "")
    names, before = [], 0
    while before < 230:
        whole = table(230, more=more)
        [message] = scoreboard(replace(whole, rows=whole.rows[before:], before=before, total=230), plain=True)
        names += [line.split("*")[1] for block in message.blocks[:-1] for line in _lines(block) if "Fit" in line]
        before = int(message.blocks[-1]["elements"][0].get("value") or 230)
    assert names == [f"Corvane Logistics {n}" for n in range(230)]


def _lines(block: dict) -> list[str]:
    return block["text"]["text"].split("\n") if block["type"] == "section" else []


def test_without_a_button_a_table_goes_on_in_further_messages() -> None:
    parts = scoreboard(Text("Before"), table(230))
    assert len(parts) > 1
    rows = [
        row[0]["text"]
        for part in parts
        for block in part.blocks
        if block["type"] == "data_table"
        for row in block["rows"][1:]
    ]
    assert rows == [f"Corvane Logistics {n}" for n in range(230)]
    assert {block["type"] for part in scoreboard(table(230), plain=True) for block in part.blocks} == {
        "section",
        "context",
    }


def test_the_cells_of_all_tables_of_a_message_are_within_twenty_thousand_characters() -> None:
    long = table(150, "x" * 90, more=Button("More rows", "scoreboard.rows", ""))
    parts = scoreboard(long, long)
    assert [sum(block["type"] == "data_table" for block in part.blocks) for part in parts] == [1, 1]


def test_cells_that_no_table_holds_stand_as_lines_and_an_empty_table_not_at_all() -> None:
    assert {block["type"] for block in scoreboard(table(1, "x" * 3_001))[0].blocks} == {"section"}
    wide = SortableTable("Wide", tuple(map(str, range(21))), (tuple(map(str, range(21))),))
    assert [block["type"] for block in scoreboard(wide)[0].blocks] == ["section"]
    assert scoreboard(table(0), Text("Nothing"))[0].blocks[0]["text"]["text"] == "Nothing"


def test_an_empty_cell_is_left_out_of_a_line_and_a_number_that_is_none_is_text() -> None:
    odd = SortableTable("", HEADER, (("<!channel> & *Acme*", "", Number(float("nan"), "no amount")),))
    [message] = scoreboard(odd)
    assert message.blocks[0]["rows"][1][1:] == [
        {"type": "raw_text", "text": "-"},
        {"type": "raw_text", "text": "no amount"},
    ]
    assert message.blocks[0]["caption"] == "-"
    assert message.plain[0]["text"]["text"].endswith("*&lt;!channel&gt; &amp; *Acme** · Days no amount")


# The mark of a letter in the block ids of its message.

PAGE = Page("Two", (Line(escape("Call them"), Button("Done", "done", "7")), Text(escape("More"))), key="list-1")


def test_a_message_bears_the_mark_of_its_own_letter_alone_behind_an_id_that_can_still_be_read() -> None:
    plain = blocks(PAGE)
    marked = with_mark(plain, "letter:1")
    assert has_mark(marked, "letter:1")
    assert not has_mark(marked, "letter:11")
    assert not has_mark([*plain, "odd", {"type": "divider"}], "letter:1")
    assert [without_mark(each["block_id"]) for each in marked] == [each["block_id"] for each in plain]
    assert with_mark(marked, "letter:1") == marked
    assert with_mark([], "letter:1") == []


def test_the_mark_is_kept_whole_behind_an_id_of_any_length() -> None:
    [marked] = with_mark([{"type": "divider", "block_id": "x" * blockkit.BLOCK_ID_CHARACTERS}], "k" * 128)
    assert len(marked["block_id"]) == blockkit.BLOCK_ID_CHARACTERS
    assert has_mark([marked], "k" * 128)


def test_a_line_with_the_mark_changes_in_place() -> None:
    marked = with_mark(blocks(PAGE), "letter:1")
    for clicked in (marked[0]["block_id"], without_mark(marked[0]["block_id"])):
        assert text_of_line(marked, clicked) == "Call them"
        changed = blockkit.with_line(marked, clicked, Text(escape("Called")))
        assert [each["text"]["text"] for each in changed] == ["Called", "More"]


# Lines of messages that were posted, found by the block with their buttons.

LINES = tuple(
    Line(Mrkdwn(text), Button("Done", "action.done", value), (Button("Move to", "action.move", value),))
    for text, value in (("Call the CFO", "7 4"), ("Send the contract", "7 3"))
)
[DRAWN] = messages(Page("Promises", LINES, key="prepare"))


@cases(
    ("block_id", "about", "found"),
    [
        ("prepare-1-1", (), "Send the contract"),
        ("prepare-1-1", ("7 3", "3"), "Send the contract"),
        ("prepare-1-1", ("7 4", "4"), ""),
        ("prepare-2-1", ("7 3", "3"), ""),
    ],
)
def test_a_line_is_found_only_where_it_is_still_about_the_same_thing(block_id: str, about: tuple[str, ...], found: str):
    assert text_of_line(DRAWN.blocks, block_id, about) == found
