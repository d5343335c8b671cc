"""A letter too long for one message: its parts are there once and in order, whatever Slack does to one of them."""

import pytest

from sandbox.faults import Fault
from tests.bot.sender import Sender

PARTS = [f"Part {number:02} " + "word " * 578 for number in range(14)]
"""40,000 characters in all."""


@pytest.mark.parametrize(
    "fault",
    [
        Fault(),
        Fault(status=429, error="ratelimited", retry_after=1),
        Fault(cut="before"),
        Fault(cut="after"),
        Fault(status=503, carried_out=True),
        Fault(error="internal_error"),
    ],
    ids=["none", "429", "cut before", "cut after", "503 but posted", "internal_error"],
)
async def test_forty_thousand_characters_arrive_once_and_in_order(sender: Sender, fault: Fault) -> None:
    assert sum(map(len, PARTS)) >= 40_000
    sender.sandbox.faults.add("chat.postMessage", Fault(), times=6)
    sender.sandbox.faults.add("chat.postMessage", fault)
    await sender.queue(subject={"texts": PARTS})
    await sender.all_is_sent()
    assert [text.strip() for text in sender.texts()] == [part.strip() for part in PARTS]
