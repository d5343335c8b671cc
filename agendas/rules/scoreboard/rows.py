"""The rows of the scoreboard: each account with its fit, engagement, position, value, coverage and next action."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agendas.facts.account import AccountState, ListStatus, NextAction
from agendas.facts.list_filter import ScoreboardFilter
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.plays import PlayRun
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.review import Bucket
from agendas.rules.deals.summary import DealSum, sum_of
from agendas.rules.fit.score import fit_of
from agendas.rules.group.coverage import buying_group
from agendas.rules.list.filters import fits
from agendas.rules.narrative.age import NarrativeGap, narrative_gap

ORDER = {bucket: number for number, bucket in enumerate(Bucket)}


class NarrativeState(StrEnum):
    """State of an account's narrative; not_asked where there is none and the tier asks for none."""

    CURRENT = "current"
    OLD = "old"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ScoreboardRow:
    """One account at the end of the period.

    Args:
        account: the account with its place and reasons.
        fit: from 0 to 100, None where nothing is scored; `percent_known` of its weights are scored.
        pipeline: its open deals by currency.
        engaged, required: roles of the buying group with somebody active, and roles asked for, 0 where none are.
        narrative: its state; `narrative_days` is the age of one that is too old.
        plays: those that run, the outcome due first on top.
        next_action: the open one that is due first, None without any; `days_late` is 0 while it is not due.
    """

    account: ProgramAccount
    fit: float | None
    percent_known: int
    pipeline: DealSum
    engaged: int
    required: int
    narrative: NarrativeState
    narrative_days: int
    plays: tuple[PlayRun, ...]
    next_action: NextAction | None
    days_late: int

    @property
    def state(self) -> AccountState:
        """The account at the end of the period."""
        return self.account.facts.account

    @property
    def is_paused(self) -> bool:
        """True for a paused account, which is in no bucket."""
        return self.state.list_status is ListStatus.PAUSED


def fitting(program: Program, wanted: ScoreboardFilter) -> tuple[ProgramAccount, ...]:
    """Return the accounts of the list that fit the filter, those in most need first, paused ones last."""
    found = (each for each in program.accounts if _fits(each, wanted, program))
    return tuple(sorted(found, key=_need))


def scoreboard_row(each: ProgramAccount, program: Program) -> ScoreboardRow:
    """Return the row of an account."""
    period, settings, account = program.period, program.settings, each.facts.account
    today = period.last
    fit = fit_of(account.fit, settings)
    group = buying_group(account, settings, today=today)
    narrative, narrative_days = _narrative(account, _gap(account, program))
    action = next(iter(account.open_actions), None)
    return ScoreboardRow(
        account=each,
        fit=fit.fit,
        percent_known=fit.percent_known,
        pipeline=sum_of(deal for deal in account.opportunities if deal.is_open),
        engaged=group.engaged,
        required=group.required,
        narrative=narrative,
        narrative_days=narrative_days,
        plays=_running(account),
        next_action=action,
        days_late=_days_late(action, today),
    )


def _fits(each: ProgramAccount, wanted: ScoreboardFilter, program: Program) -> bool:
    account = each.facts.account
    if not fits(wanted.accounts, account, each.placement):
        return False
    if wanted.plays and not any(run.play in wanted.plays for run in _running(account)):
        return False
    return not wanted.without_narrative or _gap(account, program) is not None


def _need(each: ProgramAccount) -> tuple[bool, int, int, int, str]:
    """Order by bucket, then tier, then the number of reasons."""
    account, placement = each.facts.account, each.placement
    is_paused = account.list_status is ListStatus.PAUSED
    bucket = 0 if is_paused else ORDER[placement.bucket]
    return is_paused, bucket, account.tier or TIERS[-1] + 1, -len(placement.reasons), account.name.casefold()


def _running(account: AccountState) -> tuple[PlayRun, ...]:
    runs = (each for each in account.plays if each.end is None)
    return tuple(sorted(runs, key=lambda each: (each.outcome_due_on, each.id)))


def _gap(account: AccountState, program: Program) -> NarrativeGap | None:
    return narrative_gap(account, program.settings, now=program.period.ends_at, zone=program.period.zone)


def _narrative(account: AccountState, gap: NarrativeGap | None) -> tuple[NarrativeState, int]:
    if gap is None:
        return (NarrativeState.NOT_ASKED if account.narrative is None else NarrativeState.CURRENT), 0
    return (NarrativeState.MISSING, 0) if gap.written_at is None else (NarrativeState.OLD, gap.days)


def _days_late(action: NextAction | None, today: date) -> int:
    return max(0, (today - action.due_on).days) if action else 0
