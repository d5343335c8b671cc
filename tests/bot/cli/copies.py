"""The command line on one database, and what stands in a database."""

from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from storage.engine import Store
from storage.migrate import is_current
from tests.builders import everything_in

Rows = dict[str, list[dict[str, Any]]]


class Terminal:
    """Runs the command line on one database and holds what it said last."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.said = ""

    def does(self, word: str, file: Path, url: str) -> int:
        """The exit status."""
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


def undoubted(rows: Rows) -> Rows:
    """The rows without what a restore changes of letters that wait."""
    changed = {"state", "leased_until", "leased_by", "first_tried_at", "tried_until"}
    letters = [{key: value for key, value in row.items() if key not in changed} for row in rows["letter"]]
    return rows | {"letter": letters}
