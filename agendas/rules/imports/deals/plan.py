"""Plan an import of deals, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.rules.history.deal_history import DealStep
from agendas.rules.imports.accounts.companies import Companies, CompanyAsked, CompanyFound, NamedCompany
from agendas.rules.imports.accounts.plan import KnownAccounts
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.dates import ImportOptions, end_of, not_after
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.text.limits import shown


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """A deal of an account as it stands; `told_at` is the day of the latest entry about it."""

    account_id: int
    deal: Opportunity
    told_at: datetime


@dataclass(frozen=True, slots=True)
class KnownDeals:
    """Stored facts to compare deals with: accounts, deals and their history by key, and phases by CRM and stage."""

    accounts: KnownAccounts
    deals: Mapping[str, KnownDeal] = field(default_factory=dict)
    steps: Mapping[str, frozenset[DealStep]] = field(default_factory=dict)
    phases: Mapping[str, Mapping[str, Phase]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedDeal:
    """One row of the file and what becomes of it: what is recorded of which account, and when it happened.

    `happened_at` is None for what happens as it is imported. `before` is the deal as known. A row is left out until a
    person says more if `unmapped` is a stage's name that has no phase yet, or `asked` its company.
    """

    line: int
    name: str
    verdict: Verdict
    reason: str = ""
    cause: SkipCause | None = None
    key: str = ""
    account_id: int | None = None
    account_name: str = ""
    change: OpportunityChanged | None = None
    happened_at: datetime | None = None
    before: OpportunityProfile | None = None
    unmapped: str = ""
    notes: tuple[str, ...] = ()
    asked: CompanyAsked | None = None


def stage_key(stage_name: str) -> str:
    """The name by which a stage is known: case and spacing do not count."""
    return " ".join(stage_name.casefold().split())


def with_stages(phases: Mapping[str, Mapping[str, Phase]], system: str, options: ImportOptions) -> dict[str, Phase]:
    """The phases of the CRM's stages, by the names they are known by, with those that the options add or change."""
    known = {stage_key(name): phase for name, phase in phases.get(system, {}).items()}
    return known | {stage_key(name): phase for name, phase in options.stages}


def phase_of(row: ImportedDeal, phases: Mapping[str, Mapping[str, Phase]], options: ImportOptions) -> Phase | None:
    """The phase that the row says itself, else the one that its stage means; None where nobody said."""
    return row.phase or with_stages(phases, row.system, options).get(stage_key(row.stage_name))


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
    lines: dict[str, int] = {}
    companies = Companies(
        known.accounts, map(_company, (row for row in rows if isinstance(row, ImportedDeal))), options.accounts
    )
    planned = []
    for row in rows:
        if isinstance(row, BadRow):
            planned.append(PlannedDeal(row.line, "", Verdict.SKIP, row.reason, row.cause))
        elif row.key in lines:
            planned.append(skipped(row, f"the same deal as line {lines[row.key]}", SkipCause.REPEATED))
        else:
            lines[row.key] = row.line
            planned.append(_planned(row, companies.find(_company(row)), known, options))
    return ImportPlan(tuple(planned))


def skipped(row: ImportedDeal, reason: str, cause: SkipCause) -> PlannedDeal:
    """The row, left out for this reason."""
    return PlannedDeal(row.line, row.name, Verdict.SKIP, reason, cause, key=row.key, notes=row.notes)


def unmapped(row: ImportedDeal) -> PlannedDeal:
    """The row, left out until somebody says what its stage means."""
    reason = f"its stage {shown(row.stage_name)} has no phase yet"
    return replace(skipped(row, reason, SkipCause.NO_PHASE), unmapped=row.stage_name)


def refuse_other_stages(rows: Sequence[ImportedDeal | BadRow], options: ImportOptions) -> None:
    """Raise NotUnderstood when the options name a stage that no row of the file has."""
    there = {stage_key(row.stage_name): row.stage_name for row in rows if isinstance(row, ImportedDeal)}
    for name, _phase in options.stages:
        if stage_key(name) not in there:
            names = ", ".join(map(shown, there.values()))
            raise NotUnderstood(f"No row of the file has the stage {shown(name)}. It has {names}.")


def _company(row: ImportedDeal) -> NamedCompany:
    return NamedCompany(row.system, row.account_ids, row.account_domains, row.account_names)


def _planned(row: ImportedDeal, found: CompanyFound, known: KnownDeals, options: ImportOptions) -> PlannedDeal:
    account = found.account
    if account is None:
        return replace(skipped(row, found.reason, found.cause or SkipCause.NO_ACCOUNT), asked=found.asked)
    there = known.deals.get(row.key)
    if there is not None and there.account_id != account.account_id:
        reason = f"is known as a deal of {known.accounts.states[there.account_id].name}"
        return skipped(row, reason, SkipCause.ELSEWHERE)
    phase = phase_of(row, known.phases, options)
    if phase is None:
        return unmapped(row)
    before = there.deal.profile if there else None
    after, notes = _filled(row, phase, before, account)
    planned = PlannedDeal(
        row.line,
        row.name,
        Verdict.UNCHANGED,
        key=row.key,
        account_id=account.account_id,
        account_name=account.name,
        before=before,
        notes=(*row.notes, *notes),
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


def _filled(
    row: ImportedDeal, phase: Phase, before: OpportunityProfile | None, account: AccountState
) -> tuple[OpportunityProfile, Sequence[str]]:
    """The deal with what the row says, and what had to be assumed. An empty cell empties nothing."""
    notes: list[str] = []
    kind, adds_value = row.type, row.adds_value
    if kind is None and before is not None:
        kind, adds_value = before.type, before.adds_value
    if kind is None:
        is_customer = account.stage is Stage.CUSTOMER
        kind = OpportunityType.EXISTING_BUSINESS if is_customer else OpportunityType.NEW_BUSINESS
        of_whom = "a customer" if is_customer else "no customer yet"
        notes.append(f"taken as {kind.replace('_', ' ')}: the row names no type and {account.name} is {of_whom}")
    base = before or OpportunityProfile(row.key, row.name, row.stage_name, phase)
    has_amount = row.amount_cents is not None
    filled = replace(
        base,
        name=base.name if row.name == row.key else row.name,
        stage_name=row.stage_name,
        phase=phase,
        type=kind,
        adds_value=adds_value,
        amount_cents=row.amount_cents if has_amount else base.amount_cents,
        currency=(row.currency or base.currency) if has_amount else base.currency,
        closes_on=row.closes_on or base.closes_on,
        next_step=row.next_step or base.next_step,
    )
    return filled, notes


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
