"""Tokens, scopes, membership and history in the Web API."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.block_kit import actions, button, section
from tests.sandbox.refusals import error_of, refused


@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("app", "not_allowed_token_type")]
)
async def test_a_call_needs_the_bots_own_token(sandbox: Sandbox, token: str, error: str) -> None:
    client = AsyncWebClient(token=sandbox.app_token if token == "app" else token, base_url=sandbox.api_url)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert caught.value.response["error"] == error


async def test_a_method_outside_the_manifests_scopes_names_what_is_needed(sandbox: Sandbox) -> None:
    sandbox.workspace.manifest = replace(sandbox.workspace.manifest, bot_scopes=frozenset({"chat:write"}))
    answer = await refused(sandbox, "conversations.join", channel="C")
    assert answer == {"ok": False, "error": "missing_scope", "needed": "channels:join", "provided": "chat:write"}
    assert await error_of(sandbox, "conversations.history", channel=sandbox.channel("abm").state.id) == "missing_scope"


@pytest.mark.parametrize("dress", [{"username": "Boss"}, {"icon_emoji": ":x:"}, {"icon_url": "https://a.example/a"}])
async def test_another_name_or_picture_than_the_bots_own_needs_its_permission(
    sandbox: Sandbox, dress: dict[str, str]
) -> None:
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
async def test_posting_needs_membership_of_a_living_channel(
    sandbox: Sandbox, traits: dict[str, Any], error: str
) -> None:
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
    names = [m["name"] for m in [*first["members"], *rest["members"]]]
    assert names == ["cadence", "ann", "ben"]
    members = await sandbox.client.conversations_members(channel=sandbox.channel("abm").state.id)
    assert len(members["members"]) == 3
