"""A figure beside its floor, the rounds that measure both in turn, and the report of all of them."""

import importlib.metadata
import json
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROUNDS = 5
"""How often each side of a comparison is measured, in turn (A B A B), so that a drift of the machine hits both."""
LATEST = Path(__file__).parent / "latest.json"
LIBRARIES = ("psycopg", "slack-bolt", "slack-sdk", "sqlalchemy", "sqlmodel", "starlette", "uvicorn")

T = TypeVar("T")


class BenchFailed(Exception):
    """A measurement is invalid; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement, its floor, and the ratio of the two that is allowed.

    `reach` is None for what is only reported. `note` tells what is not judged, such as the wall time.
    """

    name: str
    measured: float
    floor: float
    unit: str
    reach: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """The figure as a multiple of its floor."""
        return self.measured / self.floor if self.floor else float("inf")

    @property
    def is_met(self) -> bool:
        """True if the ratio is within its reach, or no reach is set."""
        return self.reach is None or self.ratio <= self.reach

    def line(self) -> str:
        """The figure as one line of the report."""
        reach, verdict = (
            ("-", "reported") if self.reach is None else (f"{self.reach:g}", "met" if self.is_met else "MISSED")
        )
        sides = f"{self.measured:>9.3f} {self.floor:>9.3f} {self.unit:<10} {self.ratio:>7.2f} {reach:>5}"
        return f"{self.name:<52} {sides}  {verdict:<8} {self.note}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """The figure as a row of `latest.json`."""
        return {
            "figure": self.name,
            "measured": round(self.measured, 4),
            "floor": round(self.floor, 4),
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "reach": self.reach,
            "is_met": self.is_met,
            "note": self.note,
        }


HEADING = f"{'figure':<52} {'measured':>9} {'floor':>9} {'unit':<10} {'ratio':>7} {'reach':>5}"
"""The line above the figures."""


def in_turn(sides: Mapping[str, Callable[[], T]], rounds: int = ROUNDS) -> dict[str, list[T]]:
    """Results of each side by round, measured A B C, A B C, ..."""
    found: dict[str, list[T]] = {side: [] for side in sides}
    for _ in range(rounds):
        for side, measure in sides.items():
            found[side].append(measure())
    return found


def write(figures: Sequence[Figure], path: Path = LATEST) -> None:
    """Store the figures, with nothing of the machine but its kind."""
    found = {
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "cores": os.cpu_count(),
        "all_met": all(figure.is_met for figure in figures),
        "figures": [figure.as_json() for figure in figures],
    }
    path.write_text(json.dumps(found, indent=2) + "\n")
