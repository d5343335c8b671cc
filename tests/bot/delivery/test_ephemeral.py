"""A confirmation too long for one message: every part is shown, and each once, whatever happens to another."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault
from tests.bot.sender import Sender

SECOND = timedelta(seconds=1)
PARTS = ["one", "two", "three"]


async def queue_ephemeral(sender: Sender, to: str = "ann") -> None:
    await sender.queue(kind="whisper", user_id=sender.sandbox.person(to).id, subject={"texts": PARTS})


async def test_a_wait_at_the_second_part_repeats_no_other(sender: Sender) -> None:
    sender.sandbox.faults.add("chat.postEphemeral", Fault())
    sender.sandbox.faults.rate_limit("chat.postEphemeral", retry_after_seconds=5)
    await queue_ephemeral(sender)
    await sender.becomes("letter", "sent")
    await sender.has_error("letter/2", "ratelimited")
    sender.pass_time(6 * SECOND)
    await sender.becomes("letter/3", "sent")
    assert [(each.text, bool(each.ephemeral_to)) for each in sender.messages()] == [(part, True) for part in PARTS]


async def test_whom_it_cannot_be_shown_in_the_channel_gets_all_of_it_directly(sender: Sender) -> None:
    await queue_ephemeral(sender, to="bob")
    await sender.becomes("letter/3", "sent")
    assert sender.messages() == []
    direct = sender.messages(sender.sandbox.workspace.im(sender.sandbox.person("bob").id))
    assert [(each.text, each.thread_ts) for each in direct] == [(part, None) for part in PARTS]


@pytest.mark.parametrize("part", [1, 2])
async def test_a_part_that_may_have_been_seen_is_not_shown_again_and_the_others_are(sender: Sender, part: int) -> None:
    sender.sandbox.faults.add("chat.postEphemeral", Fault(), times=part - 1)
    sender.sandbox.faults.cut("chat.postEphemeral", "after")
    await queue_ephemeral(sender)
    await sender.becomes("letter/3", "sent")
    assert sender.texts() == PARTS
    assert sender.state("letter" if part == 1 else f"letter/{part}") == "unsure"
