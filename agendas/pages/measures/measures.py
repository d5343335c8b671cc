"""All measures of the program on one page, by stage, tier and currency, each with how many it is of."""

from collections.abc import Iterator, Sequence

from agendas.facts.measures.program import Program
from agendas.pages.scoreboard.figures import behind_menu
from agendas.rendering.page import Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.measures.conversion import Conversion
from agendas.rules.measures.periods import month_said
from agendas.rules.measures.target import target_coverage
from agendas.rules.measures.velocity import StageVelocity
from agendas.rules.scoreboard.measured import Measured, by_tier, failing_most, measured


def measures_page(program: Program, words: Words) -> Page:
    """Conversion and velocity by stage and tier, pipeline, buying groups, engagement, and the discipline of reviews.

    What there is none of is left out; each number with accounts behind it can be opened from the menu.
    """
    found, month = measured(program), month_said(program.period)
    title = words.raw("measured.title", month=month, named=found.named)
    items: list[Item] = [Heading(words.raw("measured.heading", month=month))]
    if found.named:
        items += _sections(program, found, words)
    else:
        items.append(Text(words.say("measured.nothing", paused=found.paused)))
    items += behind_menu(found, f"{program.period.first:%Y-%m}", words)
    return Page(title, tuple(items), key="measures")


def _sections(program: Program, found: Measured, words: Words) -> Iterator[Item]:
    tiers = by_tier(program)
    every = (found, *tiers)
    yield Rows(words.lines("measured.progression", all=every))
    if found.conversions:
        yield Rows(words.lines("measured.conversions", steps=_steps(found, tiers)))
    if found.velocities:
        yield Rows(words.lines("measured.velocities", stages=_stages(found, tiers)))
    yield Rows(tuple(_pipeline(program, found, words)))
    asked = [each for each in every if each.coverage.required]
    if asked:
        yield Rows(words.lines("measured.coverage", all=asked))
    yield Rows(words.lines("measured.engagement", all=every))
    if found.discipline.planned or found.discipline.still_open:
        yield Rows(words.lines("measured.discipline", found=found.discipline))
    yield Note(words.say("measured.note"))


def _pipeline(program: Program, found: Measured, words: Words) -> Iterator[str]:
    """Quality with its tests, velocity and coverage of the target, by currency."""
    for quality in found.quality.values():
        yield from words.lines("measured.quality", found=quality, tests=failing_most(quality))
    for velocity in found.pipeline_velocity.values():
        yield from words.lines("measured.pipeline_velocity", found=velocity)
    targets = target_coverage(program)
    for target in targets:
        yield from words.lines("measured.target", found=target)
    if not targets:
        yield words.say("measured.no_target")


def _steps(
    found: Measured, tiers: Sequence[Measured]
) -> tuple[tuple[Conversion, tuple[Conversion, ...]], ...]:
    """Each step of the whole list, with those of the tiers."""
    return tuple(
        (
            step,
            tuple(
                each
                for tier in tiers
                for each in tier.conversions
                if (each.from_stage, each.to_stage) == (step.from_stage, step.to_stage)
            ),
        )
        for step in found.conversions
    )


def _stages(
    found: Measured, tiers: Sequence[Measured]
) -> tuple[tuple[StageVelocity, tuple[StageVelocity, ...]], ...]:
    """Each stage of the whole list, with those of the tiers."""
    return tuple(
        (stays, tuple(each for tier in tiers for each in tier.velocities if each.stage is stays.stage))
        for stays in found.velocities
    )
