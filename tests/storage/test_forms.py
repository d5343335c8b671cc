from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session

from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox
from storage.database import Store
from storage.models.questions import Conversation
from tests.builders import ANN, BOB, NOW, WORKSPACE
from tests.program import learn_people
from tests.storage.waiting import until_it_waits

pytestmark = pytest.mark.database("sqlite", "postgres")

FORM = "movement:7"


def test_a_draft_is_kept_replaced_and_forgotten_for_each_person_and_form(store: Store) -> None:
    keep = (inbox.keep_draft, WORKSPACE, ANN, FORM)
    assert store.read_now(inbox.draft, WORKSPACE, ANN, FORM) == {}
    store.write_now(*keep, values={"text": "CFO"}, now=NOW)
    store.write_now(*keep, values={"text": "CFO said yes", "because": 'a "quote"'}, now=NOW + timedelta(minutes=1))
    assert store.read_now(inbox.draft, WORKSPACE, ANN, FORM) == {"text": "CFO said yes", "because": 'a "quote"'}
    for other in ((WORKSPACE, BOB, FORM), (WORKSPACE, ANN, "movement:8"), ("T0OTHER01", ANN, FORM)):
        assert store.read_now(inbox.draft, *other) == {}
    store.write_now(inbox.forget_draft, WORKSPACE, ANN, FORM)
    assert store.read_now(inbox.draft, WORKSPACE, ANN, FORM) == {}
    store.write_now(inbox.forget_draft, WORKSPACE, ANN, FORM)


def test_drafts_that_nobody_went_on_with_are_forgotten(store: Store) -> None:
    store.write_now(inbox.keep_draft, WORKSPACE, ANN, FORM, values={"text": "old"}, now=NOW - timedelta(days=31))
    store.write_now(inbox.keep_draft, WORKSPACE, BOB, FORM, values={"text": "new"}, now=NOW - timedelta(days=29))
    assert store.write_now(inbox.forget_drafts_before, NOW - timedelta(days=30)) == 1
    assert store.read_now(inbox.draft, WORKSPACE, ANN, FORM) == {}
    assert store.read_now(inbox.draft, WORKSPACE, BOB, FORM) == {"text": "new"}


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
        inbox.take(session, WORKSPACE, "form:V1", NOW)
        inbox.forget_draft(session, WORKSPACE, ANN, FORM)
        keeping = threads.submit(store.write_now, keep)
        until_it_waits(store, keeping)
        assert seen == []
        session.commit()
        keeping.result(timeout=PATIENCE_SECONDS)
    assert seen == [True]
