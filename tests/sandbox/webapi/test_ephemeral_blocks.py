"""Blocks that no message that one person sees may hold."""

import json
from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl
from tests.sandbox.block_kit import bars, data_table
from tests.sandbox.refusals import error_of


@pytest.mark.parametrize("block", [data_table(2), bars()])
async def test_no_ephemeral_holds_a_table_that_sorts_or_a_chart(sandbox: Sandbox, block: dict[str, Any]) -> None:
    room, ann = sandbox.channel("abm").state, sandbox.person("ann")
    content = {"text": "x", "blocks": json.dumps([block])}
    assert await error_of(sandbox, "chat.postEphemeral", channel=room.id, user=ann.id, **content) == "invalid_blocks"
    path = sandbox.workspace.response_urls.new(ResponseUrl(ann.id, room.id))
    url = AsyncWebhookClient(sandbox.slack.origin + path)
    answer = await url.send(text="x", blocks=[block])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)
    assert (await url.send(text="x", blocks=[block], response_type="in_channel")).status_code == 200
