"""Link signals to contacts and recompute their points when contacts change."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.signals.engagement import BY_THE_PERSON, points
from agendas.verbs.record.follow_fit import Changed
from storage import imports, signal_people
from storage.signal_people import Link
from storage.tables import SignalRow


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person at an account, for whose title signals count."""

    id: int
    title: str


Known = Mapping[tuple[int, str], Somebody]
"""People by account and by what the senders of signals call them: the address in lower case."""


class DaysOfPeople:
    """Number of signals of a kind that each person had on each day in UTC: only so many of a day count."""

    def __init__(self, session: Session, people: Collection[Somebody], moments: Collection[datetime]) -> None:
        """As stored on the days of these moments."""
        self._seen: Counter[tuple[int, str, date]] = Counter()
        if people:
            since, until = _midnight(min(moments)), _midnight(max(moments)) + timedelta(days=1)
            found = signal_people.seen(session, {each.id for each in people}, since, until)
            self._seen.update((number, kind, day_of(at)) for number, kind, at in found)

    def points(self, kind: SignalKind, strength: SignalStrength, at: datetime, person: Somebody | None) -> float:
        """Return the points of one more signal, and count it among those of its day."""
        if person is None:
            return points(kind, strength, None)
        of_day = (person.id, kind.value, day_of(at))
        self._seen[of_day] += 1
        return points(kind, strength, person.title, seen_that_day=self._seen[of_day] - 1)


def known_people(session: Session, called: Collection[tuple[int, str]]) -> Known:
    """Return the people whom senders of signals call so, by (account, address)."""
    wanted = {pair for pair in called if pair[1]}
    if not wanted:
        return {}
    rows = signal_people.people_called(session, {number for number, _ in wanted}, {email for _, email in wanted})
    return {(row.account_id, row.email.casefold()): Somebody(row.row_id, row.title) for row in rows}


def follow_people(session: Session, changed: Changed, at: datetime, *, is_undo: bool = False) -> None:
    """Count signals, from that instant on, for the people who have their addresses since this change.

    Those of somebody who is gone are nobody's again. So are, where an entry is taken back, those that came to somebody
    by the address that it gave; whoever changes an address keeps the signals that came by the one before.
    """
    moved = {number: states for number, states in changed.items() if states[0].contacts != states[1].contacts}
    if not moved:
        return
    before, after = ({number: pair[place] for number, pair in moved.items()} for place in (0, 1))
    known, known_before = dict(_addresses(after)), dict(_addresses(before))
    stay = {contact.id for state in after.values() for contact in state.contacts}
    new = [pair for pair, person in known.items() if pair not in known_before or known_before[pair].id != person.id]
    gone = {contact.id for state in before.values() for contact in state.contacts} - stay
    dropped = {(*pair, person.id) for pair, person in known_before.items() if is_undo and pair not in known}
    rows = signal_people.called(session, new) if new else []
    of_those = gone | {person_id for *_, person_id in dropped}
    for row in signal_people.of_contacts(session, of_those) if of_those else ():
        if row.contact_id in gone or (row.account_id, row.person, row.contact_id) in dropped:
            rows.append(row)
    link(session, rows, known, at)


def link(session: Session, rows: Iterable[SignalRow], known: Known, at: datetime) -> None:
    """Count each of these signals, from that instant on, for the person it is called by, or for nobody."""
    told = sorted(rows, key=lambda row: (row.happened_at, row.row_id))
    found = [(row, known.get((row.account_id, row.person)) if row.person else None) for row in told]
    found = [(row, person) for row, person in found if row.contact_id != (person.id if person else None)]
    days = DaysOfPeople(session, {person for _, person in found if person}, [row.happened_at for row, _ in found])
    links = []
    latest: dict[int, date] = {}
    for row, person in found:
        kind = SignalKind(row.kind)
        worth = days.points(kind, SignalStrength(row.strength), row.happened_at, person)
        links.append(Link(row.row_id, person.id if person else None, worth))
        if person and kind in BY_THE_PERSON:
            latest[person.id] = day_of(row.happened_at)
    for part in _parts(links):
        signal_people.link(session, part, at)
    signal_people.note_days(session, latest)


def day_of(at: datetime) -> date:
    """Return the day of the instant in UTC."""
    return at.astimezone(UTC).date()


def _addresses(states: Mapping[int, AccountState]) -> Iterator[tuple[tuple[int, str], Somebody]]:
    for number, state in states.items():
        for contact in state.contacts:
            if contact.profile.email:
                email = contact.profile.email.casefold()
                yield (number, email), Somebody(contact.id, contact.profile.title)


def _parts(links: Sequence[Link]) -> Iterator[Sequence[Link]]:
    for start in range(0, len(links), imports.CHUNK_ROWS):
        yield links[start : start + imports.CHUNK_ROWS]


def _midnight(at: datetime) -> datetime:
    return datetime.combine(day_of(at), time(), tzinfo=UTC)
