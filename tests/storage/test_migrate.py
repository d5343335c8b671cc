import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import UniqueConstraint, inspect, text
from sqlmodel import SQLModel

from sandbox.workspace import PATIENCE_SECONDS
from storage.database import Store
from storage.migrate import MigrationFailed, is_current, revision_of, schema, upgrade


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Store]:
    store = Store(empty_database_url)
    yield store
    store.close()


def test_an_empty_database_gets_all_tables_once(empty: Store) -> None:
    assert not is_current(empty)
    for _ in range(2):
        upgrade(empty)
        assert is_current(empty)
    with empty.engine.connect() as connection:
        assert {*inspect(connection).get_table_names()} == {*SQLModel.metadata.tables, "alembic_version"}


def test_each_unique_key_but_a_rows_number_holds_the_workspace_so_that_tables_can_be_distributed_by_it() -> None:
    for table in SQLModel.metadata.sorted_tables:
        if table.name in ("workspace", "install_attempt"):
            # its own number is the workspace's, and an installation under way has none yet
            continue
        keys = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
        keys += [each for each in table.indexes if each.unique]
        assert [key for key in keys if "workspace_id" not in key.columns] == []
        assert table.primary_key.columns.keys() == ["id"]


@pytest.mark.parametrize("found", ["0075", "0_1_0_00000000", None])
def test_a_database_of_another_version_is_refused_and_told_how_its_history_comes_over(empty: Store, found: str | None):
    with empty.engine.begin() as connection:
        connection.execute(text("create table account (name varchar(20))"))
        if found:
            connection.execute(text("create table alembic_version (version_num varchar(32))"))
            connection.execute(text("insert into alembic_version values (:found)"), {"found": found})
    for asked in (is_current, upgrade):
        with pytest.raises(MigrationFailed) as refused:
            asked(empty)
        assert str(refused.value) == (
            f"The database was written by another version of Cadence (schema {found or 'unknown'}, here {schema()}): "
            "run cadence export --whole DIR with that version, name an empty database in DATABASE_URL, and run cadence "
            "migrate and cadence import DIR --apply here, which takes over everything but tokens and secrets."
        )
    with empty.engine.connect() as connection:
        assert {*inspect(connection).get_table_names()} - {"alembic_version"} == {"account"}


def test_of_two_programs_that_start_together_one_makes_the_tables_and_both_go_on(empty_database_url: str) -> None:
    fork = multiprocessing.get_context("fork")
    starting = fork.Barrier(2)
    programs = [fork.Process(target=_start, args=(empty_database_url, starting)) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(PATIENCE_SECONDS)
    assert [program.exitcode for program in programs] == [0, 0]
    store = Store(empty_database_url)
    assert is_current(store)
    store.close()


def _start(url: str, starting: Barrier) -> None:
    """The start of a program; the two begin at the same moment."""
    store = Store(url)
    starting.wait(30)
    upgrade(store)
    store.close()


def test_a_database_that_another_program_holds_gets_no_tables_and_the_sentence_says_so(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    with closing(sqlite3.connect(tmp_path / "cadence.db")) as other:
        other.execute("pragma journal_mode=wal")
        other.execute("begin immediate")
        with pytest.raises(MigrationFailed, match="is as it was: The database is locked by another program"):
            upgrade(store, wait_ms=10)
    assert revision_of(store) is None
    store.close()
