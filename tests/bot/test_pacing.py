import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import CHANNEL_INTERVAL, METHOD_PERIOD, TIER_3, FullWorkspaces, RateLimit, SharedRateLimit
from storage import outbox
from storage.database import Store
from tests.storage.letters import NOON, letter, queue

# RateLimit: a second apart in a channel, a budget in a workspace, and Retry-After by method.

SECOND = timedelta(seconds=1)
MINUTE = 60 * SECOND
POST = "chat.postMessage"
INFO = "conversations.info"
EDIT = "chat.update"


def test_messages_of_one_channel_go_a_second_apart_and_channels_side_by_side() -> None:
    limit = RateLimit()
    turns = [limit.reserve("T1", place, POST, now=NOON) - NOON for place in ("C1", "C1", "C2", "C1")]
    assert turns == [0 * SECOND, 1 * SECOND, 0 * SECOND, 2 * SECOND]


def test_a_channel_that_was_quiet_does_not_wait() -> None:
    limit = RateLimit()
    limit.reserve("T1", "C1", POST, now=NOON)
    assert limit.reserve("T1", "C1", POST, now=NOON + 5 * SECOND) == NOON + 5 * SECOND


def test_a_workspace_gets_no_more_than_its_budget_in_any_minute() -> None:
    limit = RateLimit(workspace_messages=10)
    turns = [limit.reserve("T1", f"C{number}", POST, now=NOON) for number in range(25)]
    for turn in turns:
        assert sum(turn <= other < turn + timedelta(minutes=1) for other in turns) <= 10
    assert turns[-1] == NOON + timedelta(minutes=2)


def test_another_workspace_has_a_budget_of_its_own() -> None:
    limit = RateLimit(workspace_messages=1)
    limit.reserve("T1", "C1", POST, now=NOON)
    assert limit.reserve("T2", "C1", POST, now=NOON) == NOON


def test_a_hold_stops_one_method_in_one_workspace() -> None:
    limit = RateLimit()
    limit.hold("T1", POST, until=NOON + 30 * SECOND)
    assert limit.reserve("T1", "C1", POST, now=NOON) == NOON + 30 * SECOND
    assert limit.reserve("T1", "C2", "chat.update", now=NOON) == NOON
    assert limit.reserve("T2", "C1", POST, now=NOON) == NOON


def test_a_shorter_hold_does_not_end_a_longer_one() -> None:
    limit = RateLimit()
    limit.hold("T1", POST, until=NOON + 30 * SECOND)
    limit.hold("T1", POST, until=NOON + 10 * SECOND)
    assert limit.next_turn("T1", "C1", POST, now=NOON) == NOON + 30 * SECOND


def test_thousands_of_channels_are_forgotten_when_their_turn_is_over() -> None:
    limit = RateLimit(workspace_messages=100_000)
    for number in range(1_500):
        limit.reserve("T1", f"C{number}", POST, now=NOON + number * SECOND)
    assert limit.reserve("T1", "C1499", POST, now=NOON + 1_499 * SECOND) == NOON + 1_500 * SECOND


def test_asking_for_a_turn_takes_none() -> None:
    limit = RateLimit()
    for _ in range(3):
        assert limit.next_turn("T1", "C1", POST, now=NOON) == NOON


def test_a_thousand_direct_messages_go_as_fast_as_the_budget_allows() -> None:
    limit = RateLimit(workspace_messages=200)
    waiting = {f"U{number}": NOON for number in range(1_000)}
    sent: list[datetime] = []
    while waiting:
        place, now = min(waiting.items(), key=lambda item: item[1])
        turn = limit.next_turn("T1", place, POST, now=now)
        if turn - now > 5 * SECOND:
            waiting[place] = turn
        else:
            sent.append(limit.reserve("T1", place, POST, now=now))
            del waiting[place]
    assert max(sent) == NOON + timedelta(minutes=4)
    assert sum(at == NOON for at in sent) == 200


def test_a_clock_put_back_an_hour_holds_nobody_up() -> None:
    limit = RateLimit(workspace_messages=2)
    for place in ("C1", "C2"):
        limit.reserve("T1", place, POST, now=NOON)
    before = NOON - timedelta(hours=1)
    assert [limit.reserve("T1", place, POST, now=before) for place in ("C1", "C2")] == [before, before]
    assert limit.reserve("T1", "C3", POST, now=before) == before + timedelta(minutes=1)


def test_a_method_is_called_no_more_often_in_any_minute_than_slack_takes_of_it_whatever_else_goes() -> None:
    limit = RateLimit(workspace_messages=10_000)
    asked = [limit.take_call("T1", INFO, now=NOON, patience=10 * MINUTE) for _ in range(200)]
    edited = [limit.reserve("T1", f"C1:{number}.1", EDIT, now=NOON) for number in range(200)]
    for turns in (asked, edited):
        assert max(sum(turn <= other <= turn + MINUTE for other in turns) for turn in turns) == TIER_3 < 50
        assert max(turns) == NOON + 4 * METHOD_PERIOD
    assert limit.reserve("T1", "C1", POST, now=NOON) == NOON
    assert limit.take_call("T2", INFO, now=NOON, patience=SECOND) == NOON


def test_a_call_that_is_too_far_off_takes_no_turn_and_a_method_without_a_limit_needs_none() -> None:
    limit = RateLimit(method_calls={INFO: 1})
    assert limit.take_call("T1", INFO, now=NOON, patience=SECOND) == NOON
    later = [limit.take_call("T1", INFO, now=NOON, patience=SECOND) for _ in range(3)]
    assert later == [NOON + METHOD_PERIOD] * 3
    assert [limit.take_call("T1", "views.open", now=NOON, patience=SECOND) for _ in range(300)] == [NOON] * 300


def test_one_message_is_edited_once_in_three_seconds() -> None:
    limit = RateLimit()
    assert [limit.reserve("T1", "C1:1.1", EDIT, now=NOON) for _ in range(3)] == [
        NOON,
        NOON + 3 * SECOND,
        NOON + 6 * SECOND,
    ]
    assert limit.reserve("T1", "C1:2.2", EDIT, now=NOON) == NOON


def test_edits_of_many_channels_hold_up_no_post() -> None:
    limit = RateLimit()
    for number in range(TIER_3):
        limit.reserve("T1", f"C{number}", EDIT, now=NOON)
    assert limit.next_turn("T1", "C99", EDIT, now=NOON) == NOON + METHOD_PERIOD
    assert limit.next_turn("T1", "C99", POST, now=NOON) == NOON


def test_what_is_known_of_a_workspace_is_known_whole_to_another_process() -> None:
    limit = RateLimit(method_calls={INFO: 1, EDIT: 1})
    limit.take_call("T1", INFO, now=NOON, patience=SECOND)
    limit.reserve("T1", "C1", EDIT, now=NOON)
    limit.take_call("T2", INFO, now=NOON, patience=SECOND)
    other = limit.with_state("T1", json.loads(json.dumps(limit.state_of("T1"))), now=NOON)
    assert [other.next_call("T1", method, now=NOON) for method in (INFO, EDIT)] == [NOON + METHOD_PERIOD] * 2
    assert other.next_call("T2", INFO, now=NOON) == NOON


def test_answers_to_clicks_take_their_seconds_of_a_channel_and_their_part_of_the_workspace() -> None:
    limit = RateLimit(workspace_messages=4)
    limit.count("T1", "C1", 2, now=NOON)
    assert [limit.reserve("T1", place, POST, now=NOON) - NOON for place in ("C2", "C1")] == [0 * SECOND, 2 * SECOND]
    assert limit.next_turn("T1", "C3", POST, now=NOON) == NOON + MINUTE


# The shared rate limit: several processes on one PostgreSQL together keep Slack's limits of a workspace.

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
LONG = timedelta(hours=1)


def two(store: Store, *, messages: int = 200) -> tuple[SharedRateLimit, SharedRateLimit]:
    return SharedRateLimit(store, RateLimit(workspace_messages=messages)), SharedRateLimit(
        store, RateLimit(workspace_messages=messages)
    )


@pytest.mark.database("postgres")
async def test_two_processes_give_the_messages_of_one_channel_a_second_each(store: Store) -> None:
    both = two(store)
    taken = await asyncio.gather(*(both[n % 2].take("T1", "C1", POST, now=NOW, patience=LONG) for n in range(10)))
    assert sorted(taken) == [NOW + n * CHANNEL_INTERVAL for n in range(10)]


@pytest.mark.database("postgres")
async def test_two_processes_share_the_budget_of_a_workspace_and_not_that_of_another(store: Store) -> None:
    both = two(store, messages=6)
    taken = await asyncio.gather(*(both[n % 2].take("T1", f"C{n}", POST, now=NOW, patience=LONG) for n in range(8)))
    assert sorted(taken) == [NOW] * 6 + [NOW + timedelta(minutes=1)] * 2
    assert await both[0].take("T2", "C1", POST, now=NOW, patience=LONG) == NOW


@pytest.mark.database("postgres")
async def test_when_slack_asks_one_process_to_wait_the_others_wait_too(store: Store) -> None:
    first, second = two(store)
    until = NOW + timedelta(seconds=30)
    await first.hold("T1", POST, now=NOW, until=until)
    assert await second.take("T1", "C1", POST, now=NOW, patience=LONG) == until
    assert await second.take("T1", "C2", "chat.update", now=NOW, patience=LONG) == NOW
    assert await second.take("T1", "C3", POST, now=until + timedelta(seconds=1), patience=LONG) > until


# A workspace whose messages of the minute are used up holds up no other, and its letters are left in the queue.

MINUTE_DELTA = timedelta(minutes=1)


def test_a_workspace_is_full_until_its_instant() -> None:
    full, now = FullWorkspaces(), datetime(2026, 11, 24, tzinfo=UTC)
    full.note("T2", now + MINUTE_DELTA)
    full.note("T1", now + 2 * MINUTE_DELTA)
    assert [full.ids(now + minutes * MINUTE_DELTA) for minutes in range(3)] == [["T1", "T2"], ["T1"], []]


def test_letters_of_a_full_workspace_are_left(store: Store) -> None:
    queue(store, letter("a"), letter("b", workspace_id="T2"))
    taken = store.write_now(
        outbox.claim_letters, now=NOON, tried_at=NOON, worker="one", lease=MINUTE_DELTA, batch=20, full=["T1", "T9"]
    )
    assert [each.key for each in taken] == ["b"]
    assert not store.read_now(outbox.is_any_claimable, NOON, full=["T1"])
    assert store.read_now(outbox.is_any_claimable, NOON)
