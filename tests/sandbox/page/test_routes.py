import re
from pathlib import Path
from urllib.parse import urljoin

import aiohttp
import pytest

import sandbox
from sandbox.client import MessageTarget, Outcome, ViewTarget
from sandbox.workspace import PATIENCE_SECONDS
from tests.sandbox.page.fake_source import FakePageSource, get_state, perform, served

STATIC = Path(sandbox.__file__).parent / "page" / "static"
FILES = [path for path in STATIC.rglob("*") if path.is_file()]


async def test_a_deactivated_account_sees_and_does_nothing(source: FakePageSource, http: aiohttp.ClientSession) -> None:
    source.weekly.members.append(source.gone.id)
    source.says(source.ann, "hello")
    shown = await get_state(http, **{"as": source.gone.id})
    assert (shown["channels"], shown["channel"]) == ([], None)
    body = {"action": "post", "as": source.gone.id, "channel_id": source.weekly.id, "text": "hi"}
    status, outcome = await perform(http, body)
    assert (status, outcome["ok"]) == (200, False)
    assert source.actions.done == []


async def test_every_action_is_performed_as_the_member(source: FakePageSource, http: aiohttp.ClientSession) -> None:
    place = {"channel_id": source.weekly.id, "ts": "1.2"}
    view = source.opens(source.ann)
    control = {"block_id": "b", "action_id": "a"}
    source.actions.outcomes["click"] = Outcome(ok=False, error="The app did not answer.")
    for body in (
        {"action": "type_command", "channel_id": source.weekly.id, "text": "/account"},
        {"action": "post", "channel_id": source.weekly.id, "text": "hi", "thread_ts": "1.2"},
        {"action": "click", "target": place, **control},
        {"action": "click", "target": {"view_id": view.id}, **control, "value": ["x"]},
        {"action": "set_input", "view_id": view.id, **control, "value": "text"},
        {"action": "submit", "view_id": view.id},
        {"action": "shortcut", "callback_id": "log_to_account", "target": place},
        {"action": "shortcut", "callback_id": "account_update"},
        {"action": "open_home", "tab": "messages"},
        {"action": "close", "view_id": view.id, "clear": True},
    ):
        status, outcome = await perform(http, body | {"as": source.ann.id})
        assert status == 200
        assert outcome["ok"] is (body["action"] != "click")
    ann, message = source.ann.id, MessageTarget(source.weekly.id, "1.2")
    assert source.actions.done == [
        ("type_command", ann, source.weekly.id, "/account", None),
        ("post", ann, source.weekly.id, "hi", "1.2"),
        ("click", ann, message, "b", "a", None),
        ("click", ann, ViewTarget(view.id), "b", "a", ["x"]),
        ("set_input", "b", "a", "text"),
        ("submit", ann, view.id),
        ("shortcut", ann, "log_to_account", message),
        ("shortcut", ann, "account_update", None),
        ("open_home", ann, "messages"),
        ("close", view.id, True),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"action": "format_disk", "as": "{ann}"},
        {"action": "post", "as": "U0NOBODY", "text": "x"},
        {"action": "post", "as": "{ann}", "text": "no channel"},
        {"action": "shortcut", "as": "{ann}", "callback_id": "log_to_account", "target": {"view_id": "V1"}},
        ["post"],
        {"action": "next_due"},
    ],
)
async def test_an_invalid_action_is_refused_with_a_sentence(source: FakePageSource, http: aiohttp.ClientSession, body):
    if isinstance(body, dict) and body.get("as") == "{ann}":
        body = body | {"as": source.ann.id}
    status, outcome = await perform(http, body)
    assert status == 400
    assert outcome["ok"] is False
    assert outcome["error"].endswith(".")
    assert source.actions.done == []


async def test_the_next_due_moment_is_offered_only_when_the_demo_gives_one(source, http):
    assert (await get_state(http))["can_move_on"] is False

    async def move_on() -> str:
        return "Moved to Thu 26 Nov 09:00."

    source.on_next_due = move_on
    assert (await get_state(http))["can_move_on"] is True
    assert (await perform(http, {"action": "next_due"}))[1]["text"] == "Moved to Thu 26 Nov 09:00."


@pytest.mark.parametrize("path", ["/", "/page/", "/page/js/app/app.js", "/page/state"])
async def test_another_host_name_is_not_answered(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path, headers={"Host": "attacker.example"}) as answer:
        assert answer.status == 403


async def test_another_web_page_can_neither_perform_actions_nor_listen(source, http):
    body = {"action": "post", "as": source.ann.id, "channel_id": source.weekly.id, "text": "x"}
    assert (await perform(http, body, Origin="http://attacker.example"))[0] == 403
    async with http.post("/page/action", data='{"action": "post"}', headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect("/page/live", origin="http://attacker.example")
    assert source.actions.done == []


async def test_a_listener_hears_of_a_change_and_leaves_nothing_behind(source: FakePageSource) -> None:
    async with (
        served(source) as address,
        aiohttp.ClientSession(address) as http,
        http.ws_connect("/page/live") as socket,
    ):
        await perform(http, {"action": "open_im", "as": source.bo.id})
        assert await socket.receive_str(timeout=PATIENCE_SECONDS) == "changed"
    assert source.workspace.changes.listeners == []


async def test_every_file_that_the_page_loads_is_served(http: aiohttp.ClientSession) -> None:
    found, waiting = set(), ["/page/index.html"]
    while waiting:
        path = waiting.pop()
        found.add(path)
        async with http.get(path) as answer:
            assert answer.status == 200, path
            text = await answer.text()
        loaded = re.findall(r'(?:href=|src=|from )"(\.{0,2}/[\w./]+\.(?:js|css))"', text)
        waiting += {urljoin(path, each) for each in loaded} - found
    assert found == {f"/page/{file.relative_to(STATIC)}" for file in FILES}


async def test_only_files_of_the_page_are_served(http: aiohttp.ClientSession) -> None:
    async with http.get("/page/") as answer:
        assert answer.content_type == "text/html"
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    async with http.get("/page/js/app/app.js") as answer:
        assert answer.content_type == "text/javascript"
    for path in (
        *("/page/..%2Froutes.py", "/page/%2e%2e%2froutes.py", "/page/nothing.js", "/page/page", "/page/js/app"),
        *("/page/js/..%2Findex.html", "/page/js//app/app.js", "/page//index.html", f"/page/{STATIC}/index.html"),
    ):
        async with http.get(path) as answer:
            assert answer.status == 404


def test_the_page_asks_no_outside_host_and_never_writes_markup() -> None:
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        addresses = set(re.findall(r"https?://[\w.]+", text)) - {"http://www.w3.org"}
        assert not addresses, f"{file.name} names {addresses}"
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), file.name
