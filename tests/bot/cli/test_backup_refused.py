"""Refusals of `cadence backup` and `cadence restore`: nothing is changed, and one sentence says why."""

import multiprocessing
import os
import resource
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.__main__ import main
from sandbox.workspace import PATIENCE_SECONDS
from storage.database import Store
from tests.bot.cli.copies import Terminal
from tests.rows import everything_in

pytestmark = pytest.mark.database("sqlite", "postgres")


@pytest.mark.database("sqlite")
def test_a_backup_overwrites_no_file_disturbs_no_other_and_asks_for_another_place(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
    backup = tmp_path / "monday.backup"
    backup.write_text("mine")
    assert terminal.does("backup", backup, store.url) == 1
    assert terminal.said == f"{backup} is there already, and a backup never overwrites a file. Give another name.\n"
    assert backup.read_text() == "mine"
    (tmp_path / "other.backup.part").write_text("half")
    assert terminal.does("backup", tmp_path / "other.backup", store.url) == 1
    assert "another backup is being written, or one was broken off" in terminal.said
    assert (tmp_path / "other.backup.part").read_text() == "half"
    assert terminal.does("backup", tmp_path / "missing" / "a.backup", store.url) == 1
    assert "cannot be written: No such file or directory. Name another place for it." in terminal.said
    assert not (tmp_path / "monday.backup.part").exists()


def test_an_empty_database_is_not_backed_up(elsewhere: str, terminal: Terminal, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "elsewhere.db").close()
    assert terminal.does("backup", tmp_path / "a.backup", elsewhere) == 1
    assert "holds no data of Cadence" in terminal.said
    assert not (tmp_path / "a.backup").exists()


def damage(file: Path) -> None:
    """Overwrite the middle of the file."""
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2)
        opened.write(b"\xa5" * 6_000)


def no_backup(file: Path) -> None:
    file.write_text("name,domain\nAcme,acme.example\n")


def cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def of_the_other_kind(file: Path) -> None:
    was_sqlite = file.read_bytes().startswith(b"SQLite")
    file.write_bytes(b"PGDMP\x01\x10" if was_sqlite else b"SQLite format 3\0")


SPOILT: tuple[tuple[Callable[[Path], None], str], ...] = (
    (no_backup, "is no backup of Cadence. Name a file that cadence backup wrote."),
    (cut_short, "hanged"),
    (damage, "hanged"),
    (of_the_other_kind, "is a backup of"),
    (Path.unlink, "cannot be read: No such file or directory."),
)


def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_is_changed(
    backup: Path, elsewhere: str, terminal: Terminal, tmp_path: Path
) -> None:
    for spoil, said in SPOILT:
        spoilt = Path(shutil.copy(backup, tmp_path / "spoilt.backup"))
        spoil(spoilt)
        assert terminal.does("restore", spoilt, elsewhere) == 1
        assert said in terminal.said
        assert terminal.said.count("\n") == 1
    store = Store(elsewhere)
    with store.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    store.close()


@pytest.mark.database("postgres")
def test_a_postgresql_database_that_holds_something_is_not_restored_into(
    backup: Path, store: Store, terminal: Terminal
) -> None:
    before = everything_in(store)
    assert terminal.does("restore", backup, store.url) == 1
    assert "tables already, and a backup is restored into an empty one only" in terminal.said
    assert everything_in(store) == before


OLD_PROGRAM = "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n"


@pytest.mark.database("postgres")
@pytest.mark.parametrize(
    ("program", "said"), [("", "pg_dump is not installed here."), (OLD_PROGRAM, "pg_dump is older than the server")]
)
def test_a_missing_or_old_pg_dump_is_named_with_what_to_install(
    store: Store, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, program: str, said: str
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin" if program else str(tmp_path))
    if program:
        (tmp_path / "pg_dump").write_text(program)
        (tmp_path / "pg_dump").chmod(0o755)
    assert terminal.does("backup", tmp_path / "a.backup", store.url) == 1
    assert said in terminal.said
    assert "Install the client programs of PostgreSQL" in terminal.said
    assert not (tmp_path / "a.backup").exists()


def test_a_file_too_damaged_to_be_written_over_stays_and_the_sentence_says_what_to_move(
    migrated_sqlite: Path, terminal: Terminal, tmp_path: Path
) -> None:
    backup, database = tmp_path / "a.backup", tmp_path / "cadence.db"
    assert terminal.does("backup", backup, f"sqlite:///{migrated_sqlite}") == 0
    database.write_bytes(b"x" * 10_000)
    assert terminal.does("restore", backup, f"sqlite:///{database}") == 1
    assert f"Stop the bot, move {database} with its -wal and -shm to another place, and restore" in terminal.said
    assert database.read_bytes() == b"x" * 10_000
    database.rename(tmp_path / "damaged.db")
    assert terminal.does("restore", backup, f"sqlite:///{database}") == 0


def test_a_database_is_not_restored_from_itself(migrated_sqlite: Path, terminal: Terminal) -> None:
    assert terminal.does("restore", migrated_sqlite, f"sqlite:///{migrated_sqlite}") == 1
    assert "is the database itself" in terminal.said


@pytest.mark.parametrize("word", ["backup", "restore"])
def test_a_server_that_is_away_is_said_in_a_sentence(word: str, terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_bytes(b"PGDMP")
    file = tmp_path / ("a.backup" if word == "restore" else "b.backup")
    assert terminal.does(word, file, "postgresql://ann@127.0.0.1:1/cadence") == 1
    assert terminal.said == ("The database server cannot be reached: check DATABASE_URL, and that the server runs.\n")


def _does_with_little_room(word: str, file: Path, url: str) -> None:
    """Runs the command where no file may grow beyond 100 kB; the exit status is 10 more, to tell it from a crash."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    os.environ["DATABASE_URL"] = url
    sys.exit(10 + main([word, str(file)]))


@pytest.mark.parametrize("word", ["backup", "restore"])
def test_a_disk_without_room_leaves_everything_as_it_was_and_the_sentence_says_so(
    word: str, migrated_sqlite: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database, file = tmp_path / "cadence.db", tmp_path / "a.backup"
    shutil.copy(migrated_sqlite, database)
    if word == "restore":
        shutil.copy(migrated_sqlite, file)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    fork = multiprocessing.get_context("fork")
    program = fork.Process(target=_does_with_little_room, args=(word, file, f"sqlite:///{database}"))
    program.start()
    program.join(PATIENCE_SECONDS)
    assert program.exitcode == 11
    assert capfd.readouterr().err == (
        "The database could not be copied (disk I/O error). Nothing was changed. Look at the disk of the database, "
        "then try again.\n"
    )
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert left == before
