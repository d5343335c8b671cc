"""The outbox: what is queued once, in what order it may go, and what becomes of it."""

from datetime import timedelta

import pytest

from storage import inbox, outbox
from storage.database import Store
from storage.models.workspaces import Channel, Workspace
from tests.storage.delivery.letters import NOON, claim, claimed_keys, letter, queue, send


def test_queueing_a_key_again_gives_the_letter_that_is_there(store: Store) -> None:
    [first] = queue(store, letter("a", subject={"item_id": 1}))
    [again] = queue(store, letter("a", subject={"item_id": 2}))
    assert again.id == first.id
    assert again.subject == {"item_id": 1}
    assert store.read_now(outbox.count_pending) == 1


def test_a_letter_is_not_claimed_before_it_is_due(store: Store) -> None:
    queue(store, letter("a", due_at=NOON + timedelta(seconds=5)))
    assert claimed_keys(store) == []
    assert not store.read_now(outbox.is_any_claimable, NOON)
    assert store.read_now(outbox.is_any_claimable, NOON + timedelta(seconds=5))
    assert claimed_keys(store, NOON + timedelta(seconds=5)) == ["a"]


def test_one_place_gets_its_letters_one_after_the_other_and_others_do_not_wait(store: Store) -> None:
    queue(store, letter("a"), letter("b"), letter("c", channel_id="C2"), letter("d", channel_id="", user_id="U1"))
    claimed = store.write_now(claim)
    assert [each.key for each in claimed] == ["a", "c", "d"]
    assert claimed_keys(store) == []
    store.write_now(outbox.record_sent, claimed[0], channel_id="C1", ts="1.1", at=NOON)
    assert claimed_keys(store) == ["b"]


def test_a_reply_waits_for_the_message_that_starts_its_thread(store: Store) -> None:
    [root] = queue(store, letter("root", due_at=NOON + timedelta(minutes=1)))
    queue(store, letter("reply", parent=root.id), letter("other"))
    assert claimed_keys(store) == ["other"]


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
    store.write_now(outbox.record_sent, claimed, channel_id="C1", ts="1.1", at=NOON)
    assert claimed_keys(store) == ["b"]


def test_where_the_letter_that_a_channel_is_tried_with_is_dropped_the_next_one_may_be_tried(store: Store) -> None:
    first, second = queue(store, letter("a"), letter("b"))
    with store.writing() as session:
        trouble = {"trouble": "is_archived", "trouble_at": NOON, "try_at": NOON + timedelta(hours=1), "trial": first.id}
        session.add(Channel(id=7, workspace_id="T1", channel_id="C1", **trouble))
    [claimed] = store.write_now(claim)
    assert store.read_now(outbox.channels_due, NOON, 10) == []
    store.write_now(outbox.drop_letters, claimed, reason="overtaken")
    assert store.read_now(outbox.channels_due, NOON, 10) == [7]
    with store.writing() as session:
        channel = outbox.lock_due(session, 7, NOON)
        assert channel is not None
        assert outbox.next_letter(session, channel, NOON) == second.id


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
    store.write_now(outbox.refuse, claimed, error="msg_too_long")
    with store.reading() as session:
        states = {key: outbox.by_key(session, "T1", key) for key in ("root", "reply", edit.key)}
    assert [each and each.state for each in states.values()] == ["refused", "dropped", "dropped"]


def test_the_parts_that_carry_on_a_long_message_stand_in_its_thread(store: Store) -> None:
    [root] = queue(store, letter("root"))
    sent = send(store, root)
    queue(store, outbox.continuation_of(sent, part=2, now=NOON), letter("root/odd", page="other"))
    [part] = store.read_now(outbox.continuations, sent)
    assert (part.key, part.parent, part.subject) == ("root/2", root.id, {"of": root.id, "part": 2})


def test_a_text_composed_beforehand_is_kept_until_its_last_part_was_sent_and_then_a_digest_of_it(store: Store) -> None:
    messages = [{"text": "Of Acme, a private account", "blocks": []}, {"text": "and more", "blocks": []}]
    [said] = queue(store, letter("a", page="said", subject={"messages": messages, "to": "U1"}))
    assert send(store, said).subject["messages"] == messages
    [part] = queue(store, outbox.continuation_of(said, part=2, now=NOON))
    send(store, part, ts="1764000000.000200")
    subject = store.read_now(outbox.by_key, "T1", "a").subject
    assert subject | {"digest": ""} == {"messages": [], "to": "U1", "digest": ""}
    assert len(subject["digest"]) == 64


@pytest.mark.parametrize("ends", ["refused", "dropped", "doubted", "withdrawn"])
def test_a_text_that_nobody_will_send_any_more_is_not_kept_either(store: Store, ends: str) -> None:
    queue(store, letter("a", page="said", subject={"messages": [{"text": "Of Acme", "blocks": []}]}))
    if ends == "withdrawn":
        assert store.write_now(inbox.withdraw, "T1", "a") == 1
    else:
        [claimed] = store.write_now(claim)
    if ends == "refused":
        store.write_now(outbox.refuse, claimed, error="not_in_channel")
    if ends == "dropped":
        store.write_now(outbox.drop_letters, claimed, reason="too late")
    if ends == "doubted":
        store.write_now(outbox.mark_unsure, claimed, error="timeout")
        assert store.read_now(outbox.by_key, "T1", "a").subject["messages"] != []
        with store.writing() as session:
            outbox.give_up(session, outbox.lock_unsure(session, "T1", claimed.row_id), reason="nobody knows")
    assert store.read_now(outbox.by_key, "T1", "a").subject["messages"] == []
