"""Searching a channel's pages for a message that may have been posted, and interruptions of the search."""

import pytest

from bot.sending import metadata_of
from sandbox.faults import Fault
from sandbox.messages import Message
from storage import workspaces
from storage.workspaces import Installation
from tests.bot.delivery.test_sending import SECOND
from tests.bot.sender import Sender


async def cut_off(sender: Sender, key: str = "a") -> None:
    """A letter that was posted without our hearing of it."""
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue(key)
    await sender.until(lambda: sender.letter(key).last_error != "")


def chatter(sender: Sender, count: int) -> None:
    """Add so many messages of people after those of the bot."""
    channel, ann = sender.channel("abm-weekly"), sender.sandbox.person("ann")
    for number in range(count):
        said = Message(channel.id, sender.sandbox.workspace.new_ts(), ann.id, f"chatter {number}")
        sender.sandbox.workspace.store(said)


async def test_a_message_is_found_behind_pages_of_others(sender: Sender) -> None:
    await cut_off(sender)
    chatter(sender, 450)
    sender.pass_time(10 * SECOND)
    sent = await sender.becomes("a", "sent")
    [message] = sender.messages()
    assert sent.sent_ts == message.ts
    assert len(sender.sandbox.calls("conversations.history")) == 3


async def test_a_look_that_is_rate_limited_is_repeated_and_holds_no_posting(sender: Sender) -> None:
    sender.sandbox.add_channel("other")
    await cut_off(sender)
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=20)
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    await sender.queue("b", channel_id=sender.channel("other").id)
    await sender.becomes("b", "sent")
    sender.pass_time(30 * SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_a_token_revoked_during_the_look_leaves_the_letter_for_the_next_installation(sender: Sender) -> None:
    installation = Installation(sender.workspace_id, "Sample", "", "U1", "B1")
    now = sender.clock.now()
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    await cut_off(sender)
    sender.sandbox.faults.refuse("conversations.history", "token_revoked")
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "token_revoked")
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    sender.pass_time(SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_an_app_that_may_read_one_page_a_minute_leaves_the_doubt_to_a_person(sender: Sender) -> None:
    assert sender.sandbox.slack.limits is not None
    sender.sandbox.slack.limits.is_unlisted = True
    await cut_off(sender)
    chatter(sender, 20)
    sender.pass_time(10 * SECOND)
    unsure = await sender.becomes("a", "unsure")
    assert unsure.last_error == "the channel cannot be read to its end: Slack lets the app read 15 messages a minute"
    assert len(sender.messages()) == 1


async def test_a_look_that_is_interrupted_between_two_pages_goes_on_where_it_was(sender: Sender) -> None:
    await cut_off(sender)
    chatter(sender, 450)
    for wait in (20, 30):
        sender.sandbox.faults.add("conversations.history", Fault())
        sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=wait)
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    first = sender.letter("a").look_cursor
    sender.pass_time(21 * SECOND)
    await sender.until(lambda: sender.letter("a").look_cursor not in ("", first))
    await sender.has_error("a", "ratelimited")
    sender.pass_time(31 * SECOND)
    sent = await sender.becomes("a", "sent")
    assert sent.sent_ts == sender.messages()[0].ts
    assert len(sender.messages()) == 1
    assert len(sender.sandbox.calls("conversations.history")) == 3 + 2


async def test_a_message_that_comes_while_its_look_is_interrupted_is_found(sender: Sender) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "before")
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error == "ServerDisconnectedError")
    chatter(sender, 250)
    sender.sandbox.faults.add("conversations.history", Fault())
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=90)
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    letter, workspace = sender.letter("a"), sender.sandbox.workspace
    late = Message(letter.channel_id, workspace.new_ts(), workspace.bot.id, "Agenda", metadata=metadata_of("a"))
    late.bot_id = workspace.bot_id
    workspace.store(late)
    sender.pass_time(91 * SECOND)
    sent = await sender.becomes("a", "sent")
    assert sent.sent_ts == late.ts


async def test_a_look_whose_place_slack_does_not_know_any_more_begins_again(sender: Sender) -> None:
    await cut_off(sender)
    chatter(sender, 250)
    sender.sandbox.faults.add("conversations.history", Fault())
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=20)
    sender.sandbox.faults.refuse("conversations.history", "invalid_cursor")
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    sender.pass_time(21 * SECOND)
    await sender.has_error("a", "invalid_cursor")
    sender.pass_time(60 * SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


@pytest.mark.parametrize("error", ["missing_scope", "user_disabled"])
async def test_of_a_direct_message_in_doubt_whose_conversation_cannot_be_opened_a_person_decides(
    sender: Sender, error: str
) -> None:
    ann = sender.sandbox.person("ann")
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue("a", kind="direct", user_id=ann.id)
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.sandbox.faults.refuse("conversations.open", error)
    sender.pass_time(10 * SECOND)
    assert (await sender.becomes("a", "unsure")).last_error == f"the channel cannot be read: {error}"


TEXT_BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "Agenda"}}
NEWER_BLOCK = {"type": "table", "rows": [[{"type": "raw_text", "text": "Agenda"}]]}


@pytest.mark.parametrize(("place", "is_plain"), [("channel", False), ("thread", True), ("direct", False)])
async def test_where_history_shows_no_metadata_the_message_is_found_by_its_block_ids(
    sender: Sender, place: str, is_plain: bool
) -> None:
    more: dict[str, object] = {}
    if place == "direct":
        more = {"kind": "direct", "user_id": sender.sandbox.person("ann").id}
    if place == "thread":
        more = {"parent": (await sender.queue("root")).id}
        await sender.becomes("root", "sent")
    if is_plain:
        sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks")
    sender.sandbox.faults.hides_metadata = True
    sender.sandbox.faults.cut("chat.postMessage", "after")
    newer = {"blocks": [NEWER_BLOCK], "plain": [TEXT_BLOCK | {"block_id": "agenda-1-0-0"}, TEXT_BLOCK]}
    await sender.queue("a", subject=newer if is_plain else {"blocks": [TEXT_BLOCK]}, **more)
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    sent = await sender.becomes("a", "sent")
    channel = sender.sandbox.workspace.channels[sent.sent_channel]
    assert [each.ts for each in sender.messages(channel)][-1:] == [sent.sent_ts]
    assert len(sender.messages(channel)) == 1 + (place == "thread")


async def test_an_edited_message_keeps_the_mark_of_the_letter_that_posted_it(sender: Sender) -> None:
    letter = await sender.queue("a", subject={"blocks": [TEXT_BLOCK]})
    await sender.becomes("a", "sent")
    posted = sender.messages()[0].blocks[0]["block_id"]
    await sender.edit(letter)
    await sender.until(lambda: sender.messages()[0].edited_ts is not None)
    assert sender.messages()[0].blocks[0]["block_id"] == posted
