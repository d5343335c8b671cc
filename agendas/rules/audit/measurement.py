"""Checks of measurement: the four lists are read, steps are shown, deals can be judged, and no lead is counted."""

from collections.abc import Iterator

from agendas.facts.account import EventFacts, Movement
from agendas.facts.deals import Opportunity
from agendas.facts.events import Decided, Moved
from agendas.facts.measures.audit import Check, CheckResult, Figure, FigureUnit, Limit, NextThing, Step, Unjudged
from agendas.facts.measures.practice import Mark, ProgramMark
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.people import Function
from agendas.rules.audit.judging import MONTH_DAYS, ShareCheck, days_ago, is_young, most_frequent, named, share
from agendas.rules.fit.score import fit_of
from agendas.rules.signals.campaign_figures import only_campaign_figures

_SHOWN = ShareCheck(Check.STEPS_SHOWN, 80, FigureUnit.STEPS, Step.SHOW_EVIDENCE, Unjudged.NO_STEPS)
_COMPUTABLE = ShareCheck(Check.DEALS_COMPUTABLE, 80, FigureUnit.DEALS, Step.FILL_DEALS, Unjudged.NO_DEALS)
_NO_FIGURES = ShareCheck(Check.NO_CAMPAIGN_FIGURES, 100, FigureUnit.TEXTS, Step.REWORD, Unjudged.NO_REVIEWS)

_UP = (Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED)


def measurement_checks(program: Program) -> tuple[CheckResult, ...]:
    """The checks of measurement, in their order."""
    accounts = named(program)
    moved = [(each, each.placement.movement.movement) for each in accounts]
    return (
        _read(program),
        share(_SHOWN, [(each, movement is Movement.ADVANCED) for each, movement in moved if movement in _UP]),
        share(
            _COMPUTABLE, [(each, _is_computable(each, deal, program)) for each in accounts for deal in open_deals(each)]
        ),
        share(_NO_FIGURES, [(each, says) for each in accounts for says in _headlines(each)]),
    )


def _read(program: Program) -> CheckResult:
    """People by whom the executive page was opened or one of its asks taken in the last month."""
    limit = Limit(1)
    if not named(program):
        return CheckResult(Check.REPORT_READ, limit, unjudged=Unjudged.NO_ACCOUNTS)
    readers = {mark.user_id for mark in program.practice.marks if _is_reading(mark, program)}
    figure = Figure(len(readers), FigureUnit.READERS)
    if readers:
        return CheckResult(Check.REPORT_READ, limit, passed=True, figure=figure)
    if is_young(program, MONTH_DAYS):
        return CheckResult(Check.REPORT_READ, limit, unjudged=Unjudged.TOO_YOUNG)
    person = most_frequent(each.facts.account.profile.our_executive for each in named(program))
    thing = NextThing(Step.OPEN_REPORT, person=person, function=Function.EXECUTIVE)
    return CheckResult(Check.REPORT_READ, limit, passed=False, figure=figure, next_thing=thing)


def _is_reading(mark: ProgramMark, program: Program) -> bool:
    """Return true for an ask taken, and for a page that an executive opened: who else looks at it decides nothing."""
    if days_ago(program, mark.at) >= MONTH_DAYS:
        return False
    is_opened = mark.kind is Mark.PAGE_OPENED and mark.function is Function.EXECUTIVE
    return is_opened or mark.kind is Mark.ASK_TAKEN


def open_deals(each: ProgramAccount) -> Iterator[Opportunity]:
    """Yield the open deals of an account."""
    yield from (deal for deal in each.facts.account.opportunities if deal.is_open)


def _is_computable(each: ProgramAccount, deal: Opportunity, program: Program) -> bool:
    """Return true if all is known that the tests of the deal's quality ask for.

    Deals are counted, not their value: a deal without an amount has none to count, and currencies do not add up.
    """
    return is_filled_in(deal) and is_scored(each, program)


def is_filled_in(deal: Opportunity) -> bool:
    """Return true if the deal has an amount, a close date and a day since which it is in its stage."""
    has_value = deal.profile.amount_cents is not None and deal.profile.closes_on is not None
    return has_value and deal.stage_since_known


def is_scored(each: ProgramAccount, program: Program) -> bool:
    """Return true if anything of the account's fit is scored."""
    return fit_of(each.facts.account.fit, program.settings).fit is not None


def _headlines(each: ProgramAccount) -> Iterator[bool]:
    """Yield for each movement and decision that a recap tells whether it speaks of more than a campaign's figures."""
    for event in each.facts.events:
        if text := _headline(event):
            yield not only_campaign_figures(text, each.facts.account.name)


def _headline(event: EventFacts) -> str:
    return event.change.text if isinstance(event.change, Moved | Decided) else ""
