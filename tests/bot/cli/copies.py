"""The command line on one database, and the content of a database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agendas.facts.program import TrailSubject
from bot.__main__ import main
from storage.database import Store
from storage.migrate import is_current
from tests.restored_rows import as_restored
from tests.rows import everything_in

Rows = dict[str, list[dict[str, Any]]]
Does = Callable[..., str]


class Terminal:
    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.said = ""

    def does(self, word: str, file: Path, url: str) -> int:
        self._monkeypatch.setenv("DATABASE_URL", url)
        status = main([word, str(file)])
        out, error = self._capsys.readouterr()
        self.said = out if status == 0 else error
        return status


def rows_at(url: str) -> Rows:
    store = Store(url)
    assert is_current(store)
    found = everything_in(store)
    store.close()
    return found


def restored(rows: Rows) -> Rows:
    """Return the rows as a restore should leave them, without the entries of exports and restores."""
    return {name: [as_restored(name, row) for row in each] for name, each in without_entries(rows).items()}


def without_entries(rows: Rows) -> Rows:
    noted = [row for row in rows["audit_entry"] if row["subject"] not in (TrailSubject.EXPORT, TrailSubject.RESTORE)]
    return rows | {"audit_entry": noted}
