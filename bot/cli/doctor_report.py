"""What the doctor finds, one line for each, as it is printed."""

import shutil
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "look", "wrong"]

WIDEST_COLUMNS = 100
VERDICT_COLUMNS = 7
SUBJECT_COLUMNS = 13


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `wrong` keeps the bot from its work, `look` may; the text says what to do."""

    verdict: Verdict
    subject: str
    text: str


def ok(subject: str, text: str) -> Finding:
    """This is as it should be."""
    return Finding("ok", subject, text)


def look(subject: str, text: str) -> Finding:
    """A person should look at this."""
    return Finding("look", subject, text)


def wrong(subject: str, text: str) -> Finding:
    """This has to be mended."""
    return Finding("wrong", subject, text)


class Report:
    """Prints each finding as it comes, in columns as wide as the terminal, and counts them."""

    def __init__(self) -> None:
        self._columns = min(shutil.get_terminal_size().columns, WIDEST_COLUMNS)
        self._counts: Counter[str] = Counter()
        self._last: Finding | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong."""
        return not self._counts["wrong"]

    def add(self, *findings: Finding) -> None:
        """Prints them; one that says the same as the one before is left out."""
        for finding in findings:
            if finding == self._last:
                continue
            self._last = finding
            self._counts[finding.verdict] += 1
            start = f"{finding.verdict:<{VERDICT_COLUMNS}}{finding.subject:<{SUBJECT_COLUMNS}}"
            print(self._wrapped(start, finding.text), flush=True)

    def section(self, name: str) -> None:
        """Begins a part."""
        self._last = None
        print(f"\n{name}", flush=True)

    def note(self, text: str) -> None:
        """Prints a paragraph that is no finding."""
        print("\n" + textwrap.fill(text, width=self._columns))

    def end(self) -> None:
        """Prints how many things are wrong and how many to look at."""
        counts = [f"{self._counts[verdict]} {meaning}" for verdict, meaning in MEANINGS if self._counts[verdict]]
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


MEANINGS = (("wrong", "wrong"), ("look", "to look at"))
