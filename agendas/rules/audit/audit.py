"""The whole audit of a program, and the codes of its verdicts that are kept with a month's figures."""

from collections.abc import Callable, Mapping, Sequence

from agendas.facts.measures.audit import Audit, CheckResult, Row, RowResult, Verdict
from agendas.facts.measures.program import Program
from agendas.rules.audit.account_list import list_checks
from agendas.rules.audit.foundations import missing_foundations
from agendas.rules.audit.marketing import marketing_checks
from agendas.rules.audit.measurement import measurement_checks
from agendas.rules.audit.practical import practical_test
from agendas.rules.audit.product import product_checks
from agendas.rules.audit.sales import sales_checks

CHECKS: Mapping[Row, Callable[[Program], tuple[CheckResult, ...]]] = {
    Row.LIST: list_checks,
    Row.MARKETING: marketing_checks,
    Row.SALES: sales_checks,
    Row.PRODUCT: product_checks,
    Row.MEASUREMENT: measurement_checks,
}
"""The checks of each operating choice."""


def audit(program: Program) -> Audit:
    """The audit of the program over its period."""
    rows = audit_rows(program)
    return Audit(rows, practical_test(program), missing_foundations(rows))


def audit_rows(program: Program) -> tuple[RowResult, ...]:
    """The five operating choices with their verdicts."""
    judged = ((row, checks(program)) for row, checks in CHECKS.items())
    return tuple(RowResult(row, verdict(results), results) for row, results in judged)


def audit_codes(program: Program) -> Mapping[str, str]:
    """Return the verdict of each row as `TrendPoint.audit` keeps them; without rows that cannot be judged yet."""
    return {each.row.value: each.verdict.value for each in audit_rows(program) if each.verdict is not Verdict.OPEN}


def verdict(results: Sequence[CheckResult]) -> Verdict:
    """Strong if all judged checks pass, weak if fewer than half do, else mixed; open if under half can be judged."""
    judged = [each.passed for each in results if each.passed is not None]
    if not judged or 2 * len(judged) < len(results):
        return Verdict.OPEN
    if all(judged):
        return Verdict.STRONG
    return Verdict.WEAK if 2 * sum(judged) < len(judged) else Verdict.MIXED
