"""Retry-After: every letter that needs the method waits as long as Slack asks, and none is given up."""

from datetime import timedelta

import pytest

from tests.bot.sender import Sender

SECOND = timedelta(seconds=1)
TEN_MINUTES = 600
"""Longer than the longest pause that the bot makes by itself."""


async def put_off_for(sender: Sender, key: str, error: str = "ratelimited") -> float:
    """Return the seconds for which the letter was put off."""
    letter = await sender.has_error(key, error)
    return (letter.due_at - sender.clock.now()).total_seconds()


async def comes_due(sender: Sender, key: str) -> None:
    """Put the clock to the letter's next attempt, once it was put off."""
    await sender.until(lambda: sender.state(key) == "waiting" and sender.letter(key).due_at > sender.clock.now())
    sender.pass_time(sender.letter(key).due_at - sender.clock.now())


async def test_a_pause_of_ten_minutes_for_searches_is_kept_by_all_letters_that_must_search(sender: Sender) -> None:
    sender.sandbox.add_channel("other")
    sender.sandbox.faults.cut("chat.postMessage", "after", times=2)
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=TEN_MINUTES)
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error == "ServerDisconnectedError")
    sender.pass_time(10 * SECOND)
    assert await put_off_for(sender, "a") > TEN_MINUTES - 10
    await sender.queue("b", channel_id=sender.channel("other").id)
    await sender.until(lambda: sender.letter("b").last_error == "ServerDisconnectedError")
    sender.pass_time(10 * SECOND)
    assert await put_off_for(sender, "b") > TEN_MINUTES - 30
    assert len(sender.sandbox.calls("conversations.history")) == 1
    await sender.queue("c", channel_id=sender.channel("other").id, subject={"texts": ["c"]})
    sender.pass_time(TEN_MINUTES * SECOND)
    await sender.becomes("a", "sent")
    await sender.becomes("c", "sent")
    assert (len(sender.messages()), sender.texts("other")) == (1, ["Agenda of Initrode", "c"])


@pytest.mark.parametrize(
    ("method", "letter"),
    [
        ("conversations.info", {"page": "review_header"}),
        ("conversations.open", {"kind": "direct", "user_id": "ann"}),
        ("conversations.join", {"channel_id": "open"}),
        ("chat.postMessage", {}),
    ],
)
async def test_pauses_of_hours_give_no_letter_up(sender: Sender, method: str, letter: dict[str, str]) -> None:
    sender.sandbox.add_channel("open", with_bot=False)
    ids = {"ann": sender.sandbox.person("ann").id, "open": sender.channel("open").id}
    sender.sandbox.faults.rate_limit(method, retry_after_seconds=TEN_MINUTES, times=22)
    await sender.queue("a", **{name: ids.get(value, value) for name, value in letter.items()})
    for _ in range(22):
        await comes_due(sender, "a")
    await sender.becomes("a", "sent")
    assert len(sender.sandbox.calls(method)) == 23
