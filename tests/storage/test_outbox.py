from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlmodel import Session, select

from agendas.verbs.jobs import DUE_JOBS
from storage import inbox, outbox
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import AnswerUnderWay, Letter
from storage.models.events import Event
from storage.models.following import FollowUp, PrepRequest
from storage.models.measures import ProgramFigures, ProgramMonth, Progress
from storage.models.reviews import Cadence, Review
from storage.models.subjects import FitRequest
from storage.models.workspaces import Channel, Person, Workspace
from tests.builders import NOW, WORKSPACE, ZONE
from tests.program import learn_people
from tests.storage.letters import LEASE, NOON, claim, claimed_keys, letter, queue, send


# The outbox: what is queued once, in what order it may go, and what becomes of it.
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


# Leases: a letter is one worker's until its lease ends, and the next one knows when it may have been sent.
@pytest.mark.database("sqlite", "postgres")
def test_a_letter_is_claimed_by_one_worker_until_its_lease_ends(store: Store) -> None:
    queue(store, letter("a"))
    assert claimed_keys(store) == ["a"]
    assert claimed_keys(store, NOON + LEASE - timedelta(seconds=1)) == []
    assert claimed_keys(store, NOON + LEASE) == ["a"]


@pytest.mark.database("sqlite", "postgres")
def test_a_lease_goes_by_the_clock_that_the_workers_share(store: Store) -> None:
    queue(store, letter("a"))
    ahead = {"now": NOON + LEASE, "tried_at": NOON, "lease": LEASE, "batch": 20}
    store.lease_clock.ahead = -LEASE
    assert store.write_now(outbox.claim_letters, worker="one", **ahead) != []
    assert not store.read_now(outbox.is_any_claimable, NOON + LEASE)
    assert store.write_now(outbox.claim_letters, worker="two", **ahead) == []
    store.lease_clock.ahead = timedelta()
    assert store.write_now(outbox.claim_letters, worker="two", **ahead) != []


@pytest.mark.database("sqlite", "postgres")
def test_a_letter_claimed_again_shows_since_when_it_may_have_been_sent(store: Store) -> None:
    queue(store, letter("a"))
    [first] = store.write_now(claim, NOON)
    assert first.first_tried_at == NOON
    [second] = store.write_now(claim, NOON + LEASE)
    assert second.first_tried_at == NOON
    assert second.attempts == 2


@pytest.mark.database("sqlite", "postgres")
def test_a_letter_put_off_keeps_its_place_in_front_of_later_ones(store: Store) -> None:
    queue(store, letter("a"), letter("b"))
    [first] = store.write_now(claim)
    later = NOON + timedelta(seconds=30)
    store.write_now(outbox.put_off, first, until=later, error="ratelimited", tried=None)
    assert claimed_keys(store, NOON + timedelta(seconds=10)) == []
    [again] = store.write_now(claim, later)
    assert (again.key, again.first_tried_at, again.last_error) == ("a", later, "ratelimited")


@pytest.mark.database("sqlite", "postgres")
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


@pytest.mark.database("sqlite", "postgres")
def test_a_worker_whose_lease_ended_does_not_settle_what_another_took(store: Store) -> None:
    queue(store, letter("a"))
    [slow] = store.write_now(claim, NOON)
    [quick] = store.write_now(lambda session: claim(session, NOON + LEASE, "two"))
    store.write_now(outbox.refuse, slow, error="internal_error")
    store.write_now(outbox.record_sent, quick, channel_id="C1", ts="1.1", at=NOON)
    store.write_now(outbox.record_sent, slow, channel_id="C1", ts="2.2", at=NOON)
    with store.reading() as session:
        [kept] = [outbox.by_key(session, "T1", "a")]
    assert kept is not None
    assert (kept.state, kept.sent_ts) == ("sent", "1.1")


@pytest.mark.database("sqlite", "postgres")
def test_leases_of_a_process_that_is_gone_end_at_the_start_of_the_next(store: Store) -> None:
    queue(store, letter("a"))
    assert claimed_keys(store) == ["a"]
    second = timedelta(seconds=1)
    store.write_now(outbox.end_all, now=NOON + second)
    [again] = store.write_now(claim, NOON + 2 * second)
    assert outbox.earlier_attempts(again) == outbox.Attempts(NOON, NOON + second)


@pytest.mark.database("sqlite", "postgres")
def test_an_attempt_of_a_worker_that_is_gone_ended_with_its_lease_at_the_latest(store: Store) -> None:
    queue(store, letter("a"), letter("b", channel_id="C2"))
    assert [outbox.earlier_attempts(each) for each in store.write_now(claim)] == [None, None]
    [first, _] = store.write_now(claim, NOON + 2 * LEASE)
    assert outbox.earlier_attempts(first) == outbox.Attempts(NOON, NOON + LEASE)
    store.write_now(outbox.end_all, now=NOON + 9 * LEASE)
    [first, _] = store.write_now(claim, NOON + 9 * LEASE)
    assert outbox.earlier_attempts(first) == outbox.Attempts(NOON, NOON + 3 * LEASE)


@pytest.mark.database("sqlite", "postgres")
def test_a_letter_that_was_certainly_not_sent_is_not_looked_for(store: Store) -> None:
    queue(store, letter("a"))
    [first] = store.write_now(claim)
    store.write_now(outbox.put_off, first, until=NOON, error="ratelimited", tried=None)
    [again] = store.write_now(claim)
    assert outbox.earlier_attempts(again) is None


# Edits in the outbox: a burst of changes makes one, after the message and in its turn.
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
        assert store.write_now(outbox.queue_edit, target=root, now=now, delay=timedelta()).due_at == now
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


# Due rows are found by an index, however many are not due.

ROWS = 1_000
LATER = NOW + timedelta(days=2)
NEXT_MONTH = NOW + timedelta(days=40)
"""No cadence is prepared so long before: how many people it asks is looked at some weeks before it meets."""


@pytest.fixture
def crowded(store: Store) -> Store:
    """Thousands of cadences, open reviews, past months and questions that were just asked, none of which is due."""
    learn_people(store)
    weekly = {"rhythm": "weekly", "anchor_on": date(2026, 11, 23), "local_time": time(10), "zone": ZONE}
    planned = {"planned_on": LATER.date(), "planned_at": NOW, "opened_at": NOW, "closes_at": LATER}
    channels = [{"workspace_id": WORKSPACE, "channel_id": f"C{number:08}"} for number in range(ROWS)]
    with store.writing() as session:
        planned_at = {"next_at": NEXT_MONTH, "next_on": NEXT_MONTH.date(), "prepare_at": NEXT_MONTH, "created_at": NOW}
        session.execute(insert(Cadence), [each | weekly | planned_at for each in channels])
        session.execute(insert(Review), [each | planned | {"slot": each["channel_id"]} for each in channels])
        sample = Account(workspace_id=WORKSPACE, name="Sample").model_dump()
        session.execute(insert(Account), [sample | {"id": number} for number in range(1, ROWS)])
        asked = {"workspace_id": WORKSPACE, "account_id": 1, "function": "sales", "asked_at": NOW, "is_open": True}
        session.execute(insert(FitRequest), [asked | {"user_id": f"U{number:08}"} for number in range(ROWS)])
        session.execute(insert(Channel), channels)
        nudge_nobody(session)
        sent = {"kind": "post", "page": "agenda", "state": "sent", "created_at": NOW, "due_at": NOW}
        session.execute(insert(Letter), [each | sent | {"key": each["channel_id"]} for each in channels])
        under_way = {"workspace_id": WORKSPACE, "events": [1], "signals": [], "until": LATER}
        session.execute(insert(AnswerUnderWay), [under_way | {"user_id": f"U{number:08}"} for number in range(ROWS)])
        ended = [{"workspace_id": WORKSPACE, "ended_at": NOW - timedelta(hours=number)} for number in range(ROWS)]
        month = {"zone": ZONE, "began_at": NOW, "progress": Progress.DONE}
        days = {"first": NOW.date(), "last": NOW.date(), "due_at": NOW}
        session.execute(insert(ProgramMonth), [each | month | days for each in ended])
        figures = month | {"kind": "month", "on": NOW.date(), "figures": {}, "others": {}}
        session.execute(insert(ProgramFigures), [each | figures for each in ended])
        session.execute(text("analyze"))
    return store


def nudge_nobody(session: Session) -> None:
    """Thousands of people asked to prepare, of blockers to look after and of digests, none of which is due."""
    numbers, ours = range(1, ROWS), {"workspace_id": WORKSPACE}
    people = [ours | {"user_id": f"U{number:08}", "seen_at": NOW, "morning_at": LATER} for number in numbers]
    session.execute(insert(Person), people)
    cadence_ids = session.exec(select(Cadence.id)).all()
    asked = ours | {"planned_on": NEXT_MONTH.date(), "user_id": "U00000001", "asked_at": NOW, "remind_at": LATER}
    session.execute(insert(PrepRequest), [asked | {"cadence_id": number} for number in cadence_ids])
    told = ours | {
        "account_id": 1,
        "kind": "blocked",
        "change": {},
        "happened_at": NOW,
        "recorded_at": NOW,
        "source": "command",
    }
    session.execute(insert(Event), [told | {"id": number, "actor": "U00000001"} for number in numbers])
    blocker = ours | {"account_id": 1, "kind": "blocker", "user_id": "U00000001", "next_at": LATER}
    session.execute(insert(FollowUp), [blocker | {"event_id": number} for number in numbers])


def plan_of(session: Session, find: Callable[[Session, datetime], list[int]]) -> str:
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    assert find(session, NOW) == []
    event.remove(engine, "before_cursor_execute", note)
    statement, parameters = sent[-1]
    explain = "explain query plan" if engine.dialect.name == "sqlite" else "explain"
    rows = session.connection().exec_driver_sql(f"{explain} {statement}", parameters)
    return "\n".join(str(row[-1]) for row in rows)


def reads_all(plan: str) -> bool:
    """Return whether the plan scans a whole table, on either database."""
    return "Seq Scan" in plan or "SCAN" in plan


def without_an_index(session: Session, _now: datetime) -> list[int]:
    return [row_id for row_id in session.exec(select(Review.id).where(Review.reason == "none")) if row_id is not None]


def test_a_tick_finds_what_is_due_by_an_index(crowded: Store) -> None:
    with crowded.reading() as session:
        plans = {job.name: plan_of(session, job.find) for job in DUE_JOBS}
        assert reads_all(plan_of(session, without_an_index))
    assert {name for name, plan in plans.items() if reads_all(plan)} == set()
    assert "ix_program_month_open" in plans["keep_month"]
    assert "ix_program_figures_open" in plans["keep_figures"]
    assert "ix_account_elsewhere" in plans["bring_home"]
    assert "ix_cadence_next_at" in plans["open_review"]
    assert "ix_cadence_prepare_at" in plans["prepare_review"]
    assert "ix_asked_remind_at" in plans["remind_to_prepare"]
    assert "ix_follow_up_next_at" in plans["follow_up"]
    assert "ix_person_morning_at" in plans["morning_digest"]
    assert "ix_review_closing" in plans["close_review"]
    assert "ix_fit_request_due" in plans["remind_of_scores"]
    assert "ix_channel_try_at" in plans["try_channel"]
    assert "ix_answer_under_way_until" in plans["tell_unanswered"]
