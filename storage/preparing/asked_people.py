"""Reads and writes of people asked to prepare a review, and of cadences of whose next review nobody was asked yet."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, union, update
from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_all_once
from storage.preparing.once_a_date import ACCOUNTS, PREPARED
from storage.preparing.working_channels import works
from storage.tables import Account, Asked, Cadence, Person
from storage.tables.types import JsonValue

LONGEST_MOVE = timedelta(days=62)
"""A review that was moved further is asked about no more: no cadence has its next date so far away."""


class AccountPeople(NamedTuple):
    """The columns of a named account that say who is asked about it."""

    id: int
    tier: int | None
    stage: str
    segment: str
    owner: str | None
    marketing_partner: str | None
    our_executive: str | None
    private_channel: str
    fit: JsonValue


def named_accounts(session: Session, workspace_id: str, user_ids: Collection[str] | None = None) -> list[AccountPeople]:
    """Return who is asked about each named account: of the workspace, or of those that name one of these people."""
    columns = (getattr(Account, name) for name in AccountPeople._fields)
    query = select(*columns).where(Account.workspace_id == workspace_id, Account.list_status == "named")
    if user_ids is not None:
        roles = (Account.owner, Account.marketing_partner, Account.our_executive)
        query = query.where(or_(*(col(role).in_(user_ids) for role in roles)))
    return [AccountPeople(*row) for row in session.exec(query.order_by(col(Account.id)))]


class Many(NamedTuple):
    """People whom the named accounts of a workspace name, and those of them whose conversation is not known."""

    people: int
    unknown: int


def count_named(session: Session, workspace_ids: Collection[str]) -> dict[str, Many]:
    """Return how many people the named accounts of each of these workspaces name, by one statement."""
    roles = (Account.owner, Account.marketing_partner, Account.our_executive)
    is_named = col(Account.workspace_id).in_(workspace_ids), Account.list_status == "named"
    named = union(
        *(select(Account.workspace_id, col(role).label("user_id")).where(*is_named, col(role) != "") for role in roles)
    ).subquery()
    is_theirs = (col(Person.workspace_id) == named.c.workspace_id) & (col(Person.user_id) == named.c.user_id)
    unknown = func.sum(case((col(Person.direct_channel) == "", 1), else_=0))
    query = select(Person.workspace_id, func.count(), unknown).join(named, is_theirs).group_by(Person.workspace_id)
    return {workspace_id: Many(people, unknown) for workspace_id, people, unknown in session.exec(query)}


def unprepared(session: Session, until: datetime | None = None) -> list[Cadence]:
    """Return the cadences whose next review nobody was asked to prepare, of those that ask until an instant.

    None whose channel is in trouble: they wait until it is mended.
    """
    planned = col(Cadence.prepare_at).is_not(None) if until is None else col(Cadence.prepare_at) <= until
    query = select(Cadence).where(planned, PREPARED.undone(), works())
    return list(session.exec(query.order_by(col(Cadence.prepare_at), col(Cadence.id))))


def meeting_until(session: Session, workspace_id: str, until: datetime) -> list[Cadence]:
    """Return the workspace's cadences whose next review of accounts begins until an instant and is prepared."""
    query = select(Cadence).where(
        Cadence.workspace_id == workspace_id, _is_of_accounts(), works(), col(Cadence.next_at) <= until
    )
    return list(session.exec(query.order_by(col(Cadence.next_at), col(Cadence.id))))


def cadences(session: Session, cadence_ids: Collection[int]) -> list[Cadence]:
    """Return these cadences, by id."""
    return list(session.exec(select(Cadence).where(col(Cadence.id).in_(cadence_ids)).order_by(col(Cadence.id))))


def add_many(session: Session, rows: Sequence[Asked]) -> None:
    """Store who is asked, by one statement; those who were asked before stay as they are."""
    insert_all_once(session, Asked, [row.model_dump(exclude={"id"}) for row in rows])


def replan(session: Session, cadence_id: int, was_on: date, on: date) -> None:
    """Let who was asked about a planned day be asked about another, which nobody was asked about yet."""
    moved = update(Asked).where(col(Asked.cadence_id) == cadence_id, col(Asked.planned_on) == was_on)
    session.execute(moved.values(planned_on=on))


def of_cadences(session: Session, cadence_ids: Collection[int], from_on: date) -> list[Asked]:
    """Return who was asked to prepare the reviews of these cadences planned from a day on."""
    query = select(Asked).where(col(Asked.cadence_id).in_(cadence_ids), col(Asked.planned_on) >= from_on)
    return list(session.exec(fresh(query.order_by(col(Asked.id)))))


def of_occurrence(session: Session, cadence_id: int, planned_on: date) -> list[Asked]:
    """Return who was asked to prepare one planned review."""
    query = select(Asked).where(Asked.cadence_id == cadence_id, Asked.planned_on == planned_on)
    return list(session.exec(fresh(query.order_by(col(Asked.id)))))


def first_asked_at(session: Session, cadence_id: int, planned_on: date) -> datetime | None:
    """Return when the first person was asked to prepare one planned review, None where nobody was."""
    query = select(func.min(Asked.asked_at)).where(Asked.cadence_id == cadence_id, Asked.planned_on == planned_on)
    return session.exec(query).one()


def next_asked_at(session: Session, cadence_id: int, planned_on: date) -> datetime | None:
    """Return when the first person was asked about a review planned for after that day, None where nobody was."""
    query = select(func.min(Asked.asked_at)).where(Asked.cadence_id == cadence_id, col(Asked.planned_on) > planned_on)
    return session.exec(query).one()


def of_letter(session: Session, workspace_id: str, letter_key: str) -> list[Asked]:
    """Return what the person of this letter was asked by it, the review planned first first."""
    query = select(Asked).where(Asked.workspace_id == workspace_id, Asked.letter_key == letter_key)
    return list(session.exec(fresh(query.order_by(col(Asked.planned_on), col(Asked.id)))))


def of_person(session: Session, workspace_id: str, user_id: str, from_on: date) -> list[Asked]:
    """Return what the person was asked to prepare of reviews planned from a day on, the one planned first first."""
    query = select(Asked).where(
        Asked.workspace_id == workspace_id, Asked.user_id == user_id, col(Asked.planned_on) >= from_on
    )
    return list(session.exec(fresh(query.order_by(col(Asked.planned_on), col(Asked.id)))))


def letter_keys_of(session: Session, workspace_id: str, user_ids: Collection[str], from_on: date) -> list[str]:
    """Return the keys of the letters that asked these people, or whoever stands in for them, from a planned day on.

    A review that was moved is asked about until it is opened, however long ago it was planned for.
    """
    is_ahead = exists().where(col(Cadence.id) == col(Asked.cadence_id), col(Cadence.next_on) == col(Asked.planned_on))
    # two selects, each by an index of its own
    asked, stood_in_for = (
        select(Asked.letter_key).where(
            Asked.workspace_id == workspace_id,
            col(person).in_(user_ids),
            col(Asked.planned_on) >= from_on - LONGEST_MOVE,
            or_(col(Asked.planned_on) >= from_on, is_ahead),
            Asked.letter_key != "",
        )
        for person in (Asked.user_id, Asked.for_user_id)
    )
    return sorted(session.scalars(union(asked, stood_in_for)))


def _is_of_accounts() -> ColumnElement[bool]:
    return and_(col(Cadence.kind) == ACCOUNTS, col(Cadence.next_at).is_not(None), col(Cadence.prep_minutes) > 0)
