"""A figure beside its floor, the rounds that measure both in turn, and the report of all of them."""

import importlib.metadata
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

ROUNDS = 5
"""How often each side of a comparison is measured, in turn (A B A B), so that a drift of the machine hits both."""

LATEST = Path(__file__).parent / "latest.json"
LIBRARIES = ("aiohttp", "psycopg", "slack-bolt", "slack-sdk", "sqlalchemy", "sqlmodel", "starlette", "uvicorn")

T = TypeVar("T")


class BenchFailed(Exception):
    """A measurement is no good: the message says what was wrong with it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the report: what was measured, its floor, and how far apart they may be.

    `reach` is the ratio that is allowed: at most, or at least where `is_more_better`.
    """

    name: str
    measured: float
    floor: float
    unit: str
    reach: float
    is_more_better: bool = False

    @property
    def ratio(self) -> float:
        """The figure as a multiple of its floor."""
        return self.measured / self.floor if self.floor else float("inf")

    @property
    def passed(self) -> bool:
        """Whether the reach is met."""
        return self.ratio >= self.reach if self.is_more_better else self.ratio <= self.reach

    def as_json(self) -> dict[str, Any]:
        """The row of `latest.json`."""
        return {
            "figure": self.name,
            "measured": round(self.measured, 4),
            "floor": round(self.floor, 4),
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "reach": f"{'>=' if self.is_more_better else '<='} {self.reach}",
            "passed": self.passed,
        }


def in_turn(sides: Mapping[str, Callable[[], T]], rounds: int = ROUNDS) -> dict[str, list[T]]:
    """What each side gave in each round, by side, measured A B C, A B C, ..."""
    found: dict[str, list[T]] = {side: [] for side in sides}
    for _ in range(rounds):
        for side, measure in sides.items():
            found[side].append(measure())
    return found


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def report(figures: Sequence[Figure]) -> str:
    """The table that is printed."""
    head = ("figure", "measured", "floor", "unit", "ratio", "reach", "")
    rows = [head, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(_line(row, widths) for row in rows)


def write(figures: Sequence[Figure], path: Path = LATEST) -> None:
    """Stores the figures, with nothing of the machine but its kind."""
    found = {
        "python": platform.python_version(),
        "libraries": dict(_versions()),
        "cores": os.cpu_count(),
        "passed": all(figure.passed for figure in figures),
        "figures": [figure.as_json() for figure in figures],
    }
    path.write_text(json.dumps(found, indent=2) + "\n")


def _versions() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        yield name, importlib.metadata.version(name)


def _cells(figure: Figure) -> tuple[str, ...]:
    row = figure.as_json()
    verdict = "" if figure.passed else "MISSED"
    return (
        figure.name,
        f"{figure.measured:.3f}",
        f"{figure.floor:.3f}",
        figure.unit,
        f"{figure.ratio:.2f}",
        row["reach"],
        verdict,
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    left = row[0].ljust(widths[0])
    return "  ".join((left, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)))).rstrip()
