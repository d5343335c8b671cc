import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from bot.__main__ import main
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox, migrate, outbox
from storage.backups import RESTORING, BackupFailed, restore_file
from storage.database import Store, normalize_url
from storage.migrate import UPGRADE_LOCK, MigrationFailed, is_current, upgrade
from tests.bot.cli.copies import Terminal, restored, rows_at, without_entries
from tests.builders import NOW, WORKSPACE
from tests.rows import everything_in
from tests.storage.letters import until_it_waits

# A restore into an SQLite file that was killed before, meets another one, or finds the file locked.

Told = Callable[[int, int], None]


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> Path:
    database = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, database)
    store = Store(f"sqlite:///{database}")
    store.write_now(inbox.note_key, WORKSPACE, "event:Ev1", NOW)
    store.close()
    return database


@pytest.fixture
def monday(database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(database, tmp_path / "monday.backup"))


def untold(_done: int, _total: int) -> None:
    """Report nothing."""


def killed(_done: int, _total: int) -> None:
    """End the program as a kill does, in the middle of writing the database."""
    os.kill(os.getpid(), signal.SIGKILL)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def test_a_restore_that_was_killed_is_run_again_and_begins_anew(database, monday, terminal, tmp_path):
    program = multiprocessing.get_context("fork").Process(target=restore_file, args=(database, monday, killed))
    program.start()
    program.join(PATIENCE_SECONDS)
    assert program.exitcode == -signal.SIGKILL
    assert (tmp_path / "cadence.db.restoring").exists()
    assert terminal.does("restore", monday, f"sqlite:///{database}") == 0
    kept = ["cadence.db.before-restore", "cadence.db.before-restore-2"]
    assert names_in(tmp_path) == ["cadence.db", *kept, "monday.backup"]
    for file in (database, *(tmp_path / name for name in kept)):
        assert [row["key"] for row in rows_at(f"sqlite:///{file}")["received"]] == ["event:Ev1"]


LEFT = (
    *("cadence.db.restoring", "cadence.db.restoring-wal", "cadence.db.restoring.part"),
    *("cadence.db.restoring.part-journal", "cadence.db.before-restore.part", "cadence.db.restoring.lock"),
    "cadence.db.before-restore-2.part-journal",
)


def test_what_a_killed_restore_left_at_any_step_is_taken_away_by_the_next(database, monday, terminal, tmp_path):
    for left in (*LEFT, "other.db.restoring"):
        (tmp_path / left).write_text("half")
    assert terminal.does("restore", monday, f"sqlite:///{database}") == 0
    expected = ["cadence.db", "cadence.db.before-restore", "monday.backup", "other.db.restoring"]
    assert names_in(tmp_path) == expected


def test_a_leftover_that_is_named_as_the_backup_is_refused_and_not_taken_away(database, terminal, tmp_path):
    left = tmp_path / "cadence.db.restoring"
    shutil.copy(database, left)
    assert terminal.does("restore", left, f"sqlite:///{database}") == 1
    assert terminal.said == (
        f"{left} is what a restore left that was broken off. Name a file that cadence backup wrote.\n"
    )
    assert left.read_bytes() == database.read_bytes()


def test_of_two_restores_at_once_into_sqlite_the_first_is_done_and_the_second_not(database, monday, terminal, tmp_path):
    (tmp_path / "link.db").symlink_to(database)
    said = []

    def another(_done: int, _total: int) -> None:
        for name in ("cadence.db", "link.db"):
            assert terminal.does("restore", monday, f"sqlite:///{tmp_path / name}") == 1
            said.append(terminal.said)

    restore_file(database, monday, another)
    assert set(said) == {
        f"A restore into {tmp_path / name} is under way. Nothing was changed. Wait until that one is done.\n"
        for name in ("cadence.db", "link.db")
    }
    assert [row["key"] for row in rows_at(f"sqlite:///{database}")["received"]] == ["event:Ev1"]
    assert names_in(tmp_path) == ["cadence.db", "cadence.db.before-restore", "link.db", "monday.backup"]


def test_a_database_that_another_program_holds_is_not_restored_into_and_it_says_so(database, monday, tmp_path):
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(BackupFailed) as refused:
            restore_file(database, monday, untold, patience_seconds=0.01)
    assert str(refused.value) == (
        "The database could not be copied (it is locked by another program). Nothing was changed. Stop the program "
        "that holds the database, then try again."
    )
    assert names_in(tmp_path) == ["cadence.db", "monday.backup"]


# A restore into PostgreSQL that is killed, fails halfway, meets another one, or a program that starts.

WORD_OF_RESTORING = "--single-transaction"


def tool_that(then: str, folder: Path) -> Path:
    real = shutil.which("pg_restore")
    (folder / "pg_restore").write_text(
        f'#!/bin/sh\n{real} "$@"; status=$?\ncase "$*" in *{WORD_OF_RESTORING}*) {then};; esac\nexit $status\n'
    )
    (folder / "pg_restore").chmod(0o755)
    return folder


@pytest.mark.database("postgres")
def test_after_a_restore_killed_halfway_nothing_starts_until_it_is_done(
    backup: Path, elsewhere: str, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", f"{tool_that('kill -9 $PPID', tmp_path)}{os.pathsep}{path}")
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    program = multiprocessing.get_context("fork").Process(target=main, args=(["restore", str(backup)],))
    program.start()
    program.join(PATIENCE_SECONDS)
    assert program.exitcode == -signal.SIGKILL
    store = Store(elsewhere)
    assert store.read_now(outbox.count_pending) > 0
    for asked in (upgrade, is_current):
        with pytest.raises(MigrationFailed, match="was broken off before its end"):
            asked(store)
    monkeypatch.setenv("PATH", path)
    assert terminal.does("restore", backup, elsewhere) == 0
    assert is_current(store)
    waiting = [row for row in everything_in(store)["letter"] if row["state"] in outbox.UNDER_WAY]
    assert waiting
    assert all(row["tried_until"] is not None for row in waiting)
    store.close()
    assert terminal.does("restore", backup, elsewhere) == 1


@pytest.mark.database("postgres")
def test_a_restore_whose_later_step_fails_leaves_the_database_empty(backup, store, elsewhere, terminal, tmp_path):
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE letter RENAME COLUMN tried_until TO tried"))
    other = tmp_path / "other.backup"
    assert terminal.does("backup", other, store.url) == 0
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE letter RENAME COLUMN tried TO tried_until"))
    assert terminal.does("restore", other, elsewhere) == 1
    assert terminal.said.count("\n") == 1
    there = Store(elsewhere)
    with there.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    there.close()
    assert terminal.does("restore", backup, elsewhere) == 0


@pytest.mark.proof
@pytest.mark.database("postgres")
def test_of_two_restores_at_once_postgresql_refuses_the_second(
    backup: Path, store: Store, elsewhere: str, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    another = f'[ "$IS_ANOTHER" ] || IS_ANOTHER=yes {sys.executable} -m bot restore {backup} >{said} 2>&1'
    monkeypatch.setenv("PATH", f"{tool_that(another, tmp_path)}{os.pathsep}{os.environ['PATH']}")
    assert terminal.does("restore", backup, elsewhere) == 0
    assert said.read_text() == (
        "A restore into this database is under way. Nothing was changed. Wait until that one is done.\n"
    )
    assert without_entries(rows_at(elsewhere)) == restored(everything_in(store))


@pytest.mark.database("postgres")
def test_a_program_that_starts_as_a_restore_begins_makes_no_tables_in_its_way(elsewhere: str) -> None:
    there = Store(elsewhere)
    with ThreadPoolExecutor(1) as other:
        with there.writing() as session:
            session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
            starting = other.submit(upgrade, there)
            until_it_waits(there, starting)
            migrate.set_marker(session)
        with pytest.raises(MigrationFailed, match="A restore into this database is under way"):
            starting.result(60)
    with there.engine.connect() as connection:
        assert inspect(connection).get_table_names() == [migrate.MARKER]
    there.close()


@pytest.mark.database("postgres")
def test_a_restore_killed_while_its_pg_restore_goes_on_is_done_again_without_it(backup, store, elsewhere, terminal):
    left = create_engine(normalize_url(elsewhere), connect_args={"application_name": RESTORING})
    with left.connect() as connection:
        connection.execute(text("CREATE TABLE workspace (id integer)"))
        assert terminal.does("restore", backup, elsewhere) == 0
        with pytest.raises(OperationalError):
            connection.execute(text("select 1"))
    left.dispose()
    assert without_entries(rows_at(elsewhere)) == restored(everything_in(store))


@pytest.mark.database("postgres")
def test_what_fills_the_database_is_known_by_its_name(backup, elsewhere, terminal, tmp_path, monkeypatch):
    said = tmp_path / "said"
    tool = tool_that(f'echo "$*" >{said}', tmp_path)
    monkeypatch.setenv("PATH", f"{tool}{os.pathsep}{os.environ['PATH']}")
    assert terminal.does("restore", backup, f"{elsewhere}&application_name=mine") == 0
    assert f"application_name='{RESTORING}'" in said.read_text()
