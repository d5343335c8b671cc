"""The import of people: planned, written in parts, and taken back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.events import Change, Corrected
from agendas.facts.group import ContactAdded, ContactEdited
from agendas.facts.people import Author
from agendas.rules.group.people_named import is_of_the_buyer
from agendas.rules.history.corrections import standing
from agendas.rules.imports.accounts.plan import IMPORT_UNDONE
from agendas.rules.imports.people.known import KnownPeople, KnownPerson
from agendas.rules.imports.people.plan import PlannedPerson, make_people_plan
from agendas.rules.imports.people.read import ImportedPerson
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.verbs.imports.accounts import known_accounts
from agendas.verbs.imports.runs import count_down, going_on, parts_of
from agendas.verbs.imports.undo import Undone
from agendas.verbs.loading.item_rows import contact_facts
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.record.record import current_state
from agendas.verbs.record.record_many import Entry, record_many
from agendas.verbs.updates.evidence import earlier_acts, sides_of
from storage import account_items, accounts, imports
from storage.tables import ContactRow


def plan_people(
    session: Session, workspace_id: str, rows: Iterable[ImportedPerson | BadRow], options: ImportOptions
) -> ImportPlan[PlannedPerson]:
    """Plan the import of these people, row by row."""
    people = map(_known, account_items.every_contact(session, workspace_id))
    return make_people_plan(rows, known_accounts(session, workspace_id), people, options.accounts)


def parts_of_people(plan: ImportPlan[PlannedPerson]) -> Iterator[list[PlannedPerson]]:
    """The rows to write in parts: account after account, so that each account is read and written once or twice."""
    return parts_of(plan, order=lambda row: (row.account_id, row.line))


def write_people(session: Session, run_id: int, author: Author, part: Sequence[PlannedPerson]) -> list[PlannedPerson]:
    """Write these rows of the plan; return those left out, because others changed these people meanwhile.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    written = _still_as_planned(session, author, part)
    wanted: dict[int, list[Entry]] = defaultdict(list)
    for row in written:
        wanted[row.account_id] += map(Entry, _changes(row))
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
    wanted: dict[int, list[Entry]] = {}
    for account in accounts.get_many(session, author.workspace_id, with_acts):
        number = account.row_id
        sides = sides_of(session, author.workspace_id, current_state(session, account))
        wanted[number] = [Entry(each) for each in earlier_acts(history[number], new[number], sides)]
    record_many(session, author, {number: entries for number, entries in wanted.items() if entries})


def undo_people(session: Session, run_id: int, author: Author, account_ids: Sequence[int]) -> Undone:
    """Undo the run for these accounts: its people and changes do not count any more.

    Somebody who was changed since stays as they are, and so does what the run said of them.
    """
    imports.locked_accounts(session, author.workspace_id, account_ids)
    stored = imports.events_of(session, account_ids)
    of_run = {row.row_id for row in stored if row.import_run_id == run_id}
    told = [each for each in standing(map(event_facts, stored)) if _person_of(each) is not None]
    latest = {_person_of(each): each.id for each in sorted(told, key=lambda each: each.id)}
    staying = {person for person, event_id in latest.items() if event_id not in of_run}
    corrections: dict[int, list[Entry]] = defaultdict(list)
    added = 0
    for event in sorted(told, key=lambda each: -each.id):
        if event.id in of_run and _person_of(event) not in staying:
            corrections[event.account_id].append(Entry(Corrected(event.id, IMPORT_UNDONE)))
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


def _changes(row: PlannedPerson) -> Sequence[Change]:
    if row.after is None:
        return ()
    return (ContactAdded(row.after),) if row.contact_id is None else (ContactEdited(row.contact_id, row.after),)


def _known(row: ContactRow) -> KnownPerson:
    return KnownPerson(row.id, row.account_id, contact_facts(row).profile)


def _still_as_planned(session: Session, author: Author, part: Sequence[PlannedPerson]) -> list[PlannedPerson]:
    """The rows whose people are still new, or known as they were when the plan was made."""
    account_ids = {row.account_id for row in part}
    imports.locked_accounts(session, author.workspace_id, account_ids)
    there = [_known(row) for row in account_items.contacts(session, account_ids)]
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
