"""Settings of the program."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.account import EventFacts, Source
from agendas.facts.people import Author
from agendas.facts.program import (
    CALIBRATED,
    HOLIDAYS,
    SETTINGS,
    Calibration,
    LimitFrom,
    ProgramSettings,
    Setting,
    TrailSubject,
    Value,
)
from agendas.pages.admin import SettingChange
from agendas.rules.commands import refuse_contradictions, written
from agendas.rules.entries import as_history_has_it, uncorrected
from agendas.rules.measures import calibrated, days_by_limit, deal_stays
from agendas.text.dates import local_date
from agendas.verbs.fit import recompute_fit
from agendas.verbs.loading import event_facts, settings_of
from agendas.verbs.measures import stays_at
from agendas.verbs.reviews import replan_asking
from agendas.verbs.trail import note_change
from storage import measures, workspaces

# Calibrated limits of stages: worked out once a month from the stays of the last year, and kept with the settings.

STAY_KINDS = ("opportunity_changed", "list_changed", "corrected")
"""Kinds of events that the stays of deals follow from, with what takes them back."""

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything was recorded."""


def due_workspaces(session: Session, now: datetime) -> tuple[str, ...]:
    """Return the ids of the workspaces whose limits were not worked out in their running month."""
    return tuple(each.id for each in workspaces.active(session) if _is_due(session, each.id, now))


def work_out(session: Session, workspace_id: str, now: datetime) -> Calibration:
    """Return the limits that follow from what is known now; nothing is written."""
    zone = workspaces.zone(session, workspace_id)
    # without states: of the stays of accounts only those that ended count
    stays = stays_at(session, workspace_id, {}, now)
    histories: dict[int, list[EventFacts]] = defaultdict(list)
    for row in measures.of_kinds_between(session, workspace_id, STAY_KINDS, after=EVER, at=now):
        histories[row.account_id].append(event_facts(row))
    counted = (as_history_has_it(uncorrected(history)) for history in histories.values())
    of_deals = tuple(stay for history in counted for stay in deal_stays(history))
    days = days_by_limit(stays, of_deals, now=now, zone=zone)
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
        system = Author(workspace_id, "", Source.SYSTEM, now)
        before_noted, after_noted = ({CALIBRATED: each.to_store()} for each in (before.calibration, found))
        note_change(session, system, TrailSubject.SETTINGS, before=before_noted, after=after_noted)


def _is_due(session: Session, workspace_id: str, now: datetime) -> bool:
    """True once a calendar month: the limits were not calibrated in the current one."""
    on, zone = settings_of(session, workspace_id).calibration.on, workspaces.zone(session, workspace_id)
    today = local_date(now, zone)
    return on is None or (on.year, on.month) != (today.year, today.month)


# Change the program's settings: only those that somebody changed against what they were shown.

TOO_MUCH = "There is no room for all of this. Take something out."


def change_settings(
    session: Session,
    author: Author,
    wanted: Mapping[str, tuple[Value, Value]],
    *,
    seen: Mapping[str, Value] | None = None,
) -> tuple[SettingChange, ...]:
    """Change settings and return the changes; `wanted` holds the value shown and the one wanted, by key.

    `seen` holds what the author may see of values that are partly hidden. A setting that the author did not change
    stays as it is now. Raises FieldProblems for each setting that the author changed and somebody else gave another
    value meanwhile, and for each value that cannot be stored: then nothing is changed.
    """
    workspaces.lock(session, author.workspace_id)
    settings = settings_of(session, author.workspace_id)
    # what the author changed and that is not so already
    changes = [
        SettingChange(SETTINGS[key], settings.value(key), after)
        for key, (before, after) in wanted.items()
        if before != after != settings.value(key)
    ]
    in_force = {change.setting.key: change.before for change in changes} | dict(seen or {})
    # a list that is too long would be read as not set
    problems = {each.setting.key: TOO_MUCH for each in changes if each.setting.accepted(each.after) is None}
    problems |= {
        change.setting.key: f"Somebody made it {written(change.setting, in_force[change.setting.key])} while this form "
        "was open. Give it that value to leave it so, or close the form and open it anew."
        for change in changes
        if change.before != wanted[change.setting.key][0]
    }
    if problems:
        raise FieldProblems(problems)
    if not changes:
        return ()
    own = dict(settings.own) | {change.setting.key: change.after for change in changes}
    changed = settings.with_own(own)
    refuse_contradictions(changed, {change.setting.key for change in changes})
    workspaces.save_settings(session, author.workspace_id, changed.to_store())
    if any(change.setting.key.startswith("fit.weight.") for change in changes):
        session.flush()
        recompute_fit(session, author.workspace_id)
    if any(change.setting.key == HOLIDAYS for change in changes):
        session.flush()
        replan_asking(session, author.workspace_id)
    note_change(
        session,
        author,
        TrailSubject.SETTINGS,
        before={change.setting.key: _as_set(settings, change.setting, change.before) for change in changes},
        after={change.setting.key: _as_set(changed, change.setting, change.after) for change in changes},
    )
    return tuple(changes)


def _as_set(settings: ProgramSettings, setting: Setting, value: Value) -> Value | None:
    """Return the value for the audit trail; None where nobody set one and the calibrated limit was in force."""
    return None if settings.origin(setting.key) is LimitFrom.CALIBRATED else value


# The place whose public holidays nobody of a workspace works on.


def holidays_of(session: Session, workspace_id: str) -> str:
    return str(settings_of(session, workspace_id).value(HOLIDAYS))


def remove_workspace(session: Session, workspace_id: str, *, gone_at: datetime) -> bool:
    """Stop all work for the workspace. True when it did; False when the bot was installed there again since."""
    return workspaces.deactivate(session, workspace_id, gone_at=gone_at, is_removed=True)
