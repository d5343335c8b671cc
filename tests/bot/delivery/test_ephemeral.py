"""A confirmation too long for one message: every part is shown, and each once, whatever happens to another."""

from datetime import timedelta

import pytest

from sandbox.faults import Fault
from tests.bot.office import Office

SECOND = timedelta(seconds=1)
PARTS = ["one", "two", "three"]


async def whisper(office: Office, to: str = "ann") -> None:
    await office.queue(kind="whisper", user_id=office.sandbox.person(to).id, subject={"texts": PARTS})


async def test_a_wait_at_the_second_part_repeats_no_other(office: Office) -> None:
    office.sandbox.faults.add("chat.postEphemeral", Fault())
    office.sandbox.faults.rate_limit("chat.postEphemeral", retry_after_seconds=5)
    await whisper(office)
    await office.becomes("letter", "sent")
    await office.has_error("letter/2", "ratelimited")
    office.pass_time(6 * SECOND)
    await office.becomes("letter/3", "sent")
    assert [(each.text, bool(each.ephemeral_to)) for each in office.messages()] == [(part, True) for part in PARTS]


async def test_whom_it_cannot_be_shown_in_the_channel_gets_all_of_it_directly(office: Office) -> None:
    await whisper(office, to="bob")
    await office.becomes("letter/3", "sent")
    assert office.messages() == []
    direct = office.messages(office.sandbox.workspace.im(office.sandbox.person("bob").id))
    assert [(each.text, each.thread_ts) for each in direct] == [(part, None) for part in PARTS]


@pytest.mark.parametrize("part", [1, 2])
async def test_a_part_that_may_have_been_seen_is_not_shown_again_and_the_others_are(office: Office, part: int) -> None:
    office.sandbox.faults.add("chat.postEphemeral", Fault(), times=part - 1)
    office.sandbox.faults.cut("chat.postEphemeral", "after")
    await whisper(office)
    await office.becomes("letter/3", "sent")
    assert office.texts() == PARTS
    assert office.state("letter" if part == 1 else f"letter/{part}") == "unsure"
