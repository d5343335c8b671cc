"""The measures of a month on one page, each figure with the accounts behind it in a menu."""

from collections.abc import Iterator

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program
from agendas.pages.measures.entries import Section, entries_of
from agendas.rendering.page import Heading, Item, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.measures.conversion import STEPS, conversions_by_tier
from agendas.rules.measures.coverage import coverage
from agendas.rules.measures.discipline import discipline
from agendas.rules.measures.engagement import engagement
from agendas.rules.measures.periods import month_said
from agendas.rules.measures.pipeline_velocity import pipeline_velocity
from agendas.rules.measures.progression import passed_by, progression
from agendas.rules.measures.quality import CurrencyQuality, quality
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.share import named_in, paused_in
from agendas.rules.measures.target import target_coverage, targets_of
from agendas.rules.measures.velocity import TRAILING_DAYS, velocities

VALUE_CHARACTERS = 150
"""Slack's limit of what an entry of a menu carries; a figure of a longer currency cannot be opened."""


def measures_page(program: Program, words: Words) -> Page:
    """Every measure of the period that there is something to tell of; numbers open to their accounts by a menu."""
    month = month_said(program.period)
    named = len(named_in(program))
    heading = Heading(words.raw("measures.heading", month=month))
    title = words.raw("measures.title", month=month, named=named)
    if not named:
        return Page(title, (heading, Text(_nothing(program, words))), key="measures")
    sections = (item for section in Section for item in _section(program, section, words))
    return Page(title, (heading, *sections, *_notes(program, words)), key="measures")


def month_of(program: Program) -> str:
    """The month as buttons carry it: `2026-10`."""
    return f"{program.period.first:%Y-%m}"


def _nothing(program: Program, words: Words) -> str:
    since = program.history_since
    if since is not None and since > program.period.last:
        return words.say("measures.before_history", since=since)
    paused = len(paused_in(program))
    return words.say("measures.paused", count=paused) if paused else words.say("measures.empty")


def _section(program: Program, section: Section, words: Words) -> Iterator[Item]:
    lines = tuple(_LINES[section](program, words))
    if not lines:
        return
    yield Rows((f"*{words.say('measures.section', name=section)}*", *lines))
    entries = tuple(
        (words.raw("measures.figure_entry", figure=figure, count=count), value)
        for figure, count in entries_of(program, section)
        if len(value := f"{month_of(program)} {figure.text}") <= VALUE_CHARACTERS
    )
    if entries:
        yield Menu(words.raw("measures.behind_label", name=section), "measures.behind", entries)


def _progression(program: Program, words: Words) -> Iterator[str]:
    for one in progression(program):
        yield words.say("measures.progression", one=one, passed_by=len(passed_by(program, one.tier)))


def _conversion(program: Program, words: Words) -> Iterator[str]:
    found = conversions_by_tier(program)
    for step in STEPS:
        if of_step := [each for each in found if (each.from_stage, each.to_stage) == step]:
            yield words.say("measures.conversion", step=step, found=of_step)


def _velocity(program: Program, words: Words) -> Iterator[str]:
    found = velocities(program)
    for stage in Stage:
        if of_stage := [each for each in found if each.stage is stage]:
            yield words.say("measures.velocity", stage_of=stage, found=of_stage)


def _pipeline(program: Program, words: Words) -> Iterator[str]:
    found = quality(program)
    for one in found.values():
        yield words.say("measures.quality", one=one)
        if failing := _failing(one):
            yield words.say("measures.failing", currency=one.currency, failing=failing)
    yield from (words.say("measures.target", one=one) for one in target_coverage(program))
    if found and not targets_of(program.settings):
        yield words.say("measures.no_target")
    yield from (words.say("measures.pipeline_velocity", one=one) for one in pipeline_velocity(program).values())


def _failing(one: CurrencyQuality) -> list[tuple[QualityTest, int, int]]:
    """(test, deals that fail it, deals that it is due for), where any fail."""
    counts = [(test, len(one.failing(test)), len(one.due(test))) for test in QualityTest]
    return [each for each in counts if each[1]]


def _coverage(program: Program, words: Words) -> Iterator[str]:
    yield from (words.say("measures.coverage", one=one) for one in coverage(program))


def _engagement(program: Program, words: Words) -> Iterator[str]:
    told = (one for one in engagement(program) if one.rising.of or one.fallen or one.median_30)
    yield from (words.say("measures.engagement", one=one) for one in told)


def _reviews(program: Program, words: Words) -> Iterator[str]:
    found = discipline(program)
    if found.planned or found.skipped or found.still_open:
        yield words.say("measures.reviews", one=found)


def _notes(program: Program, words: Words) -> Iterator[Item]:
    if not program.period.is_running:
        later = sum(len(each.recorded_later) for each in program.accounts)
        yield Note(words.say("measures.as_of", on=program.period.last, later=later))
    since = program.history_since
    if since is not None and (program.period.last - since).days < TRAILING_DAYS:
        yield Note(words.say("measures.young", since=since))


_LINES = {
    Section.PROGRESSION: _progression,
    Section.CONVERSION: _conversion,
    Section.VELOCITY: _velocity,
    Section.PIPELINE: _pipeline,
    Section.COVERAGE: _coverage,
    Section.ENGAGEMENT: _engagement,
    Section.REVIEWS: _reviews,
}
