"""Newer blocks in acknowledgements, where Slack tells no app of a refusal."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.server import Sandbox
from tests.sandbox.block_kit import plain, section


@pytest.mark.parametrize("kind", ["table", "container"])
async def test_newer_blocks_are_refused_in_an_acknowledgement_and_taken_from_a_response_url(
    sandbox: Sandbox, app: AsyncApp, kind: str
) -> None:
    heard: list[dict[str, Any]] = []
    newer = {
        "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "Acme"}]]},
        "container": {"type": "container", "title": plain("Acme"), "child_blocks": [section("Stalled")]},
    }[kind]

    @app.command("/account")
    async def answer(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack(text="Acme", blocks=[newer])

    seen = await sandbox.person("ann").types("/account Acme", in_="abm")
    assert seen == '/account failed with the error "invalid_command_response" (invalid_blocks)'
    taken = await AsyncWebhookClient(heard[0]["response_url"]).send_dict({"text": "Acme", "blocks": [newer]})
    assert taken.status_code == 200
