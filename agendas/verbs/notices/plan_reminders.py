"""Plan when people who were asked to prepare a review are reminded of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.program.settings import HOLIDAYS
from agendas.facts.reviews.preparing import Part
from agendas.rules.notices.profiles import reminds
from agendas.rules.notices.reminding import reminder_at, spread_reminders
from agendas.rules.notices.working_hours import WorkingHours
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import ranges_from
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.preparation import cutoff_of, preparation_of
from storage import people
from storage.preparing import reminders
from storage.tables import Asked, Cadence

BEFORE = timedelta(days=30)
"""Days away that ended longer ago matter to no reminder."""


def hours_of(
    session: Session, workspace_id: str, user_ids: Collection[str], now: datetime
) -> Mapping[str, WorkingHours]:
    """Return the working hours of those of these people who are known, by as many statements for many as for one."""
    holidays_of = str(settings_of(session, workspace_id).value(HOLIDAYS))
    away = ranges_from(session, workspace_id, user_ids, local_date(now - BEFORE, "UTC"))
    return {
        row.user_id: WorkingHours(row.time_zone, tuple(away.get(row.user_id, ())), holidays_of)
        for row in people.get_many(session, workspace_id, user_ids)
    }


def plan_reminders(session: Session, row: Cadence, asked: Sequence[Asked], now: datetime) -> None:
    """Write when each of these people, asked to prepare the next review of the cadence, is reminded; None for never."""
    cutoff = cutoff_of(row)
    waited_for = [each for each in asked if each.part == Part.MANDATORY.value]
    if cutoff is None or not waited_for or not reminds(preparation_of(row).reminding):
        return
    hours = hours_of(session, row.workspace_id, {each.user_id for each in waited_for}, now)
    at_once: dict[datetime, dict[str, list[Asked]]] = {}
    for each in sorted(waited_for, key=lambda each: each.user_id):
        found = hours.get(each.user_id)
        each.remind_at = reminder_at(found, asked_at=each.asked_at, cutoff=cutoff) if found else None
        if each.remind_at is not None:
            at_once.setdefault(each.remind_at, {}).setdefault(each.user_id, []).append(each)
    for at, rows in at_once.items():
        _spread(at, rows, hours)


def _spread(at: datetime, rows: Mapping[str, Sequence[Asked]], hours: Mapping[str, WorkingHours]) -> None:
    """Remind these people, of whom each has rows of their own, at a pace at which all can be."""
    people = [(hours[user_id], max(each.asked_at for each in theirs)) for user_id, theirs in rows.items()]
    for theirs, remind_at in zip(rows.values(), spread_reminders(at, people), strict=True):
        for each in theirs:
            each.remind_at = remind_at


def follow_move(session: Session, row: Cadence, now: datetime) -> None:
    """Let the reminders of the next review follow its time, of people who were not reminded yet and did not stop it."""
    if row.next_on is None:
        return
    asked = reminders.unreminded(session, row.row_id, row.next_on)
    for each in asked:
        each.remind_at = None
    plan_reminders(session, row, asked, now)
    session.add_all(asked)
