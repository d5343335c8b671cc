"""Records changes of many accounts at once, with a few statements for each few hundred of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from agendas.author import Author
from agendas.changes import Change, Nominated, Profile, changes
from agendas.facts import AccountState
from agendas.rows import account_state, event_facts, write_state
from agendas.rules.fold import fold
from agendas.verbs.record import account_keys, recorded_at
from agendas.verbs.show_update import refresh_many
from storage import imports
from storage.tables import Account, Event, Review, ReviewItem

Progress = Callable[[int], None]
"""Told how many accounts were written since it was last called."""


def record_many(
    session: Session,
    author: Author,
    wanted: Mapping[int, Sequence[Change]],
    *,
    import_run_id: int | None = None,
    progress: Progress = lambda _count: None,
) -> dict[int, AccountState]:
    """The states of the accounts (by id) after these changes were recorded, in their order, all at `author.at`.

    For changes of profile, list and stage, and corrections of such: blockers and next actions are not written, and
    the events belong to no review. The living messages of open reviews are edited, their threads stay quiet.
    """
    after: dict[int, AccountState] = {}
    for account_ids in imports.chunks(wanted):
        after |= _record_chunk(session, author, {number: wanted[number] for number in account_ids}, import_run_id)
        progress(len(account_ids))
    for review, items in _open_reviews(session, author.workspace_id, after):
        refresh_many(session, author, review, items)
    return after


def create_many(
    session: Session,
    author: Author,
    wanted: Sequence[tuple[Nominated, Sequence[Change]]],
    *,
    import_run_id: int | None = None,
    progress: Progress = lambda _count: None,
) -> dict[int, AccountState]:
    """The states (by id) of new candidates, each with its first event and the changes that follow it."""
    # aliases are given although empty: SQLModel inspects a default's factory for each row, a third of the whole time
    rows = [Account(workspace_id=author.workspace_id, name=each.profile.name, aliases=[]) for each, _ in wanted]
    session.add_all(rows)
    session.flush()
    entries = {row.row_id: (nominated, *others) for row, (nominated, others) in zip(rows, wanted, strict=True)}
    return record_many(session, author, entries, import_run_id=import_run_id, progress=progress)


def _open_reviews(
    session: Session, workspace_id: str, account_ids: Collection[int]
) -> list[tuple[Review, list[ReviewItem]]]:
    """Every open review of any of these accounts, with their items."""
    found: dict[int, tuple[Review, list[ReviewItem]]] = {}
    for item, review in imports.open_items(session, workspace_id):
        if item.account_id in account_ids:
            found.setdefault(review.row_id, (review, []))[1].append(item)
    return [found[number] for number in sorted(found)]


def _record_chunk(
    session: Session, author: Author, wanted: Mapping[int, Sequence[Change]], import_run_id: int | None
) -> dict[int, AccountState]:
    rows = imports.locked_accounts(session, author.workspace_id, wanted)
    imports.add_events(
        session,
        [
            _event(author, row, change, import_run_id)
            for account_id, row in rows.items()
            for change in wanted[account_id]
        ],
    )
    history: dict[int, list[Event]] = {account_id: [] for account_id in rows}
    for event in imports.events_of(session, rows):
        history[event.account_id].append(event)
    after: dict[int, AccountState] = {}
    keys: dict[int, dict[str, str]] = {}
    for account_id, row in rows.items():
        state = fold(event_facts(event) for event in history[account_id])
        if state is None:
            raise ValueError(f"account {account_id} has no nomination left")
        if state.profile != _profile(row) or len(history[account_id]) == len(wanted[account_id]):
            keys[account_id] = account_keys(state.profile)
        write_state(row, state)
        session.add(row)
        after[account_id] = state
    imports.replace_keys(session, author.workspace_id, keys)
    return after


def _profile(row: Account) -> Profile:
    return account_state(row, (), ()).profile


def _event(author: Author, row: Account, change: Change, import_run_id: int | None) -> dict[str, Any]:
    """The event as a row to insert."""
    return {
        "workspace_id": author.workspace_id,
        "account_id": row.row_id,
        "kind": change.kind,
        "change": changes.dump_python(change, mode="json"),
        "evidence": [],
        "happened_at": author.at,
        "recorded_at": recorded_at(row, author),
        "actor": author.user_id,
        "source": author.source.value,
        "import_run_id": import_run_id,
    }
