"""A bot with the sample program, and a second workspace that has the bot too."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Store
from tests.handlers.acts import Acts, acts_in
from tests.handlers.local_bot import install, learn_outsiders
from tests.program import Program, stored_program


@pytest.fixture(scope="module")
def program(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The sample program of one workspace, the bot installed, outsiders known; for a whole file of tests."""
    path = tmp_path_factory.mktemp("bot") / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    program = stored_program(store)
    install(store)
    learn_outsiders(store)
    yield program
    store.close()


@pytest.fixture(scope="module")
def acts(program: Program) -> Acts:
    return acts_in(program)
