"""Load whom a person stands in for, and the accounts that are theirs meanwhile."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.reviews.preparing import Away
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import A_DAY, away_facts, people_at
from storage import accounts, people
from storage.preparing import days_away
from storage.tables import Account


def standing_for(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[Away, ...]:
    """Return the days of those people whom the person stands in for now, who are away by the day where they are.

    Nobody stands in while they are away themselves, deactivated, or may not record.
    """
    today = local_date(now, zone)
    rows = days_away.stood_in_for(session, workspace_id, user_id, first=today - A_DAY, last=today + A_DAY)
    if not rows:
        return ()
    absent = people_at(session, people.get_many(session, workspace_id, {row.user_id for row in rows}), now)
    until = {each.user_id: each.away_until for each in absent if each.stand_in == user_id and not each.is_deleted}
    return tuple(away_facts(row) for row in rows if row.until_on == until.get(row.user_id))


def own_days_on(session: Session, workspace_id: str, user_id: str, on: date) -> tuple[Away, ...]:
    """Return the days for which the person is away on that day, as they said them."""
    return tuple(map(away_facts, days_away.between(session, workspace_id, on, on, user_ids=(user_id,))))


def accounts_of(
    session: Session, workspace_id: str, user_ids: Iterable[str], *, or_executive: bool = False, most: int | None = None
) -> list[Account]:
    """Return the accounts of the list that these people own or partner, each once: those of the first one first."""
    found: dict[int, Account] = {}
    for user_id in user_ids:
        for row in accounts.of_owner(session, workspace_id, user_id, or_executive=or_executive, most=most):
            found.setdefault(row.row_id, row)
    return list(found.values())


def theirs_too(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[str, ...]:
    """Return the person's user id, and those of the people whom they stand in for now."""
    standing = standing_for(session, workspace_id, user_id, now=now, zone=zone)
    return (user_id, *dict.fromkeys(each.user_id for each in standing))
