"""The scoreboard of a period: the accounts that fit a filter, and the program that they are part of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agendas.facts.list_filter import ScoreboardFilter
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.rules.measures.periods import written
from agendas.rules.scoreboard.rows import fitting
from agendas.rules.scoreboard.words import written_scoreboard


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The accounts that fit `wanted`, in the order of need; `names` are those of the people in it, by user id.

    `plays` are names of plays by key.
    """

    program: Program
    wanted: ScoreboardFilter
    accounts: tuple[ProgramAccount, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    plays: Mapping[str, str] = field(default_factory=dict)

    @property
    def month(self) -> str:
        """The month as buttons carry it: `2026-10`."""
        return written(self.program.period)

    @property
    def words(self) -> str:
        """The month and the filter, as the command takes them."""
        return written_scoreboard(self.month, self.wanted)


def scoreboard_of(
    program: Program,
    wanted: ScoreboardFilter | None = None,
    *,
    names: Mapping[str, str] | None = None,
    plays: Mapping[str, str] | None = None,
) -> Scoreboard:
    """Return the scoreboard of a program, whole without a filter."""
    asked = wanted or ScoreboardFilter()
    return Scoreboard(program, asked, fitting(program, asked), names or {}, plays or {})
