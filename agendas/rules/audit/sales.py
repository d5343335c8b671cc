"""Checks of sales: next actions with a date, promises kept in time, plays of the right tier, a quick first touch."""

from collections.abc import Iterator
from datetime import date, datetime

from agendas.facts.account import AccountState, ActionStatus, NextAction, Stage
from agendas.facts.measures.audit import Check, CheckResult, FigureUnit, NextThing, Step, Unjudged
from agendas.facts.measures.program import Program, ProgramAccount, Stay
from agendas.facts.program.settings import of_tier
from agendas.rules.audit.judging import WHOLE_TIERS, WINDOW_DAYS, ShareCheck, at, is_recent, named, share
from agendas.rules.plays.running import out_of_tier
from agendas.rules.reviews.first_touch import business_hours, late_first_touch
from agendas.text.days import local_date

_NEXT_ACTIONS = ShareCheck(Check.NEXT_ACTIONS, 90, FigureUnit.ACCOUNTS, Step.ADD_ACTION, Unjudged.NO_TIER_1_OR_2)
_ON_TIME = ShareCheck(Check.ON_TIME, 75, FigureUnit.ACTIONS, Step.SETTLE_ACTIONS, Unjudged.NO_ACTIONS)
_IN_TIER = ShareCheck(Check.PLAYS_IN_TIER, 100, FigureUnit.PLAYS, Step.STOP_PLAY, Unjudged.NO_PLAYS)
_FIRST_TOUCH = ShareCheck(Check.FIRST_TOUCH, 100, FigureUnit.ACCOUNTS, Step.TOUCH, Unjudged.NO_MQA)


def sales_checks(program: Program) -> tuple[CheckResult, ...]:
    """The checks of sales' role, in their order."""
    today = program.period.last
    accounts, whole = named(program), named(program, *WHOLE_TIERS)
    return (
        share(_NEXT_ACTIONS, [(each, _has_next(each.facts.account, today)) for each in whole]),
        _on_time(program, accounts),
        share(_IN_TIER, [(each, fits) for each in accounts for fits in _plays_fit(each)]),
        _first_touch(program, accounts),
    )


def _on_time(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Actions kept; next is an account where one is late still, since what was done late cannot be mended."""
    judged = [(each, kept) for each in accounts for kept in _kept(each.facts.account, program)]
    late = [each for each in accounts if any(a.due_on < program.period.last for a in each.facts.account.open_actions)]
    thing = at(Step.SETTLE_ACTIONS, late[0].facts.account) if late else NextThing(Step.KEEP_DATES)
    return share(_ON_TIME, judged, next_thing=thing)


def _first_touch(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """First touches in time; next is an account that waits still, since what came late cannot be mended."""
    judged = list(_first_touches(program, accounts))
    waiting = [each for each, in_time in judged if not in_time and late_first_touch(each.facts)]
    thing = at(Step.TOUCH, waiting[0].facts.account) if waiting else NextThing(Step.REACT_SOONER)
    return share(_FIRST_TOUCH, judged, next_thing=thing)


def _has_next(account: AccountState, today: date) -> bool:
    """Return true for an open action due today or later; an action has one owner always."""
    return any(action.due_on >= today for action in account.open_actions)


def _kept(account: AccountState, program: Program) -> Iterator[bool]:
    """Yield for each action of the window that is a promise whether it was kept."""
    yield from (kept for action in account.actions if (kept := was_kept(action, program)) is not None)


def was_kept(action: NextAction, program: Program) -> bool | None:
    """Return whether the action was done by its day and never put off; None for one that does not count.

    What was dropped was taken back, and is no promise. What is open and due today may still be kept.
    """
    if action.status is ActionStatus.DROPPED or not _fell_due(action, program):
        return None
    is_done = action.status is ActionStatus.DONE and action.closed_at is not None
    done_on = local_date(action.closed_at, program.period.zone) if is_done and action.closed_at else date.max
    return action.slips == 0 and done_on <= action.due_on


def _fell_due(action: NextAction, program: Program) -> bool:
    """Return true for what was done or put off in the window, or was due in it and is still open."""
    if is_recent(program, action.slipped_at):
        return True
    if action.status is ActionStatus.DONE:
        return is_recent(program, action.closed_at)
    days_late = (program.period.last - action.due_on).days
    return 0 < days_late <= WINDOW_DAYS


def _plays_fit(each: ProgramAccount) -> Iterator[bool]:
    """Yield for each play that runs whether the account's tier allows it."""
    foreign = {run.id for run in out_of_tier(each.facts.account, each.facts.tiers_of_plays)}
    yield from (run.id not in foreign for run in each.facts.account.plays if run.end is None)


def _first_touches(program: Program, accounts: tuple[ProgramAccount, ...]) -> Iterator[tuple[ProgramAccount, bool]]:
    """Yield for each account that became MQA in the window whether somebody reacted in time.

    While there is time left, and where an import does not know the day, nothing can be late.
    """
    of_list = {each.account_id: each for each in accounts}
    for stay in program.stays:
        each = of_list.get(stay.account_id)
        if each is None or stay.stage is not Stage.MQA or not stay.is_known or not is_recent(program, stay.began_at):
            continue
        since = _waits_since(each.facts.account, stay)
        touched_at = next((at for at in program.practice.updates.get(stay.account_id, ()) if at > since), None)
        until = touched_at or stay.ended_at or program.period.ends_at
        hours = business_hours(since, until, program.period.zone)
        limit = program.settings.number(of_tier(stay.tier or each.facts.account.tier, "response"))
        if touched_at is not None or hours > limit:
            yield each, hours <= limit


def _waits_since(account: AccountState, stay: Stay) -> datetime:
    """When the account's wait began: hours as a candidate are none."""
    is_named_in_it = account.named_at is not None and (stay.ended_at is None or account.named_at < stay.ended_at)
    return max(stay.began_at, account.named_at) if is_named_in_it and account.named_at else stay.began_at
