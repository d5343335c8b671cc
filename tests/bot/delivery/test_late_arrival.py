"""Late messages: Slack may carry out a request after our timeout, so a missing message may still come for a while."""

from datetime import timedelta
from typing import Literal

import pytest

from bot.sending import MAY_STILL_COME
from bot.slack_api import WaitReason
from sandbox.faults import Fault
from tests.bot.sender import Sender

SECOND = timedelta(seconds=1)


async def test_a_message_that_comes_after_the_first_look_is_found_by_the_next_one(sender: Sender) -> None:
    sender.sandbox.faults.break_down("chat.postMessage")
    await sender.queue("a")
    await sender.has_error("a", "http_503")
    sender.pass_time(10 * SECOND)
    put_off = await sender.has_error("a", WaitReason.NOT_THERE_YET)
    assert put_off.due_at - sender.clock.now() > MAY_STILL_COME - 15 * SECOND
    await arrives_late(sender, "a")
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_what_is_not_there_a_minute_after_the_last_attempt_is_sent_again(sender: Sender) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "before", times=2)
    await sender.queue("a")
    for _ in range(2):
        await sender.has_error("a", "ServerDisconnectedError")
        sender.pass_time(10 * SECOND)
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_a_process_that_starts_while_slack_still_works_for_the_one_before_posts_nothing_twice(
    sender: Sender,
) -> None:
    sender.sandbox.faults.delay("chat.postMessage", seconds=0.5)
    await sender.queue("a")
    await sender.until(lambda: sender.state("a") == "leased")
    await sender.is_killed_in_the_middle_of("chat.postMessage")
    await sender.starts_again()
    if not sender.store.is_sqlite:
        # another process waits for the lease first
        sender.pass_time(sender.letter("a").leased_until - sender.clock.now())  # type: ignore[operator]
    await sender.has_error("a", WaitReason.NOT_THERE_YET)
    assert await sender.sandbox.changed.until(lambda: sender.messages() != [])
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_an_edit_that_slack_carries_out_late_does_not_stand_over_a_newer_one(sender: Sender) -> None:
    root = await sender.queue("root", subject={"texts": ["first"]})
    root = await sender.becomes("root", "sent")
    sender.sandbox.faults.cut("chat.update", "before")
    edit = await sender.edit(root)
    await sender.has_error(edit.key, "ServerDisconnectedError")
    says(sender, edit.key, "third")
    sender.pass_time(10 * SECOND)
    await sender.has_error(edit.key, WaitReason.NOT_THERE_YET)
    await sender.sandbox.client.chat_update(channel=root.sent_channel, ts=root.sent_ts, text="second")
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes(edit.key, "sent")
    assert sender.texts() == ["third"]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_what_may_be_there_is_looked_for_also_when_there_is_nothing_to_say_any_more(
    sender: Sender, moment: Literal["before", "after"]
) -> None:
    sender.sandbox.faults.cut("chat.postMessage", moment)
    await sender.queue("a")
    await sender.has_error("a", "ServerDisconnectedError")
    says(sender, "a")
    sender.pass_time(10 * SECOND)
    if moment == "before":
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "dropped" if moment == "before" else "sent")
    assert [message.ts for message in sender.messages()] == ([] if moment == "before" else [sender.letter("a").sent_ts])


def says(sender: Sender, key: str, *texts: str) -> None:
    """Change the text of the letter."""
    with sender.store.writing() as session:
        session.merge(sender.letter(key)).subject = {"texts": list(texts)}


async def arrives_late(sender: Sender, key: str) -> None:
    """Let Slack carry out the held request."""
    metadata = {"event_type": "cadence_letter", "event_payload": {"key": key}}
    channel = sender.channel("abm-weekly")
    sender.sandbox.faults.add("chat.postMessage", Fault())
    await sender.sandbox.client.chat_postMessage(channel=channel.id, text="Agenda of Initrode", metadata=metadata)


@pytest.mark.parametrize("is_heard", [True, False], ids=["Slack was heard before", "the first thing it is asked"])
async def test_a_clock_far_ahead_of_slacks_hides_no_message(sender: Sender, is_heard: bool) -> None:
    ours = sender.sandbox.workspace.now
    sender.sandbox.slack.limits = None
    sender.sandbox.workspace.now = lambda: ours() - timedelta(minutes=600)
    if is_heard:
        await sender.queue("before", subject={"texts": ["before"]})
        await sender.becomes("before", "sent")
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue("a")
    await sender.has_error("a", "ServerDisconnectedError")
    sender.pass_time(10 * SECOND)
    await sender.becomes("a", "sent")
    assert sender.texts()[-1:] == ["Agenda of Initrode"]
    assert len(sender.messages()) == 1 + is_heard
