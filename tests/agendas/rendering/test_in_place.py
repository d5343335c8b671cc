"""Lines of messages that were posted, found by the block with their buttons."""

from agendas.rendering.blockkit import messages, text_of_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Button, Line, Page
from tests.cases import cases

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
def test_a_line_is_found_only_where_it_is_still_about_the_same_thing(
    block_id: str, about: tuple[str, ...], found: str
) -> None:
    assert text_of_line(DRAWN.blocks, block_id, about) == found
