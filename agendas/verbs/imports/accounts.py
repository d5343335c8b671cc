"""The import of accounts: planned, and written in parts, each in a transaction of its own."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import Change, Edited, ListChanged, Moved, Nominated
from agendas.facts.people import Author
from agendas.rules.imports.accounts.plan import KnownAccounts, PlannedRow, make_plan
from agendas.rules.imports.accounts.read import ImportedAccount
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.text.account_names import normal_key
from agendas.verbs.imports.runs import count_down, going_on, taken_by_others
from agendas.verbs.list.change import our_words
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.people import colleagues
from agendas.verbs.record.record_many import Entry, create_many, record_many
from storage import accounts, imports
from storage.privacy import private_accounts


def plan_import(
    session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow]
) -> ImportPlan[PlannedRow]:
    """Plan the import of these rows of a file."""
    return make_plan(rows, known_accounts(session, workspace_id), colleagues(session, workspace_id))


def known_accounts(session: Session, workspace_id: str) -> KnownAccounts:
    """Every account of the workspace without its parts, and the words and CRM ids they are known by."""
    by_key: dict[str, frozenset[int]] = {}
    for account_id, _name, key, _kind in accounts.keys(session, workspace_id):
        by_key[key] = by_key.get(key, frozenset()) | {account_id}
    # after their words: an account added meanwhile has none yet, but there is none that only its words tell of
    states = {row.row_id: account_state(row) for row in imports.every_account(session, workspace_id)}
    unseen = private_accounts.unseen_words(session, workspace_id) | our_words(session, workspace_id).difference(by_key)
    return KnownAccounts(states, by_key, unseen)


def import_part(session: Session, run_id: int, author: Author, part: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Write these rows of the plan; return those left out, because others changed their accounts meanwhile.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    new, known = (
        _still_new(session, author, [row for row in part if row.verdict is Verdict.CREATE]),
        _still_as_planned(session, author, [row for row in part if row.verdict is Verdict.UPDATE]),
    )
    entries = [(Nominated(row.after, row.because, row.why_now, row.motion), _stage(row)) for row in new if row.after]
    create_many(session, author, entries, import_run_id=run_id)
    updates = {row.account_id: [*map(Entry, _changes(row))] for row in known if row.account_id is not None}
    record_many(session, author, updates, import_run_id=run_id)
    return count_down(session, run, part, [*new, *known])


def _still_new(session: Session, author: Author, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    """The rows whose names, domains and CRM ids no account has got since the plan was made."""
    wanted = {row.line: _keys(row) for row in rows}
    taken_keys = imports.answering_to(session, author.workspace_id, set().union(*wanted.values())).keys()
    links = {row.after.crm_id for row in rows if row.after and row.after.crm_id}
    taken = imports.taken_crm_ids(session, author.workspace_id, links) if links else set()
    return [
        row
        for row in rows
        if row.after
        and taken_keys.isdisjoint(wanted[row.line])
        and (row.after.crm_system, row.after.crm_id) not in taken
    ]


def _keys(row: PlannedRow) -> set[str]:
    said = (row.after.name, row.after.domain) if row.after else ()
    return {normal_key(word) for word in said if word}


def _still_as_planned(session: Session, author: Author, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    """The rows whose accounts stand as they did when the plan was made, and whose new names are still free.

    No other transaction changes these accounts any more.
    """
    ids = [row.account_id for row in rows if row.account_id is not None]
    found = imports.locked_accounts(session, author.workspace_id, ids) if ids else {}
    states = {number: account_state(row) for number, row in found.items()}
    named = {row.account_id: row.after for row in rows if row.account_id is not None and row.after is not None}
    taken = taken_by_others(session, author, named)
    return [
        row
        for row in rows
        if (state := states.get(row.account_id or 0)) is not None
        and state.profile == row.before
        and row.account_id not in taken
        and (not row.is_restored or state.list_status is ListStatus.REMOVED)
    ]


def _changes(row: PlannedRow) -> Sequence[Change]:
    """Return the changes to record about an existing account."""
    edited: list[Change] = [Edited(row.after)] if row.changed and row.after is not None else []
    if not row.is_restored:
        return edited
    because = row.because or "It was imported again."
    restored = ListChanged(ListStatus.CANDIDATE.value, None, because, why_now=row.why_now, motion=row.motion)
    return [*edited, restored, *_stage(row)]


def _stage(row: PlannedRow) -> Sequence[Change]:
    """Return the stage that the CRM has for a new account; nobody knows since when."""
    if row.stage in {None, Stage.TARGET}:
        return ()
    return (Moved(f"Imported as {row.stage_said}", row.stage, since_known=False),)
