from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.faults import RateLimits
from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl


# Injected faults: rate limits, server errors, delays and cut connections.
@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


def instant(second: int) -> datetime:
    return datetime(2026, 11, 24, 12, tzinfo=UTC) + timedelta(seconds=second)


def texts(sandbox: Sandbox) -> list[str]:
    return [line.message.text for line in sandbox.channel("abm").messages]


async def test_a_rate_limit_holds_its_method_alone_until_its_time_by_the_workspace_s_clock(sandbox, client):
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
async def test_a_server_error_may_come_after_the_call_was_carried_out(sandbox, client, carried_out):
    sandbox.faults.break_down("chat.postMessage", status=503, carried_out=carried_out)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="x")
    assert caught.value.response.status_code == 503
    assert texts(sandbox) == (["x"] if carried_out else [])


@pytest.mark.parametrize(("when", "stored"), [("before", []), ("after", ["x"])])
async def test_a_connection_is_cut_before_or_after_the_work(sandbox: Sandbox, client: AsyncWebClient, when, stored):
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


# Rate limits of methods and channels, and 429 with the time to wait.

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def put_clock(sandbox: Sandbox) -> Callable[[float], None]:
    """Turn on the limits and set the workspace's clock to a number of seconds after noon."""
    sandbox.slack.limits = RateLimits()

    def put(seconds: float) -> None:
        sandbox.workspace.now = lambda: NOON + timedelta(seconds=seconds)

    put(0)
    return put


async def wait_of(sandbox: Sandbox, method: str, **arguments: Any) -> int:
    before = len(sandbox.calls())
    with suppress(SlackApiError):
        await sandbox.client.api_call(method, params=arguments)
    (call,) = sandbox.calls()[before:]
    return call.retry_after_seconds


async def test_a_limited_call_is_answered_with_429_and_the_error_ratelimited(sandbox, put_clock):
    sandbox.slack.limits = RateLimits(calls_per_minute={"auth.test": 1})
    await sandbox.client.auth_test()
    with pytest.raises(SlackApiError) as caught:
        await sandbox.client.auth_test()
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "60", "ratelimited")


async def test_a_limited_method_says_when_to_come_back_and_the_others_go_on(sandbox, put_clock):
    for _ in range(20):
        assert await wait_of(sandbox, "users.list") == 0
    put_clock(12.5)
    assert await wait_of(sandbox, "users.list") == 48
    assert await wait_of(sandbox, "users.info", user=sandbox.person("ann").id) == 0
    put_clock(60)
    assert await wait_of(sandbox, "users.list") == 0


async def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(sandbox, put_clock):
    room, other = sandbox.channel("abm").state, sandbox.add_channel("other")
    burst = [await wait_of(sandbox, "chat.postMessage", channel=room.id, text="x") for _ in range(5)]
    assert burst == [0] * 5
    assert await wait_of(sandbox, "chat.postMessage", channel=room.id, text="x") == 1
    assert await wait_of(sandbox, "chat.postMessage", channel=other.id, text="x") == 0
    assert len(sandbox.channel("abm").messages) == 5
    put_clock(1)
    assert await wait_of(sandbox, "chat.postMessage", channel=room.id, text="x") == 0
    assert await wait_of(sandbox, "chat.postMessage", channel=room.id, text="x") == 1


async def post(sandbox: Sandbox) -> int:
    return await wait_of(sandbox, "chat.postMessage", channel=sandbox.channel("abm").state.id, text="x")


async def post_ephemeral(sandbox: Sandbox) -> int:
    room, ann = sandbox.channel("abm").state, sandbox.person("ann").id
    return await wait_of(sandbox, "chat.postEphemeral", channel=room.id, user=ann, text="x")


async def answer(sandbox: Sandbox, *, public: bool = False, replace: bool = False) -> int:
    room, ann = sandbox.channel("abm").state, sandbox.person("ann").id
    (message, *_) = room.messages
    path = sandbox.workspace.response_urls.new(ResponseUrl(ann, room.id, message.ts))
    url = AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])
    shown = "in_channel" if public else "ephemeral"
    given = await url.send(text="x", response_type=shown, replace_original=replace)
    return int(given.headers.get("Retry-After", 0)) if given.status_code == 429 else 0


async def share(sandbox: Sandbox) -> int:
    room = sandbox.channel("abm").state
    try:
        await sandbox.client.files_upload_v2(channel=room.id, content="a", filename="a.csv")
    except SlackApiError as error:
        return int(error.response.headers["Retry-After"])
    return 0


@pytest.mark.parametrize("way", [post, post_ephemeral, partial(answer, public=True), share])
async def test_every_message_in_a_channel_counts_there_whatever_way_it_came(sandbox, put_clock, way):
    await post(sandbox)
    put_clock(10)
    assert [await way(sandbox) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert await post(sandbox) == 1
    put_clock(11)
    assert await way(sandbox) == 0
    assert [await post(sandbox), await post_ephemeral(sandbox), await answer(sandbox, public=True)] == [1] * 3
    assert await share(sandbox) == 1


async def test_answers_that_one_person_sees_count_in_no_channel(sandbox: Sandbox, put_clock: Callable[[float], None]):
    await post(sandbox)
    put_clock(0.5)
    assert [await answer(sandbox) for _ in range(26)] == [0] * 26
    assert [await post(sandbox) for _ in range(5)] == [0, 0, 0, 0, 1]


async def test_a_replacing_answer_does_not_count_and_a_refused_one_costs_no_use(sandbox, put_clock):
    assert [await post(sandbox) for _ in range(5)] == [0] * 5
    assert await answer(sandbox, replace=True) == 0
    room, ann = sandbox.channel("abm").state, sandbox.person("ann").id
    path = sandbox.workspace.response_urls.new(ResponseUrl(ann, room.id))
    url = AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])
    assert {(await url.send(text="x", response_type="in_channel")).status_code for _ in range(9)} == {429}
    put_clock(60)
    assert [(await url.send(text="x", response_type="in_channel")).status_code for _ in range(6)] == [200] * 5 + [404]


def post_in_one_channel(limits: RateLimits, now: datetime) -> int:
    return limits.take("chat.postMessage", now, posts_in=["C"])


@pytest.mark.parametrize("early", [0.0, 0.5])
def test_a_message_a_second_is_never_too_fast_even_when_some_come_early(early: float) -> None:
    limits = RateLimits()
    moments = [second - early * (second % 2) for second in range(600)]
    assert [post_in_one_channel(limits, NOON + timedelta(seconds=moment)) for moment in moments] == [0] * 600


async def test_an_unlisted_app_reads_history_once_a_minute_and_fifteen_messages_of_it(sandbox: Sandbox) -> None:
    room = sandbox.channel("abm").state
    roots = [await sandbox.client.chat_postMessage(channel=room.id, text="x") for _ in range(16)]
    for _ in range(16):
        await sandbox.client.chat_postMessage(channel=room.id, text="y", thread_ts=roots[0]["ts"])
    sandbox.slack.limits = RateLimits(is_unlisted=True)
    history = await sandbox.client.conversations_history(channel=room.id, limit=100)
    thread = await sandbox.client.conversations_replies(channel=room.id, ts=roots[0]["ts"])
    assert (len(history["messages"]), history["has_more"], len(thread["messages"])) == (15, True, 15)
    for method in ("conversations.history", "conversations.replies"):
        assert 50 < await wait_of(sandbox, method, channel=room.id, ts=roots[0]["ts"]) <= 60
