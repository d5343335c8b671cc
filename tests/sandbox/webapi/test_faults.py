"""Injected faults: rate limits, server errors, delays and cut connections."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """A client without retries."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


def instant(second: int) -> datetime:
    return datetime(2026, 11, 24, 12, tzinfo=UTC) + timedelta(seconds=second)


def texts(sandbox: Sandbox) -> list[str]:
    return [line.message.text for line in sandbox.channel("abm").messages]


async def test_a_rate_limit_holds_the_method_until_its_time_by_the_workspace_s_clock_and_no_other_method(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=600, times=2)
    for second, wait in ((0, "600"), (1, "599"), (599, "1"), (600, "600"), (1_199, "1")):
        sandbox.workspace.now = partial(instant, second)
        with pytest.raises(SlackApiError, match="ratelimited") as caught:
            await client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="x")
        assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, wait)
        assert (await client.auth_test())["ok"] is True
    assert texts(sandbox) == []
    sandbox.workspace.now = partial(instant, 1_200)
    await client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="x")
    assert texts(sandbox) == ["x"]


@pytest.mark.parametrize("carried_out", [False, True])
async def test_a_server_error_may_come_after_the_call_was_carried_out(
    sandbox: Sandbox, client: AsyncWebClient, carried_out: bool
) -> None:
    sandbox.faults.break_down("chat.postMessage", status=503, carried_out=carried_out)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="x")
    assert caught.value.response.status_code == 503
    assert texts(sandbox) == (["x"] if carried_out else [])


@pytest.mark.parametrize(("when", "stored"), [("before", []), ("after", ["x"])])
async def test_a_connection_is_cut_before_or_after_the_work(
    sandbox: Sandbox, client: AsyncWebClient, when: str, stored: list[str]
) -> None:
    sandbox.faults.cut("chat.postMessage", "after" if when == "after" else "before")
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="x")
    assert texts(sandbox) == stored
    assert [call.answer for call in sandbox.calls("chat.postMessage")] == [None]


async def test_faults_that_are_cleared_happen_no_more(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.break_down("*", times=100)
    with pytest.raises(SlackApiError):
        await client.auth_test()
    sandbox.faults.clear()
    assert (await client.auth_test())["ok"] is True


async def test_a_deleted_channel_is_not_found_and_the_app_is_told(sandbox: Sandbox, client: AsyncWebClient) -> None:
    manifest = sandbox.workspace.manifest
    sandbox.workspace.manifest = replace(manifest, bot_events=manifest.bot_events | {"channel_deleted"})
    room, ann = sandbox.channel("abm").state, sandbox.person("ann")
    sandbox.delete_channel(room, by=ann.user)
    for method in ("chat.postMessage", "conversations.info", "conversations.history"):
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await client.api_call(method, params={"channel": room.id})
    await sandbox.settled()
    assert sandbox.slack.delivery.log[0].payload["event"]["channel"] == room.id


async def test_a_fault_of_an_unknown_method_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match=r"no method 'chat\.postMesage'"):
        sandbox.faults.cut("chat.postMesage", "after")
    for known in ("chat.postMessage", "*", "response_url", "upload", "download"):
        sandbox.faults.break_down(known)
        assert sandbox.faults.are_waiting(known)
    sandbox.faults.clear()


async def test_a_response_url_and_an_upload_break_down_too(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ann, room = sandbox.person("ann"), sandbox.channel("abm").state
    path = sandbox.workspace.response_urls.new(ResponseUrl(ann.id, room.id))
    url = AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])
    sandbox.faults.break_down("response_url")
    assert (await url.send(text="lost")).status_code == 503
    sandbox.faults.break_down("response_url", carried_out=True)
    assert (await url.send(text="posted")).status_code == 503
    sandbox.faults.cut("response_url", "after")
    with pytest.raises(aiohttp.ClientConnectionError):
        await url.send(text="posted too")
    sandbox.faults.refuse("response_url", "used_url")
    sandbox.faults.delay("response_url", seconds=0.01)
    assert [(await url.send(text="late")).status_code for _ in range(2)] == [404, 200]
    assert [message.text for message in room.visible_to(ann.id)] == ["posted", "posted too", "late"]
    sandbox.faults.break_down("upload", status=500)
    with pytest.raises(SlackRequestError, match="status: 500"):
        await client.files_upload_v2(content="a", filename="a.csv")
