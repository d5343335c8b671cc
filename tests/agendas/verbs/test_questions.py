from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from agendas.facts.audience import Audience
from agendas.facts.program import MODEL, MODEL_PERSON, MODEL_WORKSPACE
from agendas.rendering.blockkit import messages
from agendas.rendering.page import notice
from agendas.verbs import questions
from agendas.verbs.questions import LEASE, Allowance, Pending, answer_once, count_spent, queue_question, take_up
from agendas.verbs.settings import change_settings
from storage import asked as stored_asked
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.questions import PendingQuestion
from storage.models.workspaces import Person
from tests.builders import ANN, BOB, NOW, WORKSPACE, author

# Questions that wait for a language model: taken up in order, by one, answered once, and forgotten.

DIRECT = "D0ANN00001"


def asks(store: Store, key: str, *, user_id: str = ANN, place: str = DIRECT, **more: Any) -> None:
    values: dict[str, Any] = {"channel_id": place, "thread_ts": "1700000000.000100", "is_private": False, "now": NOW}
    store.write_now(
        queue_question, Audience(WORKSPACE, user_id), f"what about {key}", key=key, place=place, **values | more
    )


MODEL_SECONDS = 30.0


def taken_up(store: Store, *, after: timedelta = timedelta()) -> Pending | None:
    return store.write_now(take_up, NOW + after, model_seconds=MODEL_SECONDS)


def answered(store: Store, pending: Pending) -> bool:
    return store.write_now(answer_once, pending, messages(notice("So it is.")), now=NOW)


def letters(store: Store) -> list[tuple[str, str, str]]:
    return store.read_now(
        lambda session: [(row.key, row.channel_id, row.user_id) for row in session.exec(select(Letter))]
    )


@pytest.mark.database("sqlite", "postgres")
def test_a_question_is_taken_up_by_one_answered_once_and_forgotten(team: Store) -> None:
    asks(team, "k1")
    first = taken_up(team)
    assert (first.row.text, first.asker.user_id, first.readers) == ("what about k1", ANN, Audience(WORKSPACE, ANN))
    assert taken_up(team) is None
    assert not team.read_now(stored_asked.is_any_free, NOW)
    longest = timedelta(seconds=2 * MODEL_SECONDS)
    assert taken_up(team, after=longest + LEASE - timedelta(seconds=1)) is None
    again = taken_up(team, after=longest + LEASE + timedelta(seconds=1))
    assert not answered(team, first)
    assert answered(team, again)
    assert not answered(team, again)
    assert letters(team) == [("answer:k1", DIRECT, "")]
    assert team.read_now(lambda session: session.exec(select(PendingQuestion)).all()) == []


def test_of_one_conversation_the_first_is_answered_first_and_others_need_not_wait(team: Store) -> None:
    asks(team, "k1")
    asks(team, "k2")
    asks(team, "k3", user_id=BOB, place="D0BOB00001")
    assert team.read_now(stored_asked.is_waiting, WORKSPACE, ANN, DIRECT)
    first, other = taken_up(team), taken_up(team)
    assert (first.row.key, other.row.key, taken_up(team)) == ("k1", "k3", None)
    answered(team, first)
    assert taken_up(team).row.key == "k2"


def test_what_a_process_left_is_taken_up_at_once_where_it_was_the_only_one(team: Store) -> None:
    asks(team, "k1")
    assert taken_up(team).is_for_model
    team.write_now(stored_asked.end_leases)
    assert taken_up(team).is_for_model
    team.write_now(stored_asked.end_leases)
    assert not taken_up(team).is_for_model


@pytest.mark.parametrize("mark", ["is_deleted", "is_guest", "is_external", "is_bot"])
def test_somebody_who_may_not_ask_any_more_is_no_asker(team: Store, mark: str) -> None:
    asks(team, "k1")

    def mark_ann(session: Session) -> None:
        row = session.exec(select(Person).where(Person.user_id == ANN)).one()
        setattr(row, mark, True)
        session.add(row)

    team.write_now(mark_ann)
    assert taken_up(team).asker is None


def test_a_question_whose_message_is_deleted_is_forgotten(team: Store) -> None:
    asks(team, "k1")
    assert team.write_now(stored_asked.forget_message, WORKSPACE, ["k0", "k1"]) == 1
    assert taken_up(team) is None


# The day's limits of questions to a language model.
def allowed(store: Store, **wanted: Any) -> None:
    defaults: dict[str, Any] = {MODEL: "on", MODEL_PERSON: 100, MODEL_WORKSPACE: 1_000}
    keys = {"model": MODEL, "person": MODEL_PERSON, "workspace": MODEL_WORKSPACE}
    changes = {keys[name]: (defaults[keys[name]], value) for name, value in wanted.items()}
    store.write_now(change_settings, author(), changes)


def taken(store: Store, user_id: str, times: int, *, days: int = 0) -> list[Allowance]:
    at = NOW + timedelta(days=days)
    return [store.write_now(questions.take_from_day, WORKSPACE, user_id, at) for _ in range(times)]


@pytest.mark.database("sqlite", "postgres")
def test_a_person_asks_so_often_a_day_is_told_once_and_asks_again_the_next_day(team: Store) -> None:
    allowed(team, person=2)
    assert taken(team, ANN, 5) == ["allowed", "allowed", "person_limit", "limit_known", "limit_known"]
    assert taken(team, BOB, 1) == ["allowed"]
    assert taken(team, ANN, 3, days=1) == ["allowed", "allowed", "person_limit"]


def test_the_whole_workspace_asks_so_often_a_day_and_each_person_is_told_once(team: Store) -> None:
    allowed(team, workspace=2)
    assert taken(team, ANN, 3) == ["allowed", "allowed", "workspace_limit"]
    assert taken(team, BOB, 2) == ["workspace_limit", "limit_known"]


def test_counts_alone_are_kept_and_those_of_past_days_are_forgotten(team: Store) -> None:
    taken(team, ANN, 2)
    team.write_now(count_spent, WORKSPACE, ANN, NOW, is_read=True, tokens=7)
    row = team.write_now(lambda session: stored_asked.locked(session, WORKSPACE, ANN, NOW.date()).model_dump())
    assert {"id", "workspace_id", "user_id", "day", "asked", "was_read", "was_told", "tokens"} == set(row)
    assert (row["asked"], row["was_read"], row["tokens"]) == (2, 1, 7)
    assert team.write_now(stored_asked.forget_before, NOW.date()) == 0
    assert team.write_now(stored_asked.forget_before, NOW.date() + timedelta(days=1)) == 1
