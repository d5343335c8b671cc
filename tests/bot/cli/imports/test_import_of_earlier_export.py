"""The kept export of the demo as an earlier version wrote it: its history comes over, whatever the schema is by now."""

import csv
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

import pytest
from sqlmodel import select

from agendas.facts.account import AccountState, EventFacts
from agendas.rules.fold import fold, trim, with_signals
from agendas.verbs.loading import event_facts
from agendas.verbs.record import current_state
from storage import events
from storage.database import Store
from storage.models.accounts import Account
from tests.bot.cli.copies import Does
from tests.restored_rows import Lines, lines_as_restored

pytestmark = pytest.mark.database("sqlite", "postgres")

EXPORT = Path(__file__).parents[3] / "data" / "demo_0075.zip"
"""What `cadence export --whole` of schema 0075 wrote of the demo once its review was posted, without columns
that no table has any more. Never written again."""


def kept() -> dict[str, Lines]:
    csv.field_size_limit(10_000_000)
    with zipfile.ZipFile(EXPORT) as files:
        return {
            name.removesuffix(".csv"): list(csv.reader(TextIOWrapper(files.open(name), "utf-8-sig", newline="")))
            for name in files.namelist()
        }


def without(lines: Lines, columns: frozenset[str]) -> Lines:
    return [[cell for cell, name in zip(line, lines[0], strict=True) if name not in columns] for line in lines]


def folded(history: list[EventFacts]) -> AccountState:
    """The account by its history, with what is open, as a row keeps it."""
    state = fold(history)
    assert state is not None
    return trim(state, datetime(9999, 1, 1, tzinfo=UTC))


def in_order(state: AccountState) -> AccountState:
    return replace(
        state,
        blockers=tuple(sorted(state.blockers, key=lambda each: each.id)),
        actions=tuple(sorted(state.actions, key=lambda each: each.id)),
        contacts=tuple(sorted(state.contacts, key=lambda each: each.id)),
        opportunities=tuple(sorted(state.opportunities, key=lambda each: each.key)),
        plays=tuple(sorted(state.plays, key=lambda each: each.id)),
    )


def test_nothing_of_an_earlier_versions_export_is_lost(
    store: Store, elsewhere: str, tmp_path: Path, does: Does
) -> None:
    expected = kept()
    does(elsewhere, "migrate")
    assert "holds an export of 1,692 rows" in does(elsewhere, "import", EXPORT)
    does(elsewhere, "import", EXPORT, "--apply")
    does(elsewhere, "export", tmp_path / "again", "--whole")
    header, *tables = expected["contents"]
    assert header == ["schema", "table", "rows"]
    for schema, name, rows in tables:
        assert (schema, len(expected[name]) - 1) == ("0075", int(rows))
        before = lines_as_restored(name, expected[name])
        with (tmp_path / "again" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            after = list(csv.reader(file))
        assert without(after, frozenset(after[0]) - frozenset(before[0])) == before, name

    store = Store(elsewhere)
    with store.reading() as session:
        accounts = session.exec(select(Account)).all()
        assert len(accounts) == 27
        for row in accounts:
            history = [event_facts(event) for event in events.of_account(session, row.row_id)]
            stored = current_state(session, row)
            assert in_order(stored) == in_order(with_signals(folded(history), stored)), row.name
    store.close()
