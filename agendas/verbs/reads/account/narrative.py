"""Reads of an account's narrative and its earlier versions. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.narrative import NarrativeVersion, NarrativeWritten
from agendas.pages.accounts.narrative import NarrativeFacts
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads.accounts import get_account
from storage import events


def account_narrative(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str
) -> NarrativeFacts:
    """Return the account's narrative with all its versions. Raises Outdated when the account does not exist."""
    row = get_account(session, workspace_id, account_id)
    stored = events.of_kinds(session, account_id, ("narrative_written", "corrected"))
    written = (event for event in standing(map(event_facts, stored)) if isinstance(event.change, NarrativeWritten))
    versions = tuple(
        NarrativeVersion(event.change.narrative, number, event.happened_at, event.actor)
        for number, event in enumerate(written, start=1)
        if isinstance(event.change, NarrativeWritten)
    )
    settings = settings_of(session, workspace_id)
    return NarrativeFacts(account_state(row), versions, settings, now, zone, local_date(now, zone))
