"""Sortable tables: one that sorts where Slack has it, and lines of text in its place."""

from dataclasses import replace

from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import Button, Number, Page, SortableTable, Text
from tests.agendas.golden import check_messages

HEADER = ("Account", "Fit", "Days")


def table(count: int, name: str = "Corvane Logistics", **more: object) -> SortableTable:
    rows = tuple((f"{name} {n}", Number(n / 2, f"{n / 2:g}"), Number(n, f"{n} d")) for n in range(count))
    return replace(SortableTable("Accounts by tier", HEADER, rows), **more)  # type: ignore[arg-type]


def drawn(*items: SortableTable | Text, plain: bool = False) -> list[Rendered]:
    parts = messages(Page("Scoreboard", items, key="board"), plain=plain)
    check_messages(parts)
    check_messages([Rendered(part.text, part.plain) for part in parts if part.plain])
    return parts


def test_numbers_carry_their_value_and_the_text_that_people_read_and_the_caption_is_always_there() -> None:
    [message] = drawn(table(2, page_size=500))
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
    native = drawn(table(230, more=more))[0].blocks
    assert [block["type"] for block in native] == ["data_table", "context", "actions"]
    assert len(native[0]["rows"]) == 201
    assert native[1]["elements"][0]["text"] == "Rows 1 to 200 of 230."
    assert native[2]["elements"][0]["value"] == "tier 1 200"
    rest = table(30, more=more, before=200, total=230)
    assert drawn(rest)[0].blocks[1]["elements"][0]["text"] == "Rows 201 to 230 of 230."
    assert [block["type"] for block in drawn(rest)[0].blocks] == ["data_table", "context"]


def test_where_slack_has_no_such_table_its_lines_come_by_pages_and_every_row_once() -> None:
    more = Button("More rows", "scoreboard.rows", "")
    names, before = [], 0
    while before < 230:
        whole = table(230, more=more)
        [message] = drawn(replace(whole, rows=whole.rows[before:], before=before, total=230), plain=True)
        names += [line.split("*")[1] for block in message.blocks[:-1] for line in _lines(block) if "Fit" in line]
        before = int(message.blocks[-1]["elements"][0].get("value") or 230)
    assert names == [f"Corvane Logistics {n}" for n in range(230)]


def _lines(block: dict) -> list[str]:
    return block["text"]["text"].split("\n") if block["type"] == "section" else []


def test_without_a_button_a_table_goes_on_in_further_messages() -> None:
    parts = drawn(Text("Before"), table(230))
    assert len(parts) > 1
    rows = [
        row[0]["text"]
        for part in parts
        for block in part.blocks
        if block["type"] == "data_table"
        for row in block["rows"][1:]
    ]
    assert rows == [f"Corvane Logistics {n}" for n in range(230)]
    assert {block["type"] for part in drawn(table(230), plain=True) for block in part.blocks} == {"section", "context"}


def test_the_cells_of_all_tables_of_a_message_are_within_twenty_thousand_characters() -> None:
    more = Button("More rows", "scoreboard.rows", "")
    long = table(150, "x" * 90, more=more)
    parts = drawn(long, long)
    assert [sum(block["type"] == "data_table" for block in part.blocks) for part in parts] == [1, 1]


def test_cells_that_no_table_holds_stand_as_lines_and_an_empty_table_not_at_all() -> None:
    assert {block["type"] for block in drawn(table(1, "x" * 3_001))[0].blocks} == {"section"}
    wide = SortableTable("Wide", tuple(map(str, range(21))), (tuple(map(str, range(21))),))
    assert [block["type"] for block in drawn(wide)[0].blocks] == ["section"]
    assert drawn(table(0), Text("Nothing"))[0].blocks[0]["text"]["text"] == "Nothing"


def test_an_empty_cell_is_left_out_of_a_line_and_a_number_that_is_none_is_text() -> None:
    odd = SortableTable("", HEADER, (("<!channel> & *Acme*", "", Number(float("nan"), "no amount")),))
    [message] = drawn(odd)
    assert message.blocks[0]["rows"][1][1:] == [
        {"type": "raw_text", "text": "-"},
        {"type": "raw_text", "text": "no amount"},
    ]
    assert message.blocks[0]["caption"] == "-"
    assert message.plain[0]["text"]["text"].endswith("*&lt;!channel&gt; &amp; *Acme** · Days no amount")
