"""Foundations that failed checks expose: an unclear profile, no point of view, no sales motion, no discipline."""

from collections.abc import Mapping, Sequence

from agendas.facts.measures.audit import Check, Foundation, FoundationResult, RowResult

SHOWN_BY: Mapping[Foundation, tuple[Check, ...]] = {
    Foundation.ICP: (Check.JUSTIFIED, Check.FUNCTIONS, Check.SAYS_NO, Check.IMPLEMENTATION_FIT),
    Foundation.POINT_OF_VIEW: (Check.NARRATIVES, Check.USE_CASE_AND_PROOF),
    Foundation.SALES_MOTION: (Check.NEXT_ACTIONS, Check.PLAYS_IN_TIER, Check.OWN_PLAYS, Check.FIRST_TOUCH),
    Foundation.DISCIPLINE: (Check.ON_TIME, Check.MARKETING_WROTE, Check.LIST_REVIEWED, Check.STEPS_SHOWN),
}
"""The checks by which each foundation shows. Ours: the method names the foundations, not how they are seen."""


def missing_foundations(rows: Sequence[RowResult]) -> tuple[FoundationResult, ...]:
    """The foundations of which at least half of the judged checks failed, with those that did."""
    judged = {each.check: each.passed for row in rows for each in row.judged}
    found: list[FoundationResult] = []
    for foundation, checks in SHOWN_BY.items():
        known = [check for check in checks if check in judged]
        failed = tuple(check for check in known if not judged[check])
        if failed and 2 * len(failed) >= len(known):
            found.append(FoundationResult(foundation, failed))
    return tuple(found)
