"""Response URLs and deliveries after a channel was closed, a person deactivated or the app uninstalled."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl
from tests.sandbox.block_kit import actions, button, modal
from tests.sandbox.http_app import Listener

Change = Callable[[Sandbox], object]


def url_of(sandbox: Sandbox, **more: Any) -> AsyncWebhookClient:
    target = ResponseUrl(sandbox.person("ann").id, sandbox.channel("abm").state.id, **more)
    path = sandbox.workspace.response_urls.new(target)
    return AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])


def archive(sandbox: Sandbox) -> None:
    sandbox.archive(sandbox.channel("abm").state, by=sandbox.person("ben").user)


def restrict(sandbox: Sandbox) -> None:
    sandbox.restrict(sandbox.channel("abm").state)


def deactivate(sandbox: Sandbox) -> None:
    sandbox.change_user(sandbox.person("ann").user, deleted=True)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Sandbox.uninstall_app, "account_inactive"),
        (Sandbox.revoke_token, "token_revoked"),
        (archive, "is_archived"),
        (restrict, "restricted_action_read_only_channel"),
        (deactivate, "user_not_in_channel"),
    ],
)
async def test_an_answer_is_refused_where_the_app_could_not_post(sandbox: Sandbox, change: Change, error: str) -> None:
    posted = await sandbox.client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="before")
    url, on_message = url_of(sandbox), url_of(sandbox, message_ts=posted["ts"])
    change(sandbox)
    refused = await url.send(text="x", response_type="in_channel")
    assert (refused.status_code >= 400, json.loads(refused.body)["error"]) == (True, error)
    if change is not restrict:
        for given in ({"text": "x"}, {"text": "y", "replace_original": True}, {"delete_original": True}):
            assert json.loads((await on_message.send_dict(given)).body)["error"] == error
    assert [line.words for line in sandbox.channel("abm").messages] == ["before"]


async def test_an_uninstalled_app_gets_that_event_and_then_nothing(sandbox: Sandbox, listener: Listener) -> None:
    manifest = sandbox.workspace.manifest
    told = {"tokens_revoked", "app_uninstalled"}
    sandbox.workspace.manifest = replace(manifest, bot_events=manifest.bot_events | told)
    room, ann = sandbox.channel("abm"), sandbox.person("ann")
    await sandbox.client.chat_postMessage(channel=room.state.id, text="x", blocks=[actions(button(action_id="go"))])
    trigger = sandbox.workspace.triggers.new(ann.id)
    await sandbox.client.views_open(trigger_id=trigger, view=modal(notify_on_close=True))
    await sandbox.settled()
    listener.heard.clear()
    sandbox.uninstall_app()
    await sandbox.settled()
    assert {json.loads(body)["event"]["type"] for _, body in listener.heard} == told
    listener.heard.clear()
    assert await ann.types("/plain hi", in_="#abm") == "/plain is not a valid command."
    assert "did not respond" in await ann.clicks("go", on=room.messages[0])
    assert (await ann.runs("account_update")).ok is False
    assert (await ann.submits()).ok is False
    await ann.closes()
    await ann.says("is anybody there", in_="#abm")
    await sandbox.settled()
    assert listener.heard == []
