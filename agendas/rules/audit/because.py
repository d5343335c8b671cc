"""Findings of a check at one account that fails it: missing parts, ages, and the entry that they are about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from agendas.facts.account import Stage
from agendas.facts.measures.audit import Check
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.rules.audit.account_list import ASKED_FUNCTIONS, heard
from agendas.rules.audit.judging import is_recent
from agendas.rules.audit.marketing import gap_of_narrative
from agendas.rules.audit.measurement import is_filled_in, is_scored, open_deals
from agendas.rules.audit.product import days_since_scored, missing_of_use_case
from agendas.rules.audit.sales import was_kept
from agendas.rules.fit.score import fit_of
from agendas.rules.list.justification import missing_parts
from agendas.rules.plays.running import out_of_tier
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class Because:
    """Finding of a check: names of what is missing or late, raw; a number against its limit; and a local day.

    The number is of days, for justified of percent.
    """

    names: tuple[str, ...] = ()
    number: int | None = None
    limit: int | None = None
    on: date | None = None


def because(check: Check, each: ProgramAccount, program: Program) -> Because | None:
    """Return what the check found at an account that fails it; None where the check's name says it all."""
    find = _FINDS.get(check)
    return find(each, program) if find else None


def _justified(each: ProgramAccount, program: Program) -> Because:
    account = each.facts.account
    known = fit_of(account.fit, program.settings).percent_known
    return Because(tuple(missing_parts(account)), known, program.settings.number("fit.confidence"))


def _functions(each: ProgramAccount, program: Program) -> Because:
    found = heard(each.facts.account, program)
    return Because(tuple(function for function in ASKED_FUNCTIONS if function not in found))


def _narrative(each: ProgramAccount, program: Program) -> Because:
    gap = gap_of_narrative(each.facts.account, program)
    return Because(number=gap.days, limit=gap.limit_days) if gap and gap.written_at else Because()


def _followed(each: ProgramAccount, program: Program) -> Because:
    begun = [run for run in each.facts.account.plays if is_recent(program, run.started_at)]
    last = max(begun, key=lambda run: run.started_at)
    return Because((last.name,), on=local_date(last.started_at, program.period.zone))


def _next_action(each: ProgramAccount, program: Program) -> Because:
    """The open action whose day passed last."""
    late = max(each.facts.account.open_actions, key=lambda action: action.due_on, default=None)
    return Because((late.text,), (program.period.last - late.due_on).days, on=late.due_on) if late else Because()


def _late_actions(each: ProgramAccount, program: Program) -> Because:
    late = [action for action in each.facts.account.actions if was_kept(action, program) is False]
    late.sort(key=lambda action: action.due_on, reverse=True)
    return Because(tuple(action.text for action in late), on=late[0].due_on if late else None)


def _foreign_plays(each: ProgramAccount, _program: Program) -> Because:
    return Because(tuple(run.name for run in out_of_tier(each.facts.account, each.facts.tiers_of_plays)))


def _first_touch(each: ProgramAccount, program: Program) -> Because:
    stays = [stay for stay in program.stays if stay.account_id == each.account_id and stay.stage is Stage.MQA]
    return Because(on=local_date(stays[-1].began_at, program.period.zone) if stays else None)


def _implementation(each: ProgramAccount, program: Program) -> Because:
    days = days_since_scored(each.facts.account, program)
    return (
        Because() if days is None else Because(number=days, limit=program.settings.number("audit.implementation_fit"))
    )


def _use_case(each: ProgramAccount, _program: Program) -> Because:
    return Because(missing_of_use_case(each.facts.account))


def _deals(each: ProgramAccount, program: Program) -> Because:
    """The open deals of which something is missing; none of them where it is the account's fit alone."""
    short = tuple(deal.profile.name for deal in open_deals(each) if not is_filled_in(deal))
    return Because(short, number=None if is_scored(each, program) else 0)


_FINDS: Mapping[Check, Callable[[ProgramAccount, Program], Because]] = {
    Check.JUSTIFIED: _justified,
    Check.FUNCTIONS: _functions,
    Check.NARRATIVES: _narrative,
    Check.BUYER_FOLLOWED: _followed,
    Check.NEXT_ACTIONS: _next_action,
    Check.ON_TIME: _late_actions,
    Check.PLAYS_IN_TIER: _foreign_plays,
    Check.FIRST_TOUCH: _first_touch,
    Check.IMPLEMENTATION_FIT: _implementation,
    Check.USE_CASE_AND_PROOF: _use_case,
    Check.DEALS_COMPUTABLE: _deals,
}
