"""Judge a check: a share or a number against its limit, with the accounts behind it and what to do next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import AccountState
from agendas.facts.measures.audit import Check, CheckResult, Figure, FigureUnit, Limit, NextThing, Step, Unjudged
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.rules.measures.discipline import Discipline, discipline_of
from agendas.rules.measures.share import named_in
from agendas.text.days import days_between

WHOLE_TIERS = (1, 2)
"""Tiers that are worked account by account; tier 3 is watched. Limits of checks are our own, unless said otherwise."""

WINDOW_DAYS = 100
"""Days that the audit looks back: a quarter and some. States of accounts keep closed items for as long."""

MONTH_DAYS = 31
"""Days of the longest month: what is asked for once a month was done in the last so many days."""

Judged = Sequence[tuple[ProgramAccount, bool]]
"""Things that a check looks at, each by its account, and whether it passes."""


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """A check that so many percent of some things pass.

    Args:
        check: its code.
        percent: the least share.
        unit: of what it counts.
        step: what to do at the first account that fails it.
        none: why it cannot be judged where there is nothing to count.
        is_marketing: that is the marketing partner's to do, not the owner's.
    """

    check: Check
    percent: int
    unit: FigureUnit
    step: Step
    none: Unjudged
    is_marketing: bool = False


def named(program: Program, *tiers: int) -> tuple[ProgramAccount, ...]:
    """Return the accounts that are named, in the order of the list; only those of these tiers where any are given."""
    return tuple(each for each in named_in(program) if not tiers or each.facts.account.tier in tiers)


def days_ago(program: Program, instant: datetime) -> int:
    """Return the calendar days from an instant to the end of the period; 0 for a later one."""
    return days_between(instant, program.period.ends_at, program.period.zone)


def is_recent(program: Program, instant: datetime | None) -> bool:
    """Return true for an instant in the audit's window, its first day included."""
    return instant is not None and days_ago(program, instant) <= WINDOW_DAYS


def discipline_of_window(program: Program) -> Discipline:
    """Return the discipline of the account reviews planned in the audit's window."""
    return discipline_of(each for each in program.reviews if is_recent(program, each.planned_at))


def is_young(program: Program, days: int) -> bool:
    """Return true if the program's history is shorter than so many days, so that nothing can be missing yet."""
    since = program.history_since
    return since is None or (program.period.last - since).days < days


def holds(number: int, of: int, percent: int) -> bool:
    """Return true if a part is at least this share of the whole."""
    return number * 100 >= percent * of


def share(rule: ShareCheck, judged: Judged, *, next_thing: NextThing | None = None) -> CheckResult:
    """The result of a check by share. Without a `next_thing` of its own it names the first account that fails."""
    limit = Limit(rule.percent, is_percent=True)
    if not judged:
        return CheckResult(rule.check, limit, unjudged=rule.none)
    number = sum(passes for _, passes in judged)
    figure = Figure(number, rule.unit, of=len(judged))
    failing = [each for each, passes in judged if not passes]
    passed = holds(number, len(judged), rule.percent)
    thing = None if passed else next_thing or _first_thing(rule, failing[0].facts.account)
    ids = tuple(dict.fromkeys(each.account_id for each in failing))
    return CheckResult(rule.check, limit, passed, figure, failing=ids, next_thing=thing)


def _first_thing(rule: ShareCheck, account: AccountState) -> NextThing:
    return at(rule.step, account, person=account.profile.marketing_partner if rule.is_marketing else None)


def unjudged(rule: ShareCheck, because: Unjudged) -> CheckResult:
    """The result of a check by share that cannot be judged for another reason than that there is nothing."""
    return CheckResult(rule.check, Limit(rule.percent, is_percent=True), unjudged=because)


def at(step: Step, account: AccountState, *, person: str | None = None) -> NextThing:
    """Something to do at an account: by this person, else by its owner."""
    return NextThing(step, account.account_id, account.name, person or account.profile.owner)


def most_frequent(values: Iterable[str | None]) -> str | None:
    """Return the value that comes most often, of several the one that comes first; None without any."""
    counts = Counter(filter(None, values))
    return max(counts, key=lambda value: counts[value], default=None)
