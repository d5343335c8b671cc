"""Numbers of the program, and the accounts behind them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from agendas.facts.account import Movement, Stage
from agendas.facts.measures import BehindFigure, Program, ProgramAccount
from agendas.facts.program import TIERS
from agendas.facts.signals import EngagementTrend
from agendas.rendering.blockkit import OVERFLOW_VALUE_CHARACTERS
from agendas.rendering.page import Buttons, Heading, Item, Line, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.deals import furthest_deal, moved_deal
from agendas.rules.measures import (
    Counted,
    Figure,
    FigureCode,
    Results,
    counted,
    discipline,
    month_text,
    written_period,
)
from agendas.rules.money import target_coverage, targets_of
from agendas.rules.pipeline import (
    STEPS,
    TRAILING_DAYS,
    CurrencyQuality,
    JudgedTest,
    QualityTest,
    judged_deals,
    named_in,
    passed_by,
    paused_in,
    progression,
)

# The accounts behind a number of the program, each to be opened and explained.

ACCOUNTS_SHOWN = 10
"""Accounts on one page, as of the list."""


def behind_figure_page(found: BehindFigure, figure: Figure, words: Words, *, start: int = 0) -> Page:
    """The accounts behind the figure after the first `start`, and the button for more."""
    accounts, month = found.accounts, written_period(found.period)
    heading = words.raw(
        "measures.behind_heading",
        code=figure.code,
        of=figure.of,
        tier=figure.tier,
        month=month_text(found.period),
        count=len(accounts),
    )
    first = start if start < len(accounts) else 0
    following = min(first + ACCOUNTS_SHOWN, len(accounts))
    items: list[Item] = [Heading(heading), *(_line(each, figure, words, month) for each in accounts[first:following])]
    if found.gone:
        items.append(Text(words.say("measures.behind_gone", count=found.gone)))
    elif not accounts:
        items.append(Text(words.say("measures.behind_none")))
    if following - first < len(accounts):
        items.append(Note(words.say("account.span", first=first + 1, last=following, total=len(accounts))))
    if following < len(accounts):
        items.append(Buttons((labelled(words, "measures.more", f"{month} {following} {figure.text}"),)))
    return Page(heading, tuple(items), key="behind")


def _line(item: ProgramAccount, figure: Figure, words: Words, month: str) -> Line:
    answer, account = item.placement.movement, item.facts.account
    has_moved = answer.movement in (Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED, Movement.REGRESSED)
    brought = (moved_deal(account, answer, since=item.facts.since),) if has_moved else ()
    said = words.say(
        "measures.behind_line", item=item, deal=furthest_deal(account), brought=brought, gaps=_gaps(item, figure)
    )
    value = str(item.account_id)
    # its bucket is that of the month: so Why explains it over that
    why = labelled(words, "account.explain", f"{value} {month}")
    return Line(said, labelled(words, "account.open", value), (why,))


def _gaps(item: ProgramAccount, figure: Figure) -> tuple[JudgedTest, ...]:
    """Return why the account's deals fail the test that the figure is of, each reason once; none for any other."""
    if figure.code is not FigureCode.PIPELINE_FAILS:
        return ()
    currency, _, test = figure.of.rpartition(":")
    facts = item.facts
    deals = judged_deals(facts.account, facts.settings, now=facts.now, zone=facts.zone)
    found = (one for deal in deals if deal.currency == currency for one in deal.failed if one.test == test)
    return tuple(dict.fromkeys(found))


# Figures that can be opened to their accounts, by the section of the page that tells them.


class Section(StrEnum):
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
"""Codes that are shown for each tier under progression."""


def entries_of(results: Results, section: Section) -> tuple[Counted, ...]:
    """Return the figures of a section that count any account on the list, in the order in which the page tells them."""
    return counted(results, _figures(results, section))


def _figures(results: Results, section: Section) -> Iterator[Figure]:
    if section is Section.PIPELINE:
        for currency in results.quality():
            yield Figure(FigureCode.PIPELINE, of=currency)
            yield Figure(FigureCode.PIPELINE_CLEAN, of=currency)
            yield from (Figure(FigureCode.PIPELINE_FAILS, of=f"{currency}:{test}") for test in QualityTest)
            yield Figure(FigureCode.WITHOUT_AMOUNT, of=currency)
        yield from (Figure(FigureCode.PIPELINE_VELOCITY, of=currency) for currency in results.years_of_deals())
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


_OF_TIER: Mapping[Section, Callable[[Results, int], Iterator[Figure]]] = {
    Section.PROGRESSION: _progression,
    Section.CONVERSION: _conversion,
    Section.VELOCITY: _velocity,
    Section.COVERAGE: _coverage,
    Section.ENGAGEMENT: _engagement,
}


# The measures of a month on one page, each figure with the accounts behind it in a menu.


def measures_page(program: Program, words: Words) -> Page:
    """Every measure of the period that there is something to tell of; numbers open to their accounts by a menu."""
    month = month_text(program.period)
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
    return written_period(program.period)


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


def _page_progression(results: Results, words: Words) -> Iterator[str]:
    for one in progression(results.program):
        yield words.say("measures.progression", one=one, passed_by=len(passed_by(results.program, one.tier)))


def _page_conversion(results: Results, words: Words) -> Iterator[str]:
    for step in STEPS:
        found = (results.conversion(step, tier) for tier in TIERS)
        if of_step := [each for each in found if each.entered]:
            yield words.say("measures.conversion", step=step, found=of_step)


def _page_velocity(results: Results, words: Words) -> Iterator[str]:
    for stage in Stage:
        found = (results.velocity(stage, tier) for tier in TIERS)
        if of_stage := [each for each in found if each.completed or each.open]:
            yield words.say("measures.velocity", stage_of=stage, found=of_stage)


def _page_pipeline(results: Results, words: Words) -> Iterator[str]:
    found = results.quality()
    for one in found.values():
        yield words.say("measures.quality", one=one)
        if failing := _failing(one):
            yield words.say("measures.failing", currency=one.currency, failing=failing)
    program = results.program
    yield from (words.say("executive.bridge", one=one, period=program.period) for one in program.bridges)
    yield from (words.say("measures.target", one=one) for one in target_coverage(results.program))
    if found and not targets_of(results.program.settings):
        yield words.say("measures.no_target")
    yield from (words.say("measures.year_of_deals", one=one) for one in results.years_of_deals().values())


def _failing(one: CurrencyQuality) -> list[tuple[QualityTest, int, int]]:
    """(test, deals that fail it, deals that it is due for), where any fail."""
    counts = [(test, len(one.failing(test)), len(one.due(test))) for test in QualityTest]
    return [each for each in counts if each[1]]


def _page_coverage(results: Results, words: Words) -> Iterator[str]:
    found = (results.coverage(tier) for tier in TIERS)
    yield from (words.say("measures.coverage", one=one) for one in found if one.required)


def _page_engagement(results: Results, words: Words) -> Iterator[str]:
    found = (results.engagement(tier) for tier in TIERS)
    told = (one for one in found if one.rising.of or one.fallen or one.median_30 is not None)
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
    Section.PROGRESSION: _page_progression,
    Section.CONVERSION: _page_conversion,
    Section.VELOCITY: _page_velocity,
    Section.PIPELINE: _page_pipeline,
    Section.COVERAGE: _page_coverage,
    Section.ENGAGEMENT: _page_engagement,
    Section.REVIEWS: _reviews,
}
