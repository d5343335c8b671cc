"""The place whose public holidays nobody of a workspace works on."""

from sqlmodel import Session

from agendas.facts.program.settings import HOLIDAYS
from agendas.verbs.loading.load_facts import settings_of


def holidays_of(session: Session, workspace_id: str) -> str:
    """Return the place, '' for none."""
    return str(settings_of(session, workspace_id).value(HOLIDAYS))
