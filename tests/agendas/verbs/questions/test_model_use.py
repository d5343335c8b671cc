"""The day's limits of questions to a language model."""

from datetime import timedelta
from typing import Any

import pytest

from agendas.facts.program import MODEL, MODEL_PERSON, MODEL_WORKSPACE
from agendas.verbs.questions import Allowance, count_read, take_from_day
from agendas.verbs.settings import change_settings
from storage import asked
from storage.database import Store
from tests.builders import ANN, BOB, NOW, WORKSPACE, author
from tests.program import learn_people


def allowed(store: Store, **wanted: Any) -> None:
    """Let the people learned have these limits."""
    defaults: dict[str, Any] = {MODEL: "on", MODEL_PERSON: 100, MODEL_WORKSPACE: 1_000}
    keys = {"model": MODEL, "person": MODEL_PERSON, "workspace": MODEL_WORKSPACE}
    changes = {keys[name]: (defaults[keys[name]], value) for name, value in wanted.items()}
    store.write_now(change_settings, author(), changes)


def taken(store: Store, user_id: str, times: int, *, days: int = 0) -> list[Allowance]:
    at = NOW + timedelta(days=days)
    return [store.write_now(take_from_day, WORKSPACE, user_id, at) for _ in range(times)]


@pytest.mark.database("sqlite", "postgres")
def test_a_person_asks_so_often_a_day_is_told_once_and_asks_again_the_next_day(store: Store) -> None:
    learn_people(store)
    allowed(store, person=2)
    assert taken(store, ANN, 5) == ["allowed", "allowed", "person_limit", "told", "told"]
    assert taken(store, BOB, 1) == ["allowed"]
    assert taken(store, ANN, 3, days=1) == ["allowed", "allowed", "person_limit"]


def test_the_whole_workspace_asks_so_often_a_day_and_each_person_is_told_once(store: Store) -> None:
    learn_people(store)
    allowed(store, workspace=2)
    assert taken(store, ANN, 3) == ["allowed", "allowed", "workspace_limit"]
    assert taken(store, BOB, 2) == ["workspace_limit", "told"]


def test_counts_alone_are_kept_and_those_of_past_days_are_forgotten(store: Store) -> None:
    learn_people(store)
    taken(store, ANN, 2)
    store.write_now(count_read, WORKSPACE, ANN, NOW)
    row = store.write_now(lambda session: asked.locked(session, WORKSPACE, ANN, NOW.date()).model_dump())
    assert {"id", "workspace_id", "user_id", "day", "asked", "was_read", "was_told"} == set(row)
    assert (row["asked"], row["was_read"]) == (2, 1)
    assert store.write_now(asked.forget_before, NOW.date()) == 0
    assert store.write_now(asked.forget_before, NOW.date() + timedelta(days=1)) == 1
