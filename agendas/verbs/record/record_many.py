"""Record changes of many accounts at once, with a few statements for each few hundred of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Change, Corrected, Nominated
from agendas.facts.evidence import Evidence
from agendas.facts.measures.program import Stay
from agendas.facts.people import Author
from agendas.rules.history.fold import apply, asks_for_all, with_signals
from agendas.rules.measures.stays import folded
from agendas.verbs.loading.item_rows import account_item_rows, changed_rows
from agendas.verbs.loading.rows import account_state, event_facts, event_values, state_values, write_state
from agendas.verbs.record.follow_fit import Changed, follow_decisions
from agendas.verbs.record.follow_months import begin_months
from agendas.verbs.record.follow_open import Deed, follow_open_items
from agendas.verbs.record.follow_scope import channels_for
from agendas.verbs.record.follow_signals import follow_people
from agendas.verbs.record.follow_stays import add_stays, apply_all, put_stays_anew
from agendas.verbs.record.leave_reviews import leave_other_reviews
from agendas.verbs.record.record import account_keys, recorded_at, settings_for
from agendas.verbs.record.show import refresh_accounts
from storage import account_items, imports
from storage.account_items import NO_ITEMS, ItemRow
from storage.privacy import private_accounts
from storage.tables import Account, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to record of an account: what, what shows it, and when it happened if not when it is recorded."""

    change: Change
    happened_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()


def record_many(
    session: Session,
    author: Author,
    wanted: Mapping[int, Sequence[Entry]],
    *,
    import_run_id: int | None = None,
) -> list[EventFacts]:
    """Record these entries of accounts (by id), in their order, all at `author.at`, and return their events.

    The events belong to no review: the living messages of open reviews are edited, their threads stay quiet.
    """
    events: list[EventFacts] = []
    for account_ids in imports.chunks(wanted):
        events += _record_chunk(session, author, {number: wanted[number] for number in account_ids}, import_run_id)
        refresh_accounts(session, author, account_ids)
        events += _followed(session, author, account_ids)
    return events


def _followed(session: Session, author: Author, account_ids: Iterable[int]) -> list[EventFacts]:
    """Make those private that came into the scope of a private cadence, and return the events of that."""
    if not private_accounts.cadences(session, author.workspace_id):
        return []
    rows = imports.locked_accounts(session, author.workspace_id, list(account_ids))
    channels = channels_for(session, author.workspace_id, map(account_state, rows.values()))
    if not channels:
        return []
    wanted = {number: [Entry(PrivacySet(channel))] for number, channel in channels.items()}
    told = _record_chunk(session, author, wanted, None)
    leave_other_reviews(session, author, channels)
    return told


def create_many(
    session: Session,
    author: Author,
    wanted: Sequence[tuple[Nominated, Sequence[Change]]],
    *,
    import_run_id: int | None = None,
) -> None:
    """Add new candidates of different names, each with its first event and the changes that follow it.

    The changes are of profile, list and stage alone: no items are stored. As plain rows, each written once: ten
    thousand objects would take several seconds.
    """
    if wanted:
        begin_months(session, author.workspace_id, author.at)
    for start in range(0, len(wanted), imports.CHUNK_ROWS):
        _create_chunk(session, author, wanted[start : start + imports.CHUNK_ROWS], import_run_id)


def _create_chunk(
    session: Session,
    author: Author,
    wanted: Sequence[tuple[Nominated, Sequence[Change]]],
    import_run_id: int | None,
) -> None:
    entries = [[Entry(nominated), *map(Entry, others)] for nominated, others in wanted]
    states = [
        reduce(apply, [_facts(author, entry) for entry in others], apply(None, _facts(author, first)))
        for first, *others in entries
    ]
    rows = [{"workspace_id": author.workspace_id, **state_values(state)} for state in states]
    ids = imports.add_accounts(session, author.workspace_id, rows)
    numbers = [ids[nominated.profile.name] for nominated, _ in wanted]
    told = [
        _facts(author, entry, account_id=number)
        for number, each in zip(numbers, entries, strict=True)
        for entry in each
    ]
    _store(session, author, told, import_run_id)
    keys = {number: account_keys(state.profile) for number, state in zip(numbers, states, strict=True)}
    imports.replace_keys(session, author.workspace_id, keys)


def _record_chunk(
    session: Session, author: Author, wanted: Mapping[int, Sequence[Entry]], import_run_id: int | None
) -> list[EventFacts]:
    rows = imports.locked_accounts(session, author.workspace_id, wanted)
    stored = account_items.of_accounts(session, list(rows), None)
    before = {number: account_state(row, stored.get(number, NO_ITEMS)) for number, row in rows.items()}
    recorded = _recorded(session, author, rows, wanted, import_run_id=import_run_id)
    states = _states_after(session, author, before, recorded)
    settings = settings_for(session, author.workspace_id, states.values())
    keys: dict[int, dict[str, str]] = {}
    changed: list[ItemRow] = []
    for number, row in rows.items():
        after = states[number]
        if after.profile != before[number].profile:
            keys[number] = account_keys(after.profile)
        changed += changed_rows(author.workspace_id, number, before[number], after)
        write_state(row, after, settings)
        session.add(row)
        # only what is taken back can leave an item without its beginning
        if any(isinstance(event.change, Corrected) for event in recorded[number]):
            kept = account_item_rows(author.workspace_id, number, after)
            account_items.delete_gone(session, stored.get(number, NO_ITEMS), kept)
    imports.replace_keys(session, author.workspace_id, keys)
    account_items.save_many(session, changed)
    moved = {number: (before[number], state) for number, state in states.items()}
    follow_decisions(session, moved, author.at)
    _follow_people(session, moved, recorded)
    follow_open_items(session, moved, Deed(author.workspace_id, author.source, author.at, is_undo=True))
    return [event for events in recorded.values() for event in events]


def _states_after(
    session: Session, author: Author, before: Mapping[int, AccountState], recorded: Mapping[int, Sequence[EventFacts]]
) -> dict[int, AccountState]:
    """Return the accounts after these events, and write the stays in stages that they ended, as in `record`."""
    anew = _folded(session, [number for number in before if _needs_history(before[number], recorded[number])])
    applied = {number: apply_all(before[number], recorded[number]) for number in before if number not in anew}
    add_stays(session, author.workspace_id, (stay for _, ended in applied.values() for stay in ended))
    for at, found in _by_instant(anew, recorded).items():
        put_stays_anew(session, author.workspace_id, found, at)
    states = {number: state for number, (state, _) in (*applied.items(), *anew.items())}
    return {number: with_signals(states[number], before[number]) for number in before}


def _by_instant(
    anew: Mapping[int, tuple[AccountState, Sequence[Stay]]], recorded: Mapping[int, Sequence[EventFacts]]
) -> dict[datetime, dict[int, Sequence[Stay]]]:
    """Return the stays of these accounts by the instant of recording, which is the same for most."""
    found: dict[datetime, dict[int, Sequence[Stay]]] = {}
    for number, (_, stays) in anew.items():
        found.setdefault(recorded[number][-1].recorded_at, {})[number] = stays
    return found


def _follow_people(session: Session, changed: Changed, recorded: Mapping[int, Sequence[EventFacts]]) -> None:
    told = [event for events in recorded.values() for event in events]
    if not told:
        return
    is_undo = any(isinstance(event.change, Corrected) for event in told)
    follow_people(session, changed, max(event.recorded_at for event in told), is_undo=is_undo)


def _recorded(
    session: Session,
    author: Author,
    rows: Mapping[int, Account],
    wanted: Mapping[int, Sequence[Entry]],
    *,
    import_run_id: int | None,
) -> dict[int, list[EventFacts]]:
    """Return the entries as stored events, by account."""
    told = [
        _facts(author, entry, account_id=number, at=recorded_at(row, author))
        for number, row in rows.items()
        for entry in wanted[number]
    ]
    found: dict[int, list[EventFacts]] = {number: [] for number in rows}
    for event_id, event in zip(_store(session, author, told, import_run_id), told, strict=True):
        found[event.account_id].append(replace(event, id=event_id))
    return found


def _store(session: Session, author: Author, told: Iterable[EventFacts], import_run_id: int | None) -> list[int]:
    """Store these events and return their numbers."""
    rows = [event_values(each, workspace_id=author.workspace_id, import_run_id=import_run_id) for each in told]
    return imports.add_events(session, rows)


def _needs_history(before: AccountState, recorded: Sequence[EventFacts]) -> bool:
    """Return true if the state after the events needs the whole history, as in `record`."""
    latest_at = before.last_event_at
    for event in recorded:
        if asks_for_all(latest_at, event):
            return True
        latest_at = event.happened_at
    return False


def _folded(session: Session, account_ids: Sequence[int]) -> dict[int, tuple[AccountState, Sequence[Stay]]]:
    """Return the states of these accounts and their completed stays, folded from their whole history."""
    history: dict[int, list[Event]] = {account_id: [] for account_id in account_ids}
    for event in imports.events_of(session, account_ids) if account_ids else ():
        history[event.account_id].append(event)
    found: dict[int, tuple[AccountState, Sequence[Stay]]] = {}
    for account_id, stored in history.items():
        state, stays = folded(map(event_facts, stored))
        if state is None:
            raise ValueError(f"account {account_id} has no nomination left")
        found[account_id] = state, stays
    return found


def _facts(author: Author, entry: Entry, *, account_id: int = 0, at: datetime | None = None) -> EventFacts:
    """Return the entry as facts that have no number yet."""
    return EventFacts(
        id=0,
        account_id=account_id,
        change=entry.change,
        happened_at=entry.happened_at or author.at,
        recorded_at=at or author.at,
        actor=author.user_id,
        source=author.source,
        evidence=entry.evidence,
    )
