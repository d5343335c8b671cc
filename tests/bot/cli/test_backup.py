import multiprocessing
import os
import resource
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from bot.__main__ import main
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox, outbox
from storage.backups import address_of
from storage.database import Store
from storage.migrate import schema
from storage.models.delivery import Letter, LetterKind, LetterState
from tests.bot.cli.copies import Does, Terminal, restored, rows_at, without_entries
from tests.builders import CHANNEL, NOW, WORKSPACE, ago
from tests.program import stored_program
from tests.rows import everything_in

# `cadence backup` and `cadence restore` on both databases, and while others write.

pytestmark = pytest.mark.database("sqlite", "postgres")


def test_what_is_backed_up_is_restored_row_by_row_into_an_empty_place(store, elsewhere, terminal, tmp_path):
    stored_program(store)
    backup = tmp_path / "monday.backup"
    assert terminal.does("backup", backup, store.url) == 0
    assert terminal.said.startswith(f"The database is backed up to {backup} (0.")
    assert f"MB, schema {schema()})." in terminal.said
    assert backup.stat().st_mode & 0o077 == 0
    assert terminal.does("restore", backup, elsewhere) == 0
    assert terminal.said == f"The database is restored from {backup}.\n"
    assert without_entries(rows_at(elsewhere)) == restored(everything_in(store))
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name or "restor" in path.name) == []


class Writer:
    """A writer that records one thing after the other, always two rows in one transaction."""

    def __init__(self, store: Store) -> None:
        self._store, self._stopped = store, threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.written = 0
        self.failed: BaseException | None = None

    def __enter__(self) -> "Writer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def waits_for(self, count: int) -> None:
        """Returns once so many more transactions were committed."""
        reached = self.written + count
        while self.written < reached and self._thread.is_alive():
            self._stopped.wait(0.001)

    def _write(self) -> None:
        try:
            while not self._stopped.is_set():
                self._store.write_now(self._pair, self.written)
                self.written += 1
        except BaseException as error:
            self.failed = error

    @staticmethod
    def _pair(session: Any, number: int) -> None:
        for half in ("a", "b"):
            assert inbox.note_key(session, WORKSPACE, f"event:{number}{half}", NOW)


def test_a_backup_made_while_others_write_holds_whole_transactions_refusing_none(store, elsewhere, terminal, tmp_path):
    stored_program(store)
    backup = tmp_path / "busy.backup"
    with Writer(store) as writer:
        writer.waits_for(3)
        committed = writer.written
        assert terminal.does("backup", backup, store.url) == 0
        writer.waits_for(3)
    assert writer.failed is None
    assert terminal.does("restore", backup, elsewhere) == 0
    keys = {row["key"] for row in rows_at(elsewhere)["received"]}
    pairs = {key.rstrip("ab") for key in keys}
    assert keys == {pair + half for pair in pairs for half in "ab"}
    assert committed <= len(pairs) < writer.written


@pytest.mark.database("sqlite")
def test_a_file_is_restored_while_others_work_with_it_and_what_it_held_is_kept(store, terminal, tmp_path):
    stored_program(store)
    before = everything_in(store)
    backup = tmp_path / "monday.backup"
    assert terminal.does("backup", backup, store.url) == 0
    with Writer(store) as writer:
        writer.waits_for(3)
        assert terminal.does("restore", backup, store.url) == 0
        kept = tmp_path / "cadence.db.before-restore"
        assert terminal.said == f"The database is restored from {backup}. The database from before is kept in {kept}.\n"
        writer.waits_for(3)
    assert writer.failed is None
    after = everything_in(store)
    assert without_entries(after | {"received": []}) == restored(before | {"received": []})
    in_kept = {row["key"] for row in rows_at(f"sqlite:///{kept}")["received"]}
    in_file = {row["key"] for row in after["received"]}
    # a transaction is either in the copy, from before, or in the file, from after
    assert in_kept.isdisjoint(in_file)
    assert len(in_kept) + len(in_file) == 2 * writer.written
    assert terminal.does("restore", backup, store.url) == 0
    assert f"kept in {kept}-2." in terminal.said


@pytest.mark.database("sqlite")
def test_every_file_with_the_data_is_for_its_owner_alone_whatever_the_umask_lets(tmp_path: Path, does: Does) -> None:
    before, database = os.umask(0), tmp_path / "new.db"
    url, folder = f"sqlite:///{database}", tmp_path / "out"
    folder.mkdir()
    try:
        does(url, "migrate")
        store = Store(url)
        stored_program(store)
        does(url, "backup", tmp_path / "monday.backup")
        does(url, "restore", tmp_path / "monday.backup")
        does(url, "export", folder)
        does(f"sqlite:///{tmp_path / 'elsewhere.db'}", "restore", tmp_path / "monday.backup")
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.rglob("*") if path.is_file()}
        store.close()
    finally:
        os.umask(before)
    assert {"new.db", "new.db-wal", "new.db-shm", "new.db.before-restore", "monday.backup", "elsewhere.db"} <= {*modes}
    assert {"account.csv", "contents.csv"} <= {*modes}
    assert set(modes.values()) == {"0o600"}, modes


def letter_to(channel_id: str, key: str) -> Letter:
    return Letter(
        workspace_id=WORKSPACE,
        key=key,
        kind=LetterKind.POST,
        page="said",
        channel_id=channel_id,
        created_at=ago(1),
        due_at=ago(1),
    )


def test_a_letter_of_a_backup_is_looked_for_before_it_is_sent_again(store, elsewhere, terminal, tmp_path):
    store.write_now(outbox.queue, letter_to(CHANNEL, "new"))
    in_hand = letter_to("C2", "in hand")
    in_hand.state, in_hand.leased_until, in_hand.leased_by = LetterState.LEASED, NOW, "gone"
    store.write_now(outbox.queue, in_hand)
    backup = tmp_path / "letters.backup"
    assert terminal.does("backup", backup, store.url) == 0
    assert terminal.does("restore", backup, elsewhere) == 0
    restored = Store(elsewhere)
    claimed = restored.write_now(
        outbox.claim_letters, now=NOW, tried_at=NOW, worker="w", lease=timedelta(minutes=2), batch=9
    )
    restored.close()
    found = {each.key: outbox.earlier_attempts(each) for each in claimed}
    assert found == {"new": outbox.Attempts(ago(1), ago(1)), "in hand": outbox.Attempts(ago(1), NOW)}


def test_a_backup_of_another_version_is_refused_and_nothing_is_changed(backup, store, elsewhere, terminal, tmp_path):
    with store.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    later = tmp_path / "later.backup"
    assert terminal.does("backup", later, store.url) == 0
    assert terminal.does("restore", later, elsewhere) == 1
    assert terminal.said == (
        f"{later} was written by another version of Cadence (schema 9999, here {schema()}): restore it with that "
        "version, then run cadence export --whole DIR there and cadence import DIR --apply here.\n"
    )
    assert terminal.does("restore", backup, elsewhere) == 0


def test_a_database_that_was_killed_is_backed_up_with_what_stands_in_its_log_alone(migrated_sqlite, terminal, tmp_path):
    shutil.copy(migrated_sqlite, tmp_path / "used.db")
    store = Store(f"sqlite:///{tmp_path / 'used.db'}")
    store.write_now(inbox.note_key, WORKSPACE, "event:Ev1", NOW)
    # as a kill leaves them: the file, and beside it the log that was not written back
    for name in ("used.db", "used.db-wal"):
        shutil.copy(tmp_path / name, tmp_path / name.replace("used", "killed"))
    store.close()
    assert terminal.does("backup", tmp_path / "a.backup", f"sqlite:///{tmp_path / 'killed.db'}") == 0
    assert terminal.does("restore", tmp_path / "a.backup", f"sqlite:///{tmp_path / 'new.db'}") == 0
    assert [row["key"] for row in rows_at(f"sqlite:///{tmp_path / 'new.db'}")["received"]] == ["event:Ev1"]


def test_the_password_is_on_no_command_line() -> None:
    store = Store("postgresql://ann:s3cret@db.example:5433/cadence?sslmode=require")
    assert address_of(store) == "host=db.example dbname=cadence user=ann port=5433 sslmode=require"
    store.close()


# Refusals of `cadence backup` and `cadence restore`: nothing is changed, and one sentence says why.
@pytest.mark.database("sqlite")
def test_a_backup_overwrites_no_file_disturbs_no_other_and_asks_for_another_place(store, terminal, tmp_path):
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


def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_is_changed(backup, elsewhere, terminal, tmp_path):
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
def test_a_postgresql_database_that_holds_something_is_not_restored_into(backup, store, terminal):
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


def test_a_file_too_damaged_to_be_written_over_stays_and_it_says_what_to_move(migrated_sqlite, terminal, tmp_path):
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
def test_a_disk_without_room_leaves_everything_as_it_was_and_it_says_so(word, migrated_sqlite, tmp_path, capfd):
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
