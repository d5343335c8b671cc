"""The lifetime and number of uses of trigger ids and response URLs, by the workspace's clock.

The figures are those of Slack's documentation.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl
from tests.sandbox.block_kit import modal
from tests.sandbox.refusals import refused

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def put_clock(sandbox: Sandbox) -> Callable[[float], None]:
    """Set the workspace's clock to a number of seconds after noon."""

    def put(seconds: float) -> None:
        sandbox.workspace.now = lambda: NOON + timedelta(seconds=seconds)

    put(0)
    return put


def trigger(sandbox: Sandbox, **more: Any) -> str:
    return sandbox.workspace.triggers.new(sandbox.person("ann").id, **more)


def response_url(sandbox: Sandbox) -> AsyncWebhookClient:
    target = ResponseUrl(sandbox.person("ann").id, sandbox.channel("abm").state.id)
    path = sandbox.workspace.response_urls.new(target)
    return AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])


async def test_a_trigger_opens_a_form_until_three_seconds_have_passed(
    sandbox: Sandbox, put_clock: Callable[[float], None]
) -> None:
    in_time, late = trigger(sandbox), trigger(sandbox)
    put_clock(2.999)
    opened = await sandbox.client.views_open(trigger_id=in_time, view=modal())
    put_clock(3)
    assert (await refused(sandbox, "views.open", trigger_id=late, view=modal()))["error"] == "expired_trigger_id"
    beneath = opened["view"]["id"]
    in_time, late = trigger(sandbox, view_id=beneath), trigger(sandbox, view_id=beneath)
    put_clock(5.999)
    await sandbox.client.views_push(trigger_id=in_time, view=modal())
    put_clock(6)
    assert (await refused(sandbox, "views.push", trigger_id=late, view=modal()))["error"] == "expired_trigger_id"


async def test_a_trigger_opens_one_form(sandbox: Sandbox, put_clock: Callable[[float], None]) -> None:
    once = trigger(sandbox)
    await sandbox.client.views_open(trigger_id=once, view=modal())
    assert (await refused(sandbox, "views.open", trigger_id=once, view=modal()))["error"] == "exchanged_trigger_id"


async def test_a_response_url_is_good_until_thirty_minutes_have_passed(
    sandbox: Sandbox, put_clock: Callable[[float], None]
) -> None:
    url = response_url(sandbox)
    put_clock(30 * 60 - 0.001)
    assert (await url.send(text="In time")).status_code == 200
    put_clock(30 * 60)
    late = await url.send(text="Late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)
    room = sandbox.channel("abm").state
    assert [message.text for message in room.visible_to(sandbox.person("ann").id)] == ["In time"]
