"""The kinds of files that can be imported: how each is known, read, planned, shown, written and taken back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.pages.imports.account_rows import NAMING_COLUMNS, account_reasons
from agendas.pages.imports.deal_rows import deal_reasons
from agendas.pages.imports.person_rows import person_reasons
from agendas.pages.imports.signal_rows import signal_reasons
from agendas.rendering.filters import plural
from agendas.rules.imports.accounts.read import read_accounts
from agendas.rules.imports.deals.field_history import read_any_history
from agendas.rules.imports.deals.headers import has_deals, has_history
from agendas.rules.imports.deals.read import ImportedDeal, read_deals
from agendas.rules.imports.people.headers import is_of_people
from agendas.rules.imports.people.read import read_people
from agendas.rules.imports.questions import (
    ImportQuestions,
    questions_of_accounts,
    questions_of_deals,
    questions_of_people,
)
from agendas.rules.imports.reading.columns import folded
from agendas.rules.imports.reading.dates import ImportOptions, Unsaid
from agendas.rules.imports.reading.file import ImportFile
from agendas.rules.imports.reading.table import Table
from agendas.rules.imports.signals import has_signals, read_signal_rows
from agendas.rules.imports.verdicts import ImportPlan
from agendas.verbs.imports.accounts import import_part, parts_of_accounts, plan_naming, plan_typed
from agendas.verbs.imports.deals import learn_stages, parts_of_deals, plan_deals, plan_history, undo_deals, write_deals
from agendas.verbs.imports.jobs import TYPED
from agendas.verbs.imports.people import parts_of_people, plan_people, undo_people, write_people
from agendas.verbs.imports.signals import parts_of_signals, plan_signals, signals_of_run, undo_signals, write_signals
from agendas.verbs.imports.undo import Undone, accounts_of, undo_part
from storage import deals, imports
from storage.tables import Account, ContactRow


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of file. `word` follows --what; the rows of its plan are its own, and only its functions look into them.

    `is_headed_by` knows the kind by the headers in lower case, `undone` says what undoing took back, `questions` what
    is asked of the person, `learn` keeps what the options say about the CRM. `proposes_stages` where rows are deals,
    `crms_with` are the CRMs by which records here have one of these ids. `columns` are shown between a row's verdict
    and the reasons for it: by heading, what they say of a row, with people's names by id.
    """

    word: str
    row_heading: str
    is_headed_by: Callable[[frozenset[str]], bool]
    read: Callable[[Table, ImportOptions], ImportFile[Any]]
    plan: Callable[[Session, str, Sequence[Any], ImportOptions], ImportPlan[Any]]
    reasons: Callable[[Any, Mapping[str, str]], Iterator[str]]
    parts: Callable[[ImportPlan[Any]], Iterator[list[Any]]]
    write: Callable[[Session, int, Author, Sequence[Any]], Sequence[Any]]
    after_creation: str
    ids_of_run: Callable[[Session, int], Collection[int]]
    undo: Callable[[Session, int, Author, Sequence[int]], Undone]
    undone: Callable[[Undone], str]
    questions: Callable[[ImportPlan[Any], ImportOptions], ImportQuestions] = lambda *_: ImportQuestions()
    learn: Callable[[Session, str, Sequence[Any], ImportOptions], None] = lambda *_: None
    proposes_stages: bool = False
    crms_with: Callable[[Session, str, Sequence[str]], set[str]] = lambda *_: set()
    columns: Mapping[str, Callable[[Any, Mapping[str, str]], str]] = field(default_factory=dict)


def _undone(new: tuple[str, str], change: tuple[str, str], undone: Undone) -> str:
    """Say what was removed and taken back, and what stays; `new` and `change` are words for one and for many."""
    parts = [
        f"{plural(count, *words)} {done}"
        for count, words, done in ((undone.removed, new, "removed"), (undone.taken_back, change, "taken back"))
        if count
    ]
    said = f"{', '.join(parts) or 'nothing was left to take back'}."
    if undone.kept:
        said += f" Kept, because they were changed since: {', '.join(undone.kept)}."
    if undone.taken:
        because = "another account has their name or domain from before by now"
        said += f" Kept, because {because}: {', '.join(undone.taken)}. Edit these instead."
    return said


def _learn(session: Session, workspace_id: str, rows: Sequence[Any], options: ImportOptions) -> None:
    """Keep what the rows and the options say of the stages of the CRM that the rows are of, or of each of several."""
    read = [row for row in rows if isinstance(row, ImportedDeal)]
    for system in sorted({row.system for row in read}):
        told = {row.stage_name: row.phase for row in read if row.system == system and row.phase is not None}
        learn_stages(session, workspace_id, system, replace(options, stages=(*told.items(), *options.stages)))


ACCOUNTS = ImportKind(
    word="accounts",
    row_heading="Account",
    is_headed_by=lambda _headers: True,
    read=lambda table, options: read_accounts(table, options.crm),
    plan=plan_naming,
    reasons=account_reasons,
    parts=parts_of_accounts,
    write=import_part,
    after_creation="New accounts are candidates; put one on the list with /account name. ",
    ids_of_run=accounts_of,
    undo=undo_part,
    undone=partial(_undone, ("new account", "new accounts"), ("update", "updates")),
    crms_with=lambda session, workspace_id, ids: imports.crms_with(session, workspace_id, Account, ids),
    questions=questions_of_accounts,
    columns=NAMING_COLUMNS,
)

NAMING = replace(
    ACCOUNTS,
    word=TYPED,
    plan=plan_typed,
    after_creation="",
    undone=partial(_undone, ("new account", "new accounts"), ("naming", "namings")),
)
"""Accounts that are named in words, in the place of a file."""

OPPORTUNITIES = ImportKind(
    word="opportunities",
    row_heading="Deal",
    is_headed_by=has_deals,
    read=read_deals,
    plan=plan_deals,
    reasons=deal_reasons,
    parts=parts_of_deals,
    write=write_deals,
    after_creation="",
    ids_of_run=accounts_of,
    undo=undo_deals,
    undone=partial(_undone, ("deal", "deals"), ("entry about deals", "entries about deals")),
    questions=questions_of_deals,
    learn=_learn,
    crms_with=deals.crms_with,
    proposes_stages=True,
)

HISTORY = replace(OPPORTUNITIES, word="history", is_headed_by=has_history, read=read_any_history, plan=plan_history)

CONTACTS = ImportKind(
    word="contacts",
    row_heading="Person",
    is_headed_by=is_of_people,
    read=read_people,
    plan=plan_people,
    reasons=person_reasons,
    parts=parts_of_people,
    write=write_people,
    after_creation="See them with /account ACCOUNT group. ",
    ids_of_run=accounts_of,
    undo=undo_people,
    undone=partial(_undone, ("new person", "new people"), ("change", "changes")),
    crms_with=lambda session, workspace_id, ids: imports.crms_with(session, workspace_id, ContactRow, ids),
    questions=questions_of_people,
)

SIGNALS = ImportKind(
    word="signals",
    row_heading="Signal",
    is_headed_by=has_signals,
    read=read_signal_rows,
    plan=plan_signals,
    reasons=signal_reasons,
    parts=parts_of_signals,
    write=write_signals,
    after_creation="See them with /account ACCOUNT signals. ",
    ids_of_run=signals_of_run,
    undo=undo_signals,
    undone=partial(_undone, ("signal", "signals"), ("signal", "signals")),
)

KINDS: Mapping[str, ImportKind] = {kind.word: kind for kind in (CONTACTS, HISTORY, OPPORTUNITIES, SIGNALS, ACCOUNTS)}
"""The kinds by their words. A header that is of nothing else is taken for accounts: reading it says what is missing."""

OF_RUNS: Mapping[str, ImportKind] = {**KINDS, NAMING.word: NAMING}
"""The kinds of all runs, by their words."""


def kind_of(table: Table, wanted: str | None) -> ImportKind:
    """The kind asked for by its word, else the one that the table's header is of.

    Raises:
        Unsaid: the header is of several kinds, accounts not counted.
    """
    if wanted is not None:
        return OF_RUNS[wanted]
    headers = frozenset(folded(table.headers))
    found = [kind for kind in KINDS.values() if kind is not ACCOUNTS and kind.is_headed_by(headers)]
    if len(found) > 1:
        words = tuple(kind.word for kind in found)
        question = f"The file has the headers of {' and of '.join(words)}."
        raise Unsaid("kind", question, f"Say what it holds: add --what {' or --what '.join(words)}.", choices=words)
    return found[0] if found else ACCOUNTS


def read_table_as(
    session: Session, workspace_id: str, kind: ImportKind, table: Table, *, options: ImportOptions
) -> ImportFile[Any]:
    """Read a table as this kind. Ids of no CRM known by their shape are of the one that has some of them here already.

    Raises NotUnderstood as the kind does, as Unsaid when a person can help.
    """
    try:
        return kind.read(table, options)
    except Unsaid as unsaid:
        found = kind.crms_with(session, workspace_id, unsaid.ids) if unsaid.ids else set()
        if len(found) != 1:
            raise
        return kind.read(table, replace(options, crm=found.pop()))
