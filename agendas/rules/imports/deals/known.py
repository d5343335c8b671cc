"""Deals known, rows of deals with what becomes of them, and the phases of their stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agendas.errors import NotUnderstood
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityProfile, Phase
from agendas.rules.history.deal_history import DealStep
from agendas.rules.imports.accounts.companies import CompanyAsked
from agendas.rules.imports.accounts.plan import KnownAccounts
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import Verdict
from agendas.text.limits import shown


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """A deal of an account as it stands; `told_at` is the day of the latest entry about it."""

    account_id: int
    deal: Opportunity
    told_at: datetime


@dataclass(frozen=True, slots=True)
class KnownDeals:
    """Stored facts to compare deals with: accounts, deals and their history by key, and phases by CRM and stage.

    `stages` are the instants and stages that any entry about a deal told, by its key. `wins` has the first deal that
    each account is known to have won, by account: when, and its key. `unseen` are the keys of deals of accounts that
    the person who imports may not see.
    """

    accounts: KnownAccounts
    deals: Mapping[str, KnownDeal] = field(default_factory=dict)
    steps: Mapping[str, frozenset[DealStep]] = field(default_factory=dict)
    phases: Mapping[str, Mapping[str, Phase]] = field(default_factory=dict)
    stages: Mapping[str, frozenset[tuple[datetime, str]]] = field(default_factory=dict)
    wins: Mapping[int, tuple[datetime, str]] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedDeal:
    """One row of the file and what becomes of it: what is recorded of which account, and when it happened.

    `happened_at` is None for what happens as it is imported, `steps` are earlier stages with their instants, and `zone`
    is the IANA zone of their days. `before` is the deal as known. A row is left out until a person says more if
    `unmapped` are names of stages that have no phase yet, `asked` is its company, or it `lacks_type`.
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
    steps: tuple[tuple[OpportunityChanged, datetime], ...] = ()
    unmapped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asked: CompanyAsked | None = None
    lacks_type: bool = False
    zone: str = "UTC"


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


def skipped(row: ImportedDeal, reason: str, cause: SkipCause) -> PlannedDeal:
    """The row, left out for this reason."""
    return PlannedDeal(row.line, row.name, Verdict.SKIP, reason, cause, key=row.key, notes=row.notes)


def unmapped(row: ImportedDeal, stages: Sequence[str]) -> PlannedDeal:
    """The row, left out until somebody says what these stages of it mean."""
    many = len(stages) > 1
    reason = f"its stage{'s' if many else ''} {', '.join(map(shown, stages))} {'have' if many else 'has'} no phase yet"
    return replace(skipped(row, reason, SkipCause.NO_PHASE), unmapped=tuple(stages))


def refuse_other_stages(rows: Sequence[ImportedDeal | BadRow], options: ImportOptions) -> None:
    """Raise NotUnderstood when the options name a stage that no row of the file has."""
    deals = [row for row in rows if isinstance(row, ImportedDeal)]
    there = {stage_key(name): name for row in deals for name in (row.stage_name, *(stage for stage, _ in row.entered))}
    for name, _phase in options.stages:
        if stage_key(name) not in there:
            names = ", ".join(map(shown, there.values()))
            raise NotUnderstood(f"No row of the file has the stage {shown(name)}. It has {names}.")
