from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox
from storage.database import Store
from storage.models.delivery import Received
from storage.models.questions import Conversation
from tests.builders import ANN, BOB, NOW, WORKSPACE
from tests.program import learn_people
from tests.storage.letters import until_it_waits

# The inbox: the first delivery counts, a repeat does nothing.

pytestmark = pytest.mark.database("sqlite", "postgres")

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_only_the_first_delivery_of_a_key_is_taken(store: Store) -> None:
    assert [store.write_now(inbox.note_key, "T1", "event:Ev1", NOON) for _ in range(3)] == [True, False, False]


def test_the_same_key_of_another_workspace_is_another_delivery(store: Store) -> None:
    assert store.write_now(inbox.note_key, "T1", "event:Ev1", NOON)
    assert store.write_now(inbox.note_key, "T2", "event:Ev1", NOON)


def test_a_key_is_free_again_when_the_work_that_came_with_it_failed(store: Store) -> None:
    def work(session: Session) -> None:
        inbox.note_key(session, "T1", "event:Ev1", NOON)
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(work)
    assert store.write_now(inbox.note_key, "T1", "event:Ev1", NOON)


def test_of_many_deliveries_at_once_one_is_taken(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda each: each.write_now(inbox.note_key, "T1", "event:Ev1", NOON), stores))
    for each in stores:
        each.close()
    assert sorted(taken) == [False, False, False, True]


def test_old_notes_are_forgotten_and_never_those_of_the_last_day(store: Store) -> None:
    store.write_now(inbox.note_key, "T1", "old", NOON - timedelta(hours=25))
    store.write_now(inbox.note_key, "T1", "young", NOON - timedelta(hours=23))
    assert store.write_now(inbox.forget_before, NOON, now=NOON) == 1
    assert store.write_now(inbox.note_key, "T1", "old", NOON)
    assert not store.write_now(inbox.note_key, "T1", "young", NOON)


def test_a_key_is_taken_anew_after_its_time_alone(store: Store) -> None:
    def taken(seconds: int) -> bool:
        at = NOON + timedelta(seconds=seconds)
        return store.write_now(inbox.note_key_again, "T1", "share:1", at, after=timedelta(seconds=60))

    assert [taken(seconds) for seconds in (0, 0, 59, 60, 119, 120)] == [True, False, False, True, False, True]


def test_of_many_at_once_one_takes_a_key_anew(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(4)]
    minute = timedelta(minutes=1)
    for at in (NOON, NOON + minute):
        with ThreadPoolExecutor(4) as threads:
            taken = list(
                threads.map(
                    lambda one, at=at: one.write_now(inbox.note_key_again, "T1", "one", at, after=minute), stores
                )
            )
        assert sorted(taken) == [False, False, False, True]
    for each in stores:
        each.close()


def test_what_is_given_back_is_taken_again(store: Store) -> None:
    store.write_now(inbox.note_key, "T1", "one", NOON)
    store.write_now(inbox.note_key, "T2", "one", NOON)
    store.write_now(inbox.give_back, "T1", "one")
    assert store.write_now(inbox.note_key, "T1", "one", NOON)
    assert not store.write_now(inbox.note_key, "T2", "one", NOON)


def test_what_this_transaction_noted_and_has_not_sent_to_the_database_counts(store: Store) -> None:
    with store.writing() as session:
        session.add(Received(workspace_id="T1", key="event:Ev1", at=NOON))
        assert not inbox.note_key(session, "T1", "event:Ev1", NOON)


# Drafts of forms, and last answers.

FORM = "movement:7"


def test_who_waits_for_an_answer_at_a_start_of_the_bot_is_answered_at_once(store: Store) -> None:
    def begin(session: Session) -> int | None:
        inbox.note_event(session, 1)
        return inbox.begin_answer(session, WORKSPACE, ANN, NOW)

    row_id = store.write_now(begin)
    assert store.read_now(inbox.overdue, NOW, 9) == []
    store.write_now(inbox.end_all, NOW)
    assert store.read_now(inbox.overdue, NOW, 9) == [row_id]


def test_a_draft_is_kept_replaced_and_forgotten_for_each_person_and_form(store: Store) -> None:
    keep = (inbox.keep_draft, WORKSPACE, ANN, FORM)
    assert store.read_now(inbox.get_draft, WORKSPACE, ANN, FORM) == {}
    store.write_now(*keep, values={"text": "CFO"}, now=NOW)
    store.write_now(*keep, values={"text": "CFO said yes", "because": 'a "quote"'}, now=NOW + timedelta(minutes=1))
    assert store.read_now(inbox.get_draft, WORKSPACE, ANN, FORM) == {"text": "CFO said yes", "because": 'a "quote"'}
    for other in ((WORKSPACE, BOB, FORM), (WORKSPACE, ANN, "movement:8"), ("T0OTHER01", ANN, FORM)):
        assert store.read_now(inbox.get_draft, *other) == {}
    store.write_now(inbox.forget_draft, WORKSPACE, ANN, FORM)
    assert store.read_now(inbox.get_draft, WORKSPACE, ANN, FORM) == {}
    store.write_now(inbox.forget_draft, WORKSPACE, ANN, FORM)


def test_drafts_that_nobody_went_on_with_are_forgotten(store: Store) -> None:
    store.write_now(inbox.keep_draft, WORKSPACE, ANN, FORM, values={"text": "old"}, now=NOW - timedelta(days=31))
    store.write_now(inbox.keep_draft, WORKSPACE, BOB, FORM, values={"text": "new"}, now=NOW - timedelta(days=29))
    assert store.write_now(inbox.forget_drafts_before, NOW - timedelta(days=30)) == 1
    assert store.read_now(inbox.get_draft, WORKSPACE, ANN, FORM) == {}
    assert store.read_now(inbox.get_draft, WORKSPACE, BOB, FORM) == {"text": "new"}


def test_lines_of_news_are_forgotten_sooner_than_other_drafts(store: Store) -> None:
    for name in (FORM, f"{inbox.NEWS}17955324"):
        store.write_now(inbox.keep_draft, WORKSPACE, ANN, name, values={"text": "old"}, now=NOW - timedelta(days=8))
    assert store.write_now(inbox.forget_drafts_before, NOW - timedelta(days=7), inbox.NEWS) == 1
    assert store.read_now(inbox.get_draft, WORKSPACE, ANN, FORM) == {"text": "old"}


def test_last_answers_of_the_days_before_are_forgotten(store: Store) -> None:
    for place, at in (("D1", NOW - timedelta(days=2)), ("D2", NOW)):
        row = Conversation(workspace_id=WORKSPACE, user_id=ANN, place=place, question="{}", asked_at=at)
        store.write_now(inbox.keep_conversation, row)
    assert store.write_now(inbox.forget_conversations_before, NOW - timedelta(days=1)) == 1
    assert store.read_now(inbox.conversation, WORKSPACE, ANN, "D1") is None
    assert store.read_now(inbox.conversation, WORKSPACE, ANN, "D2") is not None


def test_what_is_kept_of_a_form_at_the_moment_it_is_forgotten_does_not_stay(store: Store) -> None:
    """On SQLite the second write waits for the first one anyway; on PostgreSQL the person's row makes it wait."""
    learn_people(store)
    seen = list[bool]()

    def keep(session: Session) -> None:
        inbox.lock_person(session, WORKSPACE, ANN)
        seen.append(inbox.was_taken(session, WORKSPACE, "form:V1"))

    with ThreadPoolExecutor(1) as threads, store.writing() as session:
        inbox.note_key(session, WORKSPACE, "form:V1", NOW)
        inbox.forget_draft(session, WORKSPACE, ANN, FORM)
        keeping = threads.submit(store.write_now, keep)
        until_it_waits(store, keeping)
        assert seen == []
        session.commit()
        keeping.result(timeout=PATIENCE_SECONDS)
    assert seen == [True]
