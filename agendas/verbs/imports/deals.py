"""The import of deals and of their history: planned, written in parts, and taken back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.deals import OpportunityChanged, Phase
from agendas.facts.events import Corrected
from agendas.facts.people import Author
from agendas.rules.deals.crm_evidence import evidence_of
from agendas.rules.history.corrections import standing
from agendas.rules.history.deal_history import stages_of, steps_of
from agendas.rules.imports.accounts.companies import Companies
from agendas.rules.imports.accounts.plan import IMPORT_UNDONE
from agendas.rules.imports.deals.by_name import is_by_name, name_key, with_keys
from agendas.rules.imports.deals.further import LONG_AGO
from agendas.rules.imports.deals.history import plan_of_history
from agendas.rules.imports.deals.known import KnownDeal, KnownDeals, PlannedDeal, stage_key
from agendas.rules.imports.deals.plan import plan_of_deals
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.verbs.imports.accounts import known_accounts
from agendas.verbs.imports.runs import count_down, going_on, parts_of
from agendas.verbs.imports.undo import Undone
from agendas.verbs.loading.item_rows import opportunity_facts
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.record.record_many import Entry, record_many
from storage import deals, imports
from storage.privacy import private_accounts

Rows = Iterable[ImportedDeal | BadRow]


def plan_deals(session: Session, workspace_id: str, rows: Rows, options: ImportOptions) -> ImportPlan[PlannedDeal]:
    """Plan the import of these deals. Raises NotUnderstood for a stage that is not in the file."""
    rows = _by_name(session, workspace_id, list(rows), options)
    return plan_of_deals(rows, _known(session, workspace_id, rows), options)


def plan_history(session: Session, workspace_id: str, rows: Rows, options: ImportOptions) -> ImportPlan[PlannedDeal]:
    """Plan the import of these rows of history. Raises NotUnderstood for a stage that is not in the file."""
    rows = _by_name(session, workspace_id, list(rows), options)
    return plan_of_history(rows, _known(session, workspace_id, rows), options)


def parts_of_deals(plan: ImportPlan[PlannedDeal]) -> Iterator[list[PlannedDeal]]:
    """The rows to write in parts: account after account, so that each account's history is folded once or twice."""
    return parts_of(plan, order=lambda row: (row.account_id or 0, row.line))


def write_deals(session: Session, run_id: int, author: Author, part: Sequence[PlannedDeal]) -> list[PlannedDeal]:
    """Write these rows of the plan; return those left out, because another import was quicker with them.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    written = _still_as_planned(session, author, part)
    wanted: dict[int, list[Entry]] = defaultdict(list)
    for row in written:
        if row.account_id is not None:
            for change, happened_at in _entries(row, author.at):
                shown = evidence_of(change.opportunity, happened_at, is_signed=_is_signed(row, change))
                wanted[row.account_id].append(Entry(change, happened_at, (shown,)))
    record_many(session, author, wanted, import_run_id=run_id)
    return count_down(session, run, part, written)


def undo_deals(session: Session, run_id: int, author: Author, account_ids: Sequence[int]) -> Undone:
    """Undo the run for these accounts: none of its entries counts any more."""
    imports.locked_accounts(session, author.workspace_id, account_ids)
    corrections: dict[int, list[Entry]] = defaultdict(list)
    told = deals.events_about_deals(session, account_ids)
    of_run = {row.row_id for row in told if row.import_run_id == run_id}
    for event in standing(map(event_facts, told)):
        if event.id in of_run:
            corrections[event.account_id].append(Entry(Corrected(event.id, IMPORT_UNDONE)))
    record_many(session, author, corrections)
    return Undone(taken_back=sum(map(len, corrections.values())))


def learn_stages(session: Session, workspace_id: str, system: str, options: ImportOptions) -> None:
    """Keep the phases that the CRM's stages mean, as the options say."""
    said = {stage_key(name): phase.value for name, phase in options.stages}
    deals.save_phases(session, workspace_id, system, said)


def _is_signed(row: PlannedDeal, change: OpportunityChanged) -> bool:
    """Return true for the row by which the deal is known to be won, and since when; a later change of it is no act."""
    is_new = row.before is None or row.before.phase is not Phase.WON
    return change.opportunity.phase is Phase.WON and is_new and change.since_known and not change.is_history


def _entries(row: PlannedDeal, at: datetime) -> list[tuple[OpportunityChanged, datetime]]:
    """The row's changes, each with its instant: `at` for one without its own."""
    return [*row.steps, *([(row.change, row.happened_at or at)] if row.change else [])]


def _by_name(
    session: Session, workspace_id: str, rows: list[ImportedDeal | BadRow], options: ImportOptions
) -> list[ImportedDeal | BadRow]:
    """The rows, those without an id with the key of the deal that has their name at their account."""
    if not any(map(is_by_name, rows)):
        return rows
    keys: dict[tuple[int, str], list[str]] = defaultdict(list)
    for account_id, name, key in deals.names(session, workspace_id):
        keys[account_id, name_key(name)].append(key)
    named = (row.company for row in rows if isinstance(row, ImportedDeal))
    return with_keys(rows, Companies(known_accounts(session, workspace_id), named, options.accounts), keys)


def _known(session: Session, workspace_id: str, rows: Rows) -> KnownDeals:
    keys = {row.key for row in rows if isinstance(row, ImportedDeal)}
    stored = deals.by_keys(session, workspace_id, keys)
    told = _standing(session, {row.account_id for row in stored})
    steps, told_at = steps_of(told)
    return KnownDeals(
        accounts=known_accounts(session, workspace_id),
        deals={
            row.key: KnownDeal(row.account_id, opportunity_facts(row), told_at.get(row.key, row.stage_since))
            for row in stored
        },
        unseen=private_accounts.unseen_deals(session, workspace_id),
        steps=steps,
        stages=stages_of(told),
        wins={
            account_id: (won_at or LONG_AGO, key) for account_id, won_at, key in deals.first_won(session, workspace_id)
        },
        phases={
            system: {name: Phase(phase) for name, phase in said.items()}
            for system, said in deals.phases(session, workspace_id).items()
        },
    )


def _standing(session: Session, account_ids: Collection[int]) -> tuple[EventFacts, ...]:
    return tuple(standing(map(event_facts, deals.events_about_deals(session, account_ids))))


def _still_as_planned(session: Session, author: Author, part: Sequence[PlannedDeal]) -> list[PlannedDeal]:
    """The rows whose deals are still new, or still of their account and without what the row says."""
    accounts = {row.account_id for row in part if row.account_id is not None}
    imports.locked_accounts(session, author.workspace_id, accounts)
    owner = {row.key: row.account_id for row in deals.by_keys(session, author.workspace_id, {row.key for row in part})}
    there = {(event.change, event.happened_at) for event in _standing(session, accounts)}
    kept = []
    for row in part:
        owned_by = None if row.verdict is Verdict.CREATE else row.account_id
        if owner.get(row.key) == owned_by and there.isdisjoint(_entries(row, author.at)):
            kept.append(row)
    return kept
