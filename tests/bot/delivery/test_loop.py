"""Delivery: each letter becomes exactly one message, in order, and one letter's failure stops no other."""

from datetime import timedelta

import pytest

from bot.delivery.results import MAY_STILL_COME
from bot.slack_api.outcomes import WaitReason
from tests.bot.office import Office

pytestmark = pytest.mark.database("sqlite", "postgres")

SECOND = timedelta(seconds=1)


async def test_a_letter_becomes_a_message_with_its_key_and_without_previews(office: Office) -> None:
    await office.queue("review:1:header")
    sent = await office.becomes("review:1:header", "sent")
    [message] = office.messages()
    assert (message.text, message.ts) == ("Agenda of Initrode", sent.sent_ts)
    assert message.metadata == {"event_type": "cadence_letter", "event_payload": {"key": "review:1:header"}}
    [call] = office.sandbox.calls("chat.postMessage")
    assert {call.arguments["unfurl_links"], call.arguments["unfurl_media"]} <= {"false", "0", False}


async def test_a_reply_goes_into_the_thread_of_its_parent(office: Office) -> None:
    root = await office.queue("root")
    await office.queue("reply", parent=root.id, subject={"texts": ["moved"]})
    await office.becomes("reply", "sent")
    head, reply = office.messages()
    assert reply.thread_ts == head.ts


async def test_an_edit_changes_the_message_that_its_letter_sent(office: Office) -> None:
    await office.queue("root", subject={"texts": ["before"]})
    await office.becomes("root", "sent")
    await _reword(office, "root", ["after"])
    assert office.texts() == ["after"]


async def test_a_direct_message_opens_the_conversation(office: Office) -> None:
    ann = office.sandbox.person("ann")
    await office.queue("actions", kind="direct", user_id=ann.id)
    await office.becomes("actions", "sent")
    assert office.texts(office.sandbox.workspace.im(ann.id)) == ["Agenda of Initrode"]


async def test_an_ephemeral_message_is_seen_by_one_person(office: Office) -> None:
    ann = office.sandbox.person("ann")
    await office.queue("said", kind="whisper", user_id=ann.id, thread_ts="V0VIEW")
    await office.becomes("said", "sent")
    [message] = office.messages()
    assert message.ephemeral_to == ann.id


async def test_an_ephemeral_message_to_somebody_outside_the_channel_becomes_a_direct_message(office: Office) -> None:
    bob = office.sandbox.person("bob")
    await office.queue("said", kind="whisper", user_id=bob.id)
    await office.becomes("said", "sent")
    assert office.messages() == []
    assert office.texts(office.sandbox.workspace.im(bob.id)) == ["Agenda of Initrode"]


async def test_letters_to_one_channel_arrive_in_the_order_they_were_queued(office: Office) -> None:
    office.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    for number in range(5):
        await office.queue(f"k{number}", subject={"texts": [str(number)]})
    await office.has_error("k0", "ratelimited")
    assert office.messages() == []
    office.pass_time(31 * SECOND)
    await office.becomes("k4", "sent")
    assert office.texts() == ["0", "1", "2", "3", "4"]


async def test_after_a_rate_limit_nothing_is_asked_before_its_time(office: Office) -> None:
    office.sandbox.add_channel("other")
    office.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    await office.queue("a")
    await office.has_error("a", "ratelimited")
    await office.queue("b", channel_id=office.channel("other").id)
    await office.has_error("b", "waits for its turn")
    assert len(office.sandbox.calls("chat.postMessage")) == 1
    office.pass_time(31 * SECOND)
    await office.becomes("a", "sent")
    await office.becomes("b", "sent")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_cut_while_posting_ends_with_one_message(office: Office, when: str) -> None:
    office.sandbox.faults.cut("chat.postMessage", "before" if when == "before" else "after")
    await office.queue("a")
    await office.until(lambda: office.letter("a").last_error != "")
    office.pass_time(10 * SECOND)
    if when == "before":
        await office.has_error("a", WaitReason.NOT_THERE_YET)
        office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "sent")
    assert office.texts() == ["Agenda of Initrode"]
    assert len(office.sandbox.calls("conversations.history")) == (2 if when == "before" else 1)


@pytest.mark.parametrize("carried_out", [False, True])
async def test_an_error_of_slacks_own_ends_with_one_message(office: Office, carried_out: bool) -> None:
    office.sandbox.faults.break_down("chat.postMessage", carried_out=carried_out)
    await office.queue("a")
    await office.until(lambda: office.letter("a").last_error != "")
    office.pass_time(10 * SECOND)
    if not carried_out:
        await office.has_error("a", WaitReason.NOT_THERE_YET)
        office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "sent")
    assert office.texts() == ["Agenda of Initrode"]


async def test_a_process_killed_between_claim_and_post_posts_once(office: Office) -> None:
    await office.queue("a", subject={"kills": True})
    await office.becomes("a", "leased")
    with office.store.writing() as session:
        letter = session.merge(office.letter("a"))
        letter.subject = {}
    await office.restart()
    await office.becomes("a", "sent")
    assert office.texts() == ["Agenda of Initrode"]


async def test_a_process_killed_between_post_and_record_posts_once(office: Office) -> None:
    office.store.dies_before = "record_sent"
    await office.queue("a")
    assert await office.sandbox.changed.until(lambda: office.texts() != [], seconds=5)
    await office.restart()
    sent = await office.becomes("a", "sent")
    [message] = office.messages()
    assert sent.sent_ts == message.ts
    assert len(office.sandbox.calls("chat.postMessage")) == 1


async def test_a_reply_posted_and_not_recorded_is_found_in_its_thread(office: Office) -> None:
    root = await office.queue("root")
    await office.becomes("root", "sent")
    office.store.dies_before = "record_sent"
    await office.queue("reply", parent=root.id)
    assert await office.sandbox.changed.until(lambda: len(office.texts()) == 2, seconds=5)
    await office.restart()
    await office.becomes("reply", "sent")
    assert len(office.messages()) == 2


async def test_a_direct_message_posted_and_not_recorded_is_found(office: Office) -> None:
    ann = office.sandbox.person("ann")
    office.store.dies_before = "record_sent"
    await office.queue("a", kind="direct", user_id=ann.id)
    im = office.sandbox.workspace.im(ann.id)
    assert await office.sandbox.changed.until(lambda: office.texts(im) != [], seconds=5)
    await office.restart()
    await office.becomes("a", "sent")
    assert len(office.texts(im)) == 1


async def test_a_message_that_may_be_there_and_cannot_be_looked_for_waits_for_a_person(office: Office) -> None:
    office.sandbox.faults.cut("chat.postMessage", "after")
    office.sandbox.faults.refuse("conversations.history", "missing_scope")
    await office.queue("a")
    await office.until(lambda: office.letter("a").last_error != "")
    office.pass_time(10 * SECOND)
    unsure = await office.becomes("a", "unsure")
    assert unsure.last_error == "the channel cannot be read: missing_scope"
    assert len(office.texts()) == 1


async def test_an_ephemeral_message_that_may_have_been_seen_is_not_said_again(office: Office) -> None:
    office.sandbox.faults.cut("chat.postEphemeral", "after")
    await office.queue("a", kind="whisper", user_id=office.sandbox.person("ann").id)
    await office.becomes("a", "unsure")
    assert len(office.messages()) == 1


async def test_a_letter_with_nothing_to_say_is_dropped_with_what_hangs_on_it(office: Office) -> None:
    root = await office.queue("root", subject={"texts": []})
    await office.queue("reply", parent=root.id)
    await office.becomes("root", "dropped")
    await office.becomes("reply", "dropped")
    assert office.messages() == []


async def test_a_message_too_long_for_one_goes_on_in_its_thread(office: Office) -> None:
    await office.queue("a", subject={"texts": ["one", "two", "three"]})
    await office.becomes("a/3", "sent")
    head, *rest = office.messages()
    assert [each.text for each in (head, *rest)] == ["one", "two", "three"]
    assert {each.thread_ts for each in rest} == {head.ts}


async def test_an_edit_also_changes_adds_and_empties_what_carries_the_message_on(office: Office) -> None:
    letter = await office.queue("a", subject={"texts": ["one", "two"]})
    await office.becomes("a/2", "sent")
    await _reword(office, "a", ["one!", "two!", "three!"])
    await office.becomes("a/3", "sent")
    await office.becomes("a/2:edit:1", "sent")
    assert office.texts() == ["one!", "two!", "three!"]
    await _reword(office, "a", ["short"])
    await office.becomes("a/2:edit:2", "sent")
    await office.becomes("a/3:edit:1", "sent")
    assert office.texts()[0] == "short"
    assert office.texts()[1:] == ["This goes on in the messages above."] * 2
    assert letter.key == "a"


async def _reword(office: Office, key: str, texts: list[str]) -> None:
    with office.store.writing() as session:
        session.merge(office.letter(key)).subject = {"texts": texts}
    edit = await office.edit(office.letter(key))
    await office.becomes(edit.key, "sent")


async def test_draining_finishes_what_is_being_sent_and_claims_no_more(office: Office) -> None:
    office.sandbox.faults.delay("chat.postMessage", seconds=0.3)
    await office.queue("a")
    await office.becomes("a", "leased")
    await office.queue("b")
    await office.delivery.drain()
    assert office.letter("a").state == "sent"
    assert office.letter("b").state == "waiting"


async def test_a_clock_put_forward_while_a_letter_is_being_sent_does_not_send_it_twice(office: Office) -> None:
    office.sandbox.faults.delay("chat.postMessage", seconds=0.5)
    await office.queue("a")
    await office.until(lambda: office.state("a") == "leased")
    office.pass_time(timedelta(hours=1))
    await office.until(lambda: office.letter("a").attempts == 2)
    await office.becomes("a", "sent")
    await office.queue("b")
    await office.becomes("b", "sent")
    assert len(office.messages()) == 2


async def test_a_clock_put_back_holds_nothing_up_and_doubles_nothing(office: Office) -> None:
    await office.queue("a")
    await office.becomes("a", "sent")
    # Slack's own clock goes on
    office.sandbox.slack.limits = None
    # a clock of ours refuses to go back; the computer's may be put back
    office.clock._shift -= timedelta(hours=1)
    await office.queue("b")
    await office.becomes("b", "sent")
    assert len(office.messages()) == 2
