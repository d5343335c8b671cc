"""A disk that is full or can only be read, a real one: what the commands say, and that the data stay as they are."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.database import Store
from storage.migrate import upgrade

ROOT = Path(__file__).parents[3]
APART = ("unshare", "--user", "--map-root-user", "--mount")
"""Runs a program that sees disks of its own, where the system lets everybody have some."""

Runs = Callable[[dict[str, Any]], dict[str, Any]]

NO_ROOM, ROOM_TO_OPEN, LITTLE_ROOM, ONLY_READ = "0", "48k", "200k", "only-read"


class SmallDisk:
    """A disk of two megabytes with a database on it, and a backup of that elsewhere."""

    def __init__(self, folder: Path, with_tables: Path, runs: Runs) -> None:
        self.disk, self.backup, self._runs = folder / "disk", folder / "a.backup", runs
        self.disk.mkdir()
        shutil.copy(with_tables, f"{self.disk}.db")
        shutil.copy(with_tables, self.backup)

    def says(self, state: str, *words: object) -> str:
        """Return the refusal of a command with that database on a disk in that state; the database stays as it was."""
        printed, said = self._tells(state, *words)
        assert printed == ""
        return said

    def doctor_finds(self, state: str) -> str:
        """Return the doctor's findings about that database in one line; the database stays as it was."""
        printed, _ = self._tells(state, "doctor")
        return " ".join(printed.split())

    def _tells(self, state: str, *words: object) -> tuple[str, str]:
        """The output and the errors of a command that ends with status 1 and leaves nothing else on the disk."""
        settings = {"DISK": str(self.disk), "STATE": state, "DATABASE_URL": f"sqlite:///{self.disk / 'cadence.db'}"}
        done = self._runs({"settings": settings, "words": [str(word) for word in words]})
        assert (done["status"], done["left"]) == (1, "cadence.db\n"), done
        return done["out"].replace(f"{self.disk}/", ""), done["err"].replace(f"{self.disk}/", "")


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """Runs commands where this user can mount a disk; skips on systems where he cannot."""
    asked = [*APART, "mount", "-t", "tmpfs", "none", "/mnt"]
    if shutil.which("unshare") is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("needs unshare, and the right to mount in a place of one's own")
    program = [*APART, sys.executable, "-m", "tests.bot.cli.commands_apart"]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        orders, answers = process.stdin, process.stdout
        assert orders is not None
        assert answers is not None

        def run(order: dict[str, Any]) -> dict[str, Any]:
            print(json.dumps(order), file=orders, flush=True)
            done: dict[str, Any] = json.loads(answers.readline())
            return done

        yield run


@pytest.fixture(scope="module")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without anything in it."""
    file = tmp_path_factory.mktemp("made") / "cadence.db"
    store = Store(f"sqlite:///{file}")
    upgrade(store)
    store.close()
    return file


@pytest.fixture(scope="module")
def without_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without tables, as it is once another program has opened it."""
    file = tmp_path_factory.mktemp("empty") / "cadence.db"
    with closing(sqlite3.connect(file)) as made:
        made.execute("pragma journal_mode=wal")
        made.execute("create table note (name varchar(20))")
        made.execute("drop table note")
    return file


@pytest.fixture
def small(runs: Runs, with_tables: Path, tmp_path: Path) -> SmallDisk:
    return SmallDisk(tmp_path, with_tables, runs)


FULL = "The disk of the database is full. Free space, then try again.\n"
CANNOT_OPEN = "The database cannot be opened: check DATABASE_URL, and that its folder is there and can be written.\n"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (NO_ROOM, FULL),
        (LITTLE_ROOM, f"The tables could not be made and the database is as it was: {FULL}"),
        (ONLY_READ, CANNOT_OPEN),
    ],
)
def test_making_the_tables_says_what_to_do_about_the_disk(
    runs: Runs, without_tables: Path, tmp_path: Path, state: str, said: str
) -> None:
    assert SmallDisk(tmp_path, without_tables, runs).says(state, "migrate") == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            NO_ROOM,
            "The database could not be copied (database or disk is full). Nothing was changed. Make room on the ",
        ),
        (
            LITTLE_ROOM,
            "The database could not be copied (database or disk is full). Nothing was changed. Make room on ",
        ),
        (
            ONLY_READ,
            "cadence.db.restoring cannot be written: Read-only file system. Nothing was changed. Make the folder of "
            "the database writable, then try again.\n",
        ),
    ],
)
def test_a_restore_says_what_to_do_about_the_disk_of_the_database(small: SmallDisk, state: str, said: str) -> None:
    assert small.says(state, "restore", small.backup).startswith(said)


@pytest.mark.parametrize(("state", "said"), [(NO_ROOM, FULL), (ONLY_READ, CANNOT_OPEN)])
def test_a_backup_of_a_database_whose_disk_lets_nobody_open_it_says_so(
    small: SmallDisk, tmp_path: Path, state: str, said: str
) -> None:
    assert small.says(state, "backup", tmp_path / "new.backup") == said
    assert not (tmp_path / "new.backup").exists()


def test_a_backup_to_a_disk_that_can_only_be_read_asks_for_another_place(small: SmallDisk) -> None:
    said = small.says(ONLY_READ, "backup", small.disk / "new.backup")
    assert said == "new.backup cannot be written: Read-only file system. Name another place for it.\n"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ROOM_TO_OPEN, f"wrong database {FULL.strip()} wrong disk Only 0.0 GiB are free"),
        (LITTLE_ROOM, "ok database The file cadence.db opens, can be written, and is whole."),
    ],
)
def test_the_doctor_finds_a_disk_that_has_no_room_for_what_is_written(small: SmallDisk, state: str, said: str) -> None:
    assert said in small.doctor_finds(state)
