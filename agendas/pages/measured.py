"""Figures of the program as an answer: how it stands in a few lines, or each figure that was asked for in one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from agendas.facts.account import Stage
from agendas.facts.measures import Program
from agendas.pages.measures import month_of
from agendas.pages.scoreboard import figure_lines
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Buttons, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.audit import recent_touches, was_kept
from agendas.rules.fit import fit_of
from agendas.rules.measures import Results, buckets, month_text
from agendas.rules.money import target_coverage, targets_of
from agendas.rules.pipeline import named_in, paused_in, progression_of, velocity
from agendas.rules.scoreboard import measured

TOUCHES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Part:
    """The program of some accounts, as those of one owner, with its label as mrkdwn, if it has one.

    `is_whole` is false where some accounts are left out; `actions_of` is whose actions alone are counted, empty for
    those of everybody.
    """

    program: Program
    label: str = ""
    is_whole: bool = False
    actions_of: tuple[str, ...] = ()


def program_page(
    program: Program, words: Words, *, said: str, notes: Iterable[str], parts: Sequence[Part] = ()
) -> Page:
    """Return the state of the program: accounts by state and one line per measure, or one line per part if it is split.

    `said` are the filters in words.
    """
    month, named = month_text(program.period), len(named_in(program))
    paused = len(paused_in(program))
    first = words.say("scoreboard.split_card", said=Mrkdwn(said), month=month, named=named, paused=paused)
    found = measured(program)
    standing = words.say(
        "scoreboard.split_standing", buckets={each.value: count for each, count in buckets(program).items()}
    )
    figures = (_part_line(each, words) for each in parts) if parts else figure_lines(found, words)
    lines = tuple(each for each in (standing, *figures) if each) if named else ()
    rows = (Rows(lines),) if lines else ()
    return Page(read(first), (Text(first), *rows, *map(Note, notes), _buttons(program, words)), key="program")


def _part_line(part: Part, words: Words) -> Mrkdwn:
    """The main figures of the card, of one part."""
    counts = {each.value: count for each, count in buckets(part.program).items() if count}
    found, paused = measured(part.program), len(paused_in(part.program))
    said = words.say("scoreboard.split_part", found=found, buckets=counts, paused=paused)
    return words.say("scoreboard.split_of_part", label=Mrkdwn(part.label), said=said)


def measured_page(
    measures: Mapping[str, Sequence[Part]], words: Words, *, whole: Program, said: str, notes: Iterable[str]
) -> Page:
    """Return the figures asked for, one line per part; `said` are the filters and days in words."""
    names = ", ".join(words.raw("scoreboard.split_name", measure=each) for each in measures)
    first = words.say("scoreboard.split_heading", names=names, said=Mrkdwn(said), month=month_text(whole.period))
    items: list[Item] = [Text(first)]
    for measure, parts in measures.items():
        title = (f"*{words.say('scoreboard.split_name', measure=measure)}*",) if len(measures) > 1 else ()
        items.append(Rows((*title, *(line for part in parts for line in _lines(measure, part, words)))))
    return Page(read(first), (*items, *map(Note, notes), _buttons(whole, words)), key="program")


def _buttons(program: Program, words: Words) -> Buttons:
    return Buttons((labelled(words, "measures.all", month_of(program)),))


def _lines(measure: str, part: Part, words: Words) -> Iterator[Mrkdwn]:
    said = list(_measure_lines(measure, part, words)) or [words.say("scoreboard.split_nothing")]
    for each in said:
        yield words.say("scoreboard.split_of_part", label=Mrkdwn(part.label), said=each) if part.label else each


def _measure_lines(measure: str, part: Part, words: Words) -> Iterator[Mrkdwn]:
    """Yield the lines of a measure."""
    program = part.program
    match measure:
        case "target":
            name = "measures.target" if part.is_whole else "scoreboard.split_target"
            yield from (words.say(name, one=one) for one in target_coverage(program))
            if not targets_of(program.settings):
                yield words.say("measures.no_target")
        case "momentum" | "bounces":
            found = progression_of(program)
            ids = found.momentum if measure == "momentum" else found.bounced
            names = [each.facts.account.name for each in program.accounts if each.account_id in ids]
            yield words.say("scoreboard.split_accounts", names=names, comparable=len(found.comparable))
        case "win_rate" | "cycle" | "velocity":
            stays = [each for stage in Stage if (each := velocity(program, stage)).completed]
            if stays and measure == "velocity":
                yield words.say("scoreboard.split_velocity", stays=stays)
            name = "measures.year_of_deals" if measure == "velocity" else f"scoreboard.split_{measure}"
            for one in Results(program).years_of_deals().values():
                if one.closed if measure != "velocity" else not part.label or one.cents_a_day is not None:
                    yield words.say(name, one=one)
        case "coverage":
            coverage = Results(program).coverage(None)
            if coverage.required:
                yield words.say("scoreboard.split_coverage", one=coverage)
        case "pipeline":
            yield from (words.say("measures.quality", one=one) for one in Results(program).quality().values())
        case "on_time":
            actions = [action for each in named_in(program) for action in each.facts.account.actions]
            counted = [each for each in actions if not part.actions_of or each.owner in part.actions_of]
            kept = [known for each in counted if (known := was_kept(each, program)) is not None]
            if kept:
                yield words.say("scoreboard.split_on_time", kept=sum(kept), due=len(kept))
        case "touches":
            touches = recent_touches(program)
            called = {each.account_id: each.facts.account.name for each in program.accounts}
            yield words.say("scoreboard.split_touches", count=len(touches))
            for touch in touches[:TOUCHES_SHOWN]:
                yield words.say("executive.met", touch=touch, today=program.period.last, name=called[touch.account_id])
        case "engagement":
            trends = Results(program).engagement(None)
            called = {each.account_id: each.facts.account.name for each in program.accounts}
            by_trend = {"falling": trends.decreasing, "rising": trends.increasing, "steady": trends.stable}
            groups = [(name, [called[each] for each in ids]) for name, ids in by_trend.items()]
            yield words.say("scoreboard.split_engagement", groups=groups, one=trends)
        case "fit":
            answers = [fit_of(each.facts.account.fit, program.settings).fit for each in named_in(program)]
            scores = [each for each in answers if each is not None]
            unknown = len(answers) - len(scores)
            yield words.say(
                "scoreboard.split_fit", median=median(scores) if scores else 0, known=len(scores), unknown=unknown
            )
