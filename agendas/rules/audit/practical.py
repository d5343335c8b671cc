"""The practical test: six lines, each true or false over the window, with what shows it."""

from itertools import pairwise

from agendas.facts.measures.audit import Figure, FigureUnit, Limit, PracticeLine, PracticeResult, Unjudged
from agendas.facts.measures.practice import Mark
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TIERS
from agendas.rules.audit.judging import (
    WHOLE_TIERS,
    WINDOW_DAYS,
    discipline_of_window,
    holds,
    is_recent,
    is_young,
    named,
)
from agendas.rules.audit.touches import of_one_to_one, untouched
from agendas.rules.measures.share import ids_of

HELD_PERCENT = 80
"""Least share of the planned reviews that were held, with sales and marketing there."""

EXECUTIVE_PERCENT = 50
"""Least share of the accounts of tier 1 that an executive of ours touched."""


def practical_test(program: Program) -> tuple[PracticeResult, ...]:
    """The six lines in their order."""
    return (
        _at_least_one(program, PracticeLine.PRIORITIES, FigureUnit.CHANGES, _tiers_decided(program)),
        _meetings(program),
        _sales_actions(program),
        _at_least_one(program, PracticeLine.CONTENT, FigureUnit.CHANGES, _content(program)),
        _executives(program),
        _at_least_one(program, PracticeLine.MEASUREMENT, FigureUnit.CHANGES, _used_to_decide(program)),
    )


def _at_least_one(
    program: Program, line: PracticeLine, unit: FigureUnit, found: tuple[int, tuple[int, ...]]
) -> PracticeResult:
    """A line that one occasion shows; `found` is their number and the accounts behind them."""
    count, account_ids = found
    figure, limit = Figure(count, unit), Limit(1)
    if count:
        return PracticeResult(line, holds=True, figure=figure, limit=limit, account_ids=account_ids)
    if not named(program):
        return PracticeResult(line, unjudged=Unjudged.NO_ACCOUNTS)
    if is_young(program, WINDOW_DAYS):
        return PracticeResult(line, unjudged=Unjudged.TOO_YOUNG)
    return PracticeResult(line, holds=False, figure=figure, limit=limit)


def _tiers_decided(program: Program) -> tuple[int, tuple[int, ...]]:
    recent = [account_id for account_id, at in program.practice.tiers_decided if is_recent(program, at)]
    return len(recent), tuple(dict.fromkeys(recent))


def _meetings(program: Program) -> PracticeResult:
    """Reviews of accounts of the window with sales and marketing; what was skipped on purpose was not planned."""
    found = discipline_of_window(program)
    limit = Limit(HELD_PERCENT, is_percent=True)
    if not found.planned:
        return PracticeResult(PracticeLine.MEETINGS, limit=limit, unjudged=Unjudged.NO_REVIEWS)
    count, of = len(found.with_both), len(found.planned)
    figure = Figure(count, FigureUnit.REVIEWS, of=of)
    return PracticeResult(PracticeLine.MEETINGS, holds(count, of, HELD_PERCENT), figure, limit)


def _sales_actions(program: Program) -> PracticeResult:
    """Next actions for each account, by tier: attention that follows the tiers falls from each to the next."""
    means: list[tuple[int, float]] = []
    for tier in TIERS:
        accounts = named(program, tier)
        added = [
            action for each in accounts for action in each.facts.account.actions if is_recent(program, action.added_at)
        ]
        if accounts:
            means.append((tier, round(len(added) / len(accounts), 1)))
    if len(means) < 2:
        because = Unjudged.ONE_TIER if means else Unjudged.NO_ACCOUNTS
        return PracticeResult(PracticeLine.SALES_ACTIONS, by_tier=tuple(means), unjudged=because)
    falls = all(above > below for (_, above), (_, below) in pairwise(means))
    return PracticeResult(PracticeLine.SALES_ACTIONS, falls, by_tier=tuple(means))


def _content(program: Program) -> tuple[int, tuple[int, ...]]:
    """Narratives written and plays begun in the window on accounts that are worked one by one."""
    found = [
        each.account_id
        for each in named(program, *WHOLE_TIERS)
        for at in (
            *((each.facts.account.narrative.written_at,) if each.facts.account.narrative else ()),
            *(run.started_at for run in each.facts.account.plays),
        )
        if is_recent(program, at)
    ]
    return len(found), tuple(dict.fromkeys(found))


def _executives(program: Program) -> PracticeResult:
    accounts, limit = of_one_to_one(program), Limit(EXECUTIVE_PERCENT, is_percent=True)
    if not accounts:
        return PracticeResult(PracticeLine.EXECUTIVES, limit=limit, unjudged=Unjudged.NO_TIER_1)
    without = ids_of(untouched(program))
    count = len(accounts) - len(without)
    figure = Figure(count, FigureUnit.ACCOUNTS, of=len(accounts))
    passed = holds(count, len(accounts), EXECUTIVE_PERCENT)
    return PracticeResult(PracticeLine.EXECUTIVES, passed, figure, limit, account_ids=without)


def _used_to_decide(program: Program) -> tuple[int, tuple[int, ...]]:
    """Asks taken from the executive page, and executive reviews in which something was decided."""
    taken = sum(mark.kind is Mark.ASK_TAKEN and is_recent(program, mark.at) for mark in program.practice.marks)
    held = sum(
        bool(review.was_held) and review.is_executive and is_recent(program, review.planned_at)
        for review in program.reviews
    )
    return taken + held, ()
