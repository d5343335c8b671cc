"""Delivery to the app: deadlines, signatures, and the events it gets."""

import asyncio

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox.server import Sandbox
from tests.sandbox.http_app import Listener


async def test_every_request_is_signed(sandbox: Sandbox, listener: Listener) -> None:
    await sandbox.person("ann").types("/account acme", in_="#abm")
    await sandbox.person("ann").says("hello", in_="#abm")
    await sandbox.settled()
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert len(listener.heard) == 2
    assert all(verifier.is_valid_request(body, headers) for headers, body in listener.heard)


async def test_a_command_that_is_late_shows_a_timeout_and_is_not_repeated(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.slack.delivery.ack_seconds = 0.05
    listener.hold = asyncio.Event()
    seen = await sandbox.person("ann").types("/account acme", in_="#abm")
    assert seen == '/account failed with the error "operation_timeout"'
    assert len(listener.heard) == 1


async def test_an_address_that_does_not_answer_the_challenge_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="url_verification"):
        await sandbox.use_http(f"{sandbox.slack.origin}/response/nothing")


def kinds(sandbox: Sandbox) -> list[str]:
    events = [entry.payload["event"] for entry in sandbox.slack.delivery.log if entry.kind == "events_api"]
    return [f"{event['type']}.{event['subtype']}" if "subtype" in event else event["type"] for event in events]


async def test_a_mention_arrives_as_message_and_as_app_mention_in_two_events(
    sandbox: Sandbox, listener: Listener
) -> None:
    await sandbox.person("ann").says("@cadence how is acme?", in_="#abm")
    await sandbox.settled()
    assert sorted(kinds(sandbox)) == ["app_mention", "message"]
    events = [entry.payload for entry in sandbox.slack.delivery.log]
    assert len({event["event_id"] for event in events}) == 2
    assert len({event["event"]["ts"] for event in events}) == 1
    assert events[0]["event"]["text"] == f"<@{sandbox.workspace.bot.id}> how is acme?"


async def test_the_bot_hears_its_own_messages_edits_and_deletions(sandbox: Sandbox, listener: Listener) -> None:
    room = sandbox.channel("abm").state
    posted = await sandbox.client.chat_postMessage(channel=room.id, text="x")
    await sandbox.client.chat_update(channel=room.id, ts=posted["ts"], text="y")
    await sandbox.client.chat_delete(channel=room.id, ts=posted["ts"])
    await sandbox.settled()
    assert kinds(sandbox) == ["message", "message.message_changed", "message.message_deleted"]
    assert sandbox.slack.delivery.log[0].payload["event"]["bot_id"] == sandbox.workspace.bot_id


async def test_changes_of_the_workspace_are_events(sandbox: Sandbox, listener: Listener) -> None:
    room, ann = sandbox.channel("abm").state, sandbox.workspace.users[sandbox.person("ann").id]
    zoe = sandbox.add_user("zoe", announced=True)
    sandbox.invite(room, zoe, by=ann)
    sandbox.change_user(zoe, tz="Asia/Kolkata")
    sandbox.rename(room, "abm-weekly", by=ann)
    sandbox.archive(room, by=ann)
    sandbox.archive(room, by=ann, archived=False)
    await sandbox.settled()
    assert sorted(kinds(sandbox)) == [
        "channel_archive",
        "channel_rename",
        "channel_unarchive",
        "member_joined_channel",
        "message.channel_join",
        "team_join",
        "user_change",
    ]
