import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp
import pytest

import sandbox
from sandbox.client.targets import MessageTarget, Outcome, ViewTarget
from sandbox.page.state import page_state
from sandbox.workspace.views import View
from tests.sandbox.page.page_workspace import Stand, mrkdwn, plain, served

STATIC = Path(sandbox.__file__).parent / "page" / "static"
FILES = [path for path in STATIC.rglob("*") if path.is_file()]


@pytest.fixture
async def http(stand: Stand) -> AsyncIterator[aiohttp.ClientSession]:
    async with served(stand) as address, aiohttp.ClientSession(address) as session:
        yield session


async def state(http: aiohttp.ClientSession, **asked: str) -> dict[str, Any]:
    async with http.get("/page/state", params=asked) as answer:
        shown: dict[str, Any] = await answer.json()
        return shown


async def act(http: aiohttp.ClientSession, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    async with http.post("/page/action", json=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def test_a_member_is_shown_only_his_own_conversations(stand: Stand, http: aiohttp.ClientSession) -> None:
    stand.workspace.im(stand.ann.id)
    of_ann = await state(http, **{"as": stand.ann.id})
    of_bo = await state(http, **{"as": stand.bo.id})
    assert {channel["name"] for channel in of_ann["channels"]} == {"abm-weekly", "list-owners", "directmessage"}
    assert {channel["name"] for channel in of_bo["channels"]} == {"abm-weekly"}


async def test_a_conversation_of_others_is_not_opened_by_its_id(stand: Stand, http: aiohttp.ClientSession) -> None:
    secret = stand.says(stand.ann, "The secret list", channel=stand.private)
    shown = await state(http, **{"as": stand.bo.id}, channel=stand.private.id, thread=secret.ts)
    assert shown["channel"]["id"] == stand.weekly.id
    assert shown["thread"] is None
    assert "secret" not in str(shown)


async def test_an_ephemeral_is_shown_to_its_addressee_alone(stand: Stand, http: aiohttp.ClientSession) -> None:
    stand.bot_says("Only for Ann", ephemeral_to=stand.ann.id)
    assert [m["text"] for m in (await state(http, **{"as": stand.ann.id}))["channel"]["messages"]] == ["Only for Ann"]
    assert (await state(http, **{"as": stand.bo.id}))["channel"]["messages"] == []


async def test_replies_stand_in_the_thread_and_are_counted_at_its_root(
    stand: Stand, http: aiohttp.ClientSession
) -> None:
    root = stand.bot_says("Acme")
    stand.says(stand.ann, "They asked for a price", thread_ts=root.ts)
    stand.says(stand.bo, "deleted reply", thread_ts=root.ts, deleted=True)
    shown = await state(http, **{"as": stand.bo.id}, channel=stand.weekly.id, thread=root.ts)
    assert [(m["text"], m["reply_count"]) for m in shown["channel"]["messages"]] == [("Acme", 1)]
    assert [m["text"] for m in shown["thread"]["messages"]] == ["Acme", "They asked for a price"]


async def test_forms_and_home_are_those_of_the_member(stand: Stand, http: aiohttp.ClientSession) -> None:
    form = stand.opens(stand.ann, {"type": "section", "block_id": "s", "text": mrkdwn("Hello")})
    form.errors = {"s": "Too short."}
    home = View(id="VH", user_id=stand.ann.id, given={"type": "home", "blocks": []}, hash="1", root_view_id="VH")
    stand.workspace.views.homes[stand.ann.id] = home
    of_ann = await state(http, **{"as": stand.ann.id})
    of_bo = await state(http, **{"as": stand.bo.id})
    assert [(view["title"], view["submit"], view["errors"]) for view in of_ann["views"]] == [
        ("Movement", "Record", {"s": "Too short."})
    ]
    assert of_ann["home"]["id"] == "VH"
    assert (of_bo["views"], of_bo["home"]) == ([], None)


async def test_without_a_member_the_first_one_is_shown_where_the_app_spoke_last(
    stand: Stand, http: aiohttp.ClientSession
) -> None:
    stand.bot_says("In the private channel", channel=stand.private)
    shown = await state(http)
    assert (shown["me"]["id"], shown["channel"]["id"]) == (stand.ann.id, stand.private.id)


async def test_people_are_described_by_function_and_by_what_limits_them(
    stand: Stand, http: aiohttp.ClientSession
) -> None:
    stand.workspace.add_user("eve", real_name="Eve Outside", team_id="T0OTHER")
    notes = {person["name"]: person["note"] for person in (await state(http))["people"]}
    assert notes == {"cadence": "", "ann": "sales", "bo": "", "gil": "guest", "dan": "deactivated", "eve": "external"}


async def test_a_deactivated_account_sees_and_does_nothing(stand: Stand, http: aiohttp.ClientSession) -> None:
    stand.weekly.members.append(stand.gone.id)
    stand.says(stand.ann, "hello")
    shown = await state(http, **{"as": stand.gone.id})
    assert (shown["channels"], shown["channel"]) == ([], None)
    status, outcome = await act(
        http, {"action": "post", "as": stand.gone.id, "channel_id": stand.weekly.id, "text": "hi"}
    )
    assert (status, outcome["ok"]) == (200, False)
    assert stand.actions.done == []


async def test_commands_and_shortcuts_come_from_the_manifest(stand: Stand, http: aiohttp.ClientSession) -> None:
    shown = await state(http)
    assert [command["command"] for command in shown["commands"]] == list(stand.workspace.manifest.commands)
    assert {shortcut["type"] for shortcut in shown["shortcuts"]} == {"message", "global"}


async def test_every_act_reaches_the_sandbox_as_the_member(stand: Stand, http: aiohttp.ClientSession) -> None:
    place = {"channel_id": stand.weekly.id, "ts": "1.2"}
    view = stand.opens(stand.ann)
    control = {"block_id": "b", "action_id": "a"}
    stand.actions.outcomes["click"] = Outcome(ok=False, error="The app did not answer.")
    for body in (
        {"action": "type_command", "channel_id": stand.weekly.id, "text": "/account"},
        {"action": "post", "channel_id": stand.weekly.id, "text": "hi", "thread_ts": "1.2"},
        {"action": "click", "target": place, **control},
        {"action": "click", "target": {"view_id": view.id}, **control, "value": ["x"]},
        {"action": "set_input", "view_id": view.id, **control, "value": "text"},
        {"action": "submit", "view_id": view.id},
        {"action": "shortcut", "callback_id": "log_to_account", "target": place},
        {"action": "shortcut", "callback_id": "account_update"},
        {"action": "open_home", "tab": "messages"},
        {"action": "close", "view_id": view.id, "clear": True},
    ):
        status, outcome = await act(http, body | {"as": stand.ann.id})
        assert status == 200
        assert outcome["ok"] is (body["action"] != "click")
    ann, message = stand.ann.id, MessageTarget(stand.weekly.id, "1.2")
    assert stand.actions.done == [
        ("type_command", ann, stand.weekly.id, "/account", None),
        ("post", ann, stand.weekly.id, "hi", "1.2"),
        ("click", ann, message, "b", "a", None),
        ("click", ann, ViewTarget(view.id), "b", "a", ["x"]),
        ("set_input", "b", "a", "text"),
        ("submit", ann, view.id),
        ("shortcut", ann, "log_to_account", message),
        ("shortcut", ann, "account_update", None),
        ("open_home", ann, "messages"),
        ("close", view.id, True),
    ]


async def test_opening_the_direct_message_tells_its_channel(stand: Stand, http: aiohttp.ClientSession) -> None:
    _, outcome = await act(http, {"action": "open_im", "as": stand.bo.id})
    assert outcome["channel_id"] == stand.workspace.im(stand.bo.id).id


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
async def test_what_is_no_act_is_refused_with_a_sentence(stand: Stand, http: aiohttp.ClientSession, body: Any) -> None:
    if isinstance(body, dict) and body.get("as") == "{ann}":
        body = body | {"as": stand.ann.id}
    status, outcome = await act(http, body)
    assert status == 400
    assert outcome["ok"] is False
    assert outcome["error"].endswith(".")
    assert stand.actions.done == []


async def test_the_next_due_moment_is_offered_only_when_the_demo_gives_one(
    stand: Stand, http: aiohttp.ClientSession
) -> None:
    assert (await state(http))["can_move_on"] is False

    async def move_on() -> str:
        return "Moved to Thu 26 Nov 09:00."

    stand.on_next_due = move_on
    assert (await state(http))["can_move_on"] is True
    assert (await act(http, {"action": "next_due"}))[1]["text"] == "Moved to Thu 26 Nov 09:00."


@pytest.mark.parametrize("path", ["/", "/page/", "/page/js/app/app.js", "/page/state"])
async def test_another_host_name_is_not_answered(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path, headers={"Host": "attacker.example"}) as answer:
        assert answer.status == 403


async def test_another_web_page_can_neither_act_nor_listen(stand: Stand, http: aiohttp.ClientSession) -> None:
    body = {"action": "post", "as": stand.ann.id, "channel_id": stand.weekly.id, "text": "x"}
    assert (await act(http, body, Origin="http://attacker.example"))[0] == 403
    async with http.post("/page/action", data='{"action": "post"}', headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect("/page/live", origin="http://attacker.example")
    assert stand.actions.done == []


async def test_a_listener_hears_of_a_change_and_leaves_nothing_behind(stand: Stand) -> None:
    async with (
        served(stand) as address,
        aiohttp.ClientSession(address) as http,
        http.ws_connect("/page/live") as socket,
    ):
        await act(http, {"action": "open_im", "as": stand.bo.id})
        assert await socket.receive_str(timeout=5) == "changed"
    assert stand.workspace.changes.listeners == []


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


def test_every_file_of_the_page_is_short_enough_to_read() -> None:
    long = {file.name for file in FILES if len(file.read_text(encoding="utf-8").splitlines()) > 250}
    assert not long


def test_a_form_without_a_submit_button_says_so(stand: Stand) -> None:
    stand.opens(stand.ann, submit=None, close=plain("Done"))
    shown = page_state(stand.workspace, user_id=stand.ann.id, channel_id=None, thread_ts=None, notes={})
    assert (shown["views"][0]["submit"], shown["views"][0]["close"]) == (None, "Done")
