"""Verdicts on the rows of a file to import, whatever its kind."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from agendas.rules.imports.reading.causes import SkipCause


class Verdict(StrEnum):
    """Verdict on a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"


class Planned(Protocol):
    """A row with its verdict: the line and the name it is shown by, why it is skipped, and what was not understood."""

    @property
    def line(self) -> int:
        """The file's line, from 1."""

    @property
    def name(self) -> str:
        """Name of the row in the preview."""

    @property
    def verdict(self) -> Verdict:
        """Verdict on the row."""

    @property
    def reason(self) -> str:
        """Why it is skipped, in words; '' for all others."""

    @property
    def cause(self) -> SkipCause | None:
        """Cause for which it is skipped; None for all others."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Parts of the row that were not understood, in words for a person."""


RowT = TypeVar("RowT", bound=Planned)


@dataclass(frozen=True, slots=True)
class ImportPlan(Generic[RowT]):
    """Every row of a file, in its order, with its verdict."""

    rows: tuple[RowT, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows by verdict."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict.value: found[verdict] for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[RowT]:
        """The rows with this verdict."""
        return [row for row in self.rows if row.verdict is verdict]

    @property
    def changes_nothing(self) -> bool:
        """True when nothing would be created or updated."""
        return all(row.verdict in {Verdict.UNCHANGED, Verdict.SKIP} for row in self.rows)
