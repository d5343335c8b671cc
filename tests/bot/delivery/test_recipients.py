"""Recipient check: nothing is posted or edited in a channel that another company reads, even if its event was lost."""

from datetime import timedelta

import pytest

from storage import people
from tests.bot.sender import Sender

MINUTE = timedelta(minutes=1)
SHARED = "is_ext_shared"


def share(sender: Sender, *, name: str = "abm-weekly") -> None:
    """Share the channel with another company, without the event that says so."""
    sender.channel(name).is_shared = True


async def test_twenty_five_messages_in_a_row_cost_one_question(sender: Sender) -> None:
    sender.sandbox.slack.limits = None
    for number in range(25):
        await sender.queue(f"k{number}")
    await sender.becomes("k24", "sent")
    assert len(sender.sandbox.calls("conversations.info")) == 1


async def test_what_is_known_of_a_channel_is_asked_again_after_five_minutes(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    share(sender)
    sender.pass_time(5 * MINUTE)
    letter = await sender.queue("b")
    await sender.has_error("b", SHARED)
    channel = sender.store.read_now(people.find_channel, sender.workspace_id, letter.channel_id)
    assert channel is not None
    assert (channel.is_shared, channel.trouble) == (True, SHARED)
    assert len(sender.messages()) == 1


async def test_an_edit_and_a_reply_are_not_shown_to_another_company_either(sender: Sender) -> None:
    root = await sender.queue("root", subject={"texts": ["before"]})
    await sender.becomes("root", "sent")
    share(sender)
    sender.pass_time(5 * MINUTE)
    with sender.store.writing() as session:
        session.merge(sender.letter("root")).subject = {"texts": ["after"]}
    edit = await sender.edit(sender.letter("root"))
    await sender.has_error(edit.key, SHARED)
    await sender.queue("reply", parent=root.id)
    sender.pass_time(MINUTE)
    assert sender.texts() == ["before"]
    assert sender.sandbox.calls("chat.update") == []


async def test_after_trouble_in_a_channel_its_readers_are_asked_for_at_once(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    sender.sandbox.faults.break_down("chat.postMessage")
    await sender.queue("b")
    await sender.has_error("b", "http_503")
    share(sender)
    sender.pass_time(timedelta(seconds=70))
    await sender.has_error("b", SHARED)
    assert len(sender.messages()) == 1


@pytest.mark.parametrize("error", ["missing_scope", "error_of_the_future"])
async def test_where_slack_does_not_say_who_reads_nothing_is_posted(sender: Sender, error: str) -> None:
    sender.sandbox.faults.refuse("conversations.info", error)
    await sender.queue("a")
    await sender.has_error("a", error)
    assert sender.messages() == []


async def test_messages_to_one_person_ask_nothing(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await sender.queue("a", kind="direct", user_id=ann, subject={"texts": ["one", "two"]})
    await sender.queue("b", kind="whisper", user_id=ann)
    await sender.becomes("a/2", "sent")
    await sender.becomes("b", "sent")
    assert sender.sandbox.calls("conversations.info") == []
