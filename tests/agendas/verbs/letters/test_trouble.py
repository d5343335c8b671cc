"""A channel the bot cannot post to: paused once, its helpers told once, resumed when it is well."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

from sqlmodel import Session, select

from agendas.verbs.letters import pause_channel, resume_channel, try_again
from storage import outbox, people
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.workspaces import Channel
from tests.builders import CHANNEL, EVE, NOW, WORKSPACE
from tests.program import stored_program
from tests.storage.delivery.letters import letter


def letters(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        found = session.exec(select(Letter).where(Letter.page == "trouble").order_by(Letter.key))
        return [(letter.user_id, letter.subject["error"]) for letter in found]


def pause(store: Store, error: str = "is_archived", *, hours: int = 0, channel_id: str = CHANNEL) -> None:
    store.write_now(pause_channel, WORKSPACE, channel_id, error=error, now=NOW + timedelta(hours=hours))


def test_of_trouble_that_two_processes_hear_of_at_once_people_are_told_once(store: Store) -> None:
    stored_program(store)
    pause(store)
    store.write_now(resume_channel, WORKSPACE, CHANNEL)
    together = Barrier(2, timeout=1)

    def pause_with_another(session: Session, second: int) -> None:
        people.get_or_add_channel(session, WORKSPACE, CHANNEL)
        with suppress(BrokenBarrierError):  # SQLite lets one in at a time
            together.wait()
        now = NOW + timedelta(hours=1, seconds=second)
        pause_channel(session, WORKSPACE, CHANNEL, error="is_archived", now=now)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda second: store.write_now(pause_with_another, second), (0, 1))) == [None, None]
    assert letters(store) == 2 * [(EVE, "is_archived")]


def test_a_channel_that_is_well_again_can_be_in_trouble_again(store: Store) -> None:
    stored_program(store)
    pause(store)
    assert store.write_now(resume_channel, WORKSPACE, CHANNEL)
    assert not store.write_now(resume_channel, WORKSPACE, CHANNEL)
    pause(store, "restricted_action", hours=1)
    assert letters(store) == [(EVE, "is_archived"), (EVE, "restricted_action")]


def test_a_channel_never_heard_of_is_paused_and_was_not_paused_before(store: Store) -> None:
    assert not store.write_now(resume_channel, WORKSPACE, "C0NEVER")
    store.write_now(pause_channel, WORKSPACE, "C0NEVER", error="channel_not_found", now=NOW)
    channel = store.read_now(people.find_channel, WORKSPACE, "C0NEVER")
    assert channel is not None
    assert channel.trouble == "channel_not_found"


FRESH = "C0FRESH01"
"""A channel for which nothing waits yet."""


def channel_of(store: Store) -> Channel:
    channel = store.read_now(people.find_channel, WORKSPACE, FRESH)
    assert channel is not None
    return channel


def test_a_channel_is_tried_with_one_letter_by_one_process_after_longer_and_longer(store: Store) -> None:
    stored_program(store)
    pause(store, "restricted_action", channel_id=FRESH)
    values = {"workspace_id": WORKSPACE, "channel_id": FRESH, "created_at": NOW, "due_at": NOW}
    wanted = store.write_now(outbox.queue, letter("wanted", **values))
    store.write_now(outbox.queue, letter("next", **values))
    tried = []
    for minutes in range(200):
        now = NOW + timedelta(minutes=minutes)
        for row_id in store.read_now(outbox.channels_due, now, 10):
            store.write_now(try_again, row_id, now=now)
            # another process found it at the same instant
            store.write_now(try_again, row_id, now=now)
            assert channel_of(store).trial == wanted.id
            tried.append(minutes)
            store.write_now(pause_channel, WORKSPACE, FRESH, error="restricted_action_read_only_channel", now=now)
            assert channel_of(store).trial is None
    assert tried == [10, 20, 40, 80, 140]
    assert letters(store) == [(EVE, "restricted_action")]


def test_nothing_is_tried_where_nothing_waits(store: Store) -> None:
    stored_program(store)
    pause(store, channel_id=FRESH)
    assert store.read_now(outbox.channels_due, NOW + timedelta(days=1), 10) == []
