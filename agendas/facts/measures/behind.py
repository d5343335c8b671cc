"""The accounts behind one figure of the program."""

from dataclasses import dataclass

from agendas.facts.measures.program import Period, ProgramAccount


@dataclass(frozen=True, slots=True)
class BehindFigure:
    """The accounts that a figure counts, in the order of the list, and the number of those that left it since.

    `figure` is the figure as a button carries it: its code, its tier and what it is of.
    """

    figure: str
    period: Period
    accounts: tuple[ProgramAccount, ...]
    gone: int = 0
