"""The conversation with Slack about one letter: joining, opening, looking through pages, and what gets in the way."""

from datetime import timedelta

from bot.looking import metadata_of
from bot.pacing import TIER_3
from bot.turns import Turns
from sandbox.faults import Fault
from sandbox.messages import Message
from storage import people, workspaces
from storage.workspaces import Installation
from tests.bot.office import Office

SECOND = timedelta(seconds=1)


async def cut_off(office: Office, key: str = "a") -> None:
    """A letter that was posted without our hearing of it."""
    office.sandbox.faults.cut("chat.postMessage", "after")
    await office.queue(key)
    await office.until(lambda: office.letter(key).last_error != "")


def chatter(office: Office, count: int) -> None:
    """So many messages of people come after what was sent."""
    channel, ann = office.channel("abm-weekly"), office.sandbox.person("ann")
    for number in range(count):
        said = Message(channel.id, office.sandbox.workspace.new_ts(), ann.id, f"chatter {number}")
        office.sandbox.workspace.store(said)


def trouble_of(office: Office, channel_id: str) -> str:
    """Why the channel is paused, empty when it is not."""
    channel = office.store.read_now(people.find_channel, office.workspace_id, channel_id)
    return channel.trouble if channel else ""


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


async def test_an_edit_cut_off_is_simply_made_again(office: Office) -> None:
    await office.queue("a")
    await office.becomes("a", "sent")
    office.sandbox.faults.cut("chat.update", "after")
    edit = await office.edit(office.letter("a"))
    await office.until(lambda: office.letter(edit.key).last_error != "")
    office.pass_time(10 * SECOND)
    await office.becomes(edit.key, "sent")
    assert len(office.messages()) == 1


async def test_blocks_refused_twice_are_given_up(office: Office) -> None:
    office.sandbox.faults.refuse("chat.postMessage", "invalid_blocks", times=2)
    await office.queue("a")
    assert (await office.becomes("a", "refused")).last_error == "invalid_blocks"


async def test_an_app_that_may_read_one_page_a_minute_leaves_the_doubt_to_a_person(office: Office) -> None:
    assert office.sandbox.world.limits is not None
    office.sandbox.world.limits.is_unlisted = True
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
    turns, history = Turns(office.store, office.pacing), "conversations.history"
    for _ in range(TIER_3 - 1):
        await turns.take_call(office.workspace_id, history, now=office.clock.now(), patience=SECOND)
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
    office.store.dies_before = "record"
    await office.queue("a")
    assert await office.sandbox.changed.until(lambda: office.texts() != [], seconds=5)
    # as if the clock had been four minutes ahead when it was tried, and right again now
    with office.store.writing() as session:
        letter = session.merge(office.letter("a"))
        letter.first_tried_at = letter.first_tried_at + 240 * SECOND
    await office.restart()
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1
