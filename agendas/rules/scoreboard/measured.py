"""The program's measures over a period, worked out once for the lines below the scoreboard and for its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program
from agendas.facts.reviews.review import Bucket
from agendas.rules.measures.behind import Figure, FigureCode
from agendas.rules.measures.coverage import TierCoverage
from agendas.rules.measures.discipline import Discipline, discipline
from agendas.rules.measures.figures import buckets
from agendas.rules.measures.progression import TierProgression, paused
from agendas.rules.measures.quality import CurrencyQuality
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.results import Results
from agendas.rules.measures.share import named_in
from agendas.rules.measures.velocity import StageVelocity
from agendas.rules.scoreboard.deals import CurrencyDeals, deal_context

_OF_PROGRESSION = (
    FigureCode.PAUSED,
    FigureCode.COMPARABLE,
    FigureCode.REGRESSED,
    FigureCode.ADVANCED,
    FigureCode.CLAIMED,
    FigureCode.BOUNCED,
    FigureCode.MOMENTUM,
    FigureCode.CUSTOMERS,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures of the whole list, of these results; velocities are of the stages with a stay."""

    results: Results
    named: int
    paused: int
    buckets: Mapping[Bucket, int]
    progression: TierProgression
    coverage: TierCoverage
    velocities: tuple[StageVelocity, ...]
    quality: Mapping[str, CurrencyQuality]
    deals: tuple[CurrencyDeals, ...]
    discipline: Discipline

    @property
    def completed(self) -> tuple[StageVelocity, ...]:
        """The stages with a completed stay, which have a median."""
        return tuple(each for each in self.velocities if each.completed)


def measured(program: Program) -> Measured:
    """Return the measures of the whole list."""
    results = Results(program)
    stays = (results.velocity(stage, None) for stage in Stage)
    return Measured(
        results=results,
        named=len(named_in(program)),
        paused=len(paused(program)),
        buckets=buckets(program),
        progression=results.progression(None),
        coverage=results.coverage(None),
        velocities=tuple(each for each in stays if each.completed or each.open),
        quality=results.quality(),
        deals=deal_context(program),
        discipline=discipline(program),
    )


def failing_most(found: CurrencyQuality) -> tuple[tuple[QualityTest, int, int], ...]:
    """Return the tests that deals fail, with how many of how many: those that most deals fail first."""
    counts = [(test, len(found.failing(test)), len(found.due(test))) for test in QualityTest]
    return tuple(sorted((each for each in counts if each[1]), key=lambda each: -each[1]))


def figures_told(found: Measured) -> Iterator[Figure]:
    """The figures of the whole list that can be opened to their accounts, in the order in which they are told."""
    yield from (Figure(FigureCode.BUCKET, of=each.value) for each in found.buckets)
    yield from map(Figure, _OF_PROGRESSION)
    for currency, each in found.quality.items():
        yield Figure(FigureCode.PIPELINE, of=currency)
        yield Figure(FigureCode.PIPELINE_CLEAN, of=currency)
        for test, _, _ in failing_most(each):
            yield Figure(FigureCode.PIPELINE_FAILS, of=f"{currency}:{test.value}")
        yield Figure(FigureCode.WITHOUT_AMOUNT, of=currency)
    yield Figure(FigureCode.COVERED)
    yield Figure(FigureCode.COVERED_FULLY)
    yield from (Figure(FigureCode.ROLE_OPEN, of=role.value) for role, _ in found.coverage.gaps)
    yield Figure(FigureCode.TOO_FEW_ACTIVE)
    for stays in found.velocities:
        yield Figure(FigureCode.STAYED, of=stays.stage.value)
        yield Figure(FigureCode.STAYING, of=stays.stage.value)
