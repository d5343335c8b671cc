"""A real Bolt app in the sandbox: commands, clicks, forms and events, by Socket Mode and by signed HTTP."""

import asyncio
import socket
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp

from sandbox.server import Sandbox

BUTTON = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go"}}
ACTIONS = {"type": "actions", "block_id": "row", "elements": [BUTTON]}
FORM = {
    "type": "modal",
    "callback_id": "note",
    "title": {"type": "plain_text", "text": "Note"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": {"type": "plain_text", "text": "Who"},
            "element": {"type": "users_select", "action_id": "user"},
        },
    ],
}


def listen(app: AsyncApp, heard: list[dict[str, Any]]) -> None:
    @app.command("/account")
    async def account(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack({"text": "Here it is", "blocks": [ACTIONS]})

    @app.command("/move")
    async def move(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.action("go")
    async def go(ack: Any, body: dict[str, Any], respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond("Went", response_type="in_channel")

    @app.view("note")
    async def note(ack: Any, body: dict[str, Any], view: dict[str, Any]) -> None:
        heard.append(body)
        text = view["state"]["values"]["what"]["text"]["value"]
        if text == "wrong":
            await ack(response_action="errors", errors={"what": "That is wrong."})
        else:
            await ack()

    @app.event("message")
    async def message(event: dict[str, Any], say: Any) -> None:
        heard.append(event)
        if event.get("subtype") is None:
            await say(f"Heard {event['text']}", thread_ts=event["ts"])


async def converse(sandbox: Sandbox, heard: list[dict[str, Any]]) -> None:
    ann = sandbox.person("ann")
    seen = await ann.types("/account acme & co", in_="#abm")
    assert seen == "Here it is\nGo" or "Go" in seen
    assert heard[-1]["text"] == "acme &amp; co"

    await ann.clicks("Go", on=seen)
    assert heard[-1]["actions"][0]["value"] == "7"
    await sandbox.channel("#abm").shows("Went")

    await ann.types("/move", in_="#abm")
    assert ann.form.title == "Note"
    await ann.fills(What="wrong", Who="ben")
    await ann.submits()
    assert ann.form.errors == {"What": "That is wrong."}
    await ann.fills(What="right")
    await ann.submits()
    assert not ann.has_form
    values = heard[-1]["view"]["state"]["values"]
    assert values["who"]["user"]["selected_user"] == sandbox.person("ben").id

    asked = await ann.says("how is acme?", to="cadence")
    await ann.sees("Heard how is acme?", in_="cadence")
    await sandbox.settled()
    assert [line.words for line in asked.thread] == ["Heard how is acme?"]


async def test_an_app_on_socket_mode_answers_commands_clicks_forms_and_messages(
    sandbox: Sandbox, app: AsyncApp
) -> None:
    heard: list[dict[str, Any]] = []
    listen(app, heard)
    await converse(sandbox, heard)


async def test_an_app_on_signed_http_answers_commands_clicks_forms_and_messages(sandbox: Sandbox) -> None:
    heard: list[dict[str, Any]] = []
    app = AsyncApp(client=sandbox.client, signing_secret=sandbox.signing_secret, process_before_response=True)
    listen(app, heard)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(AsyncSlackRequestHandler(app, "/slack/events"), log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await sandbox.use_http(f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events")
        await converse(sandbox, heard)
    finally:
        server.should_exit = True
        await serving
