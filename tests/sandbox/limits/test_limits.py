"""Each limit of the platform: the largest value is taken, one more is refused with its pointer."""

from typing import Any

import pytest

from sandbox.limits import message_problems, view_problems
from sandbox.server import Sandbox
from tests.sandbox.block_kit import (
    Json,
    actions,
    bars,
    button,
    confirm,
    container,
    data_table,
    field,
    home,
    modal,
    mrkdwn,
    option,
    plain,
    raw,
    section,
    select,
    table,
    text_input,
)
from tests.sandbox.limits.row_parts import Row, cells
from tests.sandbox.refusals import refused

BLOCK_ROWS: list[Row] = [
    ("blocks of a message", [section()] * 50, [section()] * 51, "/blocks"),
    (
        "action_id",
        [actions(button(action_id="a" * 255))],
        [actions(button(action_id="a" * 256))],
        "/blocks/0/elements/0/action_id",
    ),
    ("section text", [section("x" * 3000)], [section("x" * 3001)], "/blocks/0/text/text"),
    ("section text, least", [section("x")], [section("")], "/blocks/0/text/text"),
    (
        "section fields",
        [{"type": "section", "fields": [mrkdwn("x")] * 10}],
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "/blocks/0/fields",
    ),
    ("section without text or fields", [section()], [{"type": "section"}], "/blocks/0"),
    (
        "header is plain",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": mrkdwn("x")}],
        "/blocks/0/text/type",
    ),
]


def _alike(chart: Json) -> Json:
    chart["chart"]["series"][1]["name"] = "s0"
    return chart


def _endless(chart: Json) -> Json:
    chart["chart"]["series"][0]["data"][0] = {"label": "0", "value": float("inf")}
    return chart


def _short(chart: Json) -> Json:
    del chart["chart"]["series"][0]["data"][0]
    return chart


DATA_ROWS: list[Row] = [
    ("table columns", [table(1, 20)], [table(1, 21)], "/blocks/0/rows/0"),
    (
        "table characters",
        [table(0) | {"rows": [cells(2500)] * 4}],
        [table(0) | {"rows": [cells(2501)] * 4}],
        "/blocks/0/rows",
    ),
    ("one table per message", [table(1)], [table(1), table(1)], "/blocks"),
    ("data_table rows, least", [data_table(2)], [data_table(1)], "/blocks/0/rows"),
    (
        "data_table rows are even",
        [data_table(2)],
        [data_table(2) | {"rows": [[raw("x")], [raw("x")] * 2]}],
        "/blocks/0/rows",
    ),
    (
        "data_table header has no numbers",
        [data_table(2)],
        [data_table(0) | {"rows": [[{"type": "raw_number", "value": 1, "text": "1"}], [raw("x")]]}],
        "/blocks/0/rows/0/0",
    ),
    (
        "data_table page_size, most",
        [data_table(2, page_size=100)],
        [data_table(2, page_size=101)],
        "/blocks/0/page_size",
    ),
    ("data_table page_size, least", [data_table(2, page_size=1)], [data_table(2, page_size=0)], "/blocks/0/page_size"),
    (
        "data_table characters",
        [data_table(0) | {"rows": [cells(2000)] * 10}],
        [data_table(0) | {"rows": [cells(2001)] * 10}],
        "/blocks/0/rows",
    ),
    (
        "data_tables in all",
        [data_table(0) | {"rows": [cells(2000)] * 5}] * 2,
        [data_table(0) | {"rows": [cells(2001)] * 5}] * 2,
        "/blocks",
    ),
    (
        "raw_number has value and text",
        [data_table(0) | {"rows": [[raw("x")], [{"type": "raw_number", "value": 1, "text": "1"}]]}],
        [data_table(0) | {"rows": [[raw("x")], [{"type": "raw_number", "value": 1}]]}],
        "/blocks/0/rows/1/0",
    ),
    ("charts per message", [bars()] * 2, [bars()] * 3, "/blocks"),
    ("chart series differ", [bars(2)], [_alike(bars(2))], "/blocks/0/chart/series"),
    ("chart numbers are finite", [bars()], [_endless(bars())], "/blocks/0/chart/series/0/data/0/value"),
    ("chart points, one per category", [bars()], [_short(bars())], "/blocks/0/chart/series/0/data"),
    (
        "container children are plain blocks",
        [container(table(1))],
        [container(container())],
        "/blocks/0/child_blocks/0/type",
    ),
    (
        "container fold",
        [container(is_collapsible=True, default_collapsed=True)],
        [container(default_collapsed=True)],
        "/blocks/0",
    ),
]


ELEMENT_ROWS: list[Row] = [
    (
        "button url is on the web",
        [actions(button(url="http://sample.example"))],
        [actions(button(url="javascript:alert(1)"))],
        "/blocks/0/elements/0/url",
    ),
    (
        "button style",
        [actions(button(style="danger"))],
        [actions(button(style="default"))],
        "/blocks/0/elements/0/style",
    ),
    ("select needs options", [actions(select())], [actions({"type": "static_select"})], "/blocks/0/elements/0"),
    (
        "initial option is offered",
        [actions(select(initial_option=option(1)))],
        [actions(select(initial_option=option(5)))],
        "/blocks/0/elements/0",
    ),
    (
        "min_query_length",
        [actions(select("external_select", min_query_length=0))],
        [actions(select("external_select", min_query_length=-1))],
        "/blocks/0/elements/0/min_query_length",
    ),
    (
        "text max_length, least",
        [field(text_input(max_length=1))],
        [field(text_input(max_length=0))],
        "/blocks/0/element/max_length",
    ),
    (
        "date form",
        [actions({"type": "datepicker", "initial_date": "2026-12-04"})],
        [actions({"type": "datepicker", "initial_date": "4 Dec"})],
        "/blocks/0/elements/0/initial_date",
    ),
    (
        "time form",
        [actions({"type": "timepicker", "initial_time": "09:30"})],
        [actions({"type": "timepicker", "initial_time": "9:30"})],
        "/blocks/0/elements/0/initial_time",
    ),
    (
        "confirm no",
        [actions(button(confirm=confirm(deny=plain("x" * 30))))],
        [actions(button(confirm=confirm(deny=plain("x" * 31))))],
        "/blocks/0/elements/0/confirm/deny/text",
    ),
    ("unknown block", [section()], [{"type": "sparkline"}], "/blocks/0/type"),
    ("unknown key", [section()], [section(colour="red")], "/blocks/0"),
    ("null field", [section()], [section(accessory=None)], "/blocks/0"),
    ("file_input only in modals", [field(text_input())], [field({"type": "file_input"})], "/blocks/0/element/type"),
    (
        "block ids are unique",
        [section(block_id="a"), section(block_id="b")],
        [section(block_id="a"), section(block_id="a")],
        "/blocks/1/block_id",
    ),
    (
        "block ids are unique inside containers",
        [section(block_id="a"), container(section(block_id="b"))],
        [section(block_id="a"), container(section(block_id="a"))],
        "/blocks/1/child_blocks/0/block_id",
    ),
    (
        "action ids are unique in a block",
        [actions(button(action_id="a"), button(action_id="b"))],
        [actions(button(action_id="a"), button(action_id="a"))],
        "/blocks/0/elements/1/action_id",
    ),
]


def chart(*series: dict[str, Any], **axes: Any) -> list[dict[str, Any]]:
    whole = bars(1, 2)
    given = whole["chart"]
    return [whole | {"chart": given | {"series": list(series), "axis_config": given["axis_config"] | axes}}]


def line(name: str = "s", *labels: str) -> dict[str, Any]:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels or ("0", "1")]}


def dispatching(*when: str) -> list[dict[str, Any]]:
    return [field(text_input(dispatch_action_config={"trigger_actions_on": list(when)}), dispatch_action=True)]


SHORT = text_input(min_length=2, max_length=1)

SMALL_ROWS: list[Row] = [
    (
        "option text is needed",
        [actions(select(options=[option()]))],
        [actions(select(options=[option(text=plain(""))]))],
        "/blocks/0/elements/0/options/0/text/text",
    ),
    ("text lengths agree", [field(text_input(min_length=1, max_length=1))], [field(SHORT)], "/blocks/0/element"),
    (
        "when an input tells the app",
        dispatching("on_enter_pressed"),
        dispatching("on_escape_pressed"),
        "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
    ),
]


MODAL_ROWS: list[Row] = [
    ("blocks of a modal", modal(*[section()] * 100), modal(*[section()] * 101), "/view/blocks"),
    ("modal title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25)), "/view/title/text"),
    ("modal title is required", modal(), {"type": "modal", "blocks": []}, "/view"),
    (
        "input needs submit",
        modal(field(text_input())),
        {"type": "modal", "title": plain("x"), "blocks": [field(text_input())]},
        "/view",
    ),
    *(
        (f"no {block['type']} in a modal", modal(section()), modal(block), "/view/blocks/0/type")
        for block in (container(), table(1))
    ),
    ("a Home is no modal", modal(), home(), "/view/type"),
    ("unknown key of a modal", modal(), modal(size="large"), "/view"),
]

HOME_ROWS: list[Row] = [
    ("blocks of a Home", home(*[section()] * 100), home(*[section()] * 101), "/view/blocks"),
    ("a Home has no title", home(), home(title=plain("x")), "/view"),
]


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
