"""Figures of the program at the end of a period, as they are kept for a trend."""

from collections import Counter

from agendas.facts.measures.program import Program
from agendas.facts.measures.trend import TrendKind, TrendPoint
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.review import Bucket
from agendas.rules.measures.coverage import coverage
from agendas.rules.measures.progression import progression
from agendas.rules.measures.quality import quality
from agendas.rules.measures.share import named_in


def figures_of(program: Program, kind: TrendKind = TrendKind.MONTH) -> TrendPoint:
    """Return the figures on the period's last day: without verdicts of the audit, which are no part of the measures."""
    return TrendPoint(
        on=program.period.last,
        kind=kind,
        buckets={tier: counts for tier in TIERS if (counts := buckets(program, tier))},
        progression={each.tier: each.kept for each in progression(program) if each.tier is not None},
        quality={currency: found.kept for currency, found in quality(program).items()},
        coverage={each.tier: (each.engaged, each.required) for each in coverage(program) if each.tier is not None},
    )


def buckets(program: Program, tier: int | None = None) -> dict[Bucket, int]:
    """Count the named accounts of a tier, or of all, by bucket: in the order of need, without empty ones.

    The counts add up to the named accounts; paused ones are in no bucket.
    """
    counts = Counter(each.placement.bucket for each in named_in(program, tier))
    return {bucket: counts[bucket] for bucket in Bucket if counts[bucket]}
