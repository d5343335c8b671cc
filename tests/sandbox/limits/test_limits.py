"""Each limit of the platform: the largest value is taken, one more is refused with its pointer."""

from typing import Any

import pytest

from sandbox.limits import message_problems, view_problems
from sandbox.server import Sandbox
from tests.sandbox.block_kit import modal, plain, section
from tests.sandbox.limits.block_rows import BLOCK_ROWS
from tests.sandbox.limits.data_rows import DATA_ROWS
from tests.sandbox.limits.element_rows import ELEMENT_ROWS
from tests.sandbox.limits.part_rows import SMALL_ROWS
from tests.sandbox.limits.row_parts import Row
from tests.sandbox.limits.view_rows import HOME_ROWS, MODAL_ROWS
from tests.sandbox.refusals import refused


def pointers(problems: list[str]) -> list[str]:
    return [problem.rsplit("[json-pointer:", 1)[1].removesuffix("]") for problem in problems]


def by_name(rows: list[Row]) -> list[Any]:
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(
    ("fits", "too_much", "pointer"), by_name([*BLOCK_ROWS, *DATA_ROWS, *ELEMENT_ROWS, *SMALL_ROWS])
)
def test_a_message_holds_this_much_and_no_more(fits: Any, too_much: Any, pointer: str) -> None:
    assert message_problems(fits) == []
    assert pointer in pointers(message_problems(too_much))


@pytest.mark.parametrize(("fits", "too_much", "pointer"), by_name(MODAL_ROWS))
def test_a_modal_holds_this_much_and_no_more(fits: Any, too_much: Any, pointer: str) -> None:
    assert view_problems(fits, surface="modal") == []
    assert pointer in pointers(view_problems(too_much, surface="modal"))


@pytest.mark.parametrize(("fits", "too_much", "pointer"), by_name(HOME_ROWS))
def test_a_home_holds_this_much_and_no_more(fits: Any, too_much: Any, pointer: str) -> None:
    assert view_problems(fits, surface="home") == []
    assert pointer in pointers(view_problems(too_much, surface="home"))


def test_an_emoji_counts_two_characters() -> None:
    assert message_problems([section("🚀" * 1_500)]) == []
    assert pointers(message_problems([section("🚀" * 1_501)])) == ["/blocks/0/text/text"]


async def test_a_refused_message_gives_slacks_error_with_pointers_and_is_never_stored(sandbox: Sandbox) -> None:
    room = sandbox.channel("#abm")
    answer = await refused(sandbox, "chat.postMessage", channel=room.state.id, text="x", blocks=[section("x" * 3001)])
    sentence = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [sentence],
        "response_metadata": {"messages": [f"[ERROR] {sentence}"]},
    }
    assert room.messages == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param({}, "no_text", id="nothing to say"),
        pytest.param({"text": "  "}, "no_text", id="only spaces"),
        pytest.param({"blocks": "{"}, "invalid_blocks_format", id="blocks that are no JSON"),
        pytest.param({"blocks": {"type": "section"}}, "invalid_blocks_format", id="blocks that are no list"),
        pytest.param({"blocks": [section("x" * 3000)] * 5}, "msg_blocks_too_long", id="long in all"),
        pytest.param({"text": "x", "metadata": "{"}, "invalid_metadata_format", id="metadata that is no JSON"),
        pytest.param({"text": "x", "metadata": {"event_type": "k"}}, "invalid_metadata_format", id="half metadata"),
        pytest.param(
            {"text": "x", "metadata": {"event_type": "k", "event_payload": {"key": "x" * 16_000}}},
            "metadata_too_large",
            id="large metadata",
        ),
        pytest.param({"text": "x", "metadata": []}, "invalid_metadata_format", id="metadata that is a list"),
        pytest.param(
            {"text": "x", "metadata": {"event_type": "a b", "event_payload": {}}},
            "invalid_metadata_format",
            id="metadata type with a space",
        ),
        pytest.param({"text": "x", "thread_ts": "1.000001"}, "thread_not_found", id="thread without a root"),
        pytest.param({"text": "x", "colour": "red"}, "invalid_arguments", id="unknown argument"),
    ],
)
async def test_a_message_is_refused_with_slacks_code(sandbox: Sandbox, arguments: dict[str, Any], error: str) -> None:
    channel_id = sandbox.channel("#abm").state.id
    answer = await refused(sandbox, "chat.postMessage", channel=channel_id, **arguments)
    assert answer["error"] == error
    assert sandbox.channel("#abm").messages == []


async def test_a_long_text_is_cut_at_40_000_when_posted_and_refused_above_4_000_when_edited(sandbox: Sandbox) -> None:
    channel_id = sandbox.channel("#abm").state.id
    posted = await sandbox.client.chat_postMessage(channel=channel_id, text="x" * 40_001)
    assert len(sandbox.channel("#abm").messages[0].message.text) == 40_000
    await sandbox.client.chat_update(channel=channel_id, ts=posted["ts"], text="x" * 4_000)
    answer = await refused(sandbox, "chat.update", channel=channel_id, ts=posted["ts"], text="x" * 4_001)
    assert answer["error"] == "msg_too_long"


async def test_a_view_above_250_kilobytes_is_too_large(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann")
    fine = modal(*[section("x" * 2_400) for _ in range(100)])
    trigger = sandbox.workspace.triggers.new(ann.id)
    await sandbox.client.views_open(trigger_id=trigger, view=fine)
    trigger = sandbox.workspace.triggers.new(ann.id)
    heavy = modal(*[section("x" * 2_500) for _ in range(100)])
    assert (await refused(sandbox, "views.open", trigger_id=trigger, view=heavy))["error"] == "view_too_large"


async def test_a_wrong_view_gives_invalid_arguments_with_pointers(sandbox: Sandbox) -> None:
    trigger = sandbox.workspace.triggers.new(sandbox.person("ann").id)
    answer = await refused(sandbox, "views.open", trigger_id=trigger, view=modal(title=plain("x" * 25)))
    assert answer["error"] == "invalid_arguments"
    wanted = "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    assert answer["response_metadata"]["messages"] == [wanted]
