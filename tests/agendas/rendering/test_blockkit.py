import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering import blockkit
from agendas.rendering.blockkit import Rendered, blocks, messages, plain_blocks
from agendas.rendering.mrkdwn import length, link, read
from agendas.rendering.page import (
    Button,
    Buttons,
    Confirm,
    Divider,
    Facts,
    Fold,
    Heading,
    Item,
    Line,
    Menu,
    Note,
    Page,
    Rows,
    Table,
    Text,
)
from tests.agendas.golden import check_messages
from tests.agendas.rendering.any_items import items
from tests.plain import plain


def letters(text: str) -> str:
    return "".join(text.split())


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
    assert plain_blocks(page) == message.plain
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
    long = blocks(Page("t", (Facts((("Why", "word " * 700),)),)))
    assert all("text" in block for block in long)
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
