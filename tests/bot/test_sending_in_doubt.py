"""Messages of which nobody knows whether Slack posted them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from bot.clock import ShiftedClock, SystemClock
from bot.delivery import CHECKED_AHEAD, LEASE, LETTER_SECONDS
from bot.pacing import RateLimit, SharedRateLimit
from bot.sending import EVENT_TYPE, MAY_STILL_COME, TRIES, ResultRecorder
from bot.slack_api import Unsure, WaitReason
from sandbox.faults import Fault
from sandbox.messages import Message
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import outbox, workspaces
from storage.database import Store, Verb
from storage.models.delivery import Letter
from storage.models.reviews import Review
from storage.workspaces import Installation
from tests.bot.sender import KilledStore, P, Sender, T
from tests.bot.test_sending import SECOND
from tests.quick_time import Pace, QuickClock, QuickLoop
from tests.storage.letters import NOON, letter

# Attempts at a letter: what counts as one, how long it may last, and that a lost lease records no result.

TIMES = 30.0


async def test_waits_that_slack_asked_for_are_no_attempts(sender: Sender) -> None:
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=300, times=TRIES)
    sender.sandbox.faults.refuse("chat.postMessage", "message_limit_exceeded")
    await sender.queue("a")
    for tries in range(1, TRIES + 2):
        await sender.until(lambda tries=tries: sender.letter("a").attempts >= tries and sender.state("a") != "leased")
        sender.pass_time(timedelta(minutes=5))
    await sender.becomes("a", "sent")


class Fixed:
    def now(self):  # type: ignore[no-untyped-def]
        return NOON + LEASE


async def test_a_worker_that_lost_a_letter_tells_nobody_that_it_is_in_doubt(store: Store) -> None:
    with store.writing() as session:
        review = Review(
            workspace_id="T1",
            channel_id="C1",
            slot="one",
            planned_on=NOON.date(),
            planned_at=NOON,
            opened_at=NOON,
            facilitator="U1",
        )
        session.add(review)
        session.flush()
        session.add(letter("a", review_id=review.id))
    slow, quick = [
        store.write_now(outbox.claim_letters, now=now, tried_at=now, worker=worker, lease=LEASE, batch=1)[0]
        for now, worker in ((NOON, "slow"), (NOON + LEASE, "quick"))
    ]
    told = []
    for each in (slow, quick):
        await ResultRecorder(store, Fixed(), SharedRateLimit(store, RateLimit()), each).record(None, Unsure("cut off"))
        told.append(len(store.read_now(doubts)))
    assert told == [0, 1]


def doubts(session: Session) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.page == "doubt")))


class BusyStore(KilledStore):
    """A store whose first claim takes nearly as long as a lease."""

    was_busy = False
    first_error = ""

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a write, the first claim late."""
        self.first_error = self.first_error or str(kwargs.get("error", ""))
        done = await super().write_quietly(verb, *args, **kwargs)
        if verb is outbox.claim_letters and not self.was_busy:
            self.was_busy = True
            await asyncio.sleep(LETTER_SECONDS + 1)
        return done


@asynccontextmanager
async def busy_sender(path: Path, pace: Pace) -> AsyncIterator[Sender]:
    clock = ShiftedClock(QuickClock(pace, NOON))
    store = BusyStore(f"sqlite:///{path}")
    async with Sandbox(now=clock.now) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        sender = Sender(store, sandbox, clock)
        await sender.queue("a")
        await sender.open()
        yield sender
        await sender.close()
    store.close()


def test_what_is_done_for_a_letter_ends_within_its_lease_however_long_its_claim_took(tmp_path, migrated_sqlite: Path):
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)

    pace = Pace(TIMES)

    async def told() -> None:
        async with busy_sender(path, pace) as sender:
            store = sender.store
            assert isinstance(store, BusyStore)
            assert await sender.sandbox.changed.until(
                lambda: bool(sender.sandbox.calls()), seconds=PATIENCE_SECONDS * TIMES
            )
            assert store.first_error.startswith("TimeoutError"), store.first_error

    with asyncio.Runner(loop_factory=lambda: QuickLoop(pace)) as runner:
        runner.run(told())


class JumpingStore(KilledStore):
    """A store that is asked for the first time whether a letter is held just as its clock jumps beyond the lease.

    The answer comes once the letter was claimed again.
    """

    jump: Callable[[], None] | None = None

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.is_claimed_again = asyncio.Event()

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a read, the first time after the jump."""
        if verb is not outbox.is_held or self.jump is None:
            return await super().read(verb, *args, **kwargs)
        letter, now = args
        self.jump, jumps = None, self.jump
        jumps()
        answer = await super().read(outbox.is_held, letter, now + 2 * LEASE)
        await self.is_claimed_again.wait()
        return answer

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a write; note when a letter was claimed after the jump."""
        done = await super().write_quietly(verb, *args, **kwargs)
        if verb is outbox.claim_letters and self.jump is None:
            self.is_claimed_again.set()
        return done


async def test_a_letter_taken_up_again_just_as_its_lease_was_found_over_is_sent_once(tmp_path, migrated_sqlite: Path):
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    clock = ShiftedClock(SystemClock())
    store = JumpingStore(f"sqlite:///{tmp_path / 'cadence.db'}")
    async with Sandbox(now=clock.now) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        sender = Sender(store, sandbox, clock)
        store.jump = lambda: sender.pass_time(2 * LEASE)
        await sender.queue("a")
        await sender.open()
        await sender.becomes("a", "sent")
        assert len(sender.messages()) == 1
        await sender.close()
    store.close()


@pytest.mark.database("postgres")
async def test_a_computer_that_slept_sends_nothing_that_another_has_taken_meanwhile(sender: Sender) -> None:
    sleeper = sender.delivery
    sender.sandbox.faults.delay("conversations.info", seconds=2)
    await sender.queue("a")
    await sender.becomes("a", "leased")
    # the clocks that it goes by stand still while it sleeps, and it claims nothing
    sleeper._is_stopping = True
    sender.delivery = sender._new_delivery()
    sender.clock.shift_to(sender.clock.now() + LEASE)
    await sender.delivery.start()
    await sender.has_error("a", WaitReason.NOT_THERE_YET)
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    await sleeper.drain()
    assert len(sender.sandbox.calls("chat.postMessage")) == len(sender.messages()) == 1


def of_turn(store: KilledStore) -> list[str]:
    """Return the calls, in order, that check a lease, change the shared rate limit and record a result."""
    return [verb for verb in store.called if verb in ("is_held", "shared", "record_sent")]


@pytest.mark.database("postgres")
async def test_nothing_is_asked_between_a_turn_that_has_come_and_its_message(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    assert of_turn(sender.store)[-3:] == ["is_held", "shared", "record_sent"]


@pytest.mark.database("postgres")
async def test_a_computer_that_slept_while_a_letter_waited_for_its_turn_does_not_send_it(sender: Sender) -> None:
    now = sender.clock.now()
    until = now + CHECKED_AHEAD + timedelta(seconds=3.5)
    await SharedRateLimit(sender.store, RateLimit()).hold(sender.workspace_id, "chat.postMessage", now=now, until=until)
    await sender.queue("a")
    await sender.until(lambda: of_turn(sender.store)[-2:] == ["is_held", "shared"])
    with sender.store.writing() as session:
        session.exec(update(Letter).values(leased_by="another"))
    await sender.delivery.drain()
    assert of_turn(sender.store)[-3:] == ["is_held", "shared", "is_held"]
    assert not sender.messages()


# Retry-After: every letter that needs the method waits as long as Slack asks, and none is given up.

TEN_MINUTES = 600
"""Longer than the longest pause that the bot makes by itself."""


async def put_off_for(sender: Sender, key: str, error: str = "ratelimited") -> float:
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


# Searching a channel's pages for a message that may have been posted, and interruptions of the search.
async def cut_off(sender: Sender, key: str = "a") -> None:
    """A letter that was posted without our hearing of it."""
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue(key)
    await sender.until(lambda: sender.letter(key).last_error != "")


def chatter(sender: Sender, count: int) -> None:
    channel, ann = sender.channel("abm-weekly"), sender.sandbox.person("ann")
    for number in range(count):
        said = Message(channel.id, sender.sandbox.workspace.new_ts(), ann.id, f"chatter {number}")
        sender.sandbox.workspace.store(said)


async def test_a_message_is_found_behind_pages_of_others(sender: Sender) -> None:
    await cut_off(sender)
    chatter(sender, 450)
    sender.pass_time(10 * SECOND)
    sent = await sender.becomes("a", "sent")
    [message] = sender.messages()
    assert sent.sent_ts == message.ts
    assert len(sender.sandbox.calls("conversations.history")) == 3


async def test_a_look_that_is_rate_limited_is_repeated_and_holds_no_posting(sender: Sender) -> None:
    sender.sandbox.add_channel("other")
    await cut_off(sender)
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=20)
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    await sender.queue("b", channel_id=sender.channel("other").id)
    await sender.becomes("b", "sent")
    sender.pass_time(30 * SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_a_token_revoked_during_the_look_leaves_the_letter_for_the_next_installation(sender: Sender) -> None:
    installation = Installation(sender.workspace_id, "Sample", "", "U1", "B1")
    now = sender.clock.now()
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    await cut_off(sender)
    sender.sandbox.faults.refuse("conversations.history", "token_revoked")
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "token_revoked")
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    sender.pass_time(SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_an_app_that_may_read_one_page_a_minute_leaves_the_doubt_to_a_person(sender: Sender) -> None:
    assert sender.sandbox.slack.limits is not None
    sender.sandbox.slack.limits.is_unlisted = True
    await cut_off(sender)
    chatter(sender, 20)
    sender.pass_time(10 * SECOND)
    unsure = await sender.becomes("a", "unsure")
    assert unsure.last_error == "the channel cannot be read to its end: Slack lets the app read 15 messages a minute"
    assert len(sender.messages()) == 1


async def test_a_look_that_is_interrupted_between_two_pages_goes_on_where_it_was(sender: Sender) -> None:
    await cut_off(sender)
    chatter(sender, 450)
    for wait in (20, 30):
        sender.sandbox.faults.add("conversations.history", Fault())
        sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=wait)
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    first = sender.letter("a").look_cursor
    sender.pass_time(21 * SECOND)
    await sender.until(lambda: sender.letter("a").look_cursor not in ("", first))
    await sender.has_error("a", "ratelimited")
    sender.pass_time(31 * SECOND)
    sent = await sender.becomes("a", "sent")
    assert sent.sent_ts == sender.messages()[0].ts
    assert len(sender.messages()) == 1
    assert len(sender.sandbox.calls("conversations.history")) == 3 + 2


async def test_a_message_that_comes_while_its_look_is_interrupted_is_found(sender: Sender) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "before")
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error == "ServerDisconnectedError")
    chatter(sender, 250)
    sender.sandbox.faults.add("conversations.history", Fault())
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=90)
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    letter, workspace = sender.letter("a"), sender.sandbox.workspace
    late = Message(
        letter.channel_id,
        workspace.new_ts(),
        workspace.bot.id,
        "Agenda",
        metadata={"event_type": EVENT_TYPE, "event_payload": {"key": "a"}},
    )
    late.bot_id = workspace.bot_id
    workspace.store(late)
    sender.pass_time(91 * SECOND)
    sent = await sender.becomes("a", "sent")
    assert sent.sent_ts == late.ts


async def test_a_look_whose_place_slack_does_not_know_any_more_begins_again(sender: Sender) -> None:
    await cut_off(sender)
    chatter(sender, 250)
    sender.sandbox.faults.add("conversations.history", Fault())
    sender.sandbox.faults.rate_limit("conversations.history", retry_after_seconds=20)
    sender.sandbox.faults.refuse("conversations.history", "invalid_cursor")
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "ratelimited")
    sender.pass_time(21 * SECOND)
    await sender.has_error("a", "invalid_cursor")
    sender.pass_time(60 * SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


@pytest.mark.parametrize("error", ["missing_scope", "user_disabled"])
async def test_of_a_direct_message_in_doubt_whose_conversation_cannot_be_opened_a_person_decides(sender: Sender, error):
    ann = sender.sandbox.person("ann")
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue("a", kind="direct", user_id=ann.id)
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.sandbox.faults.refuse("conversations.open", error)
    sender.pass_time(10 * SECOND)
    assert (await sender.becomes("a", "unsure")).last_error == f"the channel cannot be read: {error}"


TEXT_BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "Agenda"}}
NEWER_BLOCK = {"type": "table", "rows": [[{"type": "raw_text", "text": "Agenda"}]]}


@pytest.mark.parametrize(("place", "is_plain"), [("channel", False), ("thread", True), ("direct", False)])
async def test_where_history_shows_no_metadata_the_message_is_found_by_its_block_ids(sender: Sender, place, is_plain):
    more: dict[str, object] = {}
    if place == "direct":
        more = {"kind": "direct", "user_id": sender.sandbox.person("ann").id}
    if place == "thread":
        more = {"parent": (await sender.queue("root")).id}
        await sender.becomes("root", "sent")
    if is_plain:
        sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks")
    sender.sandbox.faults.hides_metadata = True
    sender.sandbox.faults.cut("chat.postMessage", "after")
    newer = {"blocks": [NEWER_BLOCK], "plain": [TEXT_BLOCK | {"block_id": "agenda-1-0-0"}, TEXT_BLOCK]}
    await sender.queue("a", subject=newer if is_plain else {"blocks": [TEXT_BLOCK]}, **more)
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    sent = await sender.becomes("a", "sent")
    channel = sender.sandbox.workspace.channels[sent.sent_channel]
    assert [each.ts for each in sender.messages(channel)][-1:] == [sent.sent_ts]
    assert len(sender.messages(channel)) == 1 + (place == "thread")


async def test_an_edited_message_keeps_the_mark_of_the_letter_that_posted_it(sender: Sender) -> None:
    letter = await sender.queue("a", subject={"blocks": [TEXT_BLOCK]})
    await sender.becomes("a", "sent")
    posted = sender.messages()[0].blocks[0]["block_id"]
    await sender.edit(letter)
    await sender.until(lambda: sender.messages()[0].edited_ts is not None)
    assert sender.messages()[0].blocks[0]["block_id"] == posted


# Late messages: Slack may carry out a request after our timeout, so a missing message may still come for a while.
async def test_a_message_that_comes_after_the_first_look_is_found_by_the_next_one(sender: Sender) -> None:
    sender.sandbox.faults.break_down("chat.postMessage")
    await sender.queue("a")
    await sender.has_error("a", "http_503")
    sender.pass_time(10 * SECOND)
    put_off = await sender.has_error("a", WaitReason.NOT_THERE_YET)
    assert put_off.due_at - sender.clock.now() > MAY_STILL_COME - 15 * SECOND
    await arrives_late(sender, "a")
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_what_is_not_there_a_minute_after_the_last_attempt_is_sent_again(sender: Sender) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "before", times=2)
    await sender.queue("a")
    for _ in range(2):
        await sender.has_error("a", "ServerDisconnectedError")
        sender.pass_time(10 * SECOND)
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_a_process_that_starts_while_slack_still_works_for_the_one_before_posts_nothing_twice(sender: Sender):
    sender.sandbox.faults.delay("chat.postMessage", seconds=0.5)
    await sender.queue("a")
    await sender.until(lambda: sender.state("a") == "leased")
    await sender.is_killed_in_the_middle_of("chat.postMessage")
    await sender.starts_again()
    if not sender.store.is_sqlite:
        # another process waits for the lease first
        sender.pass_time(sender.letter("a").leased_until - sender.clock.now())  # type: ignore[operator]
    await sender.has_error("a", WaitReason.NOT_THERE_YET)
    assert await sender.sandbox.changed.until(lambda: sender.messages() != [])
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_an_edit_that_slack_carries_out_late_does_not_stand_over_a_newer_one(sender: Sender) -> None:
    root = await sender.queue("root", subject={"texts": ["first"]})
    root = await sender.becomes("root", "sent")
    sender.sandbox.faults.cut("chat.update", "before")
    edit = await sender.edit(root)
    await sender.has_error(edit.key, "ServerDisconnectedError")
    says(sender, edit.key, "third")
    sender.pass_time(10 * SECOND)
    await sender.has_error(edit.key, WaitReason.NOT_THERE_YET)
    await sender.sandbox.client.chat_update(channel=root.sent_channel, ts=root.sent_ts, text="second")
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes(edit.key, "sent")
    assert sender.texts() == ["third"]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_what_may_be_there_is_looked_for_also_when_there_is_nothing_to_say_any_more(sender: Sender, moment):
    sender.sandbox.faults.cut("chat.postMessage", moment)
    await sender.queue("a")
    await sender.has_error("a", "ServerDisconnectedError")
    says(sender, "a")
    sender.pass_time(10 * SECOND)
    if moment == "before":
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "dropped" if moment == "before" else "sent")
    assert [message.ts for message in sender.messages()] == ([] if moment == "before" else [sender.letter("a").sent_ts])


def says(sender: Sender, key: str, *texts: str) -> None:
    with sender.store.writing() as session:
        session.merge(sender.letter(key)).subject = {"texts": list(texts)}


async def arrives_late(sender: Sender, key: str) -> None:
    """Let Slack carry out the held request."""
    metadata = {"event_type": "cadence_letter", "event_payload": {"key": key}}
    channel = sender.channel("abm-weekly")
    sender.sandbox.faults.add("chat.postMessage", Fault())
    await sender.sandbox.client.chat_postMessage(channel=channel.id, text="Agenda of Initrode", metadata=metadata)


@pytest.mark.parametrize("is_heard", [True, False], ids=["Slack was heard before", "the first thing it is asked"])
async def test_a_clock_far_ahead_of_slacks_hides_no_message(sender: Sender, is_heard: bool) -> None:
    ours = sender.sandbox.workspace.now
    sender.sandbox.slack.limits = None
    sender.sandbox.workspace.now = lambda: ours() - timedelta(minutes=600)
    if is_heard:
        await sender.queue("before", subject={"texts": ["before"]})
        await sender.becomes("before", "sent")
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue("a")
    await sender.has_error("a", "ServerDisconnectedError")
    sender.pass_time(10 * SECOND)
    await sender.becomes("a", "sent")
    assert sender.texts()[-1:] == ["Agenda of Initrode"]
    assert len(sender.messages()) == 1 + is_heard
