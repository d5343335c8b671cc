"""Checks of product's input: its own score of the implementation, a use case with proof, and something every month."""

from agendas.facts.account import AccountState
from agendas.facts.fit import Criterion
from agendas.facts.measures.audit import Check, CheckResult, Figure, FigureUnit, Limit, Step, Unjudged
from agendas.facts.measures.program import Program
from agendas.facts.people import Function
from agendas.facts.product import ProductField
from agendas.rules.audit.judging import MONTH_DAYS, ShareCheck, at, days_ago, is_young, named, share
from agendas.rules.audit.marketing import ONE_TO_ONE
from agendas.rules.fit.product_inputs import standing

_IMPLEMENTATION = ShareCheck(
    Check.IMPLEMENTATION_FIT, 80, FigureUnit.ACCOUNTS, Step.SCORE_IMPLEMENTATION, Unjudged.NO_TIER_1
)
_USE_CASES = ShareCheck(Check.USE_CASE_AND_PROOF, 60, FigureUnit.ACCOUNTS, Step.ADD_USE_CASE, Unjudged.NO_TIER_1)


def product_checks(program: Program) -> tuple[CheckResult, ...]:
    """The checks of product's input, in their order."""
    first = named(program, ONE_TO_ONE)
    return (
        share(_IMPLEMENTATION, [(each, _is_scored(each.facts.account, program)) for each in first]),
        share(_USE_CASES, [(each, not missing_of_use_case(each.facts.account)) for each in first]),
        _monthly_input(program),
    )


def _is_scored(account: AccountState, program: Program) -> bool:
    """Return true if product itself scored the implementation not too long ago."""
    days = days_since_scored(account, program)
    return days is not None and days <= program.settings.number("audit.implementation_fit")


def days_since_scored(account: AccountState, program: Program) -> int | None:
    """Return the days since product itself scored the implementation; None where it never did."""
    scores = (score for score in account.fit if score.criterion is Criterion.IMPLEMENTATION_FIT)
    days = (days_ago(program, score.scored_at) for score in scores if score.function == Function.PRODUCT)
    return min(days, default=None)


def missing_of_use_case(account: AccountState) -> tuple[ProductField, ...]:
    """Return which of a use case and its proof nobody gave."""
    return tuple(field for field in (ProductField.USE_CASE, ProductField.PROOF) if standing(account, field) is None)


def _monthly_input(program: Program) -> CheckResult:
    """Inputs and feedback of the last month; without any the first account of the list is the one to begin with."""
    limit, accounts = Limit(1), named(program)
    given = sum(
        days_ago(program, entry.given_at) < MONTH_DAYS for each in accounts for entry in each.facts.account.product
    )
    figure = Figure(given, FigureUnit.INPUTS)
    if given:
        return CheckResult(Check.PRODUCT_INPUT, limit, passed=True, figure=figure)
    if not accounts:
        return CheckResult(Check.PRODUCT_INPUT, limit, unjudged=Unjudged.NO_ACCOUNTS)
    if is_young(program, MONTH_DAYS):
        return CheckResult(Check.PRODUCT_INPUT, limit, unjudged=Unjudged.TOO_YOUNG)
    thing = at(Step.ADD_PRODUCT_INPUT, accounts[0].facts.account)
    return CheckResult(Check.PRODUCT_INPUT, limit, passed=False, figure=figure, next_thing=thing)
