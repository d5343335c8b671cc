"""The sample program on SQLite, written once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.seed.calendar import Calendar
from sandbox.seed.program import SeededProgram
from storage.database.engine import Store
from tests.sandbox.seed.sample import Sample, seeded


@pytest.fixture(scope="session")
def seeded_file(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, SeededProgram, Calendar]:
    """A SQLite file with the sample in it, to copy."""
    path = tmp_path_factory.mktemp("seeded") / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    sample = seeded(store)
    store.close()
    return path, sample.program, sample.calendar


@pytest.fixture
def sample(seeded_file: tuple[Path, SeededProgram, Calendar], tmp_path: Path) -> Iterator[Sample]:
    """The sample on SQLite alone."""
    path, program, calendar = seeded_file
    store = Store(f"sqlite:///{shutil.copy(path, tmp_path / 'cadence.db')}")
    yield Sample(store, program, calendar)
    store.close()


@pytest.fixture
def empty_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """A database without rows, on SQLite alone."""
    store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'empty.db')}")
    yield store
    store.close()
