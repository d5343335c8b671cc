"""Questions that wait for a language model: taken up in order, by one, answered once, and forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from agendas.facts.audience import Audience
from agendas.rendering.blockkit import messages
from agendas.rendering.page import notice
from agendas.verbs.questions import LEASE, Pending, answer_once, leave_pending, take_up
from storage import asked as stored_asked
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.questions import PendingQuestion
from storage.models.workspaces import Person
from tests.builders import ANN, BOB, NOW, WORKSPACE
from tests.program import learn_people

DIRECT = "D0ANN00001"


def asked(store: Store, key: str, *, user_id: str = ANN, place: str = DIRECT, **more: Any) -> None:
    values: dict[str, Any] = {"channel_id": place, "thread_ts": "1700000000.000100", "is_private": False, "now": NOW}
    store.write_now(
        leave_pending, Audience(WORKSPACE, user_id), f"what about {key}", key=key, place=place, **values | more
    )


def taken_up(store: Store, *, after: timedelta = timedelta()) -> Pending | None:
    return store.write_now(take_up, NOW + after)


def answered(store: Store, pending: Pending) -> bool:
    return store.write_now(answer_once, pending, messages(notice("So it is.")), now=NOW)


def letters(store: Store) -> list[tuple[str, str, str]]:
    return store.read_now(
        lambda session: [(row.key, row.channel_id, row.user_id) for row in session.exec(select(Letter))]
    )


@pytest.mark.database("sqlite", "postgres")
def test_a_question_is_taken_up_by_one_answered_once_and_forgotten(store: Store) -> None:
    learn_people(store)
    asked(store, "k1")
    first = taken_up(store)
    assert (first.text, first.asker.user_id, first.readers) == ("what about k1", ANN, Audience(WORKSPACE, ANN))
    assert taken_up(store) is None
    assert not store.read_now(stored_asked.is_any_free, NOW)
    again = taken_up(store, after=LEASE + timedelta(seconds=1))
    assert not answered(store, first)
    assert answered(store, again)
    assert not answered(store, again)
    assert letters(store) == [("answer:k1", DIRECT, "")]
    assert store.read_now(lambda session: session.exec(select(PendingQuestion)).all()) == []


def test_of_one_conversation_the_first_is_answered_first_and_others_need_not_wait(store: Store) -> None:
    learn_people(store)
    asked(store, "k1")
    asked(store, "k2")
    asked(store, "k3", user_id=BOB, place="D0BOB00001")
    assert store.read_now(stored_asked.is_waiting, WORKSPACE, ANN, DIRECT)
    first, other = taken_up(store), taken_up(store)
    assert (first.key, other.key, taken_up(store)) == ("k1", "k3", None)
    answered(store, first)
    assert taken_up(store).key == "k2"


def test_what_a_process_left_is_taken_up_at_once_where_it_was_the_only_one(store: Store) -> None:
    learn_people(store)
    asked(store, "k1")
    assert taken_up(store).is_for_model
    store.write_now(stored_asked.end_leases)
    assert taken_up(store).is_for_model
    store.write_now(stored_asked.end_leases)
    assert not taken_up(store).is_for_model


@pytest.mark.parametrize("mark", ["is_deleted", "is_guest", "is_external", "is_bot"])
def test_somebody_who_may_not_ask_any_more_is_no_asker(store: Store, mark: str) -> None:
    learn_people(store)
    asked(store, "k1")

    def mark_ann(session: Session) -> None:
        row = session.exec(select(Person).where(Person.user_id == ANN)).one()
        setattr(row, mark, True)
        session.add(row)

    store.write_now(mark_ann)
    assert taken_up(store).asker is None


def test_a_question_whose_message_is_deleted_is_forgotten(store: Store) -> None:
    learn_people(store)
    asked(store, "k1")
    assert store.write_now(stored_asked.forget_message, WORKSPACE, ["k0", "k1"]) == 1
    assert taken_up(store) is None
