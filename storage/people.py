"""Reads and writes of people and channels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_all_once, insert_once
from storage.tables import Channel, FunctionLead, Person


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A user as Slack describes them. `home_team_id` is the team the user belongs to.

    `is_slack_admin`: owns or administers the workspace in Slack; this is not stored.
    """

    user_id: str
    home_team_id: str
    name: str
    email: str = ""
    time_zone: str = "UTC"
    is_guest: bool = False
    is_external: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    is_slack_admin: bool = False


def find(session: Session, workspace_id: str, user_id: str) -> Person | None:
    """Return the person, None if never seen."""
    return session.scalars(_person(), {"workspace_id": workspace_id, "user_id": user_id}).first()


def members(session: Session, workspace_id: str) -> list[Person]:
    """People of the workspace who are not bots, by name."""
    query = select(Person).where(Person.workspace_id == workspace_id, col(Person.is_bot).is_(False))
    return list(session.exec(query.order_by(func.lower(Person.name))))


def own_members(session: Session, workspace_id: str) -> list[tuple[str, str]]:
    """(name, address or '') of the workspace's own members, those who left Slack among them."""
    query = select(Person.name, Person.email).where(
        Person.workspace_id == workspace_id,
        *(col(flag).is_(False) for flag in (Person.is_bot, Person.is_guest, Person.is_external)),
    )
    return list(session.exec(query))


def with_function(session: Session, workspace_id: str) -> list[Person]:
    """The workspace's own active members who have a function, by name."""
    query = select(Person).where(
        Person.workspace_id == workspace_id,
        col(Person.function).is_not(None),
        *(col(flag).is_(False) for flag in (Person.is_bot, Person.is_deleted, Person.is_guest, Person.is_external)),
    )
    return list(session.exec(query.order_by(func.lower(Person.name))))


def get_many(session: Session, workspace_id: str, user_ids: Collection[str]) -> list[Person]:
    """These people of the workspace, in any order."""
    query = select(Person).where(Person.workspace_id == workspace_id, col(Person.user_id).in_(user_ids))
    return list(session.exec(query))


def admins(session: Session, workspace_id: str) -> list[Person]:
    """The active admins, by name."""
    return list(session.exec(select(Person).where(*_is_admin(workspace_id)).order_by(Person.name)))


def has_admin(session: Session, workspace_id: str) -> bool:
    """Return whether there is an active admin."""
    return session.exec(select(Person.id).where(*_is_admin(workspace_id)).limit(1)).first() is not None


def deactivated(session: Session, workspace_id: str, user_ids: Collection[str | None]) -> frozenset[str]:
    """The deactivated ones of these people."""
    wanted = sorted({user_id for user_id in user_ids if user_id})
    if not wanted:
        return frozenset()
    return frozenset(session.scalars(_deactivated(), {"workspace_id": workspace_id, "user_ids": wanted}))


def leads(session: Session, workspace_id: str) -> dict[str, Person]:
    """The person who leads each function, by function; functions without a lead are left out."""
    found = session.execute(_leads(), {"workspace_id": workspace_id})
    return {row[0]: row[1] for row in found}


def led_by(session: Session, workspace_id: str, user_id: str) -> list[str]:
    """The functions that the person leads, by name."""
    theirs = FunctionLead.workspace_id == workspace_id, FunctionLead.user_id == user_id
    query = select(FunctionLead.function).where(*theirs)
    return list(session.exec(query.order_by(FunctionLead.function)))


def give_leads(session: Session, workspace_id: str, user_id: str, functions: Collection[str]) -> None:
    """Make the person the lead of these functions and of no others. Lock the workspace before."""
    of_workspace = col(FunctionLead.workspace_id) == workspace_id
    theirs, wanted = col(FunctionLead.user_id) == user_id, col(FunctionLead.function).in_(functions)
    session.exec(delete(FunctionLead).where(of_workspace, theirs | wanted))
    session.add_all(
        FunctionLead(workspace_id=workspace_id, function=function, user_id=user_id) for function in sorted(functions)
    )
    session.flush()


def save_users(
    session: Session, workspace_id: str, users: Sequence[SlackUser], now: datetime, *, asked_at: datetime | None = None
) -> list[str]:
    """Store Slack's description of these users and return the ids of those newly deactivated.

    Function and right of those already known stay as they are. Slack may have told more since it was asked at
    `asked_at`: of whom it did, nothing is stored.
    """
    said_at = asked_at or now
    wanted = {user.user_id: user for user in users}
    add_unknown(session, workspace_id, wanted, said_at)
    query = select(Person).where(Person.workspace_id == workspace_id, col(Person.user_id).in_(wanted))
    locked = fresh(query.order_by(col(Person.id)).with_for_update())
    # locked, so that of two processes that learn the same only one finds it new
    known = {person.user_id: person for person in session.exec(locked)}
    left = []
    for user_id, user in wanted.items():
        person = known[user_id]
        if asked_at is not None and person.seen_at > asked_at:
            continue
        if user.is_deleted and not person.is_deleted:
            left.append(user_id)
        person.home_team_id = user.home_team_id
        person.name, person.email = user.name, user.email.lower()
        if person.time_zone != user.time_zone and person.morning_at is not None:
            # their mornings come at other instants from now on
            person.morning_at = now
        person.time_zone, person.seen_at = user.time_zone, said_at
        person.is_guest, person.is_external = user.is_guest, user.is_external
        person.is_bot, person.is_deleted = user.is_bot, user.is_deleted
        session.add(person)
    session.flush()
    return left


def add_unknown(session: Session, workspace_id: str, user_ids: Collection[str], now: datetime) -> None:
    """Add the people who were never seen, to be filled in once Slack describes them."""
    query = select(Person.user_id).where(Person.workspace_id == workspace_id, col(Person.user_id).in_(user_ids))
    # in one order, so that two processes with the same people wait for each other instead of holding each other up
    seen = session.exec(query).all()
    new = sorted(set(user_ids).difference(seen))
    rows = [Person(workspace_id=workspace_id, user_id=user_id, seen_at=now) for user_id in new]
    insert_all_once(session, Person, [row.model_dump(exclude={"id"}) for row in rows])


def deactivate(session: Session, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Mark the person as deactivated. Return False when they are unknown or were so already."""
    query = select(Person).where(Person.workspace_id == workspace_id, Person.user_id == user_id)
    person = session.exec(fresh(query.with_for_update())).first()
    if person is None or person.is_deleted:
        return False
    person.is_deleted, person.seen_at = True, now
    session.add(person)
    session.flush()
    return True


def meet(session: Session, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Keep that the person meets the bot. Return False for one who did before, and for who may not use the bot."""
    flags = (Person.is_bot, Person.is_deleted, Person.is_guest, Person.is_external)
    is_new = (
        col(Person.workspace_id) == workspace_id,
        col(Person.user_id) == user_id,
        col(Person.met_at).is_(None),
        *(col(flag).is_(False) for flag in flags),
    )
    statement = update(Person).where(*is_new).values(met_at=now).returning(col(Person.id))
    return session.execute(statement).first() is not None


def find_channel(session: Session, workspace_id: str, channel_id: str) -> Channel | None:
    """The channel, or None if the bot never posted there."""
    return session.exec(_channel(workspace_id, channel_id)).first()


def get_or_add_channel(session: Session, workspace_id: str, channel_id: str, *, name: str = "") -> Channel:
    """The channel, stored if it was not yet; a name, once given, replaces the old one."""
    channel = find_channel(session, workspace_id, channel_id)
    if channel is None:
        new = Channel(workspace_id=workspace_id, channel_id=channel_id)
        insert_once(session, Channel, new.model_dump(exclude={"id"}))
        channel = session.exec(_channel(workspace_id, channel_id)).one()
    if name:
        channel.name = name
    session.add(channel)
    session.flush()
    return channel


def _channel(workspace_id: str, channel_id: str) -> SelectOfScalar[Channel]:
    return select(Channel).where(Channel.workspace_id == workspace_id, Channel.channel_id == channel_id)


def _is_admin(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Person.workspace_id) == workspace_id,
        col(Person.right) == "admin",
        col(Person.is_deleted).is_(False),
    )


@cache
def _deactivated() -> SelectOfScalar[str]:
    return select(Person.user_id).where(
        Person.workspace_id == bindparam("workspace_id"),
        col(Person.user_id).in_(bindparam("user_ids", expanding=True)),
        col(Person.is_deleted),
    )


@cache
def _person() -> SelectOfScalar[Person]:
    return select(Person).where(
        Person.workspace_id == bindparam("workspace_id"), Person.user_id == bindparam("user_id")
    )


@cache
def _leads() -> Select[str, Person]:
    of_lead = col(Person.user_id) == col(FunctionLead.user_id)
    same = and_(col(Person.workspace_id) == col(FunctionLead.workspace_id), of_lead)
    query = select_columns(col(FunctionLead.function), Person).join(Person, same)
    return query.where(col(FunctionLead.workspace_id) == bindparam("workspace_id"))
