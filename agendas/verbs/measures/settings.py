"""The program's settings as they were at an instant, from those in force and the audit trail of what changed since."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.program.settings import ProgramSettings
from agendas.facts.program.trail import TrailSubject
from agendas.verbs.loading.load_facts import settings_of
from storage.audit import entries
from storage.measures import months


def settings_at(session: Session, workspace_id: str, at: datetime) -> ProgramSettings:
    """Return the settings that were in force at an instant, which is past, as kept with a month that ended then."""
    month = months.latest(session, workspace_id, at)
    if month is not None and month.ended_at == at:
        return ProgramSettings.of(month.settings)
    stored = settings_of(session, workspace_id).to_store()
    for entry in reversed(entries.of_subject(session, workspace_id, TrailSubject.SETTINGS.value)):
        if entry.at > at:
            stored |= entry.before or {}
    known = ProgramSettings.of(stored)
    return known.with_own(dict(known.own))
