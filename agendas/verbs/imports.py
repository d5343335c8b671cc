"""Imports: preview, write, undo."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.errors import CadenceError, NoAccount, Outdated, Refused
from agendas.facts.account import EventFacts, ListStatus, Stage
from agendas.facts.audience import Audience
from agendas.facts.deals import OpportunityChanged, Phase
from agendas.facts.events import Change, Corrected, Edited, ListChanged, Moved, Nominated
from agendas.facts.group import ContactAdded, ContactEdited
from agendas.facts.people import Author
from agendas.facts.signals import SignalGiven
from agendas.pages.imports import (
    NAMING_COLUMNS,
    ImportPreview,
    PastImport,
    PreviewRow,
    account_reasons,
    deal_reasons,
    file_line,
    named_by_tier,
    person_reasons,
    preview_page,
    proposed_stages,
    rows_shown,
    signal_reasons,
    unnamed_lines,
    verdict_text,
    wrong_lines,
)
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import Item, Page
from agendas.rendering.words import Words, plural
from agendas.rules.commands import SeveralNamed
from agendas.rules.deals import evidence_of
from agendas.rules.entries import stages_of, steps_of, uncorrected
from agendas.rules.group import is_of_the_buyer
from agendas.rules.import_accounts import (
    IMPORT_UNDONE,
    Companies,
    ImportedAccount,
    KnownAccounts,
    PlannedRow,
    Unnamed,
    make_plan,
    read_accounts,
    with_naming,
)
from agendas.rules.import_deals import (
    LONG_AGO,
    ImportedDeal,
    KnownDeal,
    KnownDeals,
    PlannedDeal,
    has_deals,
    has_history,
    is_by_name,
    name_key,
    plan_of_deals,
    plan_of_history,
    read_any_history,
    read_deals,
    stage_key,
    with_keys,
)
from agendas.rules.import_people import (
    ImportedPerson,
    KnownPeople,
    KnownPerson,
    PlannedPerson,
    is_of_people,
    make_people_plan,
    read_people,
)
from agendas.rules.import_questions import (
    ImportQuestions,
    questions_of,
    questions_of_accounts,
    questions_of_deals,
    questions_of_people,
    to_store,
)
from agendas.rules.import_signals import (
    KnownSignals,
    PlannedSignal,
    SignalRow,
    has_signals,
    plan_of_signals,
    read_signal_rows,
)
from agendas.rules.import_tables import (
    Ambiguous,
    BadRow,
    ImportFile,
    ImportOptions,
    ImportPlan,
    Naming,
    Planned,
    SkipCause,
    Table,
    Verdict,
    folded,
    one_line,
    read_table,
)
from agendas.rules.signals import BY_THE_PERSON
from agendas.text.dates import local_date
from agendas.text.limits import shortened
from agendas.text.names import normal_key
from agendas.verbs.account_list import our_words, put_on_list
from agendas.verbs.evidence import earlier_acts, sides_of
from agendas.verbs.follow import known_people, link
from agendas.verbs.import_runs import (
    TYPED,
    Job,
    Undone,
    accounts_of,
    begin_import,
    begin_undo,
    count_down,
    end_undo,
    finish,
    go_on,
    going_on,
    job_of,
    parts_of,
    refuse_undone,
    run_of,
    taken_by_others,
    undo_part,
)
from agendas.verbs.letters import notify_of_wishes
from agendas.verbs.loading import account_state, contact_facts, event_facts, opportunity_facts, settings_of
from agendas.verbs.privacy import hidden_from, seen_by
from agendas.verbs.reads import colleagues, leading_account, proposals_of_run
from agendas.verbs.record import SIGNALS_DELAY, NewEntry, create_many, current_state, record_many, refresh_accounts
from agendas.verbs.signals import accounts_called, brought_by, digest, store_matched
from storage import account_items, accounts, deals, imports, people, privacy, signals
from storage.models.accounts import Account
from storage.models.events import FileImport, FileImportState, ImportRun
from storage.models.subjects import ContactRow

# The import of accounts: planned, written and named in parts, each in a transaction of its own.

NAMED_AT_ONCE = 25
"""Accounts named in one transaction: each is an event with all that follows from it, and others wait meanwhile."""


def plan_import(
    session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow]
) -> ImportPlan[PlannedRow]:
    return make_plan(rows, known_accounts(session, workspace_id), colleagues(session, workspace_id))


def plan_naming(
    session: Session, workspace_id: str, rows: Iterable[ImportedAccount | BadRow], options: ImportOptions
) -> ImportPlan[PlannedRow]:
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
    unseen = privacy.unseen_words(session, workspace_id) | our_words(session, workspace_id).difference(by_key)
    channels = {state.private_channel for state in states.values()} - {""}
    inside = {each: privacy.members(session, workspace_id, each) for each in channels}
    return KnownAccounts(states, by_key, unseen, inside)


def import_part(session: Session, run_id: int, author: Author, part: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Write these rows of the plan; return the rows skipped because their accounts have changed since.

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
    updates = {number: [*map(NewEntry, each)] for number, each in changes.items() if each}
    record_many(session, author, updates, import_run_id=run_id)
    left_out = count_down(session, run, part, [*new, *known])
    unnamed = _name(session, run, author, [row for row in (*new, *known) if row.tier is not None])
    return [*left_out, *unnamed]


def _name(session: Session, run: ImportRun, author: Author, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Name the accounts of these rows; return those whose tier is full by now, or that have changed since."""
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


# The import of deals and of their history: planned, written in parts, and taken back.

Rows = Iterable[ImportedDeal | BadRow]


def plan_deals(session: Session, workspace_id: str, rows: Rows, options: ImportOptions) -> ImportPlan[PlannedDeal]:
    rows = _by_name(session, workspace_id, list(rows), options)
    return plan_of_deals(rows, _known(session, workspace_id, rows), options)


def plan_history(session: Session, workspace_id: str, rows: Rows, options: ImportOptions) -> ImportPlan[PlannedDeal]:
    rows = _by_name(session, workspace_id, list(rows), options)
    return plan_of_history(rows, _known(session, workspace_id, rows), options)


def parts_of_deals(plan: ImportPlan[PlannedDeal]) -> Iterator[list[PlannedDeal]]:
    """The rows to write in parts: account after account, so that each account's history is folded once or twice."""
    return parts_of(plan, order=lambda row: (row.account_id or 0, row.line))


def write_deals(session: Session, run_id: int, author: Author, part: Sequence[PlannedDeal]) -> list[PlannedDeal]:
    """Write these rows of the plan; return the rows skipped because another import wrote them first.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    written = _deals_still_as_planned(session, author, part)
    wanted: dict[int, list[NewEntry]] = defaultdict(list)
    for row in written:
        if row.account_id is not None:
            for change, happened_at in _entries(row, author.at):
                shown = evidence_of(change.opportunity, happened_at, is_signed=_is_signed(row, change))
                wanted[row.account_id].append(NewEntry(change, happened_at, (shown,)))
    record_many(session, author, wanted, import_run_id=run_id)
    return count_down(session, run, part, written)


def undo_deals(session: Session, run_id: int, author: Author, account_ids: Sequence[int]) -> Undone:
    """Undo the run for these accounts: none of its entries counts any more."""
    imports.locked_accounts(session, author.workspace_id, account_ids)
    corrections: dict[int, list[NewEntry]] = defaultdict(list)
    told = deals.entries(session, account_ids, "opportunity_changed")
    of_run = {row.row_id for row in told if row.import_run_id == run_id}
    for event in uncorrected(map(event_facts, told)):
        if event.id in of_run:
            corrections[event.account_id].append(NewEntry(Corrected(event.id, IMPORT_UNDONE)))
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
        unseen=privacy.unseen_deals(session, workspace_id),
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
    return tuple(uncorrected(map(event_facts, deals.entries(session, account_ids, "opportunity_changed"))))


def _deals_still_as_planned(session: Session, author: Author, part: Sequence[PlannedDeal]) -> list[PlannedDeal]:
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


# The import of people: planned, written in parts, and taken back.


def plan_people(
    session: Session, workspace_id: str, rows: Iterable[ImportedPerson | BadRow], options: ImportOptions
) -> ImportPlan[PlannedPerson]:
    people = map(_people_known, account_items.every_contact(session, workspace_id))
    return make_people_plan(rows, known_accounts(session, workspace_id), people, options.accounts)


def parts_of_people(plan: ImportPlan[PlannedPerson]) -> Iterator[list[PlannedPerson]]:
    """The rows to write in parts: account after account, so that each account is read and written once or twice."""
    return parts_of(plan, order=lambda row: (row.account_id, row.line))


def write_people(session: Session, run_id: int, author: Author, part: Sequence[PlannedPerson]) -> list[PlannedPerson]:
    """Write these rows of the plan; return the rows skipped because their people have changed since.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    written = _people_still_as_planned(session, author, part)
    wanted: dict[int, list[NewEntry]] = defaultdict(list)
    for row in written:
        wanted[row.account_id] += map(NewEntry, _people_changes(row))
    told = record_many(session, author, wanted, import_run_id=run_id)
    _credit_earlier(session, author, [event for event in told if isinstance(event.change, ContactAdded)])
    return count_down(session, run, part, written)


def _credit_earlier(session: Session, author: Author, added: Sequence[EventFacts]) -> None:
    """Record for the people added what earlier entries of their accounts say that they did."""
    new: dict[int, set[int]] = defaultdict(set)
    for event in added:
        new[event.account_id].add(event.id)
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for row in imports.events_of(session, list(new)) if new else ():
        history[row.account_id].append(event_facts(row))
    with_acts = [number for number, events in history.items() if any(map(is_of_the_buyer, events))]
    wanted: dict[int, list[NewEntry]] = {}
    for account in accounts.get_many(session, author.workspace_id, with_acts):
        number = account.row_id
        sides = sides_of(session, author.workspace_id, current_state(session, account))
        wanted[number] = [NewEntry(each) for each in earlier_acts(history[number], new[number], sides)]
    record_many(session, author, {number: entries for number, entries in wanted.items() if entries})


def undo_people(session: Session, run_id: int, author: Author, account_ids: Sequence[int]) -> Undone:
    """Undo the run for these accounts: its people and changes no longer count.

    Somebody who was changed since stays as they are, and so does what the run said of them.
    """
    imports.locked_accounts(session, author.workspace_id, account_ids)
    stored = imports.events_of(session, account_ids)
    of_run = {row.row_id for row in stored if row.import_run_id == run_id}
    told = [each for each in uncorrected(map(event_facts, stored)) if _person_of(each) is not None]
    latest = {_person_of(each): each.id for each in sorted(told, key=lambda each: each.id)}
    staying = {person for person, event_id in latest.items() if event_id not in of_run}
    corrections: dict[int, list[NewEntry]] = defaultdict(list)
    added = 0
    for event in sorted(told, key=lambda each: -each.id):
        if event.id in of_run and _person_of(event) not in staying:
            corrections[event.account_id].append(NewEntry(Corrected(event.id, IMPORT_UNDONE)))
            added += isinstance(event.change, ContactAdded)
    record_many(session, author, corrections)
    kept = {_person_of(each): _name_of(each) for each in told if each.id in of_run and _person_of(each) in staying}
    return Undone(added, sum(map(len, corrections.values())) - added, tuple(sorted(kept.values(), key=str.casefold)))


def _person_of(event: EventFacts) -> int | None:
    """The id of the person that the event tells of."""
    match event.change:
        case ContactAdded():
            return event.id
        case ContactEdited(contact_id=contact_id):
            return contact_id
    return None


def _name_of(event: EventFacts) -> str:
    return event.change.contact.name if isinstance(event.change, ContactAdded | ContactEdited) else ""


def _people_changes(row: PlannedPerson) -> Sequence[Change]:
    if row.after is None:
        return ()
    return (ContactAdded(row.after),) if row.contact_id is None else (ContactEdited(row.contact_id, row.after),)


def _people_known(row: ContactRow) -> KnownPerson:
    return KnownPerson(row.id, row.account_id, contact_facts(row).profile)


def _people_still_as_planned(session: Session, author: Author, part: Sequence[PlannedPerson]) -> list[PlannedPerson]:
    """The rows whose people are still new, or known as they were when the plan was made."""
    account_ids = {row.account_id for row in part}
    imports.locked_accounts(session, author.workspace_id, account_ids)
    there = [_people_known(row) for row in account_items.contacts(session, account_ids)]
    profiles = {each.id: each.profile for each in there}
    people = KnownPeople(there)
    return [
        row
        for row in part
        if (_is_new(row, people) if row.verdict is Verdict.CREATE else profiles.get(row.contact_id) == row.before)
    ]


def _is_new(row: PlannedPerson, people: KnownPeople) -> bool:
    if row.after is None:
        return False
    found = (
        *people.linked(row.after.crm_system, row.after.crm_id),
        *people.with_email(row.after.email),
        *(each for each in people.called(row.after.name, row.account_id) if not row.after.email),
    )
    return not any(each.account_id == row.account_id for each in found)


# The import of signals: planned, written in parts, and taken back.


def plan_signals(
    session: Session, workspace_id: str, rows: Iterable[SignalRow | BadRow], _options: ImportOptions
) -> ImportPlan[PlannedSignal]:
    rows = list(rows)
    given = {row.given.id: row.given for row in rows if isinstance(row, SignalRow)}
    bodies: dict[str, str] = {}
    taken_back: set[str] = set()
    for ids in _chunks(list(given)):
        bodies |= signals.digests_by_source(session, workspace_id, ids)
        taken_back |= signals.taken_back(session, workspace_id, ids)
    called = _named(session, workspace_id, given.values()) | accounts_called(session, workspace_id, given.values())
    known = KnownSignals(called, bodies, frozenset(taken_back))
    return plan_of_signals(rows, known, {number: digest(each) for number, each in given.items()})


def write_signals(session: Session, run_id: int, author: Author, part: Sequence[PlannedSignal]) -> list[PlannedSignal]:
    """Write these rows of the plan; return the rows skipped because the signals arrived another way.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    there = signals.digests_by_source(session, author.workspace_id, [row.given.id for row in part if row.given])
    new = [row for row in part if row.verdict is Verdict.CREATE and row.given and row.given.id not in there]
    again = [row for row in part if row.verdict is Verdict.UPDATE]
    matched = [(row.given, row.account_id) for row in new if row.given and row.account_id is not None]
    store_matched(session, author, matched, import_run_id=run_id)
    brought = brought_by(author) | {"import_run_id": run_id}
    signals.count_again(session, [row.given.id for row in again if row.given], brought, kinds=BY_THE_PERSON)
    _link(session, author, [row.given.id for row in again if row.given])
    _refresh(session, author, {row.account_id for row in again if row.account_id is not None})
    return count_down(session, run, part, [*new, *again])


def undo_signals(session: Session, _run_id: int, author: Author, signal_ids: Sequence[int]) -> Undone:
    """Undo these signals: none of them counts any more."""
    removed = signals.take_back(session, author.workspace_id, signal_ids, author.at, kinds=BY_THE_PERSON)
    _refresh(session, author, signals.accounts_of(session, signal_ids))
    return Undone(removed=removed)


def _named(session: Session, workspace_id: str, given: Collection[SignalGiven]) -> dict[str, int]:
    """The accounts on the list that have exactly the name in a signal, by that name."""
    known = known_accounts(session, workspace_id)
    found = {each.account: known.by_key.get(normal_key(each.account), frozenset()) for each in given}
    return {
        name: next(iter(ids))
        for name, ids in found.items()
        if len(ids) == 1 and known.states[next(iter(ids))].list_status is ListStatus.NAMED
    }


def _link(session: Session, author: Author, source_ids: Sequence[str]) -> None:
    """Link those that count again to the people known by now."""
    rows = [row for row in signals.by_sources(session, author.workspace_id, source_ids) if row.person]
    link(session, rows, known_people(session, {(row.account_id, row.person) for row in rows}), author.at)


def _refresh(session: Session, author: Author, account_ids: Collection[int]) -> None:
    refresh_accounts(session, author, account_ids, delay=SIGNALS_DELAY)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), imports.CHUNK_ROWS):
        yield ids[start : start + imports.CHUNK_ROWS]


# The kinds of files that can be imported: how each is known, read, planned, shown, written and taken back.


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
    parts=parts_of,
    write=write_signals,
    after_creation="See them with /account ACCOUNT signals. ",
    ids_of_run=signals.of_import,
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
        Ambiguous: the header is of several kinds, accounts not counted.
    """
    if wanted is not None:
        return OF_RUNS[wanted]
    headers = frozenset(folded(table.headers))
    found = [kind for kind in KINDS.values() if kind is not ACCOUNTS and kind.is_headed_by(headers)]
    if len(found) > 1:
        words = tuple(kind.word for kind in found)
        question = f"The file has the headers of {' and of '.join(words)}."
        raise Ambiguous("kind", question, f"Say what it holds: add --what {' or --what '.join(words)}.", choices=words)
    return found[0] if found else ACCOUNTS


def read_table_as(
    session: Session, workspace_id: str, kind: ImportKind, table: Table, *, options: ImportOptions
) -> ImportFile[Any]:
    """Read a table as this kind. Ids of no CRM known by their shape are of the one that has some of them here already.

    Raises NotUnderstood as the kind does; Ambiguous if a person can settle it.
    """
    try:
        return kind.read(table, options)
    except Ambiguous as unsaid:
        found = kind.crms_with(session, workspace_id, unsaid.ids) if unsaid.ids else set()
        if len(found) != 1:
            raise
        return kind.read(table, replace(options, crm=found.pop()))


# Past imports: looked up, and one of them taken back while the bot runs.

COMMAND_LINE = "command line"
"""Author of the events of an import by `cadence import`: nobody in the workspace, so not a user id."""


def past_imports(session: Session, workspace_id: str) -> list[PastImport]:
    """The latest imports of the workspace, newest first."""
    undoing = imports.undoing(session, workspace_id)
    return [_past(run, run.row_id in undoing) for run in imports.runs(session, workspace_id)]


def ask_undo(session: Session, author: Author, run_id: int, *, what: str = "") -> str:
    """Have the import, of this kind where one is given, undone, and return the name of its file.

    Raises:
        Outdated: there is no such import of the kind, or it is being undone already.
        Refused: it was undone already.
    """
    run = run_of(session, author.workspace_id, run_id)
    if what not in ("", run.what):
        raise Outdated(f"Import {run_id} is of another kind.")
    refuse_undone(run)
    if run_id in imports.undoing(session, author.workspace_id):
        raise Outdated(f"{run.file_name} is being undone already. The outcome comes in a moment.")
    row = FileImport(
        workspace_id=author.workspace_id,
        user_id=author.user_id,
        file_id="",
        file_name=run.file_name,
        what=run.what,
        state=FileImportState.UNDO,
        asked_at=author.at,
        run_id=run_id,
    )
    return imports.save_file_imports(session, row).file_name


@dataclass(frozen=True, slots=True)
class TakingBack:
    """An import that is being undone: the ids that it wrote, in parts."""

    job: Job
    kind: ImportKind
    run_id: int
    parts: Sequence[Sequence[int]]


def begin_taking_back(session: Session, job: Job, *, now: datetime) -> TakingBack:
    """Stop the import, and return it with its parts. Raises as `begin_undo` does."""
    run_id, kind = job.run_id or 0, OF_RUNS[job.what]
    parts = begin_undo(session, run_id, job.author_at(now), ids_of=kind.ids_of_run)
    go_on(session, job, run_id=run_id, now=now)
    return TakingBack(job, kind, run_id, parts)


def take_back_part(session: Session, taking: TakingBack, part: Sequence[int], *, now: datetime) -> Undone:
    """Undo the import for this part. Of accounts that the person may not see nothing is named."""
    author, kind = taking.job.author_at(now), taking.kind
    hidden = hidden_from(session, taking.job.audience, now) if kind.ids_of_run is accounts_of else frozenset()
    undone = kind.undo(session, taking.run_id, author, [number for number in part if number not in hidden])
    if unseen := [number for number in part if number in hidden]:
        undone += replace(kind.undo(session, taking.run_id, author, unseen), kept=(), taken=())
    go_on(session, taking.job, run_id=taking.run_id, now=now)
    return undone


def end_taking_back(session: Session, taking: TakingBack, undone: Undone, words: Words, *, now: datetime) -> None:
    """Note that the import is undone, and tell the person what was taken back and what stays."""
    end_undo(session, taking.run_id, taking.job.author_at(now))
    sentence = words.raw("imports.undone", run_id=taking.run_id, what=taking.job.what, said=taking.kind.undone(undone))
    finish(session, taking.job, sentence, words)


def _past(run: ImportRun, is_undoing: bool) -> PastImport:
    counts = {verdict: run.counts.get(imports.WRITTEN, run.counts).get(verdict, 0) for verdict in ("create", "update")}
    counts["named"] = run.counts.get(imports.NAMED, 0)
    return PastImport(
        run_id=run.row_id,
        file_name=run.file_name,
        what=run.what,
        user_id="" if run.actor == COMMAND_LINE else run.actor,
        applied_at=run.applied_at,
        counts=counts,
        left=run.counts.get(imports.LEFT, 0),
        undone_at=run.undone_at,
        is_undoing=is_undoing,
    )


# The content of a file given in Slack: read, planned, and told as a preview.

MOST_ROWS = 20
FIRST_SHOWN = 3
"""Rows of each verdict that are shown of a longer file."""

MOST_NAMED = 100
"""Rows of accounts to be named that are shown, however many the file has."""

TROUBLES_SHOWN = 10
"""Skipped rows, and rows with something not understood, that are shown of a longer file."""

CELL_CHARACTERS = 250


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, and what writing it would do."""

    kind: ImportKind
    file: ImportFile[Any]
    plan: ImportPlan[Any]


def read_file(session: Session, job: Job, content: bytes) -> ReadFile:
    """Read and plan the file. Raises NotUnderstood if it cannot be read; Ambiguous if a person can settle it."""
    table = read_table(content)
    kind = kind_of(table, job.what or None)
    file = read_table_as(session, job.author.workspace_id, kind, table, options=job.options)
    return ReadFile(kind, file, kind.plan(session, job.author.workspace_id, file.rows, job.options))


def drawn_preview(session: Session, job: Job, content: bytes, words: Words) -> tuple[list[Rendered], ImportQuestions]:
    """Return the messages that show what the file would do, and the questions in them; nothing is written.

    Raises NotUnderstood as `read_file`.
    """
    preview = preview_of(session, job, content, words)
    return messages(preview_page(preview, words)), preview.questions


def preview_of(session: Session, job: Job, content: bytes, words: Words) -> ImportPreview:
    """Return the preview, or the questions to answer first. Raises NotUnderstood as `read_file`."""
    try:
        read = read_file(session, job, content)
    except Ambiguous as unsaid:
        return ImportPreview(job.mark, job.file_name, "", "", {}, (), questions_of(unsaid))
    names = {person.user_id: person.name for person in people.members(session, job.author.workspace_id)}
    kind, named = read.kind, named_by_tier(read.plan)
    shown = rows_shown(read.plan, most=MOST_ROWS, first=FIRST_SHOWN, troubles=TROUBLES_SHOWN, named=MOST_NAMED)
    rows = [_row(row, kind, names) for row in shown]
    return ImportPreview(
        mark=job.mark,
        file_name=job.file_name,
        about="" if job.typed else file_line(read.file, job.file_name),
        row_heading=kind.row_heading,
        counts=read.plan.counts,
        rows=rows,
        questions=kind.questions(read.plan, job.options),
        wrong=wrong_lines(read.file, read.plan, words),
        columns=tuple(kind.columns),
        named=named,
        is_typed=bool(job.typed),
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """A file that is being written by this plan, and the run it belongs to."""

    job: Job
    kind: ImportKind
    run_id: int
    plan: ImportPlan[Any]


def begin(session: Session, job: Job, read: ReadFile, *, now: datetime) -> Writing:
    """The file, to be written part by part; what was said about stages is kept."""
    read.kind.learn(session, job.author.workspace_id, read.file.rows, job.options)
    run = begin_import(session, read.plan, job.author, file_name=job.file_name, what=read.kind.word)
    go_on(session, job, run_id=run.row_id, now=now)
    return Writing(job, read.kind, run.row_id, read.plan)


def tell_of_unseen(session: Session, job: Job, read: ReadFile, *, now: datetime) -> None:
    """Tell the owners of private accounts which of their names and domains the file has."""
    rows = (row for row in read.plan.rows if isinstance(row, PlannedRow) and row.cause is SkipCause.ASK_ADMIN)
    words = [word for row in rows if row.after for word in (row.after.name, row.after.domain)]
    notify_of_wishes(session, job.author.workspace_id, words, by=job.author.user_id, now=now)


def write_part(session: Session, writing: Writing, part: Sequence[Any], *, now: datetime) -> list[int]:
    """The lines of the part that were left out, because others were quicker. Raises Outdated for an undone run."""
    left_out = writing.kind.write(session, writing.run_id, writing.job.author_at(now), part)
    go_on(session, writing.job, run_id=writing.run_id, now=now)
    return [row.line for row in left_out]


def drawn_proposals(session: Session, writing: Writing, words: Words, *, now: datetime) -> tuple[Item, ...]:
    """Return the stages that the deals written imply, as items of the message that ends the import."""
    if not writing.kind.proposes_stages:
        return ()
    author = writing.job.author
    found = proposals_of_run(session, author.workspace_id, writing.run_id, now=now, zone=author.zone)
    return proposed_stages(found, words, zone=author.zone, today=local_date(now, author.zone))


def end(
    session: Session, writing: Writing, words: Words, *, left_out: Sequence[int] = (), proposed: Sequence[Item] = ()
) -> None:
    """Tell the person what was written, with what `drawn_proposals` returned."""
    run = imports.run(session, writing.job.author.workspace_id, writing.run_id)
    counts = run.counts if run else {}
    named = counts.get(imports.NAMED, 0)
    after = writing.kind.after_creation if counts.get("create", 0) > named else ""
    sentence = words.raw(
        "imports.done",
        run_id=writing.run_id,
        counts=counts,
        named=named,
        unnamed=_unnamed(writing.job, writing.plan, words),
        after=after,
        is_typed=bool(writing.job.typed),
    )
    finish(session, writing.job, sentence, words, lines_left_out=left_out, proposed=proposed, run_id=writing.run_id)


def end_with_nothing(session: Session, job: Job, read: ReadFile, words: Words) -> None:
    """Tell the person that nothing was left to do, and of accounts that were to be named why they were not."""
    unnamed = _unnamed(job, read.plan, words)
    sentence = words.raw("imports.none_named", unnamed=unnamed) if job.options.naming else words.raw("imports.nothing")
    finish(session, job, sentence, words)


def _unnamed(job: Job, plan: ImportPlan[Any], words: Words) -> list[str]:
    """Why accounts are not named that were to be: places may be taken since the preview."""
    return list(unnamed_lines(plan, words)) if job.options.naming is not None else []


def _row(row: Planned, kind: ImportKind, names: Mapping[str, str]) -> PreviewRow:
    why = shortened(one_line("; ".join(kind.reasons(row, names))), CELL_CHARACTERS)
    cells = tuple(shortened(one_line(said(row, names)), CELL_CHARACTERS) for said in kind.columns.values())
    return PreviewRow(row.line, shortened(one_line(row.name), CELL_CHARACTERS), verdict_text(row), why, cells)


# Several accounts named in words at once: shown, confirmed, written and taken back as the accounts of a file are.

BETWEEN = " and "


def ask_to_name(session: Session, author: Author, several: SeveralNamed, words: Words, *, channel_id: str) -> Page:
    """Keep what was typed, to be confirmed, and return the preview of it."""
    names = [name for typed in several.accounts for name, _ in _called(session, author, typed, channel_id)]
    held = io.StringIO(newline="")
    csv.writer(held).writerows([("name", "tier"), *((name, several.tier or "") for name in dict.fromkeys(names))])
    naming = Naming(several.tier, several.because, several.why_now, several.motion, is_typed=True)
    row = imports.save_file_imports(
        session,
        FileImport(
            workspace_id=author.workspace_id,
            user_id=author.user_id,
            file_id="",
            file_name=plural(len(dict.fromkeys(names)), "account"),
            what=NAMING.word,
            state=FileImportState.SHOWN,
            asked_at=author.at,
            naming=asdict(naming),
            typed=held.getvalue(),
        ),
    )
    preview = preview_of(session, job_of(row, author.at, author.zone), row.typed.encode(), words)
    row.questions = to_store(preview.questions)
    imports.save_file_imports(session, row)
    return preview_page(preview, words)


def known_among(session: Session, author: Author, several: SeveralNamed, *, channel_id: str) -> int:
    """Return how many accounts are named: a comma may also stand in the reason of one naming."""
    return sum(is_known for typed in several.accounts for _, is_known in _called(session, author, typed, channel_id))


def _called(session: Session, author: Author, typed: str, channel_id: str) -> list[tuple[str, bool]]:
    """The name of the account that was typed, or of both in `Acme and Globex`, and that it is one; else as typed."""
    first, _, second = typed.rpartition(BETWEEN)
    for parts in ((typed,), (first, second)):
        names = [_name_of_typed(session, author, part, channel_id) for part in parts]
        if None not in names:
            return [(name, True) for name in names if name is not None]
    return [(typed, False)]


def _name_of_typed(session: Session, author: Author, typed: str, channel_id: str) -> str | None:
    try:
        found = leading_account(session, author.workspace_id, typed, channel_id=channel_id)
    except CadenceError:
        return None
    row = accounts.get(session, author.workspace_id, found.account_id) if not found.rest.strip() else None
    return row.name if row is not None else None
