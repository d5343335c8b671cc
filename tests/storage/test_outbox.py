"""The outbox: what is queued once, in what order it may go, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlmodel import Session

from storage import leases, outbox, trials
from storage.engine import Store
from storage.tables import Channel, Letter, Workspace
from tests.storage.letters import NOON, letter

LEASE = timedelta(seconds=60)


def claim(session: Session, now: datetime = NOON, worker: str = "one", batch: int = 20) -> list[Letter]:
    return leases.claim(session, now=now, tried_at=now, worker=worker, lease=LEASE, batch=batch)


def claimed_keys(store: Store, now: datetime = NOON) -> list[str]:
    return [each.key for each in store.write_now(claim, now)]


def queue(store: Store, *letters: Letter) -> list[Letter]:
    with store.writing() as session:
        return [outbox.queue(session, each) for each in letters]


def send(store: Store, sent: Letter, ts: str = "1764000000.000100") -> Letter:
    [claimed] = store.write_now(claim)
    assert claimed.key == sent.key
    return store.write_now(leases.record_sent, claimed, channel_id="C1", ts=ts, at=NOON)


def test_queueing_a_key_again_gives_the_letter_that_is_there(store: Store) -> None:
    [first] = queue(store, letter("a", subject={"item_id": 1}))
    [again] = queue(store, letter("a", subject={"item_id": 2}))
    assert again.id == first.id
    assert again.subject == {"item_id": 1}
    assert store.read_now(outbox.depth) == 1


def test_a_letter_is_claimed_by_one_worker_until_its_lease_ends(store: Store) -> None:
    queue(store, letter("a"))
    assert claimed_keys(store) == ["a"]
    assert claimed_keys(store, NOON + LEASE - timedelta(seconds=1)) == []
    assert claimed_keys(store, NOON + LEASE) == ["a"]


def test_a_lease_goes_by_the_clock_that_the_workers_share(store: Store) -> None:
    queue(store, letter("a"))
    ahead = {"now": NOON + LEASE, "tried_at": NOON, "lease": LEASE, "batch": 20}
    assert store.write_now(leases.claim, worker="one", shared_now=NOON, **ahead) != []
    assert not store.read_now(leases.is_any_claimable, NOON + LEASE, NOON)
    assert store.write_now(leases.claim, worker="two", shared_now=NOON, **ahead) == []
    assert store.write_now(leases.claim, worker="two", shared_now=NOON + LEASE, **ahead) != []


def test_a_letter_claimed_again_shows_since_when_it_may_have_been_sent(store: Store) -> None:
    queue(store, letter("a"))
    [first] = store.write_now(claim, NOON)
    assert first.first_tried_at == NOON
    [second] = store.write_now(claim, NOON + LEASE)
    assert second.first_tried_at == NOON
    assert second.attempts == 2


def test_a_letter_is_not_claimed_before_it_is_due(store: Store) -> None:
    queue(store, letter("a", due_at=NOON + timedelta(seconds=5)))
    assert claimed_keys(store) == []
    assert not store.read_now(leases.is_any_claimable, NOON)
    assert store.read_now(leases.is_any_claimable, NOON + timedelta(seconds=5))
    assert claimed_keys(store, NOON + timedelta(seconds=5)) == ["a"]


def test_one_place_gets_its_letters_one_after_the_other_and_others_do_not_wait(store: Store) -> None:
    queue(store, letter("a"), letter("b"), letter("c", channel_id="C2"), letter("d", channel_id="", user_id="U1"))
    claimed = store.write_now(claim)
    assert [each.key for each in claimed] == ["a", "c", "d"]
    assert claimed_keys(store) == []
    store.write_now(leases.record_sent, claimed[0], channel_id="C1", ts="1.1", at=NOON)
    assert claimed_keys(store) == ["b"]


def test_a_letter_put_off_keeps_its_place_in_front_of_later_ones(store: Store) -> None:
    queue(store, letter("a"), letter("b"))
    [first] = store.write_now(claim)
    later = NOON + timedelta(seconds=30)
    store.write_now(leases.put_off, first, until=later, error="ratelimited", tried=None)
    assert claimed_keys(store, NOON + timedelta(seconds=10)) == []
    [again] = store.write_now(claim, later)
    assert (again.key, again.first_tried_at, again.last_error) == ("a", later, "ratelimited")


def test_a_reply_waits_for_the_message_that_starts_its_thread(store: Store) -> None:
    [root] = queue(store, letter("root", due_at=NOON + timedelta(minutes=1)))
    queue(store, letter("reply", parent=root.id), letter("other"))
    assert claimed_keys(store) == ["other"]


def test_a_reply_goes_once_its_root_is_there(store: Store) -> None:
    [root] = queue(store, letter("root"))
    queue(store, letter("reply", parent=root.id))
    send(store, root)
    assert claimed_keys(store) == ["reply"]


def test_a_burst_of_changes_queues_one_edit(store: Store) -> None:
    [root] = queue(store, letter("root"))
    for seconds in range(3):
        now = NOON + timedelta(seconds=seconds)
        store.write_now(outbox.queue_edit, target=root, now=now, delay=timedelta(seconds=2))
    assert store.read_now(outbox.depth) == 2
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
    assert store.read_now(outbox.depth) == 2


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
    store.write_now(leases.put_off, edit, until=later, error="ratelimited", tried=None)
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
    store.write_now(leases.refuse, claimed, error="msg_too_long")
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


def test_two_workers_never_claim_the_same_letter(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    queue(stores[0], *(letter(f"k{n}", channel_id=f"C{n}") for n in range(60)))

    def drain(store: Store) -> list[str]:
        keys: list[str] = []
        while claimed := store.write_now(claim, batch=3):
            keys += [each.key for each in claimed]
        return keys

    with ThreadPoolExecutor(4) as threads:
        keys = [key for found in threads.map(drain, stores) for key in found]
    for each in stores:
        each.close()
    assert sorted(keys) == sorted(f"k{n}" for n in range(60))


def test_a_channel_in_trouble_gets_nothing_until_it_is_well(store: Store) -> None:
    queue(store, letter("a"), letter("b", channel_id="C2"))
    with store.writing() as session:
        session.add(Channel(workspace_id="T1", channel_id="C1", trouble="is_archived", trouble_at=NOON))
    assert claimed_keys(store) == ["b"]
    with store.writing() as session:
        session.merge(Channel(id=1, workspace_id="T1", channel_id="C1", trouble=""))
    assert claimed_keys(store) == ["a"]


def test_a_channel_in_trouble_gets_the_letter_that_it_is_tried_with_and_is_well_once_that_is_sent(store: Store) -> None:
    first, _second = queue(store, letter("a"), letter("b"))
    with store.writing() as session:
        trouble = {"trouble": "restricted_action", "trouble_at": NOON, "try_at": NOON, "trial": first.id}
        session.add(Channel(workspace_id="T1", channel_id="C1", **trouble))
    [claimed] = store.write_now(claim)
    assert claimed.key == "a"
    assert claimed_keys(store) == []
    store.write_now(leases.record_sent, claimed, channel_id="C1", ts="1.1", at=NOON)
    assert claimed_keys(store) == ["b"]


def test_where_the_letter_that_a_channel_is_tried_with_is_dropped_the_next_one_may_be_tried(store: Store) -> None:
    first, second = queue(store, letter("a"), letter("b"))
    with store.writing() as session:
        trouble = {"trouble": "is_archived", "trouble_at": NOON, "try_at": NOON + timedelta(hours=1), "trial": first.id}
        session.add(Channel(id=7, workspace_id="T1", channel_id="C1", **trouble))
    [claimed] = store.write_now(claim)
    assert store.read_now(trials.due, NOON, 10) == []
    store.write_now(leases.drop, claimed, reason="overtaken")
    assert store.read_now(trials.due, NOON, 10) == [7]
    with store.writing() as session:
        channel = trials.in_trouble(session, 7, NOON)
        assert channel is not None
        assert trials.candidate(session, channel, NOON) == second.id


def test_a_workspace_that_removed_the_bot_gets_nothing(store: Store) -> None:
    queue(store, letter("a"), letter("b", workspace_id="T2"))
    with store.writing() as session:
        session.add(Workspace(id="T1", installed_at=NOON, is_active=False))
    assert claimed_keys(store) == ["b"]


def test_what_hangs_on_a_refused_message_is_dropped(store: Store) -> None:
    [root] = queue(store, letter("root"))
    [reply] = queue(store, letter("reply", parent=root.id))
    edit = store.write_now(outbox.queue_edit, target=reply, now=NOON, delay=timedelta())
    [claimed] = store.write_now(claim)
    store.write_now(leases.refuse, claimed, error="msg_too_long")
    with store.reading() as session:
        states = {key: outbox.by_key(session, "T1", key) for key in ("root", "reply", edit.key)}
    assert [each and each.state for each in states.values()] == ["refused", "dropped", "dropped"]


def test_a_worker_whose_lease_ended_does_not_settle_what_another_took(store: Store) -> None:
    queue(store, letter("a"))
    [slow] = store.write_now(claim, NOON)
    [quick] = store.write_now(lambda session: claim(session, NOON + LEASE, "two"))
    store.write_now(leases.refuse, slow, error="internal_error")
    store.write_now(leases.record_sent, quick, channel_id="C1", ts="1.1", at=NOON)
    store.write_now(leases.record_sent, slow, channel_id="C1", ts="2.2", at=NOON)
    with store.reading() as session:
        [kept] = [outbox.by_key(session, "T1", "a")]
    assert kept is not None
    assert (kept.state, kept.sent_ts) == ("sent", "1.1")


def test_leases_of_a_process_that_is_gone_end_at_the_start_of_the_next(store: Store) -> None:
    queue(store, letter("a"))
    assert claimed_keys(store) == ["a"]
    second = timedelta(seconds=1)
    store.write_now(leases.release, now=NOON + second)
    [again] = store.write_now(claim, NOON + 2 * second)
    assert leases.tried_before(again) == leases.Tried(NOON, NOON + second)


def test_an_attempt_of_a_worker_that_is_gone_ended_with_its_lease_at_the_latest(store: Store) -> None:
    queue(store, letter("a"), letter("b", channel_id="C2"))
    assert [leases.tried_before(each) for each in store.write_now(claim)] == [None, None]
    [first, _] = store.write_now(claim, NOON + 2 * LEASE)
    assert leases.tried_before(first) == leases.Tried(NOON, NOON + LEASE)
    store.write_now(leases.release, now=NOON + 9 * LEASE)
    [first, _] = store.write_now(claim, NOON + 9 * LEASE)
    assert leases.tried_before(first) == leases.Tried(NOON, NOON + 3 * LEASE)


def test_a_letter_that_was_certainly_not_sent_is_not_looked_for(store: Store) -> None:
    queue(store, letter("a"))
    [first] = store.write_now(claim)
    store.write_now(leases.put_off, first, until=NOON, error="ratelimited", tried=None)
    [again] = store.write_now(claim)
    assert leases.tried_before(again) is None


def test_the_ledger_of_a_review_lists_its_letters_in_order(store: Store) -> None:
    queue(store, letter("a", review_id=7), letter("b", review_id=8), letter("c", review_id=7))
    assert [each.key for each in store.read_now(outbox.of_review, 7)] == ["a", "c"]


def test_the_parts_that_carry_on_a_long_message_stand_in_its_thread(store: Store) -> None:
    [root] = queue(store, letter("root"))
    sent = send(store, root)
    queue(store, outbox.continuation_of(sent, part=2, now=NOON), letter("root/odd", page="other"))
    [part] = store.read_now(outbox.continuations, sent)
    assert (part.key, part.parent, part.subject) == ("root/2", root.id, {"of": root.id, "part": 2})
