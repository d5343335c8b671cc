"""Reads of our own people: their function and right, and what is theirs in numbers. Nothing here writes."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from agendas.facts.found.members import MemberFacts
from agendas.facts.people import Function, PersonFacts
from agendas.text.days import local_date
from agendas.text.spelling import has_words, plain_words
from agendas.verbs.reads import work
from agendas.verbs.reads.people import list_people
from storage import accounts, people


def members(
    session: Session, workspace_id: str, *, words: str = "", user_ids: Collection[str] = (), now: datetime
) -> tuple[PersonFacts, ...]:
    """Return the active members by name: of these people those whose name, function, right or `away` has the words."""
    wanted = plain_words(words)
    found = list_people(session, workspace_id, now=now)
    return tuple(
        each for each in found if (not user_ids or each.user_id in user_ids) and has_words(_told_of(each), wanted)
    )


def _told_of(person: PersonFacts) -> str:
    away = " away" if person.is_away else ""
    return f"{person.name} {(person.function or '').replace('_', ' ')} {person.right}{away}"


def member(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> MemberFacts:
    """Return the person with their accounts, what they lead, and the number of their open next actions."""
    user_id, today = person.user_id, local_date(now, person.time_zone)
    rows = accounts.of_owner(session, workspace_id, user_id, or_executive=True)
    led = people.led_by(session, workspace_id, user_id)
    actions = work.actions_of(session, workspace_id, now=now, zone=person.time_zone, user_id=user_id)
    return MemberFacts(
        person=person,
        leads=tuple(each for each in Function if each in led),
        owned=tuple(row.name for row in rows if row.owner == user_id),
        partnered=tuple(row.name for row in rows if row.marketing_partner == user_id and row.owner != user_id),
        executive_of=tuple(row.name for row in rows if row.our_executive == user_id and row.owner != user_id),
        open_actions=len(actions),
        late_actions=sum(each.action.due_on < today for each in actions),
    )
