"""Recipient check: nothing is posted or edited in a channel that another company reads, even if its event was lost."""

from datetime import timedelta

import pytest

from tests.bot.sender import Sender

MINUTE = timedelta(minutes=1)


async def test_twenty_five_messages_in_a_row_cost_one_question(sender: Sender) -> None:
    sender.sandbox.slack.limits = None
    for number in range(25):
        await sender.queue(f"k{number}")
    await sender.becomes("k24", "sent")
    assert len(sender.sandbox.calls("conversations.info")) == 1


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
