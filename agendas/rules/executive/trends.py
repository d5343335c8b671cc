"""Figures of a period beside those that were kept of the month before."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from agendas.facts.measures.executive import Trends
from agendas.facts.measures.program import Program
from agendas.facts.measures.trend import Progression, TrendKind, TrendPoint
from agendas.rules.audit.audit import audit_rows
from agendas.rules.audit.foundations import missing_foundations
from agendas.rules.measures.figures import figures_of
from agendas.rules.measures.progression import progression_of


def trends_of(program: Program) -> Trends:
    """Return progression, pipeline quality and coverage of the period, and of the month before it, where kept."""
    now, before = figures_of(program), kept_month_before(program)
    return Trends(
        progression=progression_of(program).kept,
        quality=now.quality,
        coverage=_summed(now.coverage.values()),
        progression_before=together(before.progression) if before else None,
        quality_before=before.quality if before else {},
        coverage_before=_summed(before.coverage.values()) if before else None,
        foundations=tuple(each.foundation for each in missing_foundations(audit_rows(program))),
    )


def together(by_tier: Mapping[int, Progression]) -> Progression:
    """Return the progression of all tiers together."""
    found = by_tier.values()
    return Progression(
        comparable=sum(each.comparable for each in found),
        advanced=sum(each.advanced for each in found),
        regressed=sum(each.regressed for each in found),
        claimed=sum(each.claimed for each in found),
    )


def kept_month_before(program: Program) -> TrendPoint | None:
    """Return the figures that were kept of the month before, None where there are none."""
    # an older one is none: the month before may still be to be worked out, or have failed
    day_before = program.period.first - timedelta(days=1)
    return next((p for p in program.trend if p.kind is TrendKind.MONTH and p.on == day_before), None)


def _summed(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = tuple(pairs)
    return sum(first for first, _ in found), sum(second for _, second in found)
