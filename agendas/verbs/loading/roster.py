"""The roster of a review: taken when it opens, and read with who is away now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.preparing import OnRoster, Part, Participant
from agendas.rules.preparing.waiting import WhoIsThere, waiting_for
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import away_on
from agendas.verbs.loading.participants import participants
from agendas.verbs.loading.told_since_asked import signals_as_notes, with_asked
from storage import people, reviews
from storage.preparing import asked_people
from storage.tables import Cadence, Review
from storage.tables.types import JsonValue


def roster_at_opening(
    session: Session, cadence: Cadence, planned_on: date, *, at: datetime, now: datetime
) -> JsonValue:
    """Return who was asked to prepare the review held `at`, and who of its people was away, as a review stores them.

    [user id, part, user id stood in for or ''], and of those away the last day as ISO date. Nothing where nobody was.
    """
    asked = asked_people.of_occurrence(session, cadence.row_id, planned_on)
    if not asked:
        return []
    found = participants(session, [cadence], now=now, at={cadence.row_id: at})[cadence.row_id]
    away = [_away(each) for each in found if each.away is not None]
    return [*([row.user_id, row.part, row.for_user_id] for row in asked if row.user_id not in _users(away)), *away]


def roster_of(review: Review) -> tuple[OnRoster, ...]:
    """Return the stored roster; parts of a later version count as optional."""
    known = set(Part)
    return tuple(
        OnRoster(
            user_id=user_id,
            part=Part(part) if part in known else Part.OPTIONAL,
            for_user_id=for_user_id,
            away_until=date.fromisoformat(until[0]) if until else None,
        )
        for user_id, part, for_user_id, *until in review.roster or ()
    )


def with_waited_for(
    session: Session, review: Review, found: Mapping[int, AgendaFacts], now: datetime
) -> dict[int, AgendaFacts]:
    """Return the facts of accounts of an open review with whose word is waited for, and who of their people is away."""
    roster = roster_of(review)
    named = {user for each in found.values() for user in _people_of(each)} | {each.user_id for each in roster}
    today = local_date(now, review.zone)
    away = away_on(session, review.workspace_id, named, today) if named else {}
    gone = people.deactivated(session, review.workspace_id, {each.user_id for each in roster}) if roster else ()
    there = WhoIsThere(roster, {user: each.until_on for user, each in away.items() if user in named}, gone)
    told = _told(session, review, _with_signals(session, found, now), now)
    waiting = {account_id: waiting_for(facts, there) for account_id, facts in told.items()}
    return {
        account_id: replace(facts, missing_updates_from=waiting[account_id].people, away=waiting[account_id].away)
        for account_id, facts in found.items()
    }


def _with_signals(session: Session, found: Mapping[int, AgendaFacts], now: datetime) -> dict[int, AgendaFacts]:
    """Return the facts with the signals that people noted of accounts with a marketing partner, who is asked for it."""
    partnered = [account_id for account_id, facts in found.items() if facts.account.profile.marketing_partner]
    told = dict(found)
    for each in signals_as_notes(session, partnered, now):
        told[each.account_id] = replace(told[each.account_id], events=(*told[each.account_id].events, each))
    return told


def _told(session: Session, review: Review, found: Mapping[int, AgendaFacts], now: datetime) -> dict[int, AgendaFacts]:
    """Return the facts with what answers the people who were asked to prepare this review."""
    cadence = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    asked_at = asked_people.first_asked_at(session, cadence.row_id, review.planned_on) if cadence else None
    if cadence is None or asked_at is None:
        return dict(found)
    known = [event for facts in found.values() for event in facts.events]
    told = with_asked(session, sorted(found), known, asked_at, now=now)
    return {
        each: replace(facts, events=tuple(told.of(each, asked_at, cadence.created_at))) for each, facts in found.items()
    }


def _people_of(facts: AgendaFacts) -> Iterable[str]:
    profile = facts.account.profile
    return (user for user in (profile.owner, profile.marketing_partner, profile.our_executive) if user)


def _users(rows: Iterable[list[str]]) -> set[str]:
    return {row[0] for row in rows}


def _away(person: Participant) -> list[str]:
    until = person.away.until_on.isoformat() if person.away else ""
    return [person.user_id, person.part.value, "", until]
