"""Imports done and undone in the sample workspace, for tests of the verbs."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from agendas.facts.account import AccountState, Source
from agendas.facts.people import Author
from agendas.rules.fold import fold, without_closed
from agendas.rules.import_accounts import PlannedRow, read_accounts
from agendas.rules.import_tables import ImportPlan, read_table
from agendas.verbs.import_runs import Undone, begin_import, begin_undo, end_undo, parts_of, undo_part
from agendas.verbs.imports import import_part, plan_import
from agendas.verbs.loading import account_state, event_facts
from agendas.verbs.record import account_keys
from storage import account_items, events
from storage.database import Store
from storage.models.accounts import Account, AccountKey
from tests.builders import NOW, WORKSPACE

SAMPLES = Path(__file__).parents[2] / "data"
HOUR = timedelta(hours=1)


def importer(hours: int = 0) -> Author:
    return Author(WORKSPACE, "command line", Source.IMPORT, NOW + hours * HOUR)


def rows_of(sample: str) -> Sequence[Any]:
    return read_accounts(read_table((SAMPLES / sample).read_bytes())).rows


def does_import(store: Store, rows: Sequence[Any], hours: int = 0) -> tuple[ImportPlan[PlannedRow], int]:
    """The plan and the run's number, 0 when nothing was to be done."""
    plan = store.read_now(plan_import, WORKSPACE, rows)
    return plan, 0 if plan.changes_nothing else carries_out(store, plan, hours)


def carries_out(store: Store, plan: ImportPlan[PlannedRow], hours: int = 0, *, parts: int | None = None) -> int:
    """The run's number, after so many parts of the plan were written: all of them unless said otherwise."""
    run = store.write_now(begin_import, plan, importer(hours), file_name="sample.csv")
    for part in list(parts_of(plan))[:parts]:
        store.write_now(import_part, run.row_id, importer(hours), part)
    return run.row_id


def undoes(store: Store, run_id: int, hours: int = 1, *, parts: int | None = None) -> Undone:
    undone = Undone()
    for part in store.write_now(begin_undo, run_id, importer(hours))[:parts]:
        undone += store.write_now(undo_part, run_id, importer(hours), part)
    if parts is None:
        store.write_now(end_undo, run_id, importer(hours))
    return undone


def by_name(store: Store) -> dict[str, AccountState]:
    """Every account's state as stored, after checking that it is the fold of its events and answers to its words."""
    found: dict[str, AccountState] = {}
    with store.reading() as session:
        for row in session.exec(select(Account)):
            state = account_state(row, account_items.of_account(session, row.row_id, None))
            history = fold(event_facts(event) for event in events.of_account(session, row.row_id))
            assert history is not None
            assert state == without_closed(history, NOW + 999 * HOUR)
            keys = session.exec(select(AccountKey).where(AccountKey.account_id == row.row_id))
            assert {key.key: key.kind for key in keys} == account_keys(state.profile)
            found[state.name] = state
    return found
