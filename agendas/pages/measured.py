"""Figures of the program as an answer: how it stands in a few lines, or each figure that was asked for in one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from agendas.rules.measures import Results, buckets, month_text, target_coverage, targets_of
from agendas.rules.pipeline import Ids, named_in, paused_in, progression_of, velocity
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


def program_page(program: Program, words: Words, *, said: str, notes: Iterable[str]) -> Page:
    """Return how the program stands: its accounts by state, and each measure in a line; `said` narrows it in words."""
    month, named = month_text(program.period), len(named_in(program))
    paused = len(paused_in(program))
    first = words.say("measured.card", said=Mrkdwn(said), month=month, named=named, paused=paused)
    found = measured(program)
    standing = words.say("measured.standing", buckets={each.value: count for each, count in buckets(program).items()})
    lines = tuple(each for each in (standing, *figure_lines(found, words)) if each) if named else ()
    rows = (Rows(lines),) if lines else ()
    return Page(read(first), (Text(first), *rows, *map(Note, notes), _buttons(program, words)), key="program")


def measured_page(
    measures: Mapping[str, Sequence[Part]], words: Words, *, whole: Program, said: str, notes: Iterable[str]
) -> Page:
    """Return each figure that was asked for, in a line for each of its parts; `said` are filters and days in words."""
    names = ", ".join(words.raw("measured.name", measure=each) for each in measures)
    first = words.say("measured.heading", names=names, said=Mrkdwn(said), month=month_text(whole.period))
    items: list[Item] = [Text(first)]
    for measure, parts in measures.items():
        title = (f"*{words.say('measured.name', measure=measure)}*",) if len(measures) > 1 else ()
        items.append(Rows((*title, *(line for part in parts for line in _lines(measure, part, words)))))
    return Page(read(first), (*items, *map(Note, notes), _buttons(whole, words)), key="program")


def _buttons(program: Program, words: Words) -> Buttons:
    return Buttons((labelled(words, "measures.all", month_of(program)),))


def _lines(measure: str, part: Part, words: Words) -> Iterator[Mrkdwn]:
    said = list(LINES[measure](part, words)) or [words.say("measured.nothing")]
    for each in said:
        yield words.say("measured.of_part", label=Mrkdwn(part.label), said=each) if part.label else each


def _target(part: Part, words: Words) -> Iterator[Mrkdwn]:
    name = "measures.target" if part.is_whole else "measured.target"
    yield from (words.say(name, one=one) for one in target_coverage(part.program))
    if not targets_of(part.program.settings):
        yield words.say("measures.no_target")


def _momentum(part: Part, words: Words) -> Iterator[Mrkdwn]:
    found = progression_of(part.program)
    yield _accounts(part, found.momentum, len(found.comparable), words)


def _bounces(part: Part, words: Words) -> Iterator[Mrkdwn]:
    found = progression_of(part.program)
    yield _accounts(part, found.bounced, len(found.comparable), words)


def _accounts(part: Part, ids: Ids, comparable: int, words: Words) -> Mrkdwn:
    names = [each.facts.account.name for each in part.program.accounts if each.account_id in ids]
    return words.say("measured.accounts", names=names, comparable=comparable)


def _win_rate(part: Part, words: Words) -> Iterator[Mrkdwn]:
    found = Results(part.program).pipeline_velocity().values()
    yield from (words.say("measured.win_rate", one=one) for one in found if one.win_rate.of)


def _cycle(part: Part, words: Words) -> Iterator[Mrkdwn]:
    found = Results(part.program).pipeline_velocity().values()
    yield from (words.say("measured.cycle", one=one) for one in found if one.mean_cycle_days)


def _velocity(part: Part, words: Words) -> Iterator[Mrkdwn]:
    stays = [each for stage in Stage if (each := velocity(part.program, stage)).completed]
    if stays:
        yield words.say("measured.velocity", stays=stays)
    found = Results(part.program).pipeline_velocity().values()
    told = (one for one in found if not part.label or one.cents_a_day)
    yield from (words.say("measures.pipeline_velocity", one=one) for one in told)


def _coverage(part: Part, words: Words) -> Iterator[Mrkdwn]:
    found = Results(part.program).coverage(None)
    if found.required:
        yield words.say("measured.coverage", one=found)


def _pipeline(part: Part, words: Words) -> Iterator[Mrkdwn]:
    yield from (words.say("measures.quality", one=one) for one in Results(part.program).quality().values())


def _on_time(part: Part, words: Words) -> Iterator[Mrkdwn]:
    actions = [action for each in named_in(part.program) for action in each.facts.account.actions]
    counted = [each for each in actions if not part.actions_of or each.owner in part.actions_of]
    kept = [known for each in counted if (known := was_kept(each, part.program)) is not None]
    if kept:
        yield words.say("measured.on_time", kept=sum(kept), due=len(kept))


def _touches(part: Part, words: Words) -> Iterator[Mrkdwn]:
    found, names = (
        recent_touches(part.program),
        {each.account_id: each.facts.account.name for each in part.program.accounts},
    )
    yield words.say("measured.touches", count=len(found))
    for each in found[:TOUCHES_SHOWN]:
        yield words.say("touches.met", touch=each, today=part.program.period.last, name=names[each.account_id])


def _fit(part: Part, words: Words) -> Iterator[Mrkdwn]:
    answers = [fit_of(each.facts.account.fit, part.program.settings).fit for each in named_in(part.program)]
    known = [each for each in answers if each is not None]
    middle = median(known) if known else 0
    yield words.say("measured.fit", median=middle, known=len(known), unknown=len(answers) - len(known))


LINES: Mapping[str, Callable[[Part, Words], Iterator[Mrkdwn]]] = {
    "target": _target,
    "momentum": _momentum,
    "win_rate": _win_rate,
    "cycle": _cycle,
    "velocity": _velocity,
    "coverage": _coverage,
    "pipeline": _pipeline,
    "on_time": _on_time,
    "touches": _touches,
    "bounces": _bounces,
    "fit": _fit,
}
"""The lines of each measure."""
