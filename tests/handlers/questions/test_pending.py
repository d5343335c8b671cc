"""Questions that waited for the language model: answered by who may see what, at the time of the answer."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from agendas.facts.audience import Audience
from agendas.verbs.questions import LEASE, Pending, leave_pending, take_up
from handlers.edge.deps import Deps
from handlers.questions import answer_pending
from storage import privacy, workspaces
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.questions import PendingQuestion
from storage.models.workspaces import Person
from tests.assistant.stored_world import PRIVATE, WORKSPACE, stored_world
from tests.assistant.world import NOW, PEOPLE, SEES_PRIVATE
from tests.cases import cases
from tests.some_deps import some_deps

DIRECT = "D0WORLD001"


@pytest.fixture
def world(store: Store) -> Store:
    return stored_world(store)


def left(store: Store, who: str, text: str, *, channel_id: str = DIRECT, readers: str = "") -> Pending:
    where: dict[str, Any] = {"place": channel_id, "channel_id": channel_id, "thread_ts": "", "is_private": False}
    asker = Audience(WORKSPACE, PEOPLE[who].user_id, readers)
    store.write_now(leave_pending, asker, text, key=f"message:{text}", now=NOW, **where)
    pending = store.write_now(take_up, NOW)
    assert pending is not None
    return pending


def told(store: Store) -> list[str]:
    def read(session: Session) -> list[str]:
        return [json.dumps(row.subject) for row in session.exec(select(Letter)) if row.key.startswith("answer:")]

    return store.read_now(read)


def waiting(store: Store) -> int:
    return len(store.read_now(lambda session: session.exec(select(PendingQuestion.id)).all()))


def deps(store: Store, *, days_later: int = 0) -> Deps:
    return some_deps(store, lambda: NOW + timedelta(days=days_later))


async def test_an_answer_shows_what_its_readers_may_see_now(world: Store) -> None:
    seeing = {PEOPLE[key].user_id for key in SEES_PRIVATE}
    world.write_now(privacy.set_members, WORKSPACE, PRIVATE, seeing, read_at=NOW)
    for who, readers in (("priya", ""), ("nora", ""), ("priya", "C0MAPLEIN")):
        await answer_pending(
            left(world, who, "how is orrin rail" + "?" * len(told(world)), readers=readers), deps(world)
        )
    assert ["*Orrin Rail*" in each for each in told(world)] == [True, False, False]
    world.write_now(privacy.set_members, WORKSPACE, PRIVATE, [], read_at=NOW)
    await answer_pending(left(world, "priya", "orrin rail?"), deps(world))
    assert "*Orrin Rail*" not in told(world)[-1]
    assert waiting(world) == 0


@cases("mark", ["is_deleted", "is_guest", "is_external"])
async def test_somebody_who_may_not_ask_any_more_is_not_answered(world: Store, mark: str) -> None:
    def mark_nora(session: Session) -> None:
        row = session.exec(select(Person).where(Person.user_id == PEOPLE["nora"].user_id)).one()
        setattr(row, mark, True)
        session.add(row)

    world.write_now(mark_nora)
    await answer_pending(left(world, "nora", "how is corvane"), deps(world))
    assert (told(world), waiting(world)) == ([], 0)


async def test_a_question_of_a_workspace_that_removed_the_bot_is_forgotten_and_sent_to_no_model(world: Store) -> None:
    pending = left(world, "nora", "how is corvane")
    assert pending.asker is not None
    assert world.write_now(workspaces.deactivate, WORKSPACE, gone_at=NOW, is_removed=True)
    later = world.write_now(take_up, NOW + 2 * LEASE)
    assert later is not None
    assert later.asker is None
    await answer_pending(later, deps(world))
    assert (told(world), waiting(world)) == ([], 0)


async def test_days_are_those_of_the_instant_of_asking(world: Store) -> None:
    await answer_pending(left(world, "nora", "what is due tomorrow"), deps(world, days_later=3))
    [answer] = told(world)
    assert "27 Nov" in answer
