"""A restore into an SQLite file that was killed before, meets another one, or finds the file locked."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox
from storage.backups import BackupFailed, restore_file
from storage.database import Store
from tests.bot.cli.copies import Terminal, rows_at
from tests.builders import NOW, WORKSPACE

Told = Callable[[int, int], None]


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A database that took one event."""
    database = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, database)
    store = Store(f"sqlite:///{database}")
    store.write_now(inbox.take, WORKSPACE, "event:Ev1", NOW)
    store.close()
    return database


@pytest.fixture
def monday(database: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    return Path(shutil.copy(database, tmp_path / "monday.backup"))


def untold(_done: int, _total: int) -> None:
    """Report nothing."""


def killed(_done: int, _total: int) -> None:
    """End the program as a kill does, in the middle of writing the database."""
    os.kill(os.getpid(), signal.SIGKILL)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def test_a_restore_that_was_killed_is_run_again_and_begins_anew(
    database: Path, monday: Path, terminal: Terminal, tmp_path: Path
) -> None:
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


def test_what_a_killed_restore_left_at_any_step_is_taken_away_by_the_next(
    database: Path, monday: Path, terminal: Terminal, tmp_path: Path
) -> None:
    for left in (*LEFT, "other.db.restoring"):
        (tmp_path / left).write_text("half")
    assert terminal.does("restore", monday, f"sqlite:///{database}") == 0
    expected = ["cadence.db", "cadence.db.before-restore", "monday.backup", "other.db.restoring"]
    assert names_in(tmp_path) == expected


def test_a_leftover_that_is_named_as_the_backup_is_refused_and_not_taken_away(
    database: Path, terminal: Terminal, tmp_path: Path
) -> None:
    left = tmp_path / "cadence.db.restoring"
    shutil.copy(database, left)
    assert terminal.does("restore", left, f"sqlite:///{database}") == 1
    assert terminal.said == (
        f"{left} is what a restore left that was broken off. Name a file that cadence backup wrote.\n"
    )
    assert left.read_bytes() == database.read_bytes()


def test_of_two_restores_at_once_the_second_is_refused_and_the_first_is_done(
    database: Path, monday: Path, terminal: Terminal, tmp_path: Path
) -> None:
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


def test_a_database_that_another_program_holds_is_not_restored_into_and_the_sentence_says_so(
    database: Path, monday: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(BackupFailed) as refused:
            restore_file(database, monday, untold, patience_seconds=0.01)
    assert str(refused.value) == (
        "The database could not be copied (it is locked by another program). Nothing was changed. Stop the program "
        "that holds the database, then try again."
    )
    assert names_in(tmp_path) == ["cadence.db", "monday.backup"]
