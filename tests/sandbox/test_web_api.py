from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl
from tests.sandbox.block_kit import actions, button, section
from tests.sandbox.refusals import error_of, refused


# Tokens, scopes, membership and history in the Web API.
@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("app", "not_allowed_token_type")]
)
async def test_a_call_needs_the_bots_own_token(sandbox: Sandbox, token: str, error: str) -> None:
    client = AsyncWebClient(token=sandbox.app_token if token == "app" else token, base_url=sandbox.api_url)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response["error"] == error
    # the scopes of a token are for who has it
    assert "X-OAuth-Scopes" not in caught.value.response.headers
    assert "chat:write" in (await sandbox.client.auth_test()).headers["X-OAuth-Scopes"]


async def test_a_method_outside_the_manifests_scopes_names_what_is_needed(sandbox: Sandbox) -> None:
    sandbox.workspace.manifest = replace(sandbox.workspace.manifest, bot_scopes=frozenset({"chat:write"}))
    answer = await refused(sandbox, "conversations.join", channel="C")
    assert answer == {"ok": False, "error": "missing_scope", "needed": "channels:join", "provided": "chat:write"}
    assert await error_of(sandbox, "conversations.history", channel=sandbox.channel("abm").state.id) == "missing_scope"


@pytest.mark.parametrize("dress", [{"username": "Boss"}, {"icon_emoji": ":x:"}, {"icon_url": "https://a.example/a"}])
async def test_another_name_or_picture_than_the_bots_own_needs_its_permission(sandbox: Sandbox, dress: dict[str, str]):
    room, ann = sandbox.channel("abm").state, sandbox.person("ann").id
    for method, more in (("chat.postMessage", {}), ("chat.postEphemeral", {"user": ann})):
        answer = await refused(sandbox, method, channel=room.id, text="x", **more, **dress)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")
    manifest = sandbox.workspace.manifest
    scopes = manifest.bot_scopes | {"chat:write.customize"}
    sandbox.workspace.manifest = replace(manifest, bot_scopes=scopes)
    await sandbox.client.api_call("chat.postMessage", json={"channel": room.id, "text": "x", **dress})
    assert [message.text for message in room.messages] == ["x"]


@pytest.mark.parametrize(
    ("traits", "error"),
    [
        ({"with_bot": False}, "not_in_channel"),
        ({"with_bot": False, "private": True}, "channel_not_found"),
        ({"archived": True}, "is_archived"),
    ],
)
async def test_posting_needs_membership_of_a_living_channel(sandbox: Sandbox, traits: dict[str, Any], error: str):
    room = sandbox.add_channel("elsewhere", **traits)
    assert await error_of(sandbox, "chat.postMessage", channel=room.id, text="x") == error
    assert room.messages == []


async def test_where_only_managers_may_post_the_bot_may_not(sandbox: Sandbox) -> None:
    room = sandbox.add_channel("announcements")
    sandbox.restrict(room)
    error = await error_of(sandbox, "chat.postMessage", channel=room.id, text="x")
    assert error == "restricted_action_read_only_channel"
    sandbox.restrict(room, restricted=False)
    await sandbox.client.chat_postMessage(channel=room.id, text="x")


async def test_a_conversation_with_somebody_deactivated_takes_messages_that_nobody_reads(sandbox: Sandbox) -> None:
    gone = sandbox.add_user("gone")
    im = (await sandbox.client.conversations_open(users=gone.id))["channel"]["id"]
    sandbox.change_user(gone, deleted=True)
    assert await error_of(sandbox, "conversations.open", users=gone.id) == "user_disabled"
    for channel in (im, gone.id):
        assert (await sandbox.client.chat_postMessage(channel=channel, text="x"))["channel"] == im
    assert [message.text for message in sandbox.workspace.channels[im].messages] == ["x", "x"]


async def test_only_the_bots_own_messages_can_be_edited_or_deleted(sandbox: Sandbox) -> None:
    said = await sandbox.person("ann").says("hello", in_="#abm")
    room = sandbox.channel("abm").state
    ts = said.message.ts
    assert await error_of(sandbox, "chat.update", channel=room.id, ts=ts, text="x") == "cant_update_message"
    assert await error_of(sandbox, "chat.delete", channel=room.id, ts=ts) == "cant_delete_message"
    assert await error_of(sandbox, "chat.update", channel=room.id, ts="1.0", text="x") == "message_not_found"


async def test_an_edit_with_text_alone_removes_blocks_and_keeps_metadata_until_it_is_cleared(sandbox: Sandbox) -> None:
    room = sandbox.channel("abm").state
    kept = {"event_type": "letter", "event_payload": {"key": "k1"}}
    posted = await sandbox.client.chat_postMessage(
        channel=room.id, text="x", blocks=[section(), actions(button())], metadata=kept
    )
    await sandbox.client.chat_update(channel=room.id, ts=posted["ts"], text="y")
    message = room.message(posted["ts"])
    assert message is not None
    assert (message.text, message.blocks, message.metadata) == ("y", [], kept)
    assert message.edited_ts is not None
    await sandbox.client.chat_update(channel=room.id, ts=posted["ts"], text="y", metadata={})
    assert message.metadata is None


async def test_an_ephemeral_is_seen_by_one_person_and_cannot_be_edited(sandbox: Sandbox) -> None:
    room, ann, ben = sandbox.channel("abm"), sandbox.person("ann"), sandbox.person("ben")
    posted = await sandbox.client.chat_postEphemeral(channel=room.state.id, user=ann.id, text="psst")
    await ann.sees("psst", in_="#abm")
    with pytest.raises(AssertionError):
        await ben.sees("psst", in_="#abm", seconds=0.01)
    ts = posted["message_ts"]
    assert await error_of(sandbox, "chat.update", channel=room.state.id, ts=ts, text="x") == "message_not_found"
    stranger = sandbox.add_user("carl")
    assert (
        await error_of(sandbox, "chat.postEphemeral", channel=room.state.id, user=stranger.id, text="x")
        == "user_not_in_channel"
    )


async def test_history_is_newest_first_within_bounds_and_pages_with_metadata_on_request(sandbox: Sandbox) -> None:
    room = sandbox.channel("abm").state
    metadata = {"event_type": "letter", "event_payload": {"key": "k"}}
    stamps = [
        (await sandbox.client.chat_postMessage(channel=room.id, text=str(number), metadata=metadata))["ts"]
        for number in range(5)
    ]
    await sandbox.client.chat_postMessage(channel=room.id, text="reply", thread_ts=stamps[0])
    first = await sandbox.client.conversations_history(channel=room.id, limit=2, oldest=stamps[0])
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert first["messages"][0]["metadata"] == {"event_type": "letter"}
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    rest = await sandbox.client.conversations_history(
        channel=room.id, limit=9, oldest=stamps[0], cursor=cursor, include_all_metadata=True
    )
    assert [m["text"] for m in rest["messages"]] == ["2", "1"]
    assert rest["messages"][0]["metadata"] == metadata
    thread = await sandbox.client.conversations_replies(channel=room.id, ts=stamps[0])
    assert [m["text"] for m in thread["messages"]] == ["0", "reply"]
    assert thread["messages"][0]["reply_count"] == 1


async def test_lists_page_through_people_and_members(sandbox: Sandbox) -> None:
    first = await sandbox.client.users_list(limit=2)
    rest = await sandbox.client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert [m["name"] for m in [*first["members"], *rest["members"]]] == ["cadence", "ann", "ben"]
    members = await sandbox.client.conversations_members(channel=sandbox.channel("abm").state.id)
    assert len(members["members"]) == 3


# Malformed calls are refused with Slack's errors, never with a failure of the sandbox.

DEEP = "[" * 100_000


@pytest.mark.parametrize("given", ["!!!abc", "a", "_-_-", "Zm9v"])
async def test_an_app_without_valid_credentials_is_refused(sandbox: Sandbox, given: str) -> None:
    async with aiohttp.ClientSession() as http:
        headers = {"Authorization": f"Basic {given}"}
        async with http.post(f"{sandbox.api_url}oauth.v2.access", data={"code": "x"}, headers=headers) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, "invalid_client_id")


@pytest.mark.parametrize(
    ("name", "error"), [("blocks", "invalid_blocks_format"), ("metadata", "invalid_metadata_format")]
)
async def test_arguments_nested_too_deeply_are_refused(sandbox: Sandbox, name: str, error: str) -> None:
    form = {"channel": sandbox.channel("abm").state.id, "text": "x", name: DEEP}
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession(headers=token) as http:
        async with http.post(f"{sandbox.api_url}chat.postMessage", data=form) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, error)
        body = {"data": DEEP, "headers": {"Content-Type": "application/json"}}
        async with http.post(f"{sandbox.api_url}chat.postMessage", **body) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, "invalid_json")


async def test_nothing_that_is_nested_gives_an_error_of_the_sandboxs_own(sandbox: Sandbox) -> None:
    form = {"channel": sandbox.channel("abm").state.id, "text": "x"}
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession(headers=token) as http:
        for depth in range(850, 1_000, 30):
            nested = "[" * depth + "]" * depth
            payload = f'{{"event_type": "k", "event_payload": {{"x": {nested}}}}}'
            for more in ({"blocks": nested}, {"metadata": payload}):
                async with http.post(f"{sandbox.api_url}chat.postMessage", data=form | more) as answer:
                    assert answer.status == 200


async def test_an_answer_that_is_nested_too_deeply_is_no_payload(sandbox: Sandbox) -> None:
    path = sandbox.workspace.response_urls.new(ResponseUrl(sandbox.person("ann").id, sandbox.channel("abm").state.id))
    async with aiohttp.ClientSession() as http, http.post(sandbox.slack.origin + path, data=DEEP) as answer:
        assert (answer.status, await answer.text()) == (400, "invalid_payload")


# Installing an app by OAuth, and uninstalling it.
def authorize_address(sandbox: Sandbox, *, scope: str = "chat:write,commands", client_id: str = "") -> str:
    query = f"client_id={client_id or sandbox.slack.client_id}&scope={scope}&state=s1"
    return f"{sandbox.slack.origin}/oauth/v2/authorize?{query}"


def code_of(query: str) -> str:
    return query.split("&", maxsplit=1)[0].removeprefix("code=")


async def exchange(
    sandbox: Sandbox, code: str, *, client_id: str = "", secret: str = "", redirect_uri: str | None = None
) -> dict[str, object]:
    slack = sandbox.slack
    try:
        answer = await AsyncWebClient(base_url=sandbox.api_url).oauth_v2_access(
            client_id=client_id or slack.client_id,
            client_secret=secret or slack.client_secret,
            code=code,
            redirect_uri=redirect_uri,
        )
    except SlackApiError as error:
        answer = error.response
    return dict(answer.data)


async def test_a_code_is_worth_the_bots_token_once(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    query = sandbox.allow_app(authorize_address(sandbox), by=ann)
    assert query.endswith("&state=s1")
    answer = await exchange(sandbox, code_of(query))
    assert (answer["access_token"], answer["token_type"]) == (sandbox.bot_token, "bot")
    assert (answer["scope"], answer["authed_user"]) == ("chat:write,commands", {"id": ann.id})
    assert answer["team"] == {"id": sandbox.workspace.team.id, "name": sandbox.workspace.team.name}
    assert await exchange(sandbox, code_of(query)) == {"ok": False, "error": "invalid_code"}


async def test_an_optional_scope_may_be_declined_and_no_other(sandbox: Sandbox) -> None:
    ann, manifest = sandbox.person("ann").user, sandbox.workspace.manifest
    sandbox.workspace.manifest = replace(manifest, optional_scopes=frozenset({"commands"}))
    with pytest.raises(ValueError, match="cannot be declined: chat:write"):
        sandbox.allow_app(authorize_address(sandbox), by=ann, declined={"chat:write"})
    allowed = sandbox.allow_app(authorize_address(sandbox), by=ann, declined={"commands"})
    assert (await exchange(sandbox, code_of(allowed)))["scope"] == "chat:write"


async def test_the_token_may_do_what_was_granted_and_nothing_else(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    allowed = sandbox.allow_app(authorize_address(sandbox, scope="users:read,chat:write"), by=ann)
    token = str((await exchange(sandbox, code_of(allowed)))["access_token"])
    client = AsyncWebClient(token=token, base_url=sandbox.api_url)
    found = await client.users_info(user=ann.id)
    assert "email" not in found["user"]["profile"]
    assert found["user"]["tz_label"] in ("GMT", "BST")
    assert found.headers["X-OAuth-Scopes"] == "chat:write,users:read"
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_info(channel=sandbox.channel("abm").state.id)
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "channels:read",
        "provided": "chat:write,users:read",
    }
    assert caught.value.response.headers["X-OAuth-Scopes"] == "chat:write,users:read"


async def test_a_code_is_good_for_ten_minutes(sandbox: Sandbox) -> None:
    ann = sandbox.person("ann").user
    in_time, late = [code_of(sandbox.allow_app(authorize_address(sandbox), by=ann)) for _ in range(2)]
    noon = sandbox.workspace.now()
    sandbox.workspace.now = lambda: noon + timedelta(minutes=9, seconds=59)
    assert (await exchange(sandbox, in_time))["ok"] is True
    sandbox.workspace.now = lambda: noon + timedelta(minutes=10)
    assert (await exchange(sandbox, late))["error"] == "invalid_code"


async def test_only_the_app_itself_gets_the_token(sandbox: Sandbox) -> None:
    code = code_of(sandbox.allow_app(authorize_address(sandbox), by=sandbox.person("ann").user))
    assert (await exchange(sandbox, code, client_id="9.9"))["error"] == "invalid_client_id"
    assert (await exchange(sandbox, code, secret="guessed"))["error"] == "bad_client_secret"
    assert (await exchange(sandbox, code))["ok"] is True


async def test_a_revoked_token_is_refused_everywhere_and_the_app_is_told(sandbox: Sandbox) -> None:
    manifest = sandbox.workspace.manifest
    sandbox.workspace.manifest = replace(manifest, bot_events=manifest.bot_events | {"tokens_revoked"})
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    sandbox.revoke_token()
    for method in ("auth.test", "users.list", "chat.postMessage"):
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.api_call(method)
    await sandbox.settled()
    told = [each.payload["event"] for each in sandbox.slack.delivery.log]
    assert [event["tokens"] for event in told][:1] == [{"oauth": [], "bot": [sandbox.workspace.bot.id]}]
