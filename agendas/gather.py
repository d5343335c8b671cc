"""From the database to the facts of a page: one query set per page, whatever the number of accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from agendas.facts import AccountState, AgendaFacts, EventFacts
from agendas.rows import account_state, event_facts, states
from agendas.rules.fold import trim
from storage import accounts, events, people, reviews
from storage.tables import Account, ActionRow, BlockerRow, Event, ReviewItem

LOOK_BACK = timedelta(days=35)
"""How far back an account without a held review is read: the evidence window of 30 days and some."""

Part = TypeVar("Part", BlockerRow, ActionRow)


def agenda_facts(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> dict[int, AgendaFacts]:
    """What an agenda or a card needs to know of each account, by account id.

    Movement starts where the account's last held review closed.
    """
    ids = [row.row_id for row in rows]
    held = reviews.items_by_id(session, [row.held_item_id for row in rows if row.held_item_id is not None])
    before = {item.account_id: item for item in held.values()}
    recorded = events.since_last_held(session, ids, now - LOOK_BACK)
    return _facts(session, rows, before, recorded, now=now, zone=zone)


def item_facts(
    session: Session, rows: Sequence[Account], items: Sequence[ReviewItem], *, now: datetime, zone: str
) -> dict[int, AgendaFacts]:
    """The same for accounts of one review: movement starts where it started when the review opened."""
    before_ids = [item.before_item_id for item in items if item.before_item_id is not None]
    before = {item.account_id: item for item in reviews.items_by_id(session, before_ids).values()}
    starts = list(_closing(session, before.values()).values())
    if len(starts) < len(rows):
        starts.append(now - LOOK_BACK)
    recorded = events.between(session, [row.row_id for row in rows], min(starts, default=now), now)
    return _facts(session, rows, before, recorded, now=now, zone=zone)


def one(session: Session, row: Account, *, now: datetime, zone: str) -> AgendaFacts:
    """The facts of a single account."""
    return agenda_facts(session, [row], now=now, zone=zone)[row.row_id]


def names(session: Session, workspace_id: str) -> dict[str, str]:
    """The people's names by user id, for texts that cannot mention."""
    return {person.user_id: person.name for person in people.everybody(session, workspace_id)}


def frozen(item: ReviewItem) -> AccountState | None:
    """The account as it stood when the review closed, or opened if it is still open."""
    stored = item.closed_state or item.opened_state
    return states.validate_python(stored) if stored else None


def _facts(
    session: Session,
    rows: Sequence[Account],
    before_items: dict[int, ReviewItem],
    recorded: Iterable[Event],
    *,
    now: datetime,
    zone: str,
) -> dict[int, AgendaFacts]:
    ids = [row.row_id for row in rows]
    closings = _closing(session, before_items.values())
    earliest = min(closings.values(), default=None)
    blockers = _by_account(accounts.blockers(session, ids, earliest))
    actions = _by_account(accounts.actions(session, ids, earliest))
    happened: dict[int, list[EventFacts]] = defaultdict(list)
    for event in recorded:
        happened[event.account_id].append(event_facts(event))
    found = {}
    for row in rows:
        item = before_items.get(row.row_id)
        since = closings.get(row.row_id)
        state = account_state(row, blockers.get(row.row_id, ()), actions.get(row.row_id, ()))
        found[row.row_id] = AgendaFacts(
            account=trim(state, since),
            before=frozen(item) if item else None,
            since=since,
            now=now,
            zone=zone,
            events=tuple(e for e in happened[row.row_id] if since is None or e.recorded_at > since),
            aged_before=item.is_aged if item else False,
            missing_updates_from=_silent_owner(state, since),
        )
    return found


def _closing(session: Session, items: Collection[ReviewItem]) -> dict[int, datetime]:
    """When each account's earlier review closed, by account id."""
    closed = reviews.closing_instants(session, {item.review_id for item in items})
    return {item.account_id: closed[item.review_id] for item in items if item.review_id in closed}


def _by_account(rows: Sequence[Part]) -> dict[int, list[Part]]:
    grouped: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        grouped[row.account_id].append(row)
    return grouped


def _silent_owner(state: AccountState, since: datetime | None) -> tuple[str, ...]:
    """The owner, when nobody recorded anything of the account since its last held review."""
    said = state.last_update_at
    if state.profile.owner is None or (said is not None and (since is None or said > since)):
        return ()
    return (state.profile.owner,)
