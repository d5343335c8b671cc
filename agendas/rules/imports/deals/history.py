"""Plan an import of the history of deals, row by row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from agendas.facts.deals import OpportunityChanged
from agendas.rules.history.deal_history import DealStep
from agendas.rules.imports.deals.known import (
    KnownDeals,
    PlannedDeal,
    phase_of,
    refuse_other_stages,
    skipped,
    unmapped,
)
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.dates import ImportOptions, not_after
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict

NEVER = datetime.min.replace(tzinfo=UTC)


def plan_of_history(
    rows: Iterable[ImportedDeal | BadRow], known: KnownDeals, options: ImportOptions
) -> ImportPlan[PlannedDeal]:
    """The plan for rows of the history of deals that are known. One that is known already changes nothing.

    Raises:
        NotUnderstood: a stage that the options name is not in the file.
    """
    rows = list(rows)
    refuse_other_stages(rows, options)
    planned = {
        row.line: PlannedDeal(row.line, "", Verdict.SKIP, row.reason, row.cause)
        for row in rows
        if isinstance(row, BadRow)
    }
    earlier: dict[str, DealStep] = {}
    for row in sorted((row for row in rows if isinstance(row, ImportedDeal)), key=_by_date):
        planned[row.line] = _planned_step(row, known, options, earlier.get(row.key))
        earlier[row.key] = _step(row)
    return ImportPlan(tuple(planned[row.line] for row in rows))


def _planned_step(
    row: ImportedDeal, known: KnownDeals, options: ImportOptions, earlier: DealStep | None
) -> PlannedDeal:
    there = known.deals.get(row.key)
    if there is None:
        return skipped(row, "is of a deal that is not known; import the opportunities first", SkipCause.IMPORT_FIRST)
    happened_at = not_after(row.entered_at, options) if row.entered_at else None
    if happened_at is None:
        return skipped(row, "is dated in the future", SkipCause.FUTURE)
    phase = phase_of(row, known.phases, options)
    if phase is None:
        return unmapped(row, [row.stage_name])
    before = there.deal.profile
    is_known = _step(row) in known.steps.get(row.key, frozenset())
    is_repeated = earlier is not None and earlier[1:] == _step(row)[1:]
    after = replace(
        before,
        stage_name=row.stage_name,
        phase=phase,
        amount_cents=row.amount_cents,
        currency=row.currency or before.currency,
        closes_on=row.closes_on,
    )
    return PlannedDeal(
        row.line,
        before.name,
        key=row.key,
        verdict=Verdict.UNCHANGED if is_known or is_repeated else Verdict.UPDATE,
        account_id=there.account_id,
        account_name=known.accounts.states[there.account_id].name,
        change=OpportunityChanged(after, is_history=True),
        happened_at=happened_at,
        notes=row.notes,
        zone=options.zone,
    )


def _step(row: ImportedDeal) -> DealStep:
    return (row.entered_at or NEVER, row.stage_name, row.amount_cents, row.closes_on)


def _by_date(row: ImportedDeal) -> tuple[str, datetime, int]:
    return row.key, row.entered_at or NEVER, row.line
