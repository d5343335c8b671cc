"""Records changes of many accounts at once, with a few statements for each few hundred of them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from sqlmodel import Session

from agendas.author import Author
from agendas.changes import Change, Corrected, Nominated, changes
from agendas.facts import AccountState, EventFacts
from agendas.rows import account_state, event_facts, state_values, write_state
from agendas.rules.fold import apply, fold
from agendas.verbs.record import account_keys, recorded_at
from agendas.verbs.show_update import refresh_many
from storage import imports
from storage.tables import Account, Event, Review, ReviewItem


def record_many(
    session: Session,
    author: Author,
    wanted: Mapping[int, Sequence[Change]],
    *,
    import_run_id: int | None = None,
) -> None:
    """Records these changes of accounts (by id), in their order, all at `author.at`.

    For changes of profile, list and stage, and corrections of such: blockers and next actions are not written, and
    the events belong to no review. The living messages of open reviews are edited, their threads stay quiet.
    """
    for account_ids in imports.chunks(wanted):
        _record_chunk(session, author, {number: wanted[number] for number in account_ids}, import_run_id)
        for review, items in _open_reviews(imports.open_items(session, author.workspace_id, account_ids)):
            refresh_many(session, author, review, items)


def create_many(
    session: Session,
    author: Author,
    wanted: Sequence[tuple[Nominated, Sequence[Change]]],
    *,
    import_run_id: int | None = None,
) -> None:
    """Adds new candidates of different names, each with its first event and the changes that follow it.

    As plain rows, each written once: ten thousand objects would take several seconds.
    """
    for start in range(0, len(wanted), imports.CHUNK_ROWS):
        _create_chunk(session, author, wanted[start : start + imports.CHUNK_ROWS], import_run_id)


def _create_chunk(
    session: Session,
    author: Author,
    wanted: Sequence[tuple[Nominated, Sequence[Change]]],
    import_run_id: int | None,
) -> None:
    states = [
        reduce(apply, [_facts(author, change) for change in others], apply(None, _facts(author, nominated)))
        for nominated, others in wanted
    ]
    rows = [{"workspace_id": author.workspace_id, **state_values(state)} for state in states]
    ids = imports.add_accounts(session, author.workspace_id, rows)
    imports.add_events(
        session,
        [
            _event(author, ids[nominated.profile.name], change, import_run_id)
            for nominated, others in wanted
            for change in (nominated, *others)
        ],
    )
    keys = {
        ids[nominated.profile.name]: account_keys(state.profile)
        for (nominated, _), state in zip(wanted, states, strict=True)
    }
    imports.replace_keys(session, author.workspace_id, keys)


def _open_reviews(found: Iterable[tuple[ReviewItem, Review]]) -> list[tuple[Review, list[ReviewItem]]]:
    """The items by their review, in the order in which the reviews were opened."""
    grouped: dict[int, tuple[Review, list[ReviewItem]]] = {}
    for item, review in found:
        grouped.setdefault(review.row_id, (review, []))[1].append(item)
    return [grouped[number] for number in sorted(grouped)]


def _record_chunk(
    session: Session, author: Author, wanted: Mapping[int, Sequence[Change]], import_run_id: int | None
) -> None:
    rows = imports.locked_accounts(session, author.workspace_id, wanted)
    new = [
        _event(author, account_id, change, import_run_id, row=row)
        for account_id, row in rows.items()
        for change in wanted[account_id]
    ]
    imports.add_events(session, new)
    folded = _folded(session, [number for number, row in rows.items() if _needs_history(author, row, wanted[number])])
    keys: dict[int, dict[str, str]] = {}
    for account_id, row in rows.items():
        before = account_state(row, (), ())
        after = folded.get(account_id) or reduce(apply, [_facts(author, each) for each in wanted[account_id]], before)
        if after.profile != before.profile:
            keys[account_id] = account_keys(after.profile)
        write_state(row, after)
        session.add(row)
    imports.replace_keys(session, author.workspace_id, keys)


def _needs_history(author: Author, row: Account, wanted: Iterable[Change]) -> bool:
    """Whether the state after the changes cannot be told from the state before: as in `record`."""
    is_latest = row.last_event_at is None or author.at >= row.last_event_at
    return not is_latest or any(isinstance(change, Corrected) for change in wanted)


def _folded(session: Session, account_ids: Sequence[int]) -> dict[int, AccountState]:
    """The states of these accounts from their whole history."""
    history: dict[int, list[Event]] = {account_id: [] for account_id in account_ids}
    for event in imports.events_of(session, account_ids) if account_ids else ():
        history[event.account_id].append(event)
    found: dict[int, AccountState] = {}
    for account_id, stored in history.items():
        state = fold(map(event_facts, stored))
        if state is None:
            raise ValueError(f"account {account_id} has no nomination left")
        found[account_id] = state
    return found


def _facts(author: Author, change: Change) -> EventFacts:
    """The event as facts for the fold; none of these changes is known by its number."""
    return EventFacts(
        id=0,
        account_id=0,
        change=change,
        happened_at=author.at,
        recorded_at=author.at,
        actor=author.user_id,
        source=author.source,
    )


def _event(
    author: Author, account_id: int, change: Change, import_run_id: int | None, *, row: Account | None = None
) -> dict[str, Any]:
    """The event as a row to insert."""
    return {
        "workspace_id": author.workspace_id,
        "account_id": account_id,
        "kind": change.kind,
        "change": changes.dump_python(change, mode="json"),
        "evidence": [],
        "happened_at": author.at,
        "recorded_at": recorded_at(row, author) if row else author.at,
        "actor": author.user_id,
        "source": author.source.value,
        "review_id": None,
        "import_run_id": import_run_id,
    }
