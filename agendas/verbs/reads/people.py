"""Reads of the people of a workspace: rights, functions and absences. Nothing here writes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import Function, Lead, PersonFacts
from agendas.rules.access.colleagues import Colleague, Colleagues
from agendas.rules.access.rights import Deed, may
from agendas.rules.fit.score import criteria_of
from agendas.rules.fit.stand_ins import stand_ins
from agendas.verbs.loading.days_away import people_at, person_at
from agendas.verbs.loading.leads import leads_of
from storage import people

UNKNOWN_PERSON = "That person is not known here. Ask them to write to Cadence once, then try again."


@dataclass(frozen=True, slots=True)
class Scorer:
    """A person who is asked to score, and the functions for which."""

    person: PersonFacts
    functions: tuple[Function, ...]


def list_people(session: Session, workspace_id: str, *, now: datetime) -> tuple[PersonFacts, ...]:
    """Return the workspace's active members by name, without guests and people of other companies."""
    rows = people.members(session, workspace_id)
    here = [row for row in rows if not (row.is_deleted or row.is_guest or row.is_external)]
    return people_at(session, here, now)


def colleagues(session: Session, workspace_id: str) -> Colleagues:
    """The members who can be in charge of an account: not guests, people of other companies, or deactivated."""
    return Colleagues(
        Colleague(person.user_id, person.name, person.email)
        for person in people.members(session, workspace_id)
        if not (person.is_guest or person.is_external or person.is_deleted)
    )


def scorers(session: Session, workspace_id: str, *, now: datetime) -> tuple[Scorer, ...]:
    """Return the people asked to score: active members with a function who may nominate and are not away, by name.

    For a function of which there is none, its lead.
    """
    own = _with_function(session, workspace_id, now)
    standing_in = stand_ins(leads_of(session, workspace_id, now=now), own)
    leading = people_at(session, people.get_many(session, workspace_id, standing_in), now)
    known = {each.user_id: Scorer(each, (each.function,)) for each in own if each.function}
    for each in leading:
        functions = known[each.user_id].functions if each.user_id in known else ()
        known[each.user_id] = Scorer(each, (*functions, *standing_in[each.user_id]))
    return tuple(sorted(known.values(), key=lambda each: each.person.name.lower()))


def functions_to_score(
    session: Session, workspace_id: str, person: PersonFacts, *, now: datetime
) -> tuple[Function, ...]:
    """Return the functions for which the person scores: their own, and those that they stand in for as lead."""
    led = stand_ins(leads_of(session, workspace_id, now=now), _with_function(session, workspace_id, now))
    return (*((person.function,) if person.function else ()), *led.get(person.user_id, ()))


def _with_function(session: Session, workspace_id: str, now: datetime) -> tuple[PersonFacts, ...]:
    everybody = people_at(session, people.with_function(session, workspace_id), now)
    return tuple(each for each in everybody if criteria_of(each.function) and may_be_asked(each))


def may_be_asked(person: PersonFacts) -> bool:
    """Return true if the person can answer a question about an account now."""
    return may(person, Deed.NOMINATE) and not person.is_away


def people_and_leads(
    session: Session, workspace_id: str, *, now: datetime
) -> tuple[tuple[PersonFacts, ...], tuple[Lead, ...]]:
    """Return the workspace's active members, and who leads each function."""
    return list_people(session, workspace_id, now=now), leads_of(session, workspace_id, now=now)


def person_with_leads(
    session: Session, workspace_id: str, user_id: str, *, now: datetime
) -> tuple[PersonFacts, tuple[Function, ...]]:
    """Return one person and the functions that they lead. Raises Outdated for somebody never seen."""
    led = people.led_by(session, workspace_id, user_id)
    person = get_person(session, workspace_id, user_id, now=now)
    return person, tuple(function for function in Function if function in led)


def get_person(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> PersonFacts:
    """Return one person. Raises Outdated for somebody never seen."""
    row = people.find(session, workspace_id, user_id)
    if row is None:
        raise Outdated(UNKNOWN_PERSON)
    return person_at(session, row, now)


def admin_ids(session: Session, workspace_id: str) -> tuple[str, ...]:
    """Return the user ids of the admins."""
    return tuple(row.user_id for row in people.admins(session, workspace_id))


def members_among(session: Session, workspace_id: str, user_ids: Collection[str]) -> tuple[str, ...]:
    """Return those of these people who are known as full members of this workspace."""
    rows = [people.find(session, workspace_id, user_id) for user_id in user_ids]
    outside = [row for row in rows if row and (row.is_guest or row.is_external or row.is_deleted or row.is_bot)]
    return tuple(row.user_id for row in rows if row and row not in outside)
