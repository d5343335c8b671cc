"""Checks of the account list: finite, tiered, justified by several functions, gone through, and able to say no."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from agendas.facts.account import AccountState
from agendas.facts.measures.audit import Check, CheckResult, Figure, FigureUnit, Limit, NextThing, Step, Unjudged
from agendas.facts.measures.practice import Mark
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.people import Function
from agendas.facts.program.settings import TIERS, of_tier
from agendas.rules.audit.judging import (
    WHOLE_TIERS,
    WINDOW_DAYS,
    ShareCheck,
    at,
    days_ago,
    is_recent,
    is_young,
    named,
    share,
)
from agendas.rules.fit.score import fit_of
from agendas.rules.list.capacity import leavers
from agendas.rules.list.justification import missing_parts

ASKED_FUNCTIONS = (Function.SALES, Function.MARKETING, Function.CUSTOMER_SUCCESS, Function.PRODUCT)
"""The four functions by which a list is made; finance and executives are heard too, but do not make up for one."""

HEARD_FUNCTIONS = 3
"""So many of them are heard on an account that is not one function's wish."""

_TIERED = ShareCheck(Check.ALL_TIERED, 100, FigureUnit.ACCOUNTS, Step.GIVE_TIER, Unjudged.NO_ACCOUNTS)
_JUSTIFIED = ShareCheck(Check.JUSTIFIED, 90, FigureUnit.ACCOUNTS, Step.JUSTIFY, Unjudged.NO_TIER_1_OR_2)
_FUNCTIONS = ShareCheck(Check.FUNCTIONS, 80, FigureUnit.ACCOUNTS, Step.ASK_FUNCTION, Unjudged.NO_TIER_1_OR_2)


def list_checks(program: Program) -> tuple[CheckResult, ...]:
    """The checks of the list, in their order."""
    accounts, whole = named(program), named(program, *WHOLE_TIERS)
    return (
        _within_caps(program, accounts),
        share(_TIERED, [(each, each.facts.account.tier is not None) for each in accounts]),
        _justified(program, whole),
        _functions(program, whole),
        _reviewed(program, accounts),
        _says_no(program, accounts),
    )


def heard(account: AccountState, program: Program) -> frozenset[Function]:
    """Return which of the four functions gave input on the account: scored it, or gave one of product's inputs."""
    scored = {score.function for score in account.fit}
    given = {program.functions.get(each.given_by) for each in account.product}
    return frozenset(function for function in ASKED_FUNCTIONS if function.value in scored or function in given)


def _within_caps(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Accounts above the caps of tiers and of owners, none of which there may be."""
    limit = Limit(0, is_most=True)
    if not accounts:
        return CheckResult(Check.WITHIN_CAPS, limit, unjudged=Unjudged.NO_ACCOUNTS)
    full = [group for group in _groups(program, accounts) if group[1]]
    over = max((excess for _, excess in full), default=0)
    crowded = tuple(dict.fromkeys(each.account_id for group, _ in full for each in group))
    figure = Figure(over, FigureUnit.ACCOUNTS)
    if not full:
        return CheckResult(Check.WITHIN_CAPS, limit, passed=True, figure=figure)
    thing = _leaver(program, full[0][0], Step.MAKE_ROOM)
    return CheckResult(Check.WITHIN_CAPS, limit, passed=False, figure=figure, failing=crowded, next_thing=thing)


def _groups(program: Program, accounts: tuple[ProgramAccount, ...]) -> Iterator[tuple[list[ProgramAccount], int]]:
    """(accounts, number above the cap) of each tier, and of each owner with a cap in it."""
    for tier in TIERS:
        inside = [each for each in accounts if each.facts.account.tier == tier]
        yield inside, max(0, len(inside) - program.settings.number(of_tier(tier, "cap")))
        cap = program.settings.limit(of_tier(tier, "owner_cap"))
        owners = Counter(owner for each in inside if (owner := each.facts.account.profile.owner))
        for owner, count in owners.items() if cap else ():
            theirs = [each for each in inside if each.facts.account.profile.owner == owner]
            yield theirs, max(0, count - (cap or 0))


def _justified(program: Program, whole: tuple[ProgramAccount, ...]) -> CheckResult:
    """Accounts with all parts of their justification, and as much of their fit known as tier 1 wants."""
    wanted = program.settings.number("fit.confidence")

    def is_known(account: AccountState) -> bool:
        return fit_of(account.fit, program.settings).percent_known >= wanted

    judged = [(each, not missing_parts(each.facts.account) and is_known(each.facts.account)) for each in whole]
    found = share(_JUSTIFIED, judged)
    if found.next_thing is None:
        return found
    first = next(each.facts.account for each, passes in judged if not passes)
    return found if missing_parts(first) else replace(found, next_thing=at(Step.SCORE, first))


def _functions(program: Program, whole: tuple[ProgramAccount, ...]) -> CheckResult:
    """Accounts on which enough of the four functions were heard; next is the one that is missing on most others."""
    voices = [(each, heard(each.facts.account, program)) for each in whole]
    found = share(_FUNCTIONS, [(each, len(functions) >= HEARD_FUNCTIONS) for each, functions in voices])
    if found.next_thing is None:
        return found
    short = [(each, functions) for each, functions in voices if len(functions) < HEARD_FUNCTIONS]
    missing = Counter(function for _, functions in short for function in ASKED_FUNCTIONS if function not in functions)
    function = missing.most_common(1)[0][0]
    first = next(each.facts.account for each, functions in short if function not in functions)
    # nobody is named: who can be asked where the function is, is its lead's matter
    return replace(found, next_thing=NextThing(Step.ASK_FUNCTION, first.account_id, first.name, function=function))


def _reviewed(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Days since the list was gone through: said so, or a review changed a tier. A younger program's is new."""
    limit = Limit(WINDOW_DAYS, is_most=True)
    if not accounts:
        return CheckResult(Check.LIST_REVIEWED, limit, unjudged=Unjudged.NO_ACCOUNTS)
    days = min((days_ago(program, instant) for instant in _gone_through(program)), default=None)
    if days is None and is_young(program, WINDOW_DAYS):
        return CheckResult(Check.LIST_REVIEWED, limit, unjudged=Unjudged.TOO_YOUNG)
    figure = None if days is None else Figure(days, FigureUnit.DAYS)
    passed = days is not None and days <= WINDOW_DAYS
    thing = None if passed else NextThing(Step.REVIEW_LIST)
    return CheckResult(Check.LIST_REVIEWED, limit, passed, figure, next_thing=thing)


def _gone_through(program: Program) -> Iterator[datetime]:
    yield from (each.at for each in program.practice.marks if each.kind is Mark.LIST_REVIEWED)
    yield from (at for _, at in program.practice.tiers_decided)


def _says_no(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Removals and rejections in the window, of which one at least shows that the list can say no."""
    limit = Limit(1)
    count = sum(is_recent(program, at) for _, at in program.practice.said_no)
    figure = Figure(count, FigureUnit.CHANGES)
    if count:
        return CheckResult(Check.SAYS_NO, limit, passed=True, figure=figure)
    if not accounts:
        return CheckResult(Check.SAYS_NO, limit, unjudged=Unjudged.NO_ACCOUNTS)
    if is_young(program, WINDOW_DAYS):
        return CheckResult(Check.SAYS_NO, limit, unjudged=Unjudged.TOO_YOUNG)
    thing = _leaver(program, accounts, Step.SAY_NO)
    return CheckResult(Check.SAYS_NO, limit, passed=False, figure=figure, next_thing=thing)


def _leaver(program: Program, accounts: list[ProgramAccount] | tuple[ProgramAccount, ...], step: Step) -> NextThing:
    """The account that could leave best, to be talked about first."""
    states = {each.account_id: each.facts.account for each in accounts}
    period = program.period
    best = leavers(states.values(), now=period.ends_at, zone=period.zone, settings=program.settings)[0]
    return at(step, states[best.account_id])
