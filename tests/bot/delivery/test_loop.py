"""Delivery: each letter becomes exactly one message, in order, and one letter's failure stops no other."""

from datetime import timedelta

import pytest

from bot.sending import MAY_STILL_COME
from bot.slack_api import WaitReason
from tests.bot.sender import Sender

SECOND = timedelta(seconds=1)


async def test_a_letter_becomes_a_message_with_its_key_and_without_previews(sender: Sender) -> None:
    await sender.queue("review:1:header")
    sent = await sender.becomes("review:1:header", "sent")
    [message] = sender.messages()
    assert (message.text, message.ts) == ("Agenda of Initrode", sent.sent_ts)
    assert message.metadata == {"event_type": "cadence_letter", "event_payload": {"key": "review:1:header"}}
    [call] = sender.sandbox.calls("chat.postMessage")
    assert {call.arguments["unfurl_links"], call.arguments["unfurl_media"]} <= {"false", "0", False}


async def test_a_reply_goes_into_the_thread_of_its_parent(sender: Sender) -> None:
    root = await sender.queue("root")
    await sender.queue("reply", parent=root.id, subject={"texts": ["moved"]})
    await sender.becomes("reply", "sent")
    head, reply = sender.messages()
    assert reply.thread_ts == head.ts


async def test_an_edit_changes_the_message_that_its_letter_sent(sender: Sender) -> None:
    await sender.queue("root", subject={"texts": ["before"]})
    await sender.becomes("root", "sent")
    await _reword(sender, "root", ["after"])
    assert sender.texts() == ["after"]


async def test_an_ephemeral_message_is_seen_by_one_person(sender: Sender) -> None:
    ann = sender.sandbox.person("ann")
    await sender.queue("said", kind="whisper", user_id=ann.id, thread_ts="V0VIEW")
    await sender.becomes("said", "sent")
    [message] = sender.messages()
    assert message.ephemeral_to == ann.id


async def test_letters_to_one_channel_arrive_in_the_order_they_were_queued(sender: Sender) -> None:
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    for number in range(5):
        await sender.queue(f"k{number}", subject={"texts": [str(number)]})
    await sender.has_error("k0", "ratelimited")
    assert sender.messages() == []
    sender.pass_time(31 * SECOND)
    await sender.becomes("k4", "sent")
    assert sender.texts() == ["0", "1", "2", "3", "4"]


async def test_after_a_rate_limit_nothing_is_asked_before_its_time(sender: Sender) -> None:
    sender.sandbox.add_channel("other")
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    await sender.queue("a")
    await sender.has_error("a", "ratelimited")
    await sender.queue("b", channel_id=sender.channel("other").id)
    await sender.has_error("b", "waits for its turn")
    assert len(sender.sandbox.calls("chat.postMessage")) == 1
    sender.pass_time(31 * SECOND)
    await sender.becomes("a", "sent")
    await sender.becomes("b", "sent")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_cut_while_posting_ends_with_one_message(sender: Sender, when: str) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "before" if when == "before" else "after")
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    if when == "before":
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda of Initrode"]
    assert len(sender.sandbox.calls("conversations.history")) == (2 if when == "before" else 1)


@pytest.mark.parametrize("carried_out", [False, True])
async def test_an_error_of_slacks_own_ends_with_one_message(sender: Sender, carried_out: bool) -> None:
    sender.sandbox.faults.break_down("chat.postMessage", carried_out=carried_out)
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    if not carried_out:
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda of Initrode"]


async def test_a_process_killed_between_claim_and_post_posts_once(sender: Sender) -> None:
    await sender.queue("a", subject={"kills": True})
    await sender.becomes("a", "leased")
    with sender.store.writing() as session:
        letter = session.merge(sender.letter("a"))
        letter.subject = {}
    await sender.restart()
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda of Initrode"]


async def test_a_process_killed_between_post_and_record_posts_once(sender: Sender) -> None:
    sender.store.killed_before = "record_sent"
    await sender.queue("a")
    assert await sender.sandbox.changed.until(lambda: sender.texts() != [])
    await sender.restart()
    sent = await sender.becomes("a", "sent")
    [message] = sender.messages()
    assert sent.sent_ts == message.ts
    assert len(sender.sandbox.calls("chat.postMessage")) == 1


async def test_a_reply_posted_and_not_recorded_is_found_in_its_thread(sender: Sender) -> None:
    root = await sender.queue("root")
    await sender.becomes("root", "sent")
    sender.store.killed_before = "record_sent"
    await sender.queue("reply", parent=root.id)
    assert await sender.sandbox.changed.until(lambda: len(sender.texts()) == 2)
    await sender.restart()
    await sender.becomes("reply", "sent")
    assert len(sender.messages()) == 2


async def test_a_direct_message_posted_and_not_recorded_is_found(sender: Sender) -> None:
    ann = sender.sandbox.person("ann")
    sender.store.killed_before = "record_sent"
    await sender.queue("a", kind="direct", user_id=ann.id)
    im = sender.sandbox.workspace.im(ann.id)
    assert await sender.sandbox.changed.until(lambda: sender.texts(im) != [])
    await sender.restart()
    await sender.becomes("a", "sent")
    assert len(sender.texts(im)) == 1


async def test_a_message_that_may_be_there_and_cannot_be_looked_for_waits_for_a_person(sender: Sender) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "after")
    sender.sandbox.faults.refuse("conversations.history", "missing_scope")
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    unsure = await sender.becomes("a", "unsure")
    assert unsure.last_error == "the channel cannot be read: missing_scope"
    assert len(sender.texts()) == 1


async def test_a_letter_with_nothing_to_say_is_dropped_with_what_hangs_on_it(sender: Sender) -> None:
    root = await sender.queue("root", subject={"texts": []})
    await sender.queue("reply", parent=root.id)
    await sender.becomes("root", "dropped")
    await sender.becomes("reply", "dropped")
    assert sender.messages() == []


async def test_an_edit_also_changes_adds_and_empties_what_carries_the_message_on(sender: Sender) -> None:
    letter = await sender.queue("a", subject={"texts": ["one", "two"]})
    await sender.becomes("a/2", "sent")
    await _reword(sender, "a", ["one!", "two!", "three!"])
    await sender.becomes("a/3", "sent")
    await sender.becomes("a/2:edit:1", "sent")
    assert sender.texts() == ["one!", "two!", "three!"]
    await _reword(sender, "a", ["short"])
    await sender.becomes("a/2:edit:2", "sent")
    await sender.becomes("a/3:edit:1", "sent")
    assert sender.texts()[0] == "short"
    assert sender.texts()[1:] == ["This goes on in the messages above."] * 2
    assert letter.key == "a"


async def _reword(sender: Sender, key: str, texts: list[str]) -> None:
    with sender.store.writing() as session:
        session.merge(sender.letter(key)).subject = {"texts": texts}
    edit = await sender.edit(sender.letter(key))
    await sender.becomes(edit.key, "sent")


async def test_draining_finishes_what_is_being_sent_and_claims_no_more(sender: Sender) -> None:
    sender.sandbox.faults.delay("chat.postMessage", seconds=0.3)
    await sender.queue("a")
    await sender.becomes("a", "leased")
    await sender.queue("b")
    await sender.delivery.drain()
    assert sender.letter("a").state == "sent"
    assert sender.letter("b").state == "waiting"


async def test_a_clock_put_forward_while_a_letter_is_being_sent_does_not_send_it_twice(sender: Sender) -> None:
    sender.sandbox.faults.delay("chat.postMessage", seconds=0.5)
    await sender.queue("a")
    await sender.until(lambda: sender.state("a") == "leased")
    sender.pass_time(timedelta(hours=1))
    await sender.until(lambda: sender.letter("a").attempts == 2)
    await sender.becomes("a", "sent")
    await sender.queue("b")
    await sender.becomes("b", "sent")
    assert len(sender.messages()) == 2


async def test_a_clock_put_back_holds_nothing_up_and_doubles_nothing(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    # Slack's own clock goes on
    sender.sandbox.slack.limits = None
    # a clock of ours refuses to go back; the computer's may be put back
    sender.clock._shift -= timedelta(hours=1)
    await sender.queue("b")
    await sender.becomes("b", "sent")
    assert len(sender.messages()) == 2
