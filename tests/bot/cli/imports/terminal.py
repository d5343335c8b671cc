"""A terminal for `cadence import`, and the sample files."""

import re
from pathlib import Path

import pytest

from bot.__main__ import main

SAMPLES = Path(__file__).parents[3] / "data"
LABELS = str(SAMPLES / "hubspot_labels.csv")


class Terminal:
    """Runs `cadence import` and holds what it printed last."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = ""
        self.error = ""

    def imports(self, *words: str) -> int:
        """Return the exit status."""
        try:
            status = main(["import", *words])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        self.out, self.error = self._capsys.readouterr()
        return status

    def line(self, number: int) -> str:
        """Return the table's line for that line of the file, with single spaces."""
        lines = self.out.splitlines()
        heading = next(place for place, line in enumerate(lines) if re.match(r"\s*Line ", line))
        found = next(line for line in lines[heading:] if re.match(rf"\s*{number} ", line))
        return " ".join(found.split())
