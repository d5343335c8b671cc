"""Load who is away on a day, and people with it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import PersonFacts
from agendas.facts.reviews.preparing import Away
from agendas.rules.preparing.stand_in import longest, stands_in
from agendas.text.days import local_date
from agendas.verbs.loading.rows import can_answer, person_facts
from storage import people
from storage.preparing import days_away
from storage.tables import DaysAway, Person

A_DAY = timedelta(days=1)


def away_facts(row: DaysAway) -> Away:
    """Return the stored days away as facts."""
    return Away(row.user_id, row.from_on, row.until_on, row.stand_in, row.name, row.row_id)


def away_on(session: Session, workspace_id: str, user_ids: Collection[str], on: date) -> Mapping[str, Away]:
    """Return the days away of those of these people, and of their stand-ins, who are away on the local day `on`.

    Where several ranges cover the day, the longest counts. Each has an entry while everybody is away. A stand-in who
    is deactivated or may not record is left out of the entry, one who is away too has an entry.
    """
    return _away(session, workspace_id, dict.fromkeys(user_ids, on))


def people_at(session: Session, rows: Sequence[Person], now: datetime) -> tuple[PersonFacts, ...]:
    """Return stored people of one workspace as facts; absence is judged by the date in each one's zone."""
    if not rows:
        return ()
    away = _away(session, rows[0].workspace_id, {row.user_id: local_date(now, row.time_zone) for row in rows})
    return tuple(_with_absence(row, away) for row in rows)


def person_at(session: Session, row: Person, now: datetime) -> PersonFacts:
    """Return the stored person as facts; absence is judged by the date in the person's zone."""
    return people_at(session, [row], now)[0]


def absent_among(
    session: Session, workspace_id: str, user_ids: Collection[str | None], now: datetime
) -> tuple[PersonFacts, ...]:
    """Return those of these people who are away now, in the order given; nobody deactivated."""
    wanted = {user_id: None for user_id in user_ids if user_id}
    today = local_date(now, "UTC")
    around = {*wanted, days_away.EVERYBODY}
    if not wanted or not days_away.between(session, workspace_id, today - A_DAY, today + A_DAY, user_ids=around):
        return ()
    found = people_at(session, people.get_many(session, workspace_id, wanted), now)
    absent = {each.user_id: each for each in found if each.is_away and not each.is_deleted}
    return tuple(absent[user_id] for user_id in wanted if user_id in absent)


def ranges_from(
    session: Session, workspace_id: str, user_ids: Collection[str], first: date
) -> Mapping[str, list[Away]]:
    """Return the days away of each of these people that are not over on `first`, with those of everybody."""
    rows = days_away.not_over(session, workspace_id, first, user_ids={*user_ids, days_away.EVERYBODY})
    everybody = [away_facts(row) for row in rows if row.user_id == days_away.EVERYBODY]
    found = {user_id: list(everybody) for user_id in user_ids}
    for row in rows:
        if row.user_id in found:
            found[row.user_id].append(away_facts(row))
    return found


def everyone_away(session: Session, workspace_id: str) -> tuple[Away, ...]:
    """Return all days on which everybody is away, those that are over too."""
    found = days_away.between(session, workspace_id, date.min, date.max, user_ids=(days_away.EVERYBODY,))
    return tuple(map(away_facts, found))


def _with_absence(row: Person, away: Mapping[str, Away]) -> PersonFacts:
    entry = away.get(row.user_id)
    if entry is None:
        return person_facts(row)
    found = person_facts(row, is_away=True)
    return replace(found, away_until=entry.until_on, stand_in=stands_in(row.user_id, away))


def _away(session: Session, workspace_id: str, days: Mapping[str, date]) -> dict[str, Away]:
    """Return who is away of these people, each on a local day of their own, and of their stand-ins."""
    if not days:
        return {}
    # a stand-in's own day may be the one before or after
    first, last = min(days.values()) - A_DAY, max(days.values()) + A_DAY
    ranges: dict[str, list[Away]] = {}
    for row in days_away.between(session, workspace_id, first, last):
        ranges.setdefault(row.user_id, []).append(away_facts(row))
    if not ranges:
        return {}
    found = _covering(ranges, days)
    standing_in = {entry.stand_in: on for user_id, on in days.items() if (entry := found.get(user_id))}
    able = _able(session, workspace_id, standing_in.keys() - {""})
    entries = _covering(ranges, {**{each: on for each, on in standing_in.items() if each in able}, **days})
    return {
        user_id: entry if entry.stand_in in able else replace(entry, stand_in="") for user_id, entry in entries.items()
    }


def _covering(ranges: Mapping[str, Iterable[Away]], days: Mapping[str, date]) -> dict[str, Away]:
    everybody = ranges.get(days_away.EVERYBODY, ())
    found = {}
    for user_id, on in days.items():
        entry = longest(each for each in (*ranges.get(user_id, ()), *everybody) if each.covers(on))
        if entry is not None:
            found[user_id] = entry
    return found


def _able(session: Session, workspace_id: str, user_ids: Collection[str]) -> frozenset[str]:
    """Return those of these people who may record."""
    if not user_ids:
        return frozenset()
    return frozenset(row.user_id for row in people.get_many(session, workspace_id, user_ids) if can_answer(row))
