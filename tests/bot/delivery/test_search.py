"""Searching a channel's pages for a message that may have been posted, and interruptions of the search."""

import pytest

from bot.delivery.rate_limit import TIER_3
from bot.delivery.search import metadata_of
from bot.delivery.shared_rate_limit import SharedRateLimit
from sandbox.faults import Fault
from sandbox.workspace.messages import Message
from storage import workspaces
from storage.workspaces import Installation
from tests.bot.delivery.test_sending import SECOND
from tests.bot.office import Office


async def cut_off(office: Office, key: str = "a") -> None:
    """A letter that was posted without our hearing of it."""
    office.sandbox.faults.cut("chat.postMessage", "after")
    await office.queue(key)
    await office.until(lambda: office.letter(key).last_error != "")


def chatter(office: Office, count: int) -> None:
    """Add so many messages of people after those of the bot."""
    channel, ann = office.channel("abm-weekly"), office.sandbox.person("ann")
    for number in range(count):
        said = Message(channel.id, office.sandbox.workspace.new_ts(), ann.id, f"chatter {number}")
        office.sandbox.workspace.store(said)


async def test_a_message_is_found_behind_pages_of_others(office: Office) -> None:
    await cut_off(office)
    chatter(office, 450)
    office.pass_time(10 * SECOND)
    sent = await office.becomes("a", "sent")
    [message] = office.messages()
    assert sent.sent_ts == message.ts
    assert len(office.sandbox.calls("conversations.history")) == 3


async def test_a_look_that_is_rate_limited_is_repeated_and_holds_no_posting(office: Office) -> None:
    office.sandbox.add_channel("other")
    await cut_off(office)
    office.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=20)
    office.pass_time(10 * SECOND)
    await office.has_error("a", "ratelimited")
    await office.queue("b", channel_id=office.channel("other").id)
    await office.becomes("b", "sent")
    office.pass_time(30 * SECOND)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_a_token_revoked_during_the_look_leaves_the_letter_for_the_next_installation(office: Office) -> None:
    installation = Installation(office.workspace_id, "Sample", "", "U1", "B1")
    now = office.clock.now()
    await office.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    await cut_off(office)
    office.sandbox.faults.refuse("conversations.history", "token_revoked")
    office.pass_time(10 * SECOND)
    await office.has_error("a", "token_revoked")
    await office.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    office.pass_time(SECOND)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_an_app_that_may_read_one_page_a_minute_leaves_the_doubt_to_a_person(office: Office) -> None:
    assert office.sandbox.slack.limits is not None
    office.sandbox.slack.limits.is_unlisted = True
    await cut_off(office)
    chatter(office, 20)
    office.pass_time(10 * SECOND)
    unsure = await office.becomes("a", "unsure")
    assert unsure.last_error == "the channel cannot be read to its end: Slack lets the app read 15 messages a minute"
    assert len(office.messages()) == 1


async def test_a_look_that_is_interrupted_between_two_pages_goes_on_where_it_was(office: Office) -> None:
    await cut_off(office)
    chatter(office, 450)
    for wait in (20, 30):
        office.sandbox.faults.add("conversations.history", Fault())
        office.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=wait)
    office.pass_time(10 * SECOND)
    await office.has_error("a", "ratelimited")
    first = office.letter("a").look_cursor
    office.pass_time(21 * SECOND)
    await office.until(lambda: office.letter("a").look_cursor not in ("", first))
    await office.has_error("a", "ratelimited")
    office.pass_time(31 * SECOND)
    sent = await office.becomes("a", "sent")
    assert sent.sent_ts == office.messages()[0].ts
    assert len(office.messages()) == 1
    assert len(office.sandbox.calls("conversations.history")) == 3 + 2


async def test_a_look_that_waits_for_its_turn_between_two_pages_goes_on_where_it_was(office: Office) -> None:
    await cut_off(office)
    chatter(office, 250)
    rate_limit, history = SharedRateLimit(office.store, office.rate_limit), "conversations.history"
    for _ in range(TIER_3 - 1):
        await rate_limit.take_call(office.workspace_id, history, now=office.clock.now(), patience=SECOND)
    office.pass_time(10 * SECOND)
    await office.has_error("a", "waits for its turn")
    assert office.letter("a").look_cursor != ""
    office.pass_time(61 * SECOND)
    await office.becomes("a", "sent")
    assert len(office.sandbox.calls(history)) == 2


async def test_a_message_that_comes_while_its_look_is_interrupted_is_found(office: Office) -> None:
    office.sandbox.faults.cut("chat.postMessage", "before")
    await office.queue("a")
    await office.until(lambda: office.letter("a").last_error == "ServerDisconnectedError")
    chatter(office, 250)
    office.sandbox.faults.add("conversations.history", Fault())
    office.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=90)
    office.pass_time(10 * SECOND)
    await office.has_error("a", "ratelimited")
    letter, workspace = office.letter("a"), office.sandbox.workspace
    late = Message(letter.channel_id, workspace.new_ts(), workspace.bot.id, "Agenda", metadata=metadata_of("a"))
    late.bot_id = workspace.bot_id
    workspace.store(late)
    office.pass_time(91 * SECOND)
    sent = await office.becomes("a", "sent")
    assert sent.sent_ts == late.ts


async def test_a_look_whose_place_slack_does_not_know_any_more_begins_again(office: Office) -> None:
    await cut_off(office)
    chatter(office, 250)
    office.sandbox.faults.add("conversations.history", Fault())
    office.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=20)
    office.sandbox.faults.refuse("conversations.history", "invalid_cursor")
    office.pass_time(10 * SECOND)
    await office.has_error("a", "ratelimited")
    office.pass_time(21 * SECOND)
    await office.has_error("a", "invalid_cursor")
    office.pass_time(60 * SECOND)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_a_clock_put_back_after_a_kill_does_not_hide_that_a_message_may_be_there(office: Office) -> None:
    office.store.dies_before = "record_sent"
    await office.queue("a")
    assert await office.sandbox.changed.until(lambda: office.texts() != [], seconds=5)
    # as if the clock had been four minutes ahead when it was tried, and right again now
    with office.store.writing() as session:
        letter = session.merge(office.letter("a"))
        letter.first_tried_at = letter.first_tried_at + 240 * SECOND
    await office.restart()
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


@pytest.mark.parametrize("error", ["missing_scope", "user_disabled"])
async def test_of_a_direct_message_in_doubt_whose_conversation_cannot_be_opened_a_person_decides(
    office: Office, error: str
) -> None:
    ann = office.sandbox.person("ann")
    office.sandbox.faults.cut("chat.postMessage", "after")
    await office.queue("a", kind="direct", user_id=ann.id)
    await office.until(lambda: office.letter("a").last_error != "")
    office.sandbox.faults.refuse("conversations.open", error)
    office.pass_time(10 * SECOND)
    assert (await office.becomes("a", "unsure")).last_error == f"the channel cannot be read: {error}"
