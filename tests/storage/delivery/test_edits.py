"""Edits in the outbox: a burst of changes makes one, after the message and in its turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from storage import outbox
from storage.database import Store
from tests.storage.delivery.letters import NOON, claim, claimed_keys, letter, queue, send


def test_a_burst_of_changes_queues_one_edit(store: Store) -> None:
    [root] = queue(store, letter("root"))
    for seconds in range(3):
        now = NOON + timedelta(seconds=seconds)
        store.write_now(outbox.queue_edit, target=root, now=now, delay=timedelta(seconds=2))
    assert store.read_now(outbox.count_pending) == 2
    send(store, root)
    assert claimed_keys(store, NOON + timedelta(seconds=1)) == []
    [edit] = store.write_now(claim, NOON + timedelta(seconds=2))
    assert (edit.key, edit.kind, edit.target, edit.page) == ("root:edit:1", "edit", root.id, "agenda")


def test_a_change_during_an_edit_queues_the_next_one(store: Store) -> None:
    [root] = queue(store, letter("root"))
    send(store, root)
    store.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta())
    assert claimed_keys(store) == ["root:edit:1"]
    store.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta())
    assert claimed_keys(store) == []
    assert store.read_now(outbox.count_pending) == 2


def test_two_edits_of_a_message_are_three_seconds_apart_however_often_it_changes(store: Store) -> None:
    [root] = queue(store, letter("root"))
    send(store, root)
    store.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta())
    [edit] = store.write_now(claim)
    sent_at = NOON + timedelta(seconds=1)
    store.write_now(outbox.record_sent, edit, channel_id="C1", ts=root.sent_ts, at=sent_at)
    for _ in range(2):
        again = store.write_now(outbox.queue_edit, target=root, now=sent_at, delay=timedelta())
        assert again.due_at == sent_at + timedelta(seconds=3)
    assert claimed_keys(store, again.due_at - timedelta(seconds=1)) == []
    assert claimed_keys(store, again.due_at) == ["root:edit:2"]


def test_what_changes_after_a_while_is_edited_at_once(store: Store) -> None:
    [root] = queue(store, letter("root"))
    send(store, root)
    for now in (NOON, NOON + timedelta(seconds=3)):
        edit = store.write_now(outbox.queue_edit, target=root, now=now, delay=timedelta())
        assert edit.due_at == now
        [claimed] = store.write_now(claim, now)
        store.write_now(outbox.record_sent, claimed, channel_id="C1", ts=root.sent_ts, at=now)


def test_an_edit_that_waits_for_its_burst_holds_up_nothing(store: Store) -> None:
    [root] = queue(store, letter("root"))
    send(store, root)
    store.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta(seconds=2))
    queue(store, letter("next"))
    assert claimed_keys(store) == ["next"]
    assert claimed_keys(store, NOON + timedelta(seconds=2)) == ["root:edit:1"]


def test_an_edit_that_slack_put_off_is_not_made_sooner_by_a_new_change(store: Store) -> None:
    [root] = queue(store, letter("root"))
    send(store, root)
    store.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta())
    [edit] = store.write_now(claim, NOON)
    later = NOON + timedelta(seconds=30)
    store.write_now(outbox.put_off, edit, until=later, error="ratelimited", tried=None)
    again = store.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta(seconds=2))
    assert (again.id, again.due_at) == (edit.id, later)
    assert claimed_keys(store, NOON + timedelta(seconds=29)) == []
    assert claimed_keys(store, later) == ["root:edit:1"]


def test_an_edit_waits_for_the_letter_that_it_is_to_come_after(store: Store) -> None:
    header, agenda = queue(store, letter("header"), letter("agenda"))
    store.write_now(outbox.queue_edit, target=header, now=NOON, delay=timedelta(), after=agenda)
    send(store, header)
    send(store, agenda)
    assert claimed_keys(store) == ["header:edit:1"]


def test_an_edit_is_made_although_the_letter_before_it_was_refused(store: Store) -> None:
    header, agenda = queue(store, letter("header"), letter("agenda"))
    store.write_now(outbox.queue_edit, target=header, now=NOON, delay=timedelta(), after=agenda)
    send(store, header)
    [claimed] = store.write_now(claim)
    store.write_now(outbox.refuse, claimed, error="msg_too_long")
    assert claimed_keys(store) == ["header:edit:1"]


def test_two_changes_at_once_queue_one_edit_and_lose_none(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    [root] = queue(stores[0], letter("root"))
    with ThreadPoolExecutor(4) as threads:
        edits = threads.map(
            lambda each: each.write_now(outbox.queue_edit, target=root, now=NOON, delay=timedelta()).key, stores
        )
        assert set(edits) == {"root:edit:1"}
    for each in stores:
        each.close()
