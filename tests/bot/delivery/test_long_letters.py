"""A letter too long for one message: its parts are there once and in order, whatever Slack does to one of them."""

import pytest

from sandbox.faults import Fault
from tests.bot.office import Office

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
@pytest.mark.parametrize("kind", ["post", "direct"])
async def test_forty_thousand_characters_arrive_once_and_in_order(office: Office, kind: str, fault: Fault) -> None:
    ann = office.sandbox.person("ann").id
    assert sum(map(len, PARTS)) >= 40_000
    office.sandbox.faults.add("chat.postMessage", Fault(), times=6)
    office.sandbox.faults.add("chat.postMessage", fault)
    await office.queue(kind=kind, user_id=ann if kind == "direct" else "", subject={"texts": PARTS})
    place = office.sandbox.workspace.im(ann) if kind == "direct" else "abm-weekly"
    await office.all_is_sent()
    assert [text.strip() for text in office.texts(place)] == [part.strip() for part in PARTS]
