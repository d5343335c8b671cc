"""Retry-After: every letter that needs the method waits as long as Slack asks, and none is given up."""

from datetime import timedelta

import pytest

from tests.bot.office import Office

SECOND = timedelta(seconds=1)
TEN_MINUTES = 600
"""Longer than the longest pause that the bot makes by itself."""


async def put_off_for(office: Office, key: str, error: str = "ratelimited") -> float:
    """Return the seconds for which the letter was put off."""
    letter = await office.has_error(key, error)
    return (letter.due_at - office.clock.now()).total_seconds()


async def comes_due(office: Office, key: str) -> None:
    """Put the clock to the letter's next attempt, once it was put off."""
    await office.until(lambda: office.state(key) == "waiting" and office.letter(key).due_at > office.clock.now())
    office.pass_time(office.letter(key).due_at - office.clock.now())


async def test_a_pause_of_ten_minutes_for_searches_is_kept_by_all_letters_that_must_search(office: Office) -> None:
    office.sandbox.add_channel("other")
    office.sandbox.faults.cut("chat.postMessage", "after", times=2)
    office.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=TEN_MINUTES)
    await office.queue("a")
    await office.until(lambda: office.letter("a").last_error == "ServerDisconnectedError")
    office.pass_time(10 * SECOND)
    assert await put_off_for(office, "a") > TEN_MINUTES - 10
    await office.queue("b", channel_id=office.channel("other").id)
    await office.until(lambda: office.letter("b").last_error == "ServerDisconnectedError")
    office.pass_time(10 * SECOND)
    assert await put_off_for(office, "b") > TEN_MINUTES - 30
    assert len(office.sandbox.calls("conversations.history")) == 1
    await office.queue("c", channel_id=office.channel("other").id, subject={"texts": ["c"]})
    office.pass_time(TEN_MINUTES * SECOND)
    await office.becomes("a", "sent")
    await office.becomes("c", "sent")
    assert (len(office.messages()), office.texts("other")) == (1, ["Agenda of Initrode", "c"])


@pytest.mark.parametrize(
    ("method", "letter"),
    [
        ("conversations.info", {"page": "review_header"}),
        ("conversations.open", {"kind": "direct", "user_id": "ann"}),
        ("conversations.join", {"channel_id": "open"}),
        ("chat.postMessage", {}),
    ],
)
async def test_pauses_of_hours_give_no_letter_up(office: Office, method: str, letter: dict[str, str]) -> None:
    office.sandbox.add_channel("open", with_bot=False)
    ids = {"ann": office.sandbox.person("ann").id, "open": office.channel("open").id}
    office.sandbox.faults.rate_limit(method, retry_after_seconds=TEN_MINUTES, times=22)
    await office.queue("a", **{name: ids.get(value, value) for name, value in letter.items()})
    for _ in range(22):
        await comes_due(office, "a")
    await office.becomes("a", "sent")
    assert len(office.sandbox.calls(method)) == 23


async def test_a_pause_of_direct_messages_holds_for_messages_that_became_direct(office: Office) -> None:
    office.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=TEN_MINUTES)
    bob = office.sandbox.person("bob").id
    await office.queue("a", kind="whisper", user_id=bob)
    assert await put_off_for(office, "a") > TEN_MINUTES - 10
    await office.queue("b", subject={"texts": ["b"]})
    await office.has_error("b", "waits for its turn")
    await office.queue("c", kind="whisper", user_id=office.sandbox.person("ann").id, subject={"texts": ["c"]})
    await office.becomes("c", "sent")
    assert len(office.sandbox.calls("chat.postMessage")) == 1
    office.pass_time(TEN_MINUTES * SECOND)
    await office.becomes("a", "sent")
    await office.becomes("b", "sent")
    assert office.texts(office.sandbox.workspace.im(bob)) == ["Agenda of Initrode"]
