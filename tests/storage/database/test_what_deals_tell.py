"""The upgrade by which deals tell of stages: a won one is the buyer's act, and a stage that was left is remembered."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Connection, DateTime, Integer, MetaData, Numeric, Table, insert, select

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to

pytestmark = pytest.mark.database("sqlite", "postgres")

EMPTY: tuple[tuple[type, Any], ...] = ((Boolean, False), (Integer, 0), (Numeric, 0), (JSON, {}))


def on(day: int) -> datetime:
    return datetime(2026, 10, day, 12, tzinfo=UTC)


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Store]:
    """A database of the schema before."""
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index("0020") - 1])
    yield store
    store.close()


def add(connection: Connection, to: str, **values: Any) -> None:
    """Insert a row; what it has to say and does not is empty."""
    table = Table(to, MetaData(), autoload_with=connection)
    wanted: dict[str, Any] = {}
    for column in table.columns:
        if column.name in values:
            value = values[column.name]
            is_naive = isinstance(value, datetime) and connection.dialect.name == "sqlite"
            wanted[column.name] = value.replace(tzinfo=None) if is_naive else value
        elif not column.nullable and column.server_default is None and column.name != "id":
            wanted[column.name] = _empty(column.type, connection)
    connection.execute(insert(table).values(wanted))


def _empty(kind: object, connection: Connection) -> Any:
    if isinstance(kind, DateTime):
        return on(1).replace(tzinfo=None) if connection.dialect.name == "sqlite" else on(1)
    return next((value for type_, value in EMPTY if isinstance(kind, type_)), "")


def test_a_won_deal_ends_the_silence_and_a_stage_that_was_left_is_remembered_after_the_upgrade(before: Store) -> None:
    moves = [
        (1, 2, "moved", {"kind": "moved", "to_stage": "customer"}),
        (2, 6, "moved", {"kind": "moved", "to_stage": "engaged"}),
        (3, 9, "moved", {"kind": "moved", "to_stage": "target"}),
        (4, 9, "corrected", {"kind": "corrected", "event_id": 3}),
    ]
    with before.engine.begin() as connection:
        add(connection, "workspace", id="T1")
        heard = {1: None, 2: on(20), 3: None}
        for number, touch in heard.items():
            add(connection, "account", id=number, workspace_id="T1", name=f"Sample {number}", last_buyer_touch_at=touch)
            deal = {"id": number, "workspace_id": "T1", "account_id": number, "key": f"x:{number}"}
            add(connection, "opportunity", **deal, phase="early" if number == 3 else "won", closed_at=on(3))
        for number, day, kind, change in moves:
            told = {"workspace_id": "T1", "account_id": 1, "kind": kind, "change": change, "evidence": []}
            add(connection, "event", id=number, **told, happened_at=on(day), recorded_at=on(day), source="command")
    upgrade(before)
    with before.engine.connect() as connection:
        account = Table("account", MetaData(), autoload_with=connection)
        wanted = (
            account.c.id,
            account.c.last_buyer_touch_at,
            account.c.left_opportunity_at,
            account.c.left_customer_at,
        )
        found = {
            number: tuple(each and each.replace(tzinfo=UTC) for each in instants)
            for number, *instants in connection.execute(select(*wanted))
        }
    assert found == {1: (on(3), on(6), on(6)), 2: (on(20), None, None), 3: (None, None, None)}
