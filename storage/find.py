"""Reads of things of many accounts at once, each with the few columns of its account that answers need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from storage.accounts import LISTED
from storage.models.accounts import Account, ActionRow, BlockerRow
from storage.models.events import Event
from storage.models.subjects import ContactRow, OpportunityRow, PlayRow, SignalRow
from storage.models.types import Row

# Actions, blockers, deals, plays, people and signals of the accounts `of`, bounded.

MOST_READ = 10_000
"""Things read for one answer: ten for each of a thousand accounts. An answer that has as many says so."""

Kind = TypeVar("Kind", bound=Row)
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class AccountColumns:
    id: int
    name: str
    tier: int | None
    stage: str
    list_status: str
    segment: str
    owner: str | None
    marketing_partner: str | None
    our_executive: str | None
    currency: str


COLUMNS: tuple[Any, ...] = tuple(getattr(Account, name) for name in AccountColumns.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Among:
    """The accounts whose things are read: those with these ids, if not None, and one of these statuses, if any."""

    workspace_id: str
    ids: tuple[int, ...] | None = None
    statuses: tuple[str, ...] = ()

    @classmethod
    def listed(cls, workspace_id: str, ids: Iterable[int] | None = None) -> "Among":
        """Return the accounts that the list shows: named ones, paused ones and candidates; among `ids` where given."""
        return cls(workspace_id, None if ids is None else tuple(ids), LISTED)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Local dates, both included, and the instants at which they begin and end; None where there is no such end."""

    first: date | None = None
    last: date | None = None
    begin: datetime | None = None
    end: datetime | None = None

    def has(self, value: date | datetime | None) -> bool:
        """Return true if a local day or an instant is within the span; None is within none."""
        if isinstance(value, datetime):
            return (self.begin is None or value >= self.begin) and (self.end is None or value < self.end)
        return value is not None and (self.first is None or value >= self.first) and self.reaches(value)

    def reaches(self, on: date) -> bool:
        """Return true unless the span ends before this day."""
        return self.last is None or on <= self.last


EVER = DateSpan()
"""All days: a span without begin and end."""


def actions(
    session: Session,
    of: Among,
    *,
    progress: Collection[str] = ("open",),
    owners: Collection[str] = (),
    due_before: date | None = None,
    days: DateSpan = EVER,
) -> list[tuple[ActionRow, AccountColumns]]:
    """Next actions, soonest due first: the `open` ones due, `done` or `dropped` ones closed, `slipped` ones slipped.

    `days` are the days on which they are due, or were closed or slipped. For all days, only open ones count as slipped.
    Without `owners`, those of everybody.
    """
    row = ActionRow
    wanted = [or_(*(_in_progress(each, days) for each in progress)), *_in(row.owner, owners)]
    wanted += [col(row.due_on) < due_before] if due_before else []
    return _with_accounts(session, row, of, wanted, order=(col(row.due_on), col(row.id)))


def _in_progress(progress: str, days: DateSpan) -> Condition:
    """The condition of actions due, slipped or closed within these days; for all days only open ones are slipped."""
    row = ActionRow
    match progress:
        case "open":
            return and_(col(row.status) == "open", *_dates(row.due_on, days))
        case "slipped":
            when = _instants(row.slipped_at, days) if days != EVER else [col(row.status) == "open"]
            return and_(col(row.slips) > 0, *when)
        case _:
            return and_(col(row.status) == progress, *_instants(row.closed_at, days))


def blockers(
    session: Session,
    of: Among,
    *,
    is_resolved: bool = False,
    needs: Collection[str] = (),
    owner: str | None = None,
    days: DateSpan = EVER,
) -> list[tuple[BlockerRow, AccountColumns]]:
    """Blockers, oldest first: open ones opened in these days, or, with `is_resolved`, those resolved in them.

    Only those that need one of the functions `needs`, if any are given; with an `owner`, also those that they own.
    """
    row = BlockerRow
    state = col(row.resolved_at).is_not(None) if is_resolved else col(row.resolved_at).is_(None)
    needed = _in(row.needs, needs)
    wanted = [state, *_instants(row.resolved_at if is_resolved else row.opened_at, days)]
    wanted += needed if owner is None else [or_(col(row.owner) == owner, *needed)]
    return _with_accounts(session, row, of, wanted, order=(col(row.opened_at), col(row.id)))


def deals(session: Session, of: Among, *, phases: Collection[str]) -> list[tuple[OpportunityRow, AccountColumns]]:
    """Deals in these phases (in any where none are given), soonest to close first, those without a date last."""
    row = OpportunityRow
    order = (col(row.closes_on).is_(None), col(row.closes_on), col(row.id))
    return _with_accounts(session, row, of, _in(row.phase, phases), order=order)


def plays(
    session: Session, of: Among, *, starters: Collection[str], days: DateSpan = EVER
) -> list[tuple[PlayRow, AccountColumns]]:
    """Plays that run or ran and were started in these days, by anybody or by `starters`, the latest started first."""
    row = PlayRow
    wanted = [*_instants(row.started_at, days), *_in(row.started_by, starters)]
    return _with_accounts(session, row, of, wanted, order=(col(row.started_at).desc(), col(row.id).desc()))


def contacts(session: Session, of: Among) -> list[tuple[ContactRow, AccountColumns]]:
    return _with_accounts(session, ContactRow, of, [], order=(col(Account.tier), col(Account.name), col(ContactRow.id)))


def signals(
    session: Session, of: Among, *, kinds: Collection[str], days: DateSpan = EVER
) -> list[tuple[SignalRow, AccountColumns]]:
    """Signals that count and happened in these days, of any kind or of `kinds`, the newest first."""
    row = SignalRow
    counts = [col(row.taken_back_at).is_(None), col(row.is_replaced).is_(False)]
    wanted = [*counts, *_instants(row.happened_at, days), *_in(row.kind, kinds)]
    return _with_accounts(session, row, of, wanted, order=(col(row.happened_at).desc(), col(row.id).desc()))


def _with_accounts(
    session: Session,
    kind: type[Kind],
    among: Among,
    wanted: list[Condition],
    *,
    order: tuple[Any, ...],
    most: int = MOST_READ,
) -> list[tuple[Kind, AccountColumns]]:
    """The first `most` rows of this kind at these accounts that meet the conditions `wanted`, each with its account."""
    account_id: Any = kind.account_id  # type: ignore[attr-defined]
    query = select_columns(kind, *COLUMNS).join(Account, col(Account.id) == account_id)
    query = query.where(col(Account.workspace_id) == among.workspace_id, *_in(Account.list_status, among.statuses))
    query = query if among.ids is None else query.where(account_id.in_(among.ids))
    found = session.execute(query.where(*wanted).order_by(*order).limit(most))
    return [(each[0], AccountColumns(*each[1:])) for each in found]


def _in(column: Any, values: Collection[str]) -> list[Condition]:
    """The condition that the column has one of these values; no condition without values."""
    return [column.in_(values)] if values else []


def _instants(column: Any, days: DateSpan) -> list[Condition]:
    """The conditions that the column of instants lies within these days."""
    found: list[Condition] = [column >= days.begin] if days.begin else []
    return [*found, column < days.end] if days.end else found


def _dates(column: Any, days: DateSpan) -> list[Condition]:
    """The conditions that the column of dates lies within these days."""
    found: list[Condition] = [column >= days.first] if days.first else []
    return [*found, column <= days.last] if days.last else found


# Entries of some kinds of many accounts.


def happened(
    session: Session, of: Among, kinds: Collection[str], *, days: DateSpan, actors: Collection[str], limit: int
) -> list[tuple[Event, AccountColumns]]:
    """Entries of these kinds that happened in these days, by anybody or by `actors`, the newest first."""
    row = Event
    wanted = [col(row.workspace_id) == of.workspace_id, col(row.kind).in_(kinds), *_in(row.actor, actors)]
    wanted += _instants(row.happened_at, days)
    order = (col(row.happened_at).desc(), col(row.id).desc())
    return _with_accounts(session, row, of, wanted, order=order, most=limit)
