"""The upgrade that names the account of each entry of the audit trail, and tells the imports of before it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import MetaData, insert, select
from sqlalchemy import Table as SqlTable

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade_to

pytestmark = pytest.mark.database("sqlite", "postgres")

REVISION = "0033"
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Store]:
    """A database of the revision before."""
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index(REVISION) - 1])
    yield store
    store.close()


def add(store: Store, to: str, **values: Any) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            insert(SqlTable(to, MetaData(), autoload_with=connection)).values(workspace_id="T1", **values)
        )


def entries(store: Store) -> list[Any]:
    with store.engine.begin() as connection:
        table = SqlTable("audit_entry", MetaData(), autoload_with=connection)
        return list(connection.execute(select(table).order_by(table.c.id)))


def test_entries_about_an_account_name_it_and_imports_of_before_are_told(before: Store) -> None:
    noted = {"actor": "U1", "at": AT, "before": None}
    add(before, "audit_entry", subject="review:5", after={"account_id": 7, "part": "discussed"}, **noted)
    add(before, "audit_entry", subject="settings", after={"tier.1.cap": 6}, **noted)
    add(before, "audit_entry", subject="signals secret", after="new", **noted)
    run = {"what": "accounts", "actor": "U2", "applied_at": AT, "counts": {}}
    add(before, "import_run", file_name="kept.csv", undone_at=None, **run)
    add(before, "import_run", file_name="undone.csv", undone_at=AT, **run)
    upgrade_to(before, REVISION)
    assert [row.account_id for row in entries(before)] == [7, None, None, None, None, None]
    told = [(row.subject, row.actor, row.after) for row in entries(before)[3:]]
    assert told == [
        ("import:1", "U2", {"file_name": "kept.csv", "what": "accounts"}),
        ("import:2", "U2", {"file_name": "undone.csv", "what": "accounts"}),
        ("import:2", "U2", {"file_name": "undone.csv", "what": "accounts", "undone": True}),
    ]
