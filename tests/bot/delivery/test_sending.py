"""Sending one message: joining, opening a conversation, editing, and Slack's refusals."""

from datetime import timedelta

from bot.delivery.results import MAY_STILL_COME
from bot.slack_api.outcomes import WaitReason
from storage import people
from tests.bot.office import Office

SECOND = timedelta(seconds=1)


def trouble_of(office: Office, channel_id: str) -> str:
    """Return why the channel is paused, "" when it is not."""
    channel = office.store.read_now(people.find_channel, office.workspace_id, channel_id)
    return channel.trouble if channel else ""


async def test_a_conversation_that_cannot_be_opened_yet_is_opened_later(office: Office) -> None:
    office.sandbox.faults.rate_limit("conversations.open", retry_after_seconds=3)
    ann = office.sandbox.person("ann")
    await office.queue("a", kind="direct", user_id=ann.id)
    await office.has_error("a", "ratelimited")
    office.pass_time(10 * SECOND)
    await office.becomes("a", "sent")
    assert len(office.texts(office.sandbox.workspace.im(ann.id))) == 1


async def test_a_person_slack_does_not_know_gets_nothing_and_nobody_else_is_held_up(office: Office) -> None:
    await office.queue("a", kind="direct", user_id="U0NOBODY")
    await office.queue("b")
    await office.becomes("a", "refused")
    await office.becomes("b", "sent")


async def test_a_private_channel_the_bot_was_removed_from_is_paused(office: Office) -> None:
    secret = office.sandbox.add_channel("secret", private=True, with_bot=False)
    await office.queue("a", channel_id=secret.id)
    await office.has_error("a", "channel_not_found")
    assert trouble_of(office, secret.id) == "channel_not_found"


async def test_a_channel_that_is_there_after_all_is_not_paused(office: Office) -> None:
    office.sandbox.faults.refuse("chat.postMessage", "channel_not_found")
    letter = await office.queue("a")
    await office.has_error("a", "channel_not_found")
    assert trouble_of(office, letter.channel_id) == ""
    office.pass_time(10 * SECOND)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_a_channel_not_found_that_turns_out_to_be_archived_is_paused_as_that(office: Office) -> None:
    office.sandbox.faults.refuse("chat.postMessage", "channel_not_found")
    gone = office.sandbox.add_channel("gone", archived=True)
    await office.queue("a", channel_id=gone.id)
    await office.has_error("a", "is_archived")
    assert trouble_of(office, gone.id) == "is_archived"


async def test_a_channel_is_not_paused_as_long_as_slack_cannot_be_asked_about_it(office: Office) -> None:
    secret = office.sandbox.add_channel("secret", private=True, with_bot=False)
    office.sandbox.faults.rate_limit("conversations.info", retry_after_seconds=3)
    await office.queue("a", channel_id=secret.id)
    await office.has_error("a", "ratelimited")
    assert trouble_of(office, secret.id) == ""
    office.pass_time(10 * SECOND)
    await office.has_error("a", "channel_not_found")
    assert trouble_of(office, secret.id) == "channel_not_found"


async def test_a_token_revoked_while_asking_about_a_channel_stops_the_workspace_and_not_the_channel(
    office: Office,
) -> None:
    secret = office.sandbox.add_channel("secret", private=True, with_bot=False)
    office.sandbox.faults.refuse("conversations.info", "token_revoked")
    await office.queue("a", channel_id=secret.id)
    await office.has_error("a", "token_revoked")
    assert trouble_of(office, secret.id) == ""


async def test_a_channel_not_found_that_slack_says_nothing_more_about_is_paused(office: Office) -> None:
    secret = office.sandbox.add_channel("secret", private=True, with_bot=False)
    office.sandbox.faults.refuse("conversations.info", "access_denied", times=2)
    await office.queue("a", channel_id=secret.id)
    await office.has_error("a", "channel_not_found")
    assert trouble_of(office, secret.id) == "channel_not_found"


async def test_a_public_channel_that_cannot_be_joined_is_paused(office: Office) -> None:
    public = office.sandbox.add_channel("open", with_bot=False)
    office.sandbox.faults.refuse("conversations.join", "missing_scope")
    await office.queue("a", channel_id=public.id)
    await office.has_error("a", "not_in_channel")


async def test_joining_that_is_rate_limited_is_tried_again(office: Office) -> None:
    public = office.sandbox.add_channel("open", with_bot=False)
    office.sandbox.faults.rate_limit("conversations.join", retry_after_seconds=3)
    await office.queue("a", channel_id=public.id)
    await office.has_error("a", "ratelimited")
    office.pass_time(10 * SECOND)
    await office.becomes("a", "sent")


async def test_an_edit_of_a_message_somebody_deleted_is_refused(office: Office) -> None:
    await office.queue("a")
    await office.becomes("a", "sent")
    [message] = office.messages()
    message.deleted = True
    edit = await office.edit(office.letter("a"))
    assert (await office.becomes(edit.key, "refused")).last_error == "message_not_found"


async def test_an_edit_cut_off_is_made_again_once_it_cannot_come_late(office: Office) -> None:
    await office.queue("a")
    await office.becomes("a", "sent")
    office.sandbox.faults.cut("chat.update", "after")
    edit = await office.edit(office.letter("a"))
    await office.has_error(edit.key, "ServerDisconnectedError")
    office.pass_time(10 * SECOND)
    await office.has_error(edit.key, WaitReason.NOT_THERE_YET)
    office.pass_time(MAY_STILL_COME)
    await office.becomes(edit.key, "sent")
    assert len(office.messages()) == 1


async def test_blocks_refused_twice_are_given_up(office: Office) -> None:
    office.sandbox.faults.refuse("chat.postMessage", "invalid_blocks", times=2)
    await office.queue("a")
    assert (await office.becomes("a", "refused")).last_error == "invalid_blocks"
