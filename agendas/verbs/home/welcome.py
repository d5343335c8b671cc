"""Reads for the first words to a person, and names for examples. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.answers import FirstWords
from agendas.verbs.loading.days_away import person_at
from agendas.verbs.loading.rows import is_member
from agendas.verbs.reads.people import admin_ids
from storage import accounts, people

SAMPLES = 2
"""Accounts that examples name."""


def first_words(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> FirstWords | None:
    """Return the facts of the first words to the person; None for somebody who may not use the bot."""
    row = people.find(session, workspace_id, user_id)
    if not is_member(row):
        return None
    samples = sample_names(session, workspace_id, user_id)
    return FirstWords(person_at(session, row, now), admin_ids(session, workspace_id), samples)


def sample_names(session: Session, workspace_id: str, user_id: str) -> tuple[str, ...]:
    """Return the names of up to two accounts of the list, those that the person owns or partners first."""
    own = [row.name for row in accounts.of_owner(session, workspace_id, user_id) if row.list_status == "named"]
    others = accounts.first_names(session, workspace_id, limit=SAMPLES) if len(own) < SAMPLES else []
    return tuple(dict.fromkeys([*own, *others]))[:SAMPLES]
