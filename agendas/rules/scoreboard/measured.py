"""The program's measures over a period, worked out once for the scoreboard and for the page of all measures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TIERS
from agendas.facts.review import Bucket
from agendas.facts.signals import EngagementTrend
from agendas.rules.measures.behind import Figure, FigureCode
from agendas.rules.measures.conversion import Conversion, conversions
from agendas.rules.measures.coverage import TierCoverage, coverage_of
from agendas.rules.measures.discipline import Discipline, discipline
from agendas.rules.measures.engagement import TierEngagement, engagement_of
from agendas.rules.measures.figures import buckets
from agendas.rules.measures.pipeline_velocity import PipelineVelocity, pipeline_velocity
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
    """Measures of one tier, or of the whole list with `tier` None.

    Pipeline and reviews are of the whole list: they are empty for a tier.
    """

    tier: int | None
    named: int
    paused: int
    buckets: Mapping[Bucket, int]
    progression: TierProgression
    coverage: TierCoverage
    engagement: TierEngagement
    velocities: tuple[StageVelocity, ...]
    conversions: tuple[Conversion, ...]
    quality: Mapping[str, CurrencyQuality]
    pipeline_velocity: Mapping[str, PipelineVelocity]
    deals: tuple[CurrencyDeals, ...]
    discipline: Discipline

    @property
    def completed(self) -> tuple[StageVelocity, ...]:
        """The stages with a completed stay, which have a median."""
        return tuple(each for each in self.velocities if each.completed)


def measured(program: Program, tier: int | None = None) -> Measured:
    """Return the measures of the whole list, or of one tier."""
    is_whole = tier is None
    stays = (velocity(program, stage, tier) for stage in Stage)
    return Measured(
        tier=tier,
        named=len(named_in(program, tier)),
        paused=len(paused(program, tier)),
        buckets=buckets(program, tier),
        progression=progression_of(program, tier),
        coverage=coverage_of(program, tier),
        engagement=engagement_of(program, tier),
        velocities=tuple(each for each in stays if each.completed or each.open),
        conversions=conversions(program, tier),
        quality=quality(program) if is_whole else {},
        pipeline_velocity=pipeline_velocity(program) if is_whole else {},
        deals=deal_context(program) if is_whole else (),
        discipline=discipline(program) if is_whole else Discipline(),
    )


def by_tier(program: Program) -> tuple[Measured, ...]:
    """Return the measures of each tier with a named account; none where one tier has them all."""
    found = tuple(measured(program, tier) for tier in TIERS if named_in(program, tier))
    return found if len(found) > 1 else ()


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
    for currency, velocity_of in found.pipeline_velocity.items():
        yield Figure(FigureCode.PIPELINE_VELOCITY, of=currency), len(velocity_of.accounts)


def _of_groups(found: Measured) -> Iterator[BehindEntry]:
    groups, trends = found.coverage, found.engagement
    yield Figure(FigureCode.COVERED), len(groups.accounts)
    yield Figure(FigureCode.COVERED_FULLY), len(groups.full)
    yield from ((Figure(FigureCode.ROLE_OPEN, of=role.value), len(ids)) for role, ids in groups.gaps)
    yield Figure(FigureCode.TOO_FEW_ACTIVE), len(groups.too_few_active)
    yield from ((Figure(FigureCode.ENGAGEMENT, of=each.value), len(trends.of(each))) for each in EngagementTrend)


def _of_stays(found: Measured) -> Iterator[BehindEntry]:
    for stays in found.velocities:
        yield Figure(FigureCode.STAYED, of=stays.stage.value), len(accounts_of_stays(stays.completed))
        yield Figure(FigureCode.STAYING, of=stays.stage.value), len(accounts_of_stays(stays.open))
    for each in found.conversions:
        step = f"{each.from_stage.value}>{each.to_stage.value}"
        yield Figure(FigureCode.ENTERED, of=step), len(each.entered)
        yield Figure(FigureCode.REACHED, of=step), len(each.reached)
