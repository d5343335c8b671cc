"""Reads and writes of people and channels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    or_,
    tuple_,
    union,
    update,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.accounts import LISTED
from storage.database import fresh, insert_all_once, insert_once, read_columns
from storage.models.accounts import Account, ActionRow
from storage.models.reviews import Cadence
from storage.models.subjects import OF_NOBODY, ContactRow, SignalRow
from storage.models.types import UTCDateTime, table_of
from storage.models.workspaces import Channel, FunctionLead, Person, Preference


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
    return session.scalars(_select_person(), {"workspace_id": workspace_id, "user_id": user_id}).first()


@cache
def _select_person() -> SelectOfScalar[Person]:
    return select(Person).where(
        Person.workspace_id == bindparam("workspace_id"), Person.user_id == bindparam("user_id")
    )


def members(session: Session, workspace_id: str) -> list[Person]:
    """People of the workspace who are not bots, by name."""
    query = select(Person).where(Person.workspace_id == workspace_id, col(Person.is_bot).is_(False))
    return list(session.exec(query.order_by(func.lower(Person.name))))


def own_members(session: Session, workspace_id: str) -> list[tuple[str, str]]:
    """(name, address or '') of the workspace's own members, including deactivated ones."""
    return [
        (name, email) for name, email in read_columns(session, _select_own_members(), {"workspace_id": workspace_id})
    ]


@cache
def _select_own_members() -> Select[str, str]:
    return select_columns(col(Person.name), col(Person.email)).where(
        col(Person.workspace_id) == bindparam("workspace_id"),
        *(col(flag).is_(False) for flag in (Person.is_bot, Person.is_guest, Person.is_external)),
    )


def with_function(session: Session, workspace_id: str) -> list[Person]:
    """The workspace's own active members who have a function, by name."""
    query = select(Person).where(
        Person.workspace_id == workspace_id,
        col(Person.function).is_not(None),
        *(col(flag).is_(False) for flag in (Person.is_bot, Person.is_deleted, Person.is_guest, Person.is_external)),
    )
    return list(session.exec(query.order_by(func.lower(Person.name))))


def get_many(session: Session, workspace_id: str, user_ids: Collection[str]) -> list[Person]:
    return list(session.scalars(_select_people(), {"workspace_id": workspace_id, "user_ids": list(user_ids)}))


@cache
def _select_people() -> SelectOfScalar[Person]:
    is_one = col(Person.user_id).in_(bindparam("user_ids", expanding=True))
    return select(Person).where(Person.workspace_id == bindparam("workspace_id"), is_one)


def admins(session: Session, workspace_id: str) -> list[Person]:
    return list(session.exec(select(Person).where(*_is_admin(workspace_id)).order_by(Person.name)))


def has_admin(session: Session, workspace_id: str) -> bool:
    return session.exec(select(Person.id).where(*_is_admin(workspace_id)).limit(1)).first() is not None


def deactivated(session: Session, workspace_id: str, user_ids: Collection[str | None]) -> frozenset[str]:
    """Those of these people who are deactivated; None and '' among the ids are passed over."""
    wanted = sorted({user_id for user_id in user_ids if user_id})
    if not wanted:
        return frozenset()
    return frozenset(
        read_columns(session, _select_deactivated(), {"workspace_id": workspace_id, "user_ids": wanted}).scalars()
    )


@cache
def _select_deactivated() -> SelectOfScalar[str]:
    """The user ids of the deactivated people among `user_ids`."""
    return select(Person.user_id).where(
        Person.workspace_id == bindparam("workspace_id"),
        col(Person.user_id).in_(bindparam("user_ids", expanding=True)),
        col(Person.is_deleted),
    )


def leads(session: Session, workspace_id: str) -> dict[str, Person]:
    """The person who leads each function, by function; functions without a lead are left out."""
    return {row[0]: row[1] for row in session.execute(_select_leads(), {"workspace_id": workspace_id})}


@cache
def _select_leads() -> Select[str, Person]:
    of_lead = col(Person.user_id) == col(FunctionLead.user_id)
    is_lead = and_(col(Person.workspace_id) == col(FunctionLead.workspace_id), of_lead)
    query = select_columns(col(FunctionLead.function), Person).join(Person, is_lead)
    return query.where(col(FunctionLead.workspace_id) == bindparam("workspace_id"))


def led_by(session: Session, workspace_id: str, user_id: str) -> list[str]:
    """The functions that the person leads, by name."""
    is_led = (FunctionLead.workspace_id == workspace_id) & (FunctionLead.user_id == user_id)
    query = select(FunctionLead.function).where(is_led)
    return list(session.exec(query.order_by(FunctionLead.function)))


def give_leads(session: Session, workspace_id: str, user_id: str, functions: Collection[str]) -> None:
    """Make the person lead these functions, instead of who led them, and no others. Lock the workspace before."""
    of_workspace = col(FunctionLead.workspace_id) == workspace_id
    of_person, wanted = col(FunctionLead.user_id) == user_id, col(FunctionLead.function).in_(functions)
    session.exec(delete(FunctionLead).where(of_workspace, of_person | wanted))
    session.add_all(
        FunctionLead(workspace_id=workspace_id, function=function, user_id=user_id) for function in sorted(functions)
    )
    session.flush()


def save_users(
    session: Session, workspace_id: str, users: Sequence[SlackUser], now: datetime, *, asked_at: datetime | None = None
) -> list[str]:
    """Store what Slack reports about these users and return the ids of newly deactivated ones.

    Function and right of known people stay as they are. With `asked_at`, the instant at which Slack was asked for a
    list, people about whom something newer was stored since are left as they are.
    """
    described_at = asked_at or now
    wanted = {user.user_id: user for user in users}
    add_unknown(session, workspace_id, wanted, described_at)
    query = select(Person).where(Person.workspace_id == workspace_id, col(Person.user_id).in_(wanted))
    # locked, so that of two processes that learn the same only one finds it new
    locked = session.exec(fresh(query.order_by(col(Person.id)).with_for_update()))
    known = {person.user_id: person for person in locked}
    deactivated = []
    for user_id, user in wanted.items():
        person = known[user_id]
        if asked_at is not None and person.seen_at > asked_at:
            continue
        if user.is_deleted and not person.is_deleted:
            deactivated.append(user_id)
        person.home_team_id = user.home_team_id
        person.name, person.email = user.name, user.email.lower()
        if person.time_zone != user.time_zone and person.morning_at is not None:
            # their mornings come at other instants from now on
            person.morning_at = now
        person.time_zone, person.seen_at = user.time_zone, described_at
        person.is_guest, person.is_external = user.is_guest, user.is_external
        person.is_bot, person.is_deleted = user.is_bot, user.is_deleted
        session.add(person)
    session.flush()
    return deactivated


def add_unknown(session: Session, workspace_id: str, user_ids: Collection[str], now: datetime) -> None:
    """Add the people who were never seen, to be filled in once Slack describes them."""
    query = select(Person.user_id).where(Person.workspace_id == workspace_id, col(Person.user_id).in_(user_ids))
    seen = session.exec(query).all()
    # in one order, so that two processes with the same people wait for each other instead of holding each other up
    new = sorted(set(user_ids).difference(seen))
    rows = [Person(workspace_id=workspace_id, user_id=user_id, seen_at=now) for user_id in new]
    insert_all_once(session, Person, [row.model_dump(exclude={"id"}) for row in rows])


def deactivate(session: Session, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Mark the person as deactivated. Return False when they are unknown, or were deactivated before."""
    query = select(Person).where(Person.workspace_id == workspace_id, Person.user_id == user_id)
    person = session.exec(fresh(query.with_for_update())).first()
    if person is None or person.is_deleted:
        return False
    person.is_deleted, person.seen_at = True, now
    session.add(person)
    session.flush()
    return True


def meet(session: Session, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Record the person's first contact with the bot. Return False if there was one before, or they may not use it."""
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
    return session.exec(_select_channel(workspace_id, channel_id)).first()


def get_or_add_channel(session: Session, workspace_id: str, channel_id: str, *, name: str = "") -> Channel:
    """Return the channel, stored first if it is new; a name, if given, replaces the old one."""
    channel = find_channel(session, workspace_id, channel_id)
    if channel is None:
        new = Channel(workspace_id=workspace_id, channel_id=channel_id)
        insert_once(session, Channel, new.model_dump(exclude={"id"}))
        channel = session.exec(_select_channel(workspace_id, channel_id)).one()
    if name:
        channel.name = name
    session.add(channel)
    session.flush()
    return channel


def _select_channel(workspace_id: str, channel_id: str) -> SelectOfScalar[Channel]:
    return select(Channel).where(Channel.workspace_id == workspace_id, Channel.channel_id == channel_id)


def _is_admin(workspace_id: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions of the workspace's admins who are not deactivated."""
    return (col(Person.workspace_id) == workspace_id, col(Person.right) == "admin", col(Person.is_deleted).is_(False))


# Reads and writes of how people want the messages that nobody asked for.


def of_people(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, Preference]:
    query = select(Preference).where(Preference.workspace_id == workspace_id, col(Preference.user_id).in_(user_ids))
    return {row.user_id: row for row in session.exec(query)}


def lock(session: Session, new: Preference) -> Preference:
    """Lock and return the person's row, stored as `new` if there was none."""
    insert_once(session, Preference, new.model_dump(exclude={"id"}))
    query = select(Preference).where(Preference.workspace_id == new.workspace_id, Preference.user_id == new.user_id)
    return session.exec(fresh(query.with_for_update())).one()


# People with responsibilities: an account, an open next action, a cadence, or a function that they lead.


def responsible_among(session: Session, workspace_id: str, user_ids: Collection[str]) -> set[str]:
    """The people among these who own or partner an account, have an open next action, facilitate or lead."""
    return _responsible(session, workspace_id, user_ids) if user_ids else set()


def responsible_deactivated(session: Session, workspace_id: str) -> set[str]:
    """The deactivated people who own or partner an account, have an open next action, facilitate or lead."""
    deactivated = select_columns(col(Person.user_id)).where(
        col(Person.workspace_id) == workspace_id, col(Person.is_deleted)
    )
    return _responsible(session, workspace_id, deactivated)


def taking_part_without_function(session: Session, workspace_id: str) -> set[str]:
    """The workspace's own active members without a function who are responsible for something, or are editor or admin.

    Responsible: who owns or partners an account, has an open next action, or facilitates or leads.
    """
    flags = (Person.is_bot, Person.is_deleted, Person.is_guest, Person.is_external)
    without_function = select_columns(col(Person.user_id)).where(
        col(Person.workspace_id) == workspace_id,
        col(Person.function).is_(None),
        *(col(flag).is_(False) for flag in flags),
    )
    by_right = session.execute(without_function.where(col(Person.right).in_(("admin", "editor")))).scalars()
    return _responsible(session, workspace_id, without_function).union(by_right)


def _responsible(session: Session, workspace_id: str, user_ids: Collection[str] | Select[Any]) -> set[str]:
    """Those of these people who have a listed account, an open next action at one, a cadence or a function."""
    roles = (Account.owner, Account.marketing_partner)
    of_accounts = [
        select_columns(col(role)).where(
            col(Account.workspace_id) == workspace_id, col(role).in_(user_ids), col(Account.list_status).in_(LISTED)
        )
        for role in roles
    ]
    of_actions = (
        select_columns(col(ActionRow.owner))
        .join(Account, col(Account.id) == col(ActionRow.account_id))
        .where(
            col(ActionRow.workspace_id) == workspace_id,
            col(ActionRow.owner).in_(user_ids),
            col(ActionRow.status) == "open",
            col(Account.list_status).in_(LISTED),
        )
    )
    of_cadences = select_columns(col(Cadence.facilitator)).where(
        col(Cadence.workspace_id) == workspace_id, col(Cadence.facilitator).in_(user_ids)
    )
    of_functions = select_columns(col(FunctionLead.user_id)).where(
        col(FunctionLead.workspace_id) == workspace_id, col(FunctionLead.user_id).in_(user_ids)
    )
    return set(session.execute(union(*of_accounts, *(of_actions, of_cadences, of_functions))).scalars())


def helpers(session: Session, workspace_id: str) -> list[tuple[str | None, str, bool]]:
    """(function, user id, is able) for each lead; (None, ...) for executives and partners of accounts who lead none.

    Able to help is an active full member who may record.
    """
    found = read_columns(session, _select_helpers(), {"workspace_id": workspace_id})
    return [(function, user_id, is_able) for function, user_id, is_able in found]


@cache
def _select_helpers() -> Select[Any]:
    """The rows of `helpers`: a person who leads several functions has one for each."""
    workspace_id: BindParameter[str] = bindparam("workspace_id")
    of_accounts = col(Account.workspace_id) == workspace_id
    roles = (col(Account.our_executive), col(Account.marketing_partner))
    named_by_accounts = union(*(select_columns(role).where(of_accounts, role.is_not(None)) for role in roles))
    is_led = and_(
        col(FunctionLead.workspace_id) == col(Person.workspace_id), col(FunctionLead.user_id) == col(Person.user_id)
    )
    flags = (Person.is_bot, Person.is_deleted, Person.is_guest, Person.is_external)
    is_able = and_(col(Person.right) != "observer", *(col(flag).is_(False) for flag in flags))
    columns: list[Any] = [col(FunctionLead.function), col(Person.user_id), is_able]
    query = select_columns(*columns).select_from(Person).outerjoin(FunctionLead, is_led)
    wanted = or_(col(FunctionLead.function).is_not(None), col(Person.user_id).in_(named_by_accounts))
    return query.where(col(Person.workspace_id) == workspace_id, wanted)


def accounts_that_may_have_asks(session: Session, workspace_id: str) -> list[Account]:
    """Named and paused accounts with an ask of a blocker or with a decision of a review, by id."""
    query = select_columns(Account).where(
        col(Account.workspace_id) == workspace_id,
        col(Account.list_status).in_(("named", "paused")),
        or_(cast(col(Account.asks), Text) != "[]", col(Account.decision).is_not(None)),
    )
    return list(session.scalars(query.order_by(col(Account.id))))


# Links between signals and contacts: the days of latest signals, and signals of people not known yet.

REPLACED = "counted otherwise until then ".ljust(200, ".")
"""Begins the sender's id of a row that keeps how a signal counted before; longer than any id a sender may give."""


@dataclass(frozen=True, slots=True)
class Link:
    """The person that a signal is linked to, None for nobody known, and the points that it then counts."""

    signal_id: int
    contact_id: int | None
    points: float


def people_called(session: Session, account_ids: Collection[int], emails: Collection[str]) -> list[ContactRow]:
    """The people at these accounts with one of these addresses, which are in lower case."""
    # by account, which has an index: addresses are stored as they were written, in whatever case
    query = select(ContactRow).where(
        col(ContactRow.account_id).in_(account_ids), func.lower(ContactRow.email).in_(emails)
    )
    return list(session.exec(query))


def note_days(session: Session, days: Mapping[int, date]) -> None:
    """Store the day of each person's latest signal, if it is later than the one known."""
    contact = table_of(ContactRow)
    is_later = or_(contact.c.signalled_on.is_(None), contact.c.signalled_on < bindparam("day"))
    statement = update(contact).where(contact.c.id == bindparam("person_id"), is_later)
    values = [{"person_id": contact_id, "day": day} for contact_id, day in days.items()]
    if values:
        session.connection().execute(statement.values(signalled_on=bindparam("day")), values)


def recompute_day(session: Session, contact_id: int, kinds: Collection[str]) -> None:
    """Recompute the day of the person's latest signal from signals of these kinds that still count."""
    query = select(func.max(SignalRow.happened_at)).where(
        SignalRow.contact_id == contact_id, col(SignalRow.taken_back_at).is_(None), col(SignalRow.kind).in_(kinds)
    )
    latest_at = session.exec(query).one()
    person = session.get(ContactRow, contact_id)
    if person is not None:
        person.signalled_on = latest_at.astimezone(UTC).date() if latest_at else None
        session.add(person)


def seen(
    session: Session, contact_ids: Collection[int], since: datetime, until: datetime
) -> list[tuple[int, str, datetime]]:
    """(contact id, kind, instant) of the signals of these people within [since, until) that were not taken back."""
    query = select(SignalRow.contact_id, SignalRow.kind, SignalRow.happened_at).where(
        col(SignalRow.contact_id).in_(contact_ids),
        SignalRow.happened_at >= since,
        SignalRow.happened_at < until,
        col(SignalRow.taken_back_at).is_(None),
    )
    return [(contact_id, kind, at) for contact_id, kind, at in session.exec(query) if contact_id is not None]


def signals_of_unknown_people(session: Session, pairs: Collection[tuple[int, str]]) -> list[SignalRow]:
    """Signals that count, of people not known at their accounts, by (account id, the sender's name for them)."""
    query = select(SignalRow).where(
        tuple_(col(SignalRow.account_id), col(SignalRow.person)).in_(pairs),
        OF_NOBODY,
        col(SignalRow.taken_back_at).is_(None),
    )
    return list(session.exec(query))


def of_contacts(session: Session, contact_ids: Collection[int]) -> list[SignalRow]:
    """The signals of these people that count."""
    query = select(SignalRow).where(col(SignalRow.contact_id).in_(contact_ids), col(SignalRow.taken_back_at).is_(None))
    return list(session.exec(query))


def link(session: Session, links: Sequence[Link], at: datetime) -> None:
    """Link at most 500 signals to people from the instant `at` on.

    A copy of each row, taken back at that instant, keeps how the signal counted before, for earlier reports.
    """
    signal = table_of(SignalRow)
    # one that counts only from `at` on has no earlier count to keep
    counted_before = signal.c.id.in_([each.signal_id for each in links]) & (signal.c.counts_since < at)
    replaced: dict[str, Any] = {
        "source_id": literal(REPLACED) + cast(signal.c.id, String) + literal(f" {at.isoformat()}"),
        "taken_back_at": literal(at, UTCDateTime),
        "is_replaced": literal(True),
    }
    names = [column.name for column in signal.c if column.name != "id"]
    as_it_was = select_columns(*(replaced.get(name, signal.c[name]) for name in names)).where(counted_before)
    session.execute(insert(signal).from_select(names, as_it_was))
    statement = (
        update(signal)
        .where(signal.c.id == bindparam("signal_id"))
        .values(contact_id=bindparam("person_id"), points=bindparam("new_points"), counts_since=at)
    )
    values = [{"signal_id": each.signal_id, "person_id": each.contact_id, "new_points": each.points} for each in links]
    session.connection().execute(statement, values)
