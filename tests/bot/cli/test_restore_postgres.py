"""A restore into PostgreSQL that is killed, fails halfway, meets another one, or a program that starts."""

import multiprocessing
import os
import shutil
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from bot.__main__ import main
from sandbox.workspace import PATIENCE_SECONDS
from storage import migrate, outbox
from storage.backups import RESTORING
from storage.database import Store, normalize_url
from storage.migrate import UPGRADE_LOCK, MigrationFailed, is_current, upgrade
from tests.bot.cli.copies import Terminal, restored, rows_at, without_entries
from tests.rows import everything_in
from tests.storage.waiting import until_it_waits

pytestmark = pytest.mark.database("postgres")

WORD_OF_RESTORING = "--single-transaction"


def tool_that(then: str, folder: Path) -> Path:
    """A folder with a pg_restore that restores everything, and then does this."""
    real = shutil.which("pg_restore")
    (folder / "pg_restore").write_text(
        f'#!/bin/sh\n{real} "$@"; status=$?\ncase "$*" in *{WORD_OF_RESTORING}*) {then};; esac\nexit $status\n'
    )
    (folder / "pg_restore").chmod(0o755)
    return folder


def test_a_restore_that_is_killed_halfway_lets_nothing_start_on_it_and_is_done_again_from_the_beginning(
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


def test_a_restore_whose_later_step_fails_leaves_the_database_empty(
    backup: Path, store: Store, elsewhere: str, terminal: Terminal, tmp_path: Path
) -> None:
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


def test_of_two_restores_at_once_the_second_is_refused_and_the_first_is_done(
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


def test_a_restore_that_was_killed_while_its_pg_restore_goes_on_is_done_again_without_that_one(
    backup: Path, store: Store, elsewhere: str, terminal: Terminal
) -> None:
    left = create_engine(normalize_url(elsewhere), connect_args={"application_name": RESTORING})
    with left.connect() as connection:
        connection.execute(text("CREATE TABLE workspace (id integer)"))
        assert terminal.does("restore", backup, elsewhere) == 0
        with pytest.raises(OperationalError):
            connection.execute(text("select 1"))
    left.dispose()
    assert without_entries(rows_at(elsewhere)) == restored(everything_in(store))


def test_what_fills_the_database_is_known_by_its_name(
    backup: Path, elsewhere: str, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    tool = tool_that(f'echo "$*" >{said}', tmp_path)
    monkeypatch.setenv("PATH", f"{tool}{os.pathsep}{os.environ['PATH']}")
    assert terminal.does("restore", backup, f"{elsewhere}&application_name=mine") == 0
    assert f"application_name='{RESTORING}'" in said.read_text()
