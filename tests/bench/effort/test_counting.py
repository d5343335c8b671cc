"""Presses, lines and pixels are counted as they should be, and a way that is gone is said."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bench.effort.__main__ import measured
from bench.effort.figures import Effort, page
from bench.effort.hand import EACH, PRESSES, Hand, WayGone, presses_of
from bench.effort.ruler import Ruler, Size
from sandbox.blocks import MANY_OPTIONS, MULTIPLE_VALUES, ONE_OF_OPTIONS, SINGLE_VALUES
from sandbox.server import Sandbox
from sandbox.testing import Seen
from tests.sandbox.http_app import listening_to


def words(text: str, kind: str = "plain_text") -> dict[str, str]:
    return {"type": kind, "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": words(text), "value": text.casefold()}


BUTTON = {"type": "button", "action_id": "press", "text": words("Press")}
PICKER = {"type": "static_select", "action_id": "pick", "options": [option("Early"), option("Late")]}
MENU = {"type": "overflow", "action_id": "more", "options": [option("Details")]}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        running.add_channel("abm", members=[running.add_user("ann")])
        async with listening_to(running):
            yield running


@pytest.fixture
def hand(sandbox: Sandbox) -> Hand:
    return Hand(sandbox.person("ann"))


async def posted(sandbox: Sandbox, *elements: dict[str, Any]) -> Seen:
    blocks = [{"type": "actions", "elements": list(elements)}]
    await sandbox.client.chat_postMessage(channel=sandbox.channel_state("abm").id, text="Controls", blocks=blocks)
    seen = Seen("Controls")
    seen.message = sandbox.channel_state("abm").messages[-1]
    return seen


@pytest.mark.parametrize(("label", "clicks"), [("Press", 1), ("Late", 2), ("Details", 2)])
async def test_a_button_is_one_press_and_a_choice_in_a_picker_or_menu_two(sandbox: Sandbox, hand: Hand, label, clicks):
    await hand.presses(label, on=await posted(sandbox, BUTTON, PICKER, MENU))
    assert (hand.clicks, hand.forms) == (clicks, 0)


async def test_a_button_that_is_not_there_is_a_way_that_is_gone_and_no_press(sandbox: Sandbox, hand: Hand) -> None:
    with pytest.raises(WayGone, match="There is no 'Update' to click; there are"):
        await hand.presses("Update", on=await posted(sandbox, BUTTON))
    assert hand.clicks == 0


def test_typing_takes_no_press_a_box_one_and_each_further_choice_one() -> None:
    assert [presses_of(kind) for kind in ("plain_text_input", "radio_buttons", "datepicker")] == [0, 1, 2]
    assert [presses_of("checkboxes", 2), presses_of("multi_users_select", 2)] == [2, 3]


def test_every_control_that_messages_and_forms_may_have_is_counted() -> None:
    known = ONE_OF_OPTIONS | MANY_OPTIONS | SINGLE_VALUES.keys() | MULTIPLE_VALUES.keys()
    assert known - PRESSES.keys() - EACH.keys() == set()


def test_lines_are_broken_at_the_width_and_a_rule_and_marks_take_none(sandbox: Sandbox) -> None:
    ruler = Ruler(sandbox.workspace, 10)
    assert ruler.message([{"type": "section", "text": words("*ten chars*\neleven char", "mrkdwn")}]).lines == 3
    assert ruler.message([{"type": "section", "text": words(":red_circle: eight ch", "mrkdwn")}]).lines == 2
    assert ruler.message([{"type": "divider"}]).lines == 0
    fields = [words("one", "mrkdwn"), words("two", "mrkdwn"), words("three", "mrkdwn")]
    assert ruler.message([{"type": "section", "fields": fields}]).lines == 2
    assert ruler.message([{"type": "actions", "elements": [BUTTON, MENU]}]).lines == 2
    inside = [{"type": "section", "text": words("one line")}]
    assert ruler.message([{"type": "container", "title": words("Title"), "child_blocks": inside}]).lines == 2


def test_pixels_are_those_of_lines_gaps_and_the_messages_head(sandbox: Sandbox) -> None:
    assert Ruler(sandbox.workspace, 45).message([{"type": "section", "text": words("one line")}]) == Size(
        1, 22 + 8 + 32
    )


def test_a_row_says_what_was_what_is_and_whether_it_is_enough() -> None:
    enough = Effort("Clicks and forms", "30-40, 10", (16, 5), (16, 5))
    assert enough.row() == "| Clicks and forms | 30-40, 10 | 16, 5 | ≤ 16, ≤ 5 | met |"
    assert Effort("Clicks and forms", "30-40, 10", (16, 6), (16, 5)).row().endswith("| missed |")
    assert Effort("Clicks and forms", "30-40, 10", (), (16, 5)).row().endswith("| gone | ≤ 16, ≤ 5 | missed |")
    assert f"\n{enough.row()}\n\n**A click**" in page([enough], desktop=110, pixels="measured in a page")


@pytest.mark.proof
async def test_every_way_is_there_and_every_figure_is_measured() -> None:
    report = await measured()
    assert report.gone == []
    assert len(report.rows) == 7
