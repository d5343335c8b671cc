"""The mark of a letter in the block ids of its message."""

from agendas.rendering.blockkit import (
    BLOCK_ID_CHARACTERS,
    blocks,
    has_mark,
    text_of_line,
    with_line,
    with_mark,
    without_mark,
)
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Button, Line, Page, Text

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
    [marked] = with_mark([{"type": "divider", "block_id": "x" * BLOCK_ID_CHARACTERS}], "k" * 128)
    assert len(marked["block_id"]) == BLOCK_ID_CHARACTERS
    assert has_mark([marked], "k" * 128)


def test_a_line_with_the_mark_changes_in_place() -> None:
    marked = with_mark(blocks(PAGE), "letter:1")
    for clicked in (marked[0]["block_id"], without_mark(marked[0]["block_id"])):
        assert text_of_line(marked, clicked) == "Call them"
        changed = with_line(marked, clicked, Text(escape("Called")))
        assert [each["text"]["text"] for each in changed] == ["Called", "More"]
