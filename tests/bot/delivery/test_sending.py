"""Sending one message: joining, opening a conversation, editing, and Slack's refusals."""

from datetime import timedelta

from agendas.rendering.blockkit import messages
from agendas.rendering.page import Chart, ChartKind, Number, Page, Series, SortableTable
from bot.sending import MAY_STILL_COME
from bot.slack_api import WaitReason
from storage import people
from tests.bot.sender import Sender

SECOND = timedelta(seconds=1)


def trouble_of(sender: Sender, channel_id: str) -> str:
    """Return why the channel is paused, "" when it is not."""
    channel = sender.store.read_now(people.find_channel, sender.workspace_id, channel_id)
    return channel.trouble if channel else ""


async def test_a_private_channel_the_bot_was_removed_from_is_paused(sender: Sender) -> None:
    secret = sender.sandbox.add_channel("secret", private=True, with_bot=False)
    await sender.queue("a", channel_id=secret.id)
    await sender.has_error("a", "channel_not_found")
    assert trouble_of(sender, secret.id) == "channel_not_found"


async def test_a_channel_that_is_there_after_all_is_not_paused(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "channel_not_found")
    letter = await sender.queue("a")
    await sender.has_error("a", "channel_not_found")
    assert trouble_of(sender, letter.channel_id) == ""
    sender.pass_time(10 * SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_a_channel_not_found_that_turns_out_to_be_archived_is_paused_as_that(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "channel_not_found")
    gone = sender.sandbox.add_channel("gone", archived=True)
    await sender.queue("a", channel_id=gone.id)
    await sender.has_error("a", "is_archived")
    assert trouble_of(sender, gone.id) == "is_archived"


async def test_a_channel_is_not_paused_as_long_as_slack_cannot_be_asked_about_it(sender: Sender) -> None:
    secret = sender.sandbox.add_channel("secret", private=True, with_bot=False)
    sender.sandbox.faults.rate_limit("conversations.info", retry_after_seconds=3)
    await sender.queue("a", channel_id=secret.id)
    await sender.has_error("a", "ratelimited")
    assert trouble_of(sender, secret.id) == ""
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "channel_not_found")
    assert trouble_of(sender, secret.id) == "channel_not_found"


async def test_a_token_revoked_while_asking_about_a_channel_stops_the_workspace_and_not_the_channel(
    sender: Sender,
) -> None:
    secret = sender.sandbox.add_channel("secret", private=True, with_bot=False)
    sender.sandbox.faults.refuse("conversations.info", "token_revoked")
    await sender.queue("a", channel_id=secret.id)
    await sender.has_error("a", "token_revoked")
    assert trouble_of(sender, secret.id) == ""


async def test_an_edit_of_a_message_somebody_deleted_is_refused(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    [message] = sender.messages()
    message.deleted = True
    edit = await sender.edit(sender.letter("a"))
    assert (await sender.becomes(edit.key, "refused")).last_error == "message_not_found"


async def test_an_edit_cut_off_is_made_again_once_it_cannot_come_late(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    sender.sandbox.faults.cut("chat.update", "after")
    edit = await sender.edit(sender.letter("a"))
    await sender.has_error(edit.key, "ServerDisconnectedError")
    sender.pass_time(10 * SECOND)
    await sender.has_error(edit.key, WaitReason.NOT_THERE_YET)
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes(edit.key, "sent")
    assert len(sender.messages()) == 1


async def test_blocks_refused_twice_are_given_up(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks", times=2)
    await sender.queue("a")
    assert (await sender.becomes("a", "refused")).last_error == "invalid_blocks"


async def test_newer_blocks_refused_are_sent_once_more_as_plain_ones(sender: Sender) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "Acme"}]]}
    line = {"type": "section", "text": {"type": "mrkdwn", "text": "Acme"}}
    subject = {"blocks": [table], "plain": [line]}
    sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks")
    await sender.queue("a", subject=subject)
    await sender.becomes("a", "sent")
    await sender.queue("b", subject=subject)
    await sender.becomes("b", "sent")
    assert [[block["type"] for block in message.blocks] for message in sender.messages()] == [["section"], ["table"]]


async def test_a_sortable_table_and_a_chart_are_shown_and_as_lines_where_slack_refuses_them(sender: Sender) -> None:
    rows = (("Corvane", Number(72, "72")),)
    chart = Chart(ChartKind.BAR, "Advanced", ("Oct",), (Series("Tier 1", (Number(3, "3"),)),))
    [drawn] = messages(Page("Scoreboard", (SortableTable("Accounts", ("Account", "Fit"), rows), chart), key="board"))
    subject = {"blocks": drawn.blocks, "plain": drawn.plain, "texts": [drawn.text]}
    await sender.queue("a", subject=subject)
    await sender.becomes("a", "sent")
    sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks")
    await sender.queue("b", subject=subject)
    await sender.becomes("b", "sent")
    native, lines = sender.messages()
    assert [block["type"] for block in native.blocks] == ["data_table", "data_visualization"]
    assert [block["type"] for block in lines.blocks] == ["section", "section"]
    assert {each.text for each in (native, lines)} == {"Scoreboard Advanced: Tier 1: Oct 3."}


async def test_a_recap_is_shown_in_its_thread_and_in_the_channel_once_also_when_nobody_heard_that_it_was(
    sender: Sender,
) -> None:
    await sender.queue("header", page="review_header")
    await sender.becomes("header", "sent")
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue("recap", page="recap", parent=sender.letter("header").id)
    await sender.has_error("recap", "ServerDisconnectedError")
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("recap", "sent")
    header, recap = sender.messages()
    assert (recap.thread_ts, recap.reply_broadcast) == (header.ts, True)
    assert not header.reply_broadcast
