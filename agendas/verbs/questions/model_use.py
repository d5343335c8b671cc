"""The day's limits of questions to a language model, for each person and for the whole workspace."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from agendas.facts.program.settings import MODEL, MODEL_PERSON, MODEL_WORKSPACE
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from storage import workspaces
from storage.asked import model_use


class Allowance(StrEnum):
    """Answers to whether a question may be given to the model."""

    ALLOWED = "allowed"
    OFF = "off"
    """An admin turned the model off."""
    PERSON_LIMIT = "person_limit"
    WORKSPACE_LIMIT = "workspace_limit"
    TOLD = "told"
    """A limit is reached, and the person was told so today."""


def is_on(session: Session, workspace_id: str) -> bool:
    """Return whether the workspace lets a model read questions."""
    return settings_of(session, workspace_id).value(MODEL) == "on"


def take(session: Session, workspace_id: str, user_id: str, now: datetime) -> Allowance:
    """Count a question that the person gives to the model, if today's limits allow it."""
    settings = settings_of(session, workspace_id)
    if settings.value(MODEL) != "on":
        return Allowance.OFF
    today = _today(session, workspace_id, now)
    use = model_use.locked(session, workspace_id, user_id, today)
    reached = None
    if use.asked >= settings.number(MODEL_PERSON):
        reached = Allowance.PERSON_LIMIT
    elif model_use.asked_on(session, workspace_id, today) >= settings.number(MODEL_WORKSPACE):
        reached = Allowance.WORKSPACE_LIMIT
    if reached is None:
        use.asked += 1
    elif use.was_told:
        reached = Allowance.TOLD
    use.was_told = use.was_told or reached is not None
    session.add(use)
    return reached or Allowance.ALLOWED


def count_read(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    """Count a question that the model read."""
    use = model_use.locked(session, workspace_id, user_id, _today(session, workspace_id, now))
    use.was_read += 1
    session.add(use)


def _today(session: Session, workspace_id: str, now: datetime) -> date:
    return local_date(now, workspaces.zone(session, workspace_id))
