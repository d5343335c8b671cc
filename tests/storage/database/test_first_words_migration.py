"""The upgrade by which people meet the bot: who is known already is not greeted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, MetaData, Time, insert
from sqlalchemy import Table as SqlTable

from agendas.verbs.people.first_words import greet, is_new
from storage import workspaces
from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to

pytestmark = pytest.mark.database("sqlite", "postgres")

REVISION = "0027"
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
HERE, THERE = "T1", "T2"


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Store]:
    """A database of the revision before."""
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index(REVISION) - 1])
    yield store
    store.close()


def add(store: Store, to: str, **values: Any) -> None:
    """Insert a row; what it has to say and does not is empty."""
    with store.engine.begin() as connection:
        table = SqlTable(to, MetaData(), autoload_with=connection)
        needed = [each for each in table.columns if not each.nullable and each.server_default is None]
        row = {each.name: _empty(each) for each in needed if each.name != "id"}
        connection.execute(insert(table).values(row | values))


def _empty(column: "Column[Any]") -> Any:
    match column.type:
        case DateTime():
            return AT
        case Date():
            return date(2026, 9, 1)
        case Time():
            return AT.time()
        case Boolean():
            return False
        case Integer():
            return 1
        case JSON():
            return {}
    return HERE if column.name == "workspace_id" else ""


def test_who_has_a_right_a_function_or_left_a_trace_is_known_and_only_in_that_workspace(before: Store) -> None:
    for workspace_id in (HERE, THERE):
        add(before, "workspace", id=workspace_id)
        for name in ("admin", "sales", "told", "asked", "owner", "new"):
            right = "admin" if name == "admin" else "viewer"
            function = "sales" if name == "sales" else None
            known = {"right": right, "function": function} if workspace_id == HERE else {"right": "viewer"}
            add(before, "person", workspace_id=workspace_id, user_id=name, **known)
    add(before, "account", workspace_id=HERE, name="Sample", owner="owner")
    add(before, "event", workspace_id=HERE, account_id=1, actor="told")
    add(before, "conversation", workspace_id=HERE, user_id="asked", place="D1")
    upgrade(before)
    people = ("admin", "sales", "told", "asked", "owner", "new")
    assert [name for name in people if before.read_now(is_new, HERE, name)] == ["new"]
    assert [name for name in people if before.read_now(is_new, THERE, name)] == list(people)
    assert [before.write_now(greet, HERE, "new", now=AT) for _ in range(2)] == [True, False]
    assert before.write_now(greet, HERE, "admin", now=AT) is False
    found = before.read_now(workspaces.get, HERE)
    assert found is not None
    assert found.manifest_told == 1
