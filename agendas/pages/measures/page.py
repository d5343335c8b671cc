"""The measures of a month on one page, each figure with the accounts behind it in a menu."""

from collections.abc import Iterable, Iterator

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TIERS
from agendas.pages.measures.entries import Section, entries_of
from agendas.rendering.controls import OVERFLOW_VALUE_CHARACTERS
from agendas.rendering.page import Heading, Item, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.measures.behind import Counted
from agendas.rules.measures.conversion import STEPS
from agendas.rules.measures.discipline import discipline
from agendas.rules.measures.periods import month_said, written
from agendas.rules.measures.progression import passed_by, progression
from agendas.rules.measures.quality import CurrencyQuality
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.results import Results
from agendas.rules.measures.share import named_in, paused_in
from agendas.rules.measures.target import target_coverage, targets_of
from agendas.rules.measures.velocity import TRAILING_DAYS


def measures_page(program: Program, words: Words) -> Page:
    """Every measure of the period that there is something to tell of; numbers open to their accounts by a menu."""
    month = month_said(program.period)
    named = len(named_in(program))
    heading = Heading(words.raw("measures.heading", month=month))
    title = words.raw("measures.title", month=month, named=named)
    if not named:
        return Page(title, (heading, Text(_nothing(program, words))), key="measures")
    results = Results(program)
    sections = (item for section in Section for item in _section(results, section, words))
    return Page(title, (heading, *sections, *_notes(program, words)), key="measures")


def month_of(program: Program) -> str:
    """The month as buttons carry it: `2026-10`."""
    return written(program.period)


def _nothing(program: Program, words: Words) -> str:
    since = program.history_since
    if since is not None and since > program.period.last:
        return words.say("measures.before_history", since=since)
    paused = len(paused_in(program))
    return words.say("measures.paused", count=paused) if paused else words.say("measures.empty")


def _section(results: Results, section: Section, words: Words) -> Iterator[Item]:
    lines = tuple(_LINES[section](results, words))
    if not lines:
        return
    yield Rows((f"*{words.say('measures.section', name=section)}*", *lines))
    label = words.raw("measures.behind_label", name=section)
    yield from behind_menu(label, entries_of(results, section), month_of(results.program), words)


def behind_menu(label: str, counted: Iterable[Counted], month: str, words: Words) -> Iterator[Menu]:
    """A menu of the figures that can be opened to their accounts; one of a currency that no button can carry cannot."""
    entries = tuple(
        (words.raw("measures.figure_entry", figure=figure, count=count), value)
        for figure, count in counted
        if len(value := f"{month} {figure.text}") <= OVERFLOW_VALUE_CHARACTERS and value.isprintable()
    )
    if entries:
        yield Menu(label, "measures.behind", entries)


def _progression(results: Results, words: Words) -> Iterator[str]:
    for one in progression(results.program):
        yield words.say("measures.progression", one=one, passed_by=len(passed_by(results.program, one.tier)))


def _conversion(results: Results, words: Words) -> Iterator[str]:
    for step in STEPS:
        found = (results.conversion(step, tier) for tier in TIERS)
        if of_step := [each for each in found if each.entered]:
            yield words.say("measures.conversion", step=step, found=of_step)


def _velocity(results: Results, words: Words) -> Iterator[str]:
    for stage in Stage:
        found = (results.velocity(stage, tier) for tier in TIERS)
        if of_stage := [each for each in found if each.completed or each.open]:
            yield words.say("measures.velocity", stage_of=stage, found=of_stage)


def _pipeline(results: Results, words: Words) -> Iterator[str]:
    found = results.quality()
    for one in found.values():
        yield words.say("measures.quality", one=one)
        if failing := _failing(one):
            yield words.say("measures.failing", currency=one.currency, failing=failing)
    yield from (words.say("measures.target", one=one) for one in target_coverage(results.program))
    if found and not targets_of(results.program.settings):
        yield words.say("measures.no_target")
    yield from (words.say("measures.pipeline_velocity", one=one) for one in results.pipeline_velocity().values())


def _failing(one: CurrencyQuality) -> list[tuple[QualityTest, int, int]]:
    """(test, deals that fail it, deals that it is due for), where any fail."""
    counts = [(test, len(one.failing(test)), len(one.due(test))) for test in QualityTest]
    return [each for each in counts if each[1]]


def _coverage(results: Results, words: Words) -> Iterator[str]:
    found = (results.coverage(tier) for tier in TIERS)
    yield from (words.say("measures.coverage", one=one) for one in found if one.required)


def _engagement(results: Results, words: Words) -> Iterator[str]:
    found = (results.engagement(tier) for tier in TIERS)
    told = (one for one in found if one.rising.of or one.fallen or one.median_30)
    yield from (words.say("measures.engagement", one=one) for one in told)


def _reviews(results: Results, words: Words) -> Iterator[str]:
    found = discipline(results.program)
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
