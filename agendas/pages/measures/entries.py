"""Figures that can be opened to their accounts, by the section of the page that tells them."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from agendas.facts.account import Stage
from agendas.facts.program.settings import TIERS
from agendas.facts.signals import EngagementTrend
from agendas.rules.measures.behind import Counted, Figure, FigureCode, counted
from agendas.rules.measures.conversion import STEPS
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.results import Results


class Section(StrEnum):
    """Section of the page, in order."""

    PROGRESSION = "progression"
    CONVERSION = "conversion"
    VELOCITY = "velocity"
    PIPELINE = "pipeline"
    COVERAGE = "coverage"
    ENGAGEMENT = "engagement"
    REVIEWS = "reviews"


OF_PROGRESSION = (
    FigureCode.COMPARABLE,
    FigureCode.ADVANCED,
    FigureCode.REGRESSED,
    FigureCode.CLAIMED,
    FigureCode.BOUNCED,
    FigureCode.MOMENTUM,
    FigureCode.CUSTOMERS,
    FigureCode.PASSED_BY,
)
"""Codes that are told of each tier under progression."""


def entries_of(results: Results, section: Section) -> tuple[Counted, ...]:
    """Return the figures of a section that count any account on the list, in the order in which the page tells them."""
    return counted(results, _figures(results, section))


def _figures(results: Results, section: Section) -> Iterator[Figure]:
    if section is Section.PIPELINE:
        yield from _pipeline(results)
    elif section in _OF_TIER:
        yield from (figure for tier in TIERS for figure in _OF_TIER[section](results, tier))


def _progression(_results: Results, tier: int) -> Iterator[Figure]:
    yield from (Figure(code, tier) for code in OF_PROGRESSION)


def _conversion(_results: Results, tier: int) -> Iterator[Figure]:
    told: set[Stage] = set()
    for step in STEPS:
        # whoever entered a stage is behind each of its steps
        if step[0] not in told:
            yield Figure(FigureCode.ENTERED, tier, ">".join(step))
        told.add(step[0])
        yield Figure(FigureCode.REACHED, tier, ">".join(step))


def _velocity(_results: Results, tier: int) -> Iterator[Figure]:
    for stage in Stage:
        yield from (Figure(code, tier, stage) for code in (FigureCode.STAYED, FigureCode.STAYING))


def _engagement(_results: Results, tier: int) -> Iterator[Figure]:
    yield from (Figure(FigureCode.ENGAGEMENT, tier, of) for of in (*EngagementTrend, ""))


def _coverage(results: Results, tier: int) -> Iterator[Figure]:
    yield Figure(FigureCode.COVERED_FULLY, tier)
    yield from (Figure(FigureCode.ROLE_OPEN, tier, role) for role, _ in results.coverage(tier).gaps)
    yield Figure(FigureCode.TOO_FEW_ACTIVE, tier)


def _pipeline(results: Results) -> Iterator[Figure]:
    for currency in results.quality():
        yield Figure(FigureCode.PIPELINE, of=currency)
        yield Figure(FigureCode.PIPELINE_CLEAN, of=currency)
        yield from (Figure(FigureCode.PIPELINE_FAILS, of=f"{currency}:{test}") for test in QualityTest)
        yield Figure(FigureCode.WITHOUT_AMOUNT, of=currency)
    yield from (Figure(FigureCode.PIPELINE_VELOCITY, of=currency) for currency in results.pipeline_velocity())


_OF_TIER: Mapping[Section, Callable[[Results, int], Iterator[Figure]]] = {
    Section.PROGRESSION: _progression,
    Section.CONVERSION: _conversion,
    Section.VELOCITY: _velocity,
    Section.COVERAGE: _coverage,
    Section.ENGAGEMENT: _engagement,
}
