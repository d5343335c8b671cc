"""Reads for the first words to a person and for the answer to a greeting. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.answers import FirstWords, Waiting
from agendas.text.days import local_date
from agendas.verbs.reads import fit_requests, open_reviews, work
from agendas.verbs.reads.people import admin_ids, facts_of
from storage import accounts, people

SAMPLES = 2
"""Accounts that examples name."""


def first_words(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> FirstWords | None:
    """Return the facts of the first words to the person; None for somebody who may not use the bot."""
    row = people.find(session, workspace_id, user_id)
    if row is None or row.is_deleted or row.is_bot or row.is_guest or row.is_external:
        return None
    samples = sample_names(session, workspace_id, user_id)
    return FirstWords(facts_of(row, now), admin_ids(session, workspace_id), samples)


def waiting_for(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> Waiting:
    """Return the work that waits for the person."""
    actions = work.actions_of(session, workspace_id, now=now, zone=zone, user_id=user_id)
    today = local_date(now, zone)
    return Waiting(
        actions=len(actions),
        late=sum(each.action.due_on < today for each in actions),
        scores=len(fit_requests.waiting_for(session, workspace_id, user_id)),
        reviews=tuple(open_reviews.in_workspace(session, workspace_id)),
        samples=sample_names(session, workspace_id, user_id),
    )


def sample_names(session: Session, workspace_id: str, user_id: str) -> tuple[str, ...]:
    """Return the names of up to two accounts of the list, those that the person owns or partners first."""
    own = [row.name for row in accounts.of_owner(session, workspace_id, user_id) if row.list_status == "named"]
    others = accounts.first_names(session, workspace_id, limit=SAMPLES) if len(own) < SAMPLES else []
    return tuple(dict.fromkeys([*own, *others]))[:SAMPLES]
