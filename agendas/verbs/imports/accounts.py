"""The import of accounts: planned, written and named in parts, each in a transaction of its own."""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session

from agendas.errors import CadenceError, NoAccount, Refused
from agendas.facts.account import ListStatus, Stage
from agendas.facts.audience import Audience
from agendas.facts.events import Change, Edited, ListChanged, Moved, Nominated
from agendas.facts.people import Author
from agendas.rules.imports.accounts.naming import Unnamed, with_naming
from agendas.rules.imports.accounts.plan import KnownAccounts, PlannedRow, make_plan
from agendas.rules.imports.accounts.read import ImportedAccount
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.text.account_names import normal_key
from agendas.verbs.imports.runs import count_down, going_on, parts_of, taken_by_others
from agendas.verbs.list.change import our_words, put_on_list
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.privacy.audience import seen_by
from agendas.verbs.reads.accounts import leading_account
from agendas.verbs.reads.people import colleagues
from agendas.verbs.record.record_many import Entry, create_many, record_many
from storage import accounts, imports
from storage.privacy import channel_members, private_accounts
from storage.tables import ImportRun

NAMED_AT_ONCE = 25
"""Accounts named in one transaction: each is an event with all that follows from it, and others wait meanwhile."""


def plan_import(
    session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow]
) -> ImportPlan[PlannedRow]:
    """Plan the import of these rows of a file."""
    return make_plan(rows, known_accounts(session, workspace_id), colleagues(session, workspace_id))


def plan_naming(
    session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow], options: ImportOptions
) -> ImportPlan[PlannedRow]:
    """Plan the import of these rows, and with `options.naming` which of their accounts are put on the list."""
    return _with_naming(session, workspace_id, plan_import(session, workspace_id, rows), options)


def plan_typed(
    session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow], options: ImportOptions
) -> ImportPlan[PlannedRow]:
    """Plan the naming of accounts that were typed: a name that is no account's is left out and never becomes one."""
    plan = plan_import(session, workspace_id, rows)
    known = tuple(_known_or_left_out(session, workspace_id, row) for row in plan.rows)
    return _with_naming(session, workspace_id, ImportPlan(known), options)


def _with_naming(
    session: Session, workspace_id: str, plan: ImportPlan[PlannedRow], options: ImportOptions
) -> ImportPlan[PlannedRow]:
    if options.naming is None:
        return plan
    states = {row.row_id: account_state(row) for row in imports.every_account(session, workspace_id)}
    settings = settings_of(session, workspace_id)
    return with_naming(plan, states, options.naming, settings, zone=options.zone)


def _known_or_left_out(session: Session, workspace_id: str, row: PlannedRow) -> PlannedRow:
    if row.account_id is not None:
        return row
    why = f"no account is called so; propose it with /account nominate {row.name}"
    try:
        leading_account(session, workspace_id, row.name)
    except CadenceError as error:
        why = str(error)
    return PlannedRow(row.line, row.name, Verdict.SKIP, unnamed=Unnamed.UNKNOWN, unnamed_because=why)


def parts_of_accounts(plan: ImportPlan[PlannedRow]) -> Iterator[list[PlannedRow]]:
    """The rows to write: first those that are only stored, then those that are named, fewer at a time."""
    stored = ImportPlan(tuple(row for row in plan.rows if row.tier is None))
    yield from parts_of(stored)
    named = [row for row in plan.rows if row.tier is not None]
    for start in range(0, len(named), NAMED_AT_ONCE):
        yield named[start : start + NAMED_AT_ONCE]


def known_accounts(session: Session, workspace_id: str) -> KnownAccounts:
    """Every account of the workspace without its parts, and the words and CRM ids they are known by."""
    by_key: dict[str, frozenset[int]] = {}
    for account_id, _name, key, _kind in accounts.keys(session, workspace_id):
        by_key[key] = by_key.get(key, frozenset()) | {account_id}
    # after their words: an account added meanwhile has none yet, but there is none that only its words tell of
    states = {row.row_id: account_state(row) for row in imports.every_account(session, workspace_id)}
    unseen = private_accounts.unseen_words(session, workspace_id) | our_words(session, workspace_id).difference(by_key)
    channels = {state.private_channel for state in states.values()} - {""}
    inside = {each: channel_members.members(session, workspace_id, each) for each in channels}
    return KnownAccounts(states, by_key, unseen, inside)


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
    changes = {row.account_id: _changes(row) for row in known if row.account_id is not None}
    updates = {number: [*map(Entry, each)] for number, each in changes.items() if each}
    record_many(session, author, updates, import_run_id=run_id)
    left_out = count_down(session, run, part, [*new, *known])
    unnamed = _name(session, run, author, [row for row in (*new, *known) if row.tier is not None])
    return [*left_out, *unnamed]


def _name(session: Session, run: ImportRun, author: Author, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Name the accounts of these rows, and return those that have no place any more, or were changed meanwhile."""
    unnamed: list[PlannedRow] = []
    # caps are counted over what the author may see, as they were for the preview
    with seen_by(session, Audience(author.workspace_id, user_id=author.user_id), author.at):
        for row in rows:
            try:
                put_on_list(
                    session,
                    author,
                    row.account_id or _created(session, author, row),
                    tier=row.tier or 0,
                    because=row.because,
                    why_now=row.why_now,
                    motion=row.motion,
                    import_run_id=run.row_id,
                )
            except (Refused, NoAccount):  # gone from who names it: private to others since the plan was made
                unnamed.append(row)
    if rows:
        named = len(rows) - len(unnamed)
        run.counts = dict(run.counts) | {imports.NAMED: run.counts.get(imports.NAMED, 0) + named}
        imports.save_run(session, run)
    return unnamed


def _created(session: Session, author: Author, row: PlannedRow) -> int:
    """The account that the row has just become."""
    [(account_id, _kind)] = accounts.by_key(session, author.workspace_id, normal_key(row.name))
    return account_id


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
