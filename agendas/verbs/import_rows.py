"""The import of accounts: what it would do, and doing it in one transaction."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from agendas.author import Author
from agendas.changes import Change, Edited, ListChanged, Moved, Nominated
from agendas.errors import Refused
from agendas.facts import ListStatus, Stage
from agendas.rows import account_state
from agendas.rules.import_columns import ImportedAccount
from agendas.rules.import_owners import Colleague, Owners
from agendas.rules.import_plan import ImportPlan, KnownAccounts, PlannedRow, Verdict, make_plan
from agendas.rules.read_table import BadRow
from agendas.verbs.record_many import Progress, create_many, record_many
from storage import accounts, imports, people, workspaces
from storage.tables import ImportRun


def plan_import(session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow]) -> ImportPlan:
    """What importing these rows of a file would do now, row by row."""
    return make_plan(rows, _known(session, workspace_id), _owners(session, workspace_id))


def plan_to_apply(session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow]) -> ImportPlan:
    """The same, to be carried out in this transaction: nobody else gives a name to an account before it ends."""
    workspaces.one_at_a_time(session, workspace_id)
    return plan_import(session, workspace_id, rows)


def apply_import(
    session: Session, plan: ImportPlan, author: Author, *, file_name: str, progress: Progress = lambda _count: None
) -> ImportRun:
    """The run that did what the plan, made in this same transaction by `plan_to_apply`, says.

    Raises:
        Refused: the plan changes nothing.
    """
    if plan.changes_nothing:
        raise Refused("Nothing to import: every row is unchanged or skipped.")
    run = imports.add_run(
        session,
        ImportRun(
            workspace_id=author.workspace_id,
            file_name=file_name,
            what="accounts",
            actor=author.user_id,
            applied_at=author.at,
            counts=plan.counts,
        ),
    )
    new = [(Nominated(row.after, row.because), _stage(row)) for row in plan.of(Verdict.CREATE) if row.after]
    create_many(session, author, new, import_run_id=run.id, progress=progress)
    updates = {row.account_id: _changes(row) for row in plan.of(Verdict.UPDATE) if row.account_id is not None}
    record_many(session, author, updates, import_run_id=run.id, progress=progress)
    return run


def _changes(row: PlannedRow) -> Sequence[Change]:
    """What is recorded about an account that exists already."""
    edited: list[Change] = [Edited(row.after)] if row.changed and row.after is not None else []
    if not row.is_restored:
        return edited
    restored = ListChanged(ListStatus.CANDIDATE.value, None, row.because or "It was imported again.")
    return [*edited, restored, *_stage(row)]


def _stage(row: PlannedRow) -> Sequence[Change]:
    """The stage that the CRM has for a new account, since when nobody knows."""
    if row.stage in {None, Stage.TARGET}:
        return ()
    return (Moved(f"Imported as {row.stage_said}", row.stage, since_known=False),)


def _known(session: Session, workspace_id: str) -> KnownAccounts:
    states = {row.row_id: account_state(row, (), ()) for row in imports.every_account(session, workspace_id)}
    by_key: dict[str, frozenset[int]] = {}
    for account_id, _name, key, _kind in accounts.keys(session, workspace_id):
        by_key[key] = by_key.get(key, frozenset()) | {account_id}
    return KnownAccounts(states, by_key)


def _owners(session: Session, workspace_id: str) -> Owners:
    """Members who can own an account: not guests, people of other companies, or deactivated."""
    return Owners(
        Colleague(person.user_id, person.name, person.email)
        for person in people.everybody(session, workspace_id)
        if not (person.is_guest or person.is_external or person.is_deleted)
    )
