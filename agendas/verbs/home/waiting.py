"""Asks and blockers that wait for a person, and their numbers for a greeting. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.answers import AccountAsk, AccountBlocker, Waiting
from agendas.facts.people import PersonFacts
from agendas.text.days import local_date
from agendas.verbs.home.home_facts import asks_of, blockers_for
from agendas.verbs.home.welcome import sample_names
from agendas.verbs.reads import fit_requests, work
from agendas.verbs.reads.reviews import open_reviews


def asks_and_blockers(
    session: Session, workspace_id: str, person: PersonFacts, *, now: datetime
) -> tuple[tuple[AccountAsk, ...], tuple[AccountBlocker, ...]]:
    """Return the open asks of the person that no next action of theirs stands for, and the blockers for them."""
    actions = work.actions_of(session, workspace_id, now=now, zone=person.time_zone, user_id=person.user_id)
    asks = tuple(asks_of(session, workspace_id, person.user_id, actions))
    return asks, blockers_for(session, workspace_id, person)


def waiting_for(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> Waiting:
    """Return the work that waits for the person."""
    zone, user_id = person.time_zone, person.user_id
    actions = work.actions_of(session, workspace_id, now=now, zone=zone, user_id=user_id)
    today = local_date(now, zone)
    return Waiting(
        actions=len(actions),
        late=sum(each.action.due_on < today for each in actions),
        asks=len(list(asks_of(session, workspace_id, user_id, actions))),
        blockers=len(blockers_for(session, workspace_id, person)),
        scores=len(fit_requests.to_score(session, workspace_id, person, now=now)),
        reviews=tuple(open_reviews.in_workspace(session, workspace_id)),
        samples=sample_names(session, workspace_id, user_id),
    )
