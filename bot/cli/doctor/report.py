"""Findings of `cadence doctor` and how they are printed."""

import shutil
import textwrap
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

WIDEST_COLUMNS = 100
VERDICT_COLUMNS = 7
SUBJECT_COLUMNS = 13


class Verdict(StrEnum):
    """Verdicts on what was checked: as it should be, maybe a hindrance, keeps the bot from its work."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one thing that was checked; unless it is ok, the text says what to do."""

    verdict: Verdict
    subject: str
    text: str


def ok(subject: str, text: str) -> Finding:
    """Return a finding that something is as it should be."""
    return Finding(Verdict.OK, subject, text)


def look(subject: str, text: str) -> Finding:
    """Return a finding that a person should look at."""
    return Finding(Verdict.LOOK, subject, text)


def wrong(subject: str, text: str) -> Finding:
    """Return a finding of something to be fixed."""
    return Finding(Verdict.WRONG, subject, text)


class Report:
    """Prints each finding as it comes, in columns as wide as the terminal, and counts them."""

    def __init__(self) -> None:
        self._columns = min(shutil.get_terminal_size().columns, WIDEST_COLUMNS)
        self._counts: Counter[Verdict] = Counter()
        self._last: Finding | None = None

    @property
    def is_well(self) -> bool:
        """True if nothing is wrong."""
        return not self._counts[Verdict.WRONG]

    def add(self, *findings: Finding) -> None:
        """Print the findings, except one that equals the finding before it."""
        for finding in findings:
            if finding == self._last:
                continue
            self._last = finding
            self._counts[finding.verdict] += 1
            start = f"{finding.verdict:<{VERDICT_COLUMNS}}{finding.subject:<{SUBJECT_COLUMNS}}"
            print(self._wrapped(start, finding.text), flush=True)

    def section(self, name: str) -> None:
        """Begin a section of this name."""
        self._last = None
        print(f"\n{name}", flush=True)

    def note(self, text: str) -> None:
        """Print a paragraph that is not a finding."""
        print("\n" + textwrap.fill(text, width=self._columns))

    def end(self) -> None:
        """Print how many things are wrong and how many to look at."""
        counts = [f"{self._counts[verdict]} {words}" for verdict, words in COUNTED if self._counts[verdict]]
        print("\n" + (", ".join(counts) if counts else "All is well") + ".")

    def _wrapped(self, start: str, text: str) -> str:
        return textwrap.fill(
            text,
            width=self._columns,
            initial_indent=start,
            subsequent_indent=" " * (VERDICT_COLUMNS + SUBJECT_COLUMNS),
            break_on_hyphens=False,
            break_long_words=False,
        )


COUNTED = ((Verdict.WRONG, "wrong"), (Verdict.LOOK, "to look at"))
