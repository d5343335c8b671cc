"""Calibrated limits of stages: worked out once a month from the stays of the last year, and kept with the settings."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, Source
from agendas.facts.people import Author
from agendas.facts.program.calibration import Calibration
from agendas.facts.program.settings import CALIBRATED
from agendas.facts.program.trail import TrailSubject
from agendas.rules.history.corrections import standing
from agendas.rules.history.deal_history import as_history_has_it
from agendas.rules.measures.calibration import DealStay, calibrated, days_by_limit, deal_stays
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.measures.stays import stays_at
from agendas.verbs.trail.note import note_change
from storage import workspaces
from storage.measures import history

TOLD_KINDS = ("opportunity_changed", "list_changed", "corrected")
"""Kinds of events that the stays of deals are told by, with what takes them back."""

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything was recorded."""


def due_workspaces(session: Session, now: datetime) -> tuple[str, ...]:
    """Return the ids of the workspaces whose limits were not worked out in their running month."""
    return tuple(each.id for each in workspaces.active(session) if _is_due(session, each.id, now))


def work_out(session: Session, workspace_id: str, now: datetime) -> Calibration:
    """Return the limits that follow from what is known now; nothing is written."""
    zone = workspaces.zone(session, workspace_id)
    stays = stays_at(session, workspace_id, {}, now)
    days = days_by_limit(stays, _stays_of_deals(session, workspace_id, now), now=now, zone=zone)
    return calibrated(days, local_date(now, zone))


def renew(session: Session, workspace_id: str, found: Calibration, now: datetime) -> None:
    """Keep the limits with the settings, unless that was done in this month; a changed one is noted in the trail."""
    workspaces.lock(session, workspace_id)
    if not _is_due(session, workspace_id, now):
        return
    before = settings_of(session, workspace_id)
    after = replace(before, calibration=found)
    workspaces.save_settings(session, workspace_id, after.to_store())
    if before.calibration.limits != found.limits:
        note_change(
            session,
            Author(workspace_id, "", Source.SYSTEM, now),
            TrailSubject.SETTINGS,
            before={CALIBRATED: before.calibration.to_store()},
            after={CALIBRATED: found.to_store()},
        )


def _is_due(session: Session, workspace_id: str, now: datetime) -> bool:
    on, today = (
        settings_of(session, workspace_id).calibration.on,
        local_date(now, workspaces.zone(session, workspace_id)),
    )
    return on is None or (on.year, on.month) != (today.year, today.month)


def _stays_of_deals(session: Session, workspace_id: str, now: datetime) -> tuple[DealStay, ...]:
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in history.of_kinds_between(session, workspace_id, TOLD_KINDS, after=EVER, at=now):
        told[row.account_id].append(event_facts(row))
    return tuple(stay for events in told.values() for stay in deal_stays(as_history_has_it(standing(events))))
