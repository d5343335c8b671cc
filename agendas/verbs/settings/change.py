"""Change the program's settings: only those that somebody changed against what they were shown."""

from collections.abc import Mapping

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.people import Author
from agendas.facts.program.setting import Setting, Value
from agendas.facts.program.settings import HOLIDAYS, SETTINGS, LimitFrom, ProgramSettings
from agendas.facts.program.trail import TrailSubject
from agendas.pages.admin.settings import SettingChange
from agendas.rules.commands.settings import refuse_contradictions, written
from agendas.verbs.fit.score import refit
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.reviews.next_date import plan_asking_anew
from agendas.verbs.trail.note import note_change
from storage import workspaces


def change_settings(
    session: Session, author: Author, wanted: Mapping[str, tuple[Value, Value]]
) -> tuple[SettingChange, ...]:
    """Change settings and return the changes; `wanted` holds the value shown and the one wanted, by key.

    A value that was shown and is wanted still is left as it is now. Raises FieldProblems beside each setting that
    somebody gave a third value meanwhile: then nothing is changed.
    """
    workspaces.lock(session, author.workspace_id)
    settings = settings_of(session, author.workspace_id)
    changes = [
        SettingChange(SETTINGS[key], settings.value(key), after)
        for key, (before, after) in wanted.items()
        if before != after != settings.value(key)
    ]
    _refuse_overtaken(changes, wanted)
    if not changes:
        return ()
    own = dict(settings.own) | {change.setting.key: change.after for change in changes}
    changed = settings.with_own(own)
    refuse_contradictions(changed, {change.setting.key for change in changes})
    workspaces.save_settings(session, author.workspace_id, changed.to_store())
    if any(change.setting.key.startswith("fit.weight.") for change in changes):
        session.flush()
        refit(session, author.workspace_id)
    if any(change.setting.key == HOLIDAYS for change in changes):
        session.flush()
        plan_asking_anew(session, author.workspace_id)
    note_change(
        session,
        author,
        TrailSubject.SETTINGS,
        before={change.setting.key: _as_set(settings, change.setting, change.before) for change in changes},
        after={change.setting.key: _as_set(changed, change.setting, change.after) for change in changes},
    )
    return tuple(changes)


def _as_set(settings: ProgramSettings, setting: Setting, value: Value) -> Value | None:
    """Return the value as the trail has it; None where nobody set one and the calibrated limit was in force."""
    return None if settings.origin(setting.key) is LimitFrom.CALIBRATED else value


def _refuse_overtaken(changes: list[SettingChange], wanted: Mapping[str, tuple[Value, Value]]) -> None:
    overtaken = {
        change.setting.key: f"Somebody made it {written(change.setting, change.before)} while this form was open. "
        "Give it that value to leave it so, or close the form and open it anew."
        for change in changes
        if change.before != wanted[change.setting.key][0]
    }
    if overtaken:
        raise FieldProblems(overtaken)
