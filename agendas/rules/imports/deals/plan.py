"""Plan an import of deals, row by row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agendas.facts.account import AccountState
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.rules.imports.accounts.companies import Companies, CompanyFound
from agendas.rules.imports.deals.further import first_wins, type_of
from agendas.rules.imports.deals.known import (
    KnownDeal,
    KnownDeals,
    PlannedDeal,
    phase_of,
    refuse_other_stages,
    skipped,
    stage_key,
    unmapped,
    with_stages,
)
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.dates import ImportOptions, end_of, not_after
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.text.limits import shown

ELSEWHERE = "is another account's deal already, or an admin has to look at it"
"""Of an account that the person may not see too, so that it tells of none."""


def plan_of_deals(
    rows: Iterable[ImportedDeal | BadRow], known: KnownDeals, options: ImportOptions
) -> ImportPlan[PlannedDeal]:
    """The plan for deals as the CRM has them now.

    A deal is known by the CRM's id, its account as `Companies` finds it.

    Raises:
        NotUnderstood: a stage that the options name is not in the file.
    """
    rows = list(rows)
    refuse_other_stages(rows, options)
    deals = [row for row in rows if isinstance(row, ImportedDeal)]
    companies = Companies(known.accounts, (row.company for row in deals), options.accounts)
    found = {row.line: companies.find(row.company) for row in deals}
    wins = first_wins(((row, found[row.line].account, phase_of(row, known.phases, options)) for row in deals), known)
    lines: dict[str, int] = {}
    planned = []
    for row in rows:
        if isinstance(row, BadRow):
            planned.append(PlannedDeal(row.line, "", Verdict.SKIP, row.reason, row.cause))
        elif row.key in lines:
            planned.append(skipped(row, f"the same deal as line {lines[row.key]}", SkipCause.REPEATED))
        else:
            lines[row.key] = row.line
            planned.append(_placed(row, found[row.line], replace(known, wins=wins), options))
    return ImportPlan(tuple(planned))


def _placed(row: ImportedDeal, found: CompanyFound, known: KnownDeals, options: ImportOptions) -> PlannedDeal:
    """The row at its account, or why it is left out."""
    there = known.deals.get(row.key)
    account = found.account
    if account is None and there is not None and found.could_be(there.account_id):
        # somebody said so when the deal was imported
        account = known.accounts.states[there.account_id]
    if account is None:
        return replace(skipped(row, found.reason, found.cause or SkipCause.NO_ACCOUNT), asked=found.asked)
    if row.key in known.unseen or (there is not None and there.account_id != account.account_id):
        return skipped(row, ELSEWHERE, SkipCause.ELSEWHERE)
    phase = phase_of(row, known.phases, options)
    phases = with_stages(known.phases, row.system, options)
    unknown = [stage for stage, _ in row.entered if stage_key(stage) not in phases]
    if phase is None or unknown:
        return unmapped(row, list(dict.fromkeys((*(() if phase else (row.stage_name,)), *unknown))))
    before = there.deal.profile if there else None
    notes: tuple[str, ...] = ()
    if before is None and row.type is None:
        kind, why = type_of(row, account, phase, win=known.wins.get(account.account_id), options=options)
        if kind is None:
            return replace(skipped(row, why, SkipCause.NO_TYPE), lacks_type=True)
        row, notes = replace(row, type=kind), (why,)
    return replace(_planned(row, account, phase, known=known, options=options), notes=(*row.notes, *notes))


def _planned(
    row: ImportedDeal, account: AccountState, phase: Phase, *, known: KnownDeals, options: ImportOptions
) -> PlannedDeal:
    there = known.deals.get(row.key)
    before = there.deal.profile if there else None
    after = _filled(row, phase, before)
    steps = _steps(row, after, known, options)
    planned = PlannedDeal(
        row.line,
        row.name,
        Verdict.UPDATE if steps else Verdict.UNCHANGED,
        key=row.key,
        account_id=account.account_id,
        account_name=account.name,
        before=before,
        steps=steps,
        zone=options.zone,
    )
    if after == before:
        return planned
    if there is not None and _is_outdated(row, there):
        since = there.deal.stage_since
        reason = f"is older than what is known: in {shown(there.deal.profile.stage_name)} since {since:%d %b %Y}"
        return skipped(row, reason, SkipCause.OUTDATED)
    happened_at = _happened_at(row, phase, there, options)
    change = OpportunityChanged(
        after, since_known=happened_at is not None or there is not None, opened_at=row.opened_at
    )
    verdict = Verdict.UPDATE if there else Verdict.CREATE
    return replace(planned, verdict=verdict, change=change, happened_at=happened_at)


def _filled(row: ImportedDeal, phase: Phase, before: OpportunityProfile | None) -> OpportunityProfile:
    """The deal with what the row says. An empty cell empties nothing."""
    kind, adds_value = row.type, row.adds_value
    if kind is None and before is not None:
        kind, adds_value = before.type, before.adds_value
    base = before or OpportunityProfile(row.key, row.name, row.stage_name, phase)
    has_amount = row.amount_cents is not None
    return replace(
        base,
        name=base.name if row.name == row.key else row.name,
        stage_name=row.stage_name,
        phase=phase,
        type=kind or OpportunityType.NEW_BUSINESS,
        adds_value=adds_value,
        amount_cents=row.amount_cents if has_amount else base.amount_cents,
        currency=(row.currency or base.currency) if has_amount else base.currency,
        closes_on=row.closes_on or base.closes_on,
        next_step=row.next_step or base.next_step,
    )


def _steps(
    row: ImportedDeal, after: OpportunityProfile, known: KnownDeals, options: ImportOptions
) -> tuple[tuple[OpportunityChanged, datetime], ...]:
    """The stages that the deal was in before the row's own, unless an entry tells them: without an amount or a date.

    What it was worth then is not in the file.
    """
    phases = with_stages(known.phases, row.system, options)
    told = known.stages.get(row.key, frozenset())
    return tuple(
        (
            OpportunityChanged(
                replace(after, stage_name=stage, phase=phases[stage_key(stage)], amount_cents=None, closes_on=None),
                opened_at=row.opened_at,
                is_history=True,
            ),
            at,
        )
        for stage, at in row.entered
        if (row.entered_at is None or at < row.entered_at) and at <= options.now and (at, stage) not in told
    )


def _is_outdated(row: ImportedDeal, there: KnownDeal) -> bool:
    """Return true if the row's stage is older than the one that the deal is known to be in."""
    is_other_stage = stage_key(row.stage_name) != stage_key(there.deal.profile.stage_name)
    entered_at = row.entered_at
    return (
        is_other_stage
        and entered_at is not None
        and there.deal.stage_since_known
        and entered_at < there.deal.stage_since
    )


def _happened_at(row: ImportedDeal, phase: Phase, there: KnownDeal | None, options: ImportOptions) -> datetime | None:
    """Return the instant from which the row holds, by its own dates; None where it has none.

    It is never before what is known of the deal, which it would else not replace.
    """
    is_step = there is None or stage_key(row.stage_name) != stage_key(there.deal.profile.stage_name)
    said = row.entered_at if is_step else row.changed_at
    if said is None and is_step and not phase.is_open and row.closes_on is not None:
        said = end_of(row.closes_on, options.zone)
    if said is None and there is not None:
        said = row.changed_at
    said = not_after(said, options) if said else None
    if said is None:
        return None
    return said if there is None else max(said, there.told_at)
