"""A terminal for `cadence import` on each database."""

import pytest

from storage.database import Store
from tests.bot.cli.imports.terminal import Terminal


@pytest.fixture
def terminal(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal wide enough for every table, on that database."""
    monkeypatch.setenv("DATABASE_URL", store.url)
    monkeypatch.setenv("COLUMNS", "300")
    return Terminal(capsys)
