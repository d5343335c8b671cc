"""Progression, pipeline quality and coverage of the executive page beside the month before; foundations missing."""

from agendas.facts.measures.executive import Trends
from agendas.rendering.words import Words
from agendas.rules.measures.share import LEAST_FOR_PERCENT


def figure_lines(trends: Trends | None, words: Words) -> tuple[str, ...]:
    """A line of each figure; of pipeline quality one by currency, and none of what there is none of."""
    if trends is None:
        return ()
    quality = [
        (currency, now, trends.quality_before.get(currency))
        for currency, now in sorted(trends.quality.items())
        if now.deals or now.without_amount
    ]
    coverage = words.lines("executive.coverage", trends=trends) if trends.coverage[1] else ()
    return (
        *words.lines("executive.progression", trends=trends, least=LEAST_FOR_PERCENT),
        *words.lines("executive.quality", lines=quality),
        *coverage,
        *(words.lines("audit.missing_briefly", foundations=trends.foundations) if trends.foundations else ()),
    )
