"""Links between signals and contacts: the days of latest signals, and signals of people not known yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, func, insert, literal, select, tuple_, update
from sqlmodel import Session, col
from sqlmodel import select as select_objects

from storage.tables import ContactRow, SignalRow
from storage.tables.subjects import OF_NOBODY
from storage.tables.types import UTCDateTime, table_of

REPLACED = "counted otherwise until then ".ljust(200, ".")
"""The beginning of the id of a row that keeps how a signal counted before: longer than any that a sender may give."""


@dataclass(frozen=True, slots=True)
class Link:
    """The points that a signal counts as one of this person, None for nobody known."""

    signal_id: int
    contact_id: int | None
    points: float


def people_called(session: Session, account_ids: Collection[int], emails: Collection[str]) -> list[ContactRow]:
    """The people at these accounts with one of these addresses, which are in lower case."""
    # by account, which has an index: addresses are stored as they were written, in whatever case
    query = select_objects(ContactRow).where(
        col(ContactRow.account_id).in_(account_ids), func.lower(ContactRow.email).in_(emails)
    )
    return list(session.exec(query))


def note_days(session: Session, days: Mapping[int, date]) -> None:
    """Store the day of each person's latest signal, if it is later than the one known."""
    contact = table_of(ContactRow)
    known = func.coalesce(contact.c.signalled_on, date.min)
    statement = (
        update(contact)
        .where(contact.c.id == bindparam("number"), known < bindparam("day"))
        .values(signalled_on=bindparam("day"))
    )
    if days:
        session.connection().execute(statement, [{"number": number, "day": day} for number, day in days.items()])


def note_day_anew(session: Session, contact_id: int, kinds: Collection[str]) -> None:
    """Recompute the day of the person's latest signal from those of these kinds that stand."""
    query = select_objects(func.max(SignalRow.happened_at)).where(
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
    """(person, kind, when) of the signals of these people within [since, until)."""
    query = select_objects(SignalRow.contact_id, SignalRow.kind, SignalRow.happened_at).where(
        col(SignalRow.contact_id).in_(contact_ids),
        SignalRow.happened_at >= since,
        SignalRow.happened_at < until,
        col(SignalRow.taken_back_at).is_(None),
    )
    return [(number, kind, at) for number, kind, at in session.exec(query) if number is not None]


def called(session: Session, pairs: Collection[tuple[int, str]]) -> list[SignalRow]:
    """The signals that count, of people not known at their accounts, by (account, what the sender calls the person)."""
    query = select_objects(SignalRow).where(
        tuple_(col(SignalRow.account_id), col(SignalRow.person)).in_(pairs),
        OF_NOBODY,
        col(SignalRow.taken_back_at).is_(None),
    )
    return list(session.exec(query))


def of_contacts(session: Session, contact_ids: Collection[int]) -> list[SignalRow]:
    """The signals of these people that count."""
    query = select_objects(SignalRow).where(
        col(SignalRow.contact_id).in_(contact_ids), col(SignalRow.taken_back_at).is_(None)
    )
    return list(session.exec(query))


def link(session: Session, links: Sequence[Link], at: datetime) -> None:
    """Link at most 500 signals from that instant on, keeping how each counted until then."""
    signal = table_of(SignalRow)
    until_then = signal.c.id.in_([each.signal_id for each in links]) & (signal.c.counts_since < at)
    instead: dict[str, Any] = {
        "source_id": literal(REPLACED) + cast(signal.c.id, String) + literal(f" {at.isoformat()}"),
        "taken_back_at": literal(at, UTCDateTime),
        "is_replaced": literal(True),
    }
    names = [column.name for column in signal.c if column.name != "id"]
    as_it_was = select(*(instead.get(name, signal.c[name]) for name in names)).where(until_then)
    session.execute(insert(signal).from_select(names, as_it_was))
    statement = (
        update(signal)
        .where(signal.c.id == bindparam("number"))
        .values(contact_id=bindparam("of"), points=bindparam("worth"), counts_since=at)
    )
    values = [{"number": each.signal_id, "of": each.contact_id, "worth": each.points} for each in links]
    session.connection().execute(statement, values)
