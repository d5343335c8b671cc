"""Payloads that are not whole, or hold what no database takes: each is taken, and nothing fails."""

import copy
import logging
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from handlers.forms import ACCOUNTS
from storage.models.questions import Draft
from tests.builders import ANN, EVE, WORKSPACE
from tests.cases import cases
from tests.handlers import payloads
from tests.handlers.acts import Acts, Route
from tests.handlers.by_http import by_http
from tests.handlers.forged.forging import entered, said_to
from tests.handlers.local_bot import LocalBot
from tests.rows import everything_in

pytestmark = pytest.mark.asyncio(loop_scope="module")


@cases(
    ("kind", "broken"),
    product(
        ["form", "form_closed", "button"],
        [
            {"view": None},
            {"view": "x"},
            {"view": {"id": "V1"}},
            {"view": payloads.view(blocks=None)},
            {"view": payloads.view(blocks=["x"])},
            {"view": payloads.view(blocks=[{"type": "input"}])},
            {"view": payloads.view(state={"values": {"text": {"x": "y"}}})},
            {"view": payloads.view(type=None)},
            {"view": payloads.view(id="V" * 50)},
            {"user": None},
            {"user": {"id": "x y"}},
            {"user": {"id": "U" * 40}},
            {"team": {"id": {"id": "T1"}}, "view": payloads.view(app_installed_team_id=None)},
        ],
    ),
)
async def test_a_payload_that_is_not_whole_is_taken_without_a_word(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, kind: str, broken: dict[str, Any]
) -> None:
    word = "draft" if kind == "button" else "movement"
    whole = replace(acts, actor=EVE, number=at.number()).of((kind, word))
    assert await said_to(at, whole | broken, caplog) == " []"


async def taken_in_both_ways(at: LocalBot, payload: payloads.Payload, caplog: pytest.LogCaptureFixture) -> None:
    """It is answered 200 in Socket Mode and by HTTP, and nothing fails."""
    assert (await at.takes(copy.deepcopy(payload))).status == 200
    async with by_http(at) as http:
        assert await http.posts(payload) == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@cases(
    ("odd", "route"),
    product(
        [None, 7, "x", [], {}, {"type": "message", "bot_id": []}],
        [
            ("command", "/account"),
            ("button", "account.history"),
            ("form", "choose"),
            ("form_closed", "movement"),
            ("shortcut", "log_to_account"),
            ("options", ACCOUNTS),
        ],
    ),
)
async def test_an_act_that_carries_something_as_an_event_is_taken_as_if_it_did_not(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, route: Route, odd: object
) -> None:
    payload = replace(acts, number=at.number()).of(route) | {"event": odd}
    await taken_in_both_ways(at, payload, caplog)


@cases(
    "shape",
    [
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "view": 7},
        {"type": "view_closed"},
        {"type": "url_verification"},
        {"type": "event_callback", "event": {"type": 7}},
        {"type": ["message_action"]},
    ],
)
async def test_a_command_that_says_it_is_something_else_is_a_command(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, shape: dict[str, Any]
) -> None:
    payload = replace(acts, number=at.number()).of(("command", "/account")) | shape
    assert "Acme Corp" in str((await at.takes(copy.deepcopy(payload))).body)
    await taken_in_both_ways(at, payload, caplog)


@cases(
    ("kind", "thread"),
    product(
        ["assistant_thread_started", "assistant_thread_context_changed", "message"],
        [
            {},
            {"assistant_thread": None},
            {"assistant_thread": {}},
            {"assistant_thread": {"channel_id": "D0ANN0001"}},
            {"assistant_thread": {"channel_id": 7, "thread_ts": []}},
            {"assistant_thread": [], "thread_ts": "1795532400.000100"},
            {"assistant_thread": "x", "channel": None, "thread_ts": "1795532400.000100"},
        ],
    ),
)
async def test_an_event_of_an_assistant_without_its_thread_is_taken(
    at: LocalBot, caplog: pytest.LogCaptureFixture, kind: str, thread: dict[str, Any]
) -> None:
    inner = {"type": kind, "user": ANN, "channel": "D0ANN0001", "channel_type": "im", "text": "How is Acme?"}
    for around in ({}, {"channel_id": "D0ANN0001"}):
        payload = payloads.event(inner | thread, event_id=f"Ev{at.number()}") | around
        await taken_in_both_ways(at, payload, caplog)


async def test_a_form_that_a_click_does_not_name_stays_as_it_is(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture
) -> None:
    whole = replace(acts, actor=EVE, number=at.number()).of(("button", "import.template"))
    assert "views" not in await said_to(at, {name: whole[name] for name in whole if name != "view"}, caplog)


@cases("word", ["draft", "schedule.preview", "schedule.zone", "schedule.scope"])
async def test_a_field_of_no_form_is_taken_without_a_word(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, word: str
) -> None:
    whole = replace(acts, number=at.number()).of(("button", word))
    assert await said_to(at, {name: whole[name] for name in whole if name != "view"}, caplog) == " []"


async def test_a_draft_of_a_form_with_an_endless_name_is_not_kept(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture
) -> None:
    whole = copy.deepcopy(replace(acts, number=at.number()).of(("button", "draft")))
    whole["view"]["callback_id"] = "movement" * 40
    assert await said_to(at, whole, caplog) == " []"


async def test_characters_that_no_database_takes_are_left_out(at: LocalBot, acts: Acts) -> None:
    before = len(everything_in(at.store)["event"])
    trigger = f"{at.number()}.1.a"
    said = await at.takes(payloads.command(command="/move", text="acme a\0b \ud800 agreed", trigger_id=trigger))
    assert "Recorded" in str(said.body)
    form = entered(acts, at, "movement", text="x\0y\udfff")
    await at.takes(form)
    texts = [row["change"]["text"] for row in everything_in(at.store)["event"][before:]]
    assert texts == ["ab \ufffd agreed", "xy\ufffd"]


async def test_a_key_of_any_length_counts_once(at: LocalBot) -> None:
    before = len(everything_in(at.store)["event"])
    for _ in range(2):
        assert (await at.takes(payloads.command(text="acme again", trigger_id="7" * 5_000))).status == 200
    rows = everything_in(at.store)
    assert len(rows["event"]) == before + 1
    assert max(len(row["key"]) for row in rows["received"]) <= 255


async def test_a_message_without_a_time_or_place_is_answered_all_the_same(at: LocalBot) -> None:
    for changes in ({"ts": None}, {"ts": "x\udfff"}, {"ts": "1" * 500}, {"channel": None}, {"text": None}):
        inner = {"type": "message", "channel": "D0ANN0001", "channel_type": "im", "user": ANN, "text": "How is Acme?"}
        answer = await at.takes(payloads.event(inner | changes, event_id=f"Ev{at.number()}"))
        assert answer.status == 200, changes
    rows = everything_in(at.store)
    assert all(len(row["key"]) <= 128 for row in rows["letter"])
    assert all(row["workspace_id"] == WORKSPACE for row in rows[Draft.__tablename__])
