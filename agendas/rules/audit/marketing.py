"""Checks of marketing: a narrative and a play for each account that matters, the buyer's answer, a voice in reviews."""

from collections.abc import Iterator
from datetime import date

from agendas.facts.account import AccountState
from agendas.facts.measures.audit import Check, CheckResult, Figure, FigureUnit, Limit, NextThing, Step, Unjudged
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.people import Function
from agendas.facts.plays import PlayRun
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.audit.judging import (
    ShareCheck,
    at,
    days_ago,
    discipline_of_window,
    holds,
    is_recent,
    most_frequent,
    named,
    share,
    unjudged,
)
from agendas.rules.narrative.age import NarrativeGap, narrative_gap
from agendas.text.days import local_date

ONE_TO_ONE = 1
"""The tier whose accounts have a narrative and a play of their own."""

WROTE_PERCENT = 75
"""Least share of the held reviews in which marketing recorded or decided something."""

_NARRATIVES = ShareCheck(
    Check.NARRATIVES, 80, FigureUnit.ACCOUNTS, Step.WRITE_NARRATIVE, Unjudged.NO_TIER_1, is_marketing=True
)
_OWN_PLAYS = ShareCheck(
    Check.OWN_PLAYS, 80, FigureUnit.ACCOUNTS, Step.START_PLAY, Unjudged.NO_TIER_1, is_marketing=True
)
_FOLLOWED = ShareCheck(Check.BUYER_FOLLOWED, 60, FigureUnit.PLAYS, Step.END_PLAY, Unjudged.NO_PLAYS, is_marketing=True)


def marketing_checks(program: Program) -> tuple[CheckResult, ...]:
    """The checks of marketing's role, in their order."""
    first = named(program, ONE_TO_ONE)
    return (
        share(_NARRATIVES, [(each, gap_of_narrative(each.facts.account, program) is None) for each in first]),
        share(_OWN_PLAYS, [(each, any(_own_plays(each.facts, program))) for each in first]),
        _followed(program),
        _wrote(program),
    )


def gap_of_narrative(account: AccountState, program: Program) -> NarrativeGap | None:
    """Return the gap in the account's narrative at the end of the period, None when there is none."""
    period = program.period
    return narrative_gap(account, program.settings, now=period.ends_at, zone=period.zone)


def plays_of_window(account: AccountState, program: Program) -> Iterator[PlayRun]:
    """Yield the plays that run, or that ended in the window."""
    yield from (run for run in account.plays if run.end is None or is_recent(program, run.ended_at))


def _own_plays(facts: AgendaFacts, program: Program) -> Iterator[PlayRun]:
    """Yield the plays of the window that are meant for accounts worked one to one."""
    for run in plays_of_window(facts.account, program):
        if ONE_TO_ONE in facts.tiers_of_plays.get(run.play, (ONE_TO_ONE,)):
            yield run


def _followed(program: Program) -> CheckResult:
    """Plays begun in the window after which the buyer did something in time; those for which it is too early wait."""
    begun = [
        (each, run) for each in named(program) for run in each.facts.account.plays if is_recent(program, run.started_at)
    ]
    within = program.settings.number("audit.reply")
    judged: list[tuple[ProgramAccount, bool]] = []
    for each, run in begun:
        follows = _follows(each, run, program, within)
        if follows or days_ago(program, run.started_at) > within:
            judged.append((each, follows))
    if begun and not judged:
        return unjudged(_FOLLOWED, Unjudged.NO_PLAYS_LONG_ENOUGH)
    return share(_FOLLOWED, judged, next_thing=_about_play(judged))


def _about_play(judged: list[tuple[ProgramAccount, bool]]) -> NextThing | None:
    """Say what a play that runs brought; where none of the failed ones runs any more, try another one."""
    failed = [each.facts.account for each, follows in judged if not follows]
    running = [account for account in failed if any(run.end is None for run in account.plays)]
    if not failed:
        return None
    step, account = (Step.END_PLAY, running[0]) if running else (Step.START_PLAY, failed[0])
    return at(step, account, person=account.profile.marketing_partner)


def _follows(each: ProgramAccount, run: PlayRun, program: Program, within: int) -> bool:
    """Return true for an act of the buyer on the day the play began or in the days after it."""
    begun_on = local_date(run.started_at, program.period.zone)
    return any(0 <= (on - begun_on).days <= within for on in _acts_of_buyer(each, program))


def _acts_of_buyer(each: ProgramAccount, program: Program) -> Iterator[date]:
    account, zone = each.facts.account, program.period.zone
    yield from (local_date(at, zone) for at in program.practice.buyer_acts.get(account.account_id, ()))
    if account.last_buyer_touch_at is not None:
        yield local_date(account.last_buyer_touch_at, zone)
    yield from (on for contact in account.contacts if (on := contact.last_touch_on))


def _wrote(program: Program) -> CheckResult:
    """Held reviews in which marketing recorded or decided something: to be there alone is not to write."""
    limit, held = Limit(WROTE_PERCENT, is_percent=True), discipline_of_window(program).held
    if not held:
        return CheckResult(Check.MARKETING_WROTE, limit, unjudged=Unjudged.NO_REVIEWS)
    count = sum(Function.MARKETING in program.practice.writers.get(review.id, ()) for review in held)
    figure = Figure(count, FigureUnit.REVIEWS, of=len(held))
    passed = holds(count, len(held), WROTE_PERCENT)
    partner = most_frequent(each.facts.account.profile.marketing_partner for each in named(program))
    thing = NextThing(Step.BRING_MARKETING, person=partner, function=Function.MARKETING)
    return CheckResult(Check.MARKETING_WROTE, limit, passed, figure, next_thing=None if passed else thing)
