"""First words: once per person ever, however many processes see the person at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, col, select

from agendas.verbs.people import PAGE, greet
from storage import people
from storage.database import Store
from storage.models.delivery import Letter
from storage.people import SlackUser
from tests.builders import NOW, WORKSPACE

NIA, THERE = "U0NIA0001", "T0THERE01"
OUTSIDE = {
    "U0GUEST01": {"is_guest": True},
    "U0EXTERN1": {"is_external": True},
    "U0ROBOT01": {"is_bot": True},
    "U0GONE001": {"is_deleted": True},
}


def greeted(store: Store) -> list[tuple[str, str]]:
    def read(session: Session) -> list[tuple[str, str]]:
        rows = session.exec(select(Letter).where(Letter.page == PAGE).order_by(col(Letter.id)))
        return [(row.workspace_id, row.user_id) for row in rows]

    return store.read_now(read)


@pytest.mark.database("sqlite", "postgres")
def test_processes_that_see_somebody_at_once_greet_them_once_and_each_workspace_by_itself(store: Store) -> None:
    for workspace_id in (WORKSPACE, THERE):
        store.write_now(people.save_users, workspace_id, [SlackUser(NIA, workspace_id, "Nia")], NOW)
    processes = [Store(store.url) for _ in range(4)]
    with ThreadPoolExecutor(len(processes)) as pool:
        done = list(pool.map(lambda each: each.write_now(greet, WORKSPACE, NIA, now=NOW), processes))
    for each in processes:
        each.close()
    assert sorted(done) == [False, False, False, True]
    assert store.write_now(greet, THERE, NIA, now=NOW) is True
    assert greeted(store) == [(WORKSPACE, NIA), (THERE, NIA)]


def test_nobody_is_greeted_who_may_not_use_the_bot_or_was_never_seen(store: Store) -> None:
    users = [SlackUser(user_id, WORKSPACE, "Sample", **flags) for user_id, flags in OUTSIDE.items()]
    store.write_now(people.save_users, WORKSPACE, users, NOW)
    assert not any(store.write_now(greet, WORKSPACE, user_id, now=NOW) for user_id in (*OUTSIDE, "U0NOBODY1"))
    assert greeted(store) == []
