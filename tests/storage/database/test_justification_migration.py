"""The step to justifications in parts and plays with a motion, over a database with rows in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, MetaData, insert
from sqlmodel import Session, select

from agendas.facts.account import AccountState
from agendas.facts.justification import Justification
from agendas.facts.plays import PlayMotion
from agendas.rules.history.fold import fold
from agendas.verbs.loading.rows import account_state, event_facts
from storage import account_items, events
from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to
from storage.tables import Account

pytestmark = pytest.mark.database("sqlite", "postgres")

REVISION = "0021"
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
CHANGES: tuple[dict[str, Any], ...] = (
    {"kind": "nominated", "profile": {"name": "Acme"}, "because": "400 seats"},
    {"kind": "list_changed", "status": "named", "tier": 1, "because": "They renew in spring"},
    {
        "kind": "play_started",
        "play": "pilot",
        "name": "Pilot",
        "outcome_expected": "Signed",
        "outcome_due_on": "2026-12-01",
    },
    {
        "kind": "play_started",
        "play": "own-1",
        "name": "Visit",
        "outcome_expected": "Came",
        "outcome_due_on": "2026-12-01",
    },
    {"kind": "list_changed", "status": "paused", "tier": 1, "because": "They merge"},
)


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Store]:
    """A database of the revision before, with an account, its history and two plays."""
    known = revisions()
    store = Store(empty_database_url)
    upgrade_to(store, known[known.index(REVISION) - 1])
    account = {"id": 1, "name": "Acme", "list_status": "paused", "tier": 1, "because": "They merge"}
    _add(store, "account", account | {"justification": "They renew in spring"})
    for number, change in enumerate(CHANGES, 1):
        _add(
            store,
            "event",
            {"id": number, "account_id": 1, "kind": change["kind"], "change": change, "source": "command"},
        )
    for number, play in ((3, "pilot"), (4, "own-1")):
        _add(store, "play_run", {"id": number, "account_id": 1, "play": play, "outcome_due_on": date(2026, 12, 1)})
    yield store
    store.close()


def test_the_single_reason_becomes_why_this_account_and_the_plays_of_the_program_get_their_motion(
    before: Store,
) -> None:
    upgrade(before)
    state, folded = before.read_now(_both)
    for each in (state, folded):
        assert each.justification == Justification("They renew in spring")
        assert [play.motion for play in each.plays] == [PlayMotion.PRODUCT, None]


def _both(session: Session) -> tuple[AccountState, AccountState]:
    """The account as its row has it, and as its history has it."""
    row = session.exec(select(Account)).one()
    folded = fold(event_facts(each) for each in events.of_account(session, 1))
    assert folded is not None
    return account_state(row, account_items.of_account(session, 1, None)), folded


def _add(store: Store, table: str, values: dict[str, Any]) -> None:
    """Add a row, with something in each column that needs a value."""
    with store.engine.begin() as connection:
        metadata = MetaData()
        metadata.reflect(connection, only=[table])
        found = metadata.tables[table]
        needed = {each.name: _some(each) for each in found.c if not each.nullable and each.server_default is None}
        connection.execute(insert(found).values(**{**needed, "workspace_id": "T1", **values}))


def _some(column: "Column[Any]") -> Any:
    if isinstance(column.type, JSON):
        return None if column.name in ("decision", "narrative") else []
    if isinstance(column.type, DateTime):
        return AT
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 0
    return {"stage": "target", "list_status": "named"}.get(column.name, "")
