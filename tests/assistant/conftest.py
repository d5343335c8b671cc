"""The stored world of the labelled questions, for tests that only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Store
from tests.assistant.stored_world import stored_world


@pytest.fixture(scope="module")
def world(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("world") / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    yield stored_world(store)
    store.close()
