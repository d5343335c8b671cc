"""The program's measures over a period, worked out once for the lines below the scoreboard and for its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program
from agendas.facts.review import Bucket
from agendas.rules.measures.behind import Figure, FigureCode
from agendas.rules.measures.coverage import TierCoverage, coverage_of
from agendas.rules.measures.discipline import Discipline, discipline
from agendas.rules.measures.figures import buckets
from agendas.rules.measures.progression import TierProgression, paused, progression_of
from agendas.rules.measures.quality import CurrencyQuality, accounts_of, quality
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.share import named_in
from agendas.rules.measures.velocity import StageVelocity, velocity
from agendas.rules.measures.velocity import accounts_of as accounts_of_stays
from agendas.rules.scoreboard.deals import CurrencyDeals, deal_context

BehindEntry = tuple[Figure, int]
"""A figure and how many accounts are behind it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures of the whole list; velocities are of the stages with a stay."""

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
    stays = (velocity(program, stage) for stage in Stage)
    return Measured(
        named=len(named_in(program)),
        paused=len(paused(program)),
        buckets=buckets(program),
        progression=progression_of(program),
        coverage=coverage_of(program),
        velocities=tuple(each for each in stays if each.completed or each.open),
        quality=quality(program),
        deals=deal_context(program),
        discipline=discipline(program),
    )


def failing_most(found: CurrencyQuality) -> tuple[tuple[QualityTest, int, int], ...]:
    """Return the tests that deals fail, with how many of how many: those that most deals fail first."""
    counts = [(test, len(found.failing(test)), len(found.due(test))) for test in QualityTest]
    return tuple(sorted((each for each in counts if each[1]), key=lambda each: -each[1]))


def behind_of(found: Measured) -> tuple[BehindEntry, ...]:
    """Return the figures of the whole list that have accounts behind them, in the order in which they are told."""
    entries = (*_of_progression(found), *_of_quality(found), *_of_groups(found), *_of_stays(found))
    return tuple((figure, count) for figure, count in entries if count)


def _of_progression(found: Measured) -> Iterator[BehindEntry]:
    moved = found.progression
    yield from ((Figure(FigureCode.BUCKET, of=each.value), count) for each, count in found.buckets.items())
    yield Figure(FigureCode.PAUSED), found.paused
    yield Figure(FigureCode.COMPARABLE), len(moved.comparable)
    yield Figure(FigureCode.REGRESSED), len(moved.regressed)
    yield Figure(FigureCode.ADVANCED), len(moved.advanced)
    yield Figure(FigureCode.CLAIMED), len(moved.claimed)
    yield Figure(FigureCode.BOUNCED), len(moved.bounced)
    yield Figure(FigureCode.MOMENTUM), len(moved.momentum)
    yield Figure(FigureCode.CUSTOMERS), len(moved.customers)


def _of_quality(found: Measured) -> Iterator[BehindEntry]:
    for currency, each in found.quality.items():
        yield Figure(FigureCode.PIPELINE, of=currency), len(accounts_of(each.all_deals))
        clean = tuple(deal for deal in each.deals if deal.is_clean)
        yield Figure(FigureCode.PIPELINE_CLEAN, of=currency), len(accounts_of(clean))
        for test, _, _ in failing_most(each):
            figure = Figure(FigureCode.PIPELINE_FAILS, of=f"{currency}:{test.value}")
            yield figure, len(accounts_of(each.failing(test)))
        yield Figure(FigureCode.WITHOUT_AMOUNT, of=currency), len(accounts_of(each.without_amount))


def _of_groups(found: Measured) -> Iterator[BehindEntry]:
    groups = found.coverage
    yield Figure(FigureCode.COVERED), len(groups.accounts)
    yield Figure(FigureCode.COVERED_FULLY), len(groups.full)
    yield from ((Figure(FigureCode.ROLE_OPEN, of=role.value), len(ids)) for role, ids in groups.gaps)
    yield Figure(FigureCode.TOO_FEW_ACTIVE), len(groups.too_few_active)


def _of_stays(found: Measured) -> Iterator[BehindEntry]:
    for stays in found.velocities:
        yield Figure(FigureCode.STAYED, of=stays.stage.value), len(accounts_of_stays(stays.completed))
        yield Figure(FigureCode.STAYING, of=stays.stage.value), len(accounts_of_stays(stays.open))
