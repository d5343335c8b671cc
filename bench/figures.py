"""A figure against its floor, and its verdict."""

from dataclasses import dataclass

FAILS_ABOVE = 1.5
"""Times its budget. What lies between is printed: a busy machine can cost so much."""


class WrongAnswer(Exception):
    """What was answered is not what was asked for, so its figure counts for nothing; the message says what it was."""


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    measured: float
    floor: float
    unit: str
    budget: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.measured / self.floor

    @property
    def fails(self) -> bool:
        return self.ratio > FAILS_ABOVE * self.budget

    def line(self) -> str:
        verdict = "FAILED" if self.fails else "over budget" if self.ratio > self.budget else "met"
        sides = f"{self.measured:>9.2f} {self.floor:>8.2f} {self.unit:<10} {self.ratio:>7.2f} {self.budget:>7g}"
        return f"{self.name:<46} {sides}  {verdict:<11} {self.note}".rstrip()


HEADING = f"{'figure':<46} {'measured':>9} {'floor':>8} {'unit':<10} {'ratio':>7} {'budget':>7}"


def check_shown(words: str, *expected: str) -> None:
    """Raise WrongAnswer unless a text shows all of these."""
    if missing := [each for each in expected if each not in words]:
        raise WrongAnswer(f"{missing} missing in: {words}")
