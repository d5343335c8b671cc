"""The cadence of a channel: schedule it, skip or move one occurrence, pause and resume it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import NotPlanned, Outdated, Refused
from agendas.facts.people import Author
from agendas.facts.program.health import PauseReason
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind, CadenceWish, OccurrenceChange
from agendas.facts.reviews.sections import sections_of
from agendas.rendering.filters import day
from agendas.rules.reviews.rhythms import wanted_more_often
from agendas.rules.reviews.schedule import (
    is_planned,
    left_out,
    local_instant,
    next_occurrence,
    skipped_ahead,
    upcoming,
)
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.plan import plan_of, slot_of
from agendas.verbs.loading.preparation import preparation_of
from agendas.verbs.loading.rows import change_facts
from agendas.verbs.notices.leading import tell_facilitator
from agendas.verbs.reviews.announce import announce
from agendas.verbs.reviews.cadences.preparation import keep_preparation
from agendas.verbs.reviews.cadences.trail import occurrence_trail, trail
from agendas.verbs.reviews.next_date import plan_next
from agendas.verbs.reviews.scope import OF_NO_ACCOUNT, scope_to_store
from agendas.verbs.trail.note import note_change
from storage import people, reviews, workspaces
from storage.tables import Cadence, CadenceChange

NO_CADENCE = "This channel has no cadence yet. Set one with /review schedule."
PLANNED_ANEW = "This channel's reviews are planned anew. See the next dates with /review."
TAKEN = "Another review of this channel is planned at that time."


def schedule(session: Session, author: Author, channel_id: str, wish: CadenceWish) -> CadenceFacts:
    """Schedule or change the channel's cadence. The anchor moves only if the wish names another one."""
    # there may be no cadence yet to be locked, so that two would make one each
    workspaces.lock(session, author.workspace_id)
    row = reviews.cadence_of(session, author.workspace_id, channel_id, lock=True)
    before, led_by = (trail(row), row.facilitator) if row else (None, "")
    if row is None:
        row = Cadence(
            workspace_id=author.workspace_id,
            channel_id=channel_id,
            rhythm=wish.plan.rhythm.value,
            anchor_on=wish.plan.anchor_on,
            local_time=wish.plan.local_time,
            zone=wish.plan.zone,
            created_by=author.user_id,
            created_at=author.at,
        )
    row.rhythm, row.anchor_on = wish.plan.rhythm.value, wish.plan.anchor_on
    row.local_time, row.zone = wish.plan.local_time, wish.plan.zone
    row.days_off = sorted(day.isoformat() for day in wish.plan.days_off)
    row.day_names = {each.on.isoformat(): each.name for each in wish.plan.named_days_off}
    row.holidays_of = wish.plan.holidays_of
    is_executive = wish.kind is CadenceKind.EXECUTIVE
    row.kind, row.is_private = wish.kind, wish.is_private and not is_executive
    row.scope = OF_NO_ACCOUNT if is_executive else scope_to_store(session, author.workspace_id, wish, row.scope)
    row.minutes, row.facilitator, row.close_after_minutes = wish.minutes, wish.facilitator, wish.close_after_minutes
    keep_preparation(row, wish.preparation)
    session.add(row)
    session.flush()
    tell_facilitator(session, author, row, before=led_by)
    people.get_or_add_channel(session, author.workspace_id, channel_id)
    return changed(session, author, row, before)


def lock(session: Session, workspace_id: str, channel_id: str) -> None:
    """Let nobody else change the channel's cadence, or make one, until the transaction ends."""
    workspaces.lock(session, workspace_id)
    reviews.cadence_of(session, workspace_id, channel_id, lock=True)


def find(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> CadenceFacts | None:
    """Return the channel's cadence with its next three dates, None when it has none."""
    row = reviews.cadence_of(session, workspace_id, channel_id)
    return _facts(session, row, now) if row is not None else None


def cadence_facts(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> CadenceFacts:
    """Return the channel's cadence with its next three dates. Raises Refused when it has none."""
    return _facts(session, required(session, workspace_id, channel_id), now)


def skip(
    session: Session,
    author: Author,
    channel_id: str,
    *,
    because: str,
    planned_on: date | None = None,
    shown_on: date | None = None,
) -> CadenceFacts:
    """Skip one occurrence, the next one unless a date is given: the one planned, or the one that people see there.

    Raises Refused for a date without a review.
    """
    row = required(session, author.workspace_id, channel_id, lock=True)
    planned_on = _planned_on(session, row, shown_on, author.at) if shown_on else planned_on
    return _change_one(session, author, row, planned_on=planned_on, moved_to=None, because=because)


def move_one(
    session: Session,
    author: Author,
    channel_id: str,
    *,
    moved_to: datetime,
    planned_on: date | None = None,
    shown_on: date | None = None,
    because: str = "",
) -> CadenceFacts:
    """Move one occurrence to another instant, that of `skip`; the rest stay."""
    row = required(session, author.workspace_id, channel_id, lock=True)
    planned_on = _planned_on(session, row, shown_on, author.at) if shown_on else planned_on
    if moved_to <= author.at:
        raise Refused("That time has passed. Give a later one, or use /review now.")
    return _change_one(session, author, row, planned_on=planned_on, moved_to=moved_to, because=because)


def hold_after_all(session: Session, author: Author, cadence_id: int, planned_on: date) -> CadenceFacts:
    """Take back that an occurrence is skipped, as long as it is ahead. Raises Refused for any other."""
    known = reviews.cadence(session, cadence_id)
    if known is None or known.workspace_id != author.workspace_id:
        raise Outdated(PLANNED_ANEW)
    row = required(session, author.workspace_id, known.channel_id, lock=True)
    change = reviews.change_of(session, row.row_id, planned_on)
    if change is None or change.moved_to is not None:
        raise Refused(f"The review of {day(planned_on)} is not skipped any more. Nothing was changed.")
    ahead = skipped_ahead(plan_of(session, row), author.at, change_facts([change]))
    if not ahead:
        raise Refused(f"The review of {day(planned_on)} cannot be held: its time has passed, or nobody is there.")
    if _is_taken(session, row, planned_on, ahead[0].at):
        raise Refused(f"{TAKEN} Move that one first, with /review move.")
    before = trail(row)
    session.delete(change)
    session.flush()
    facts = changed(session, author, row, before, occurrence=OccurrenceChange(planned_on, ahead[0].at), is_held=True)
    announce(session, author, row, what="held", planned_on=planned_on)
    return facts


def _planned_on(session: Session, row: Cadence, shown_on: date, now: datetime) -> date:
    """Return the planned date of the occurrence that people see on a date; that date itself where they see none.

    Raises Refused where they see two.
    """
    plan, changes = plan_of(session, row), change_facts(reviews.changes(session, row.row_id))
    begins_at, _ = local_instant(shown_on, time.min, plan.zone)
    ahead = upcoming(plan, max(now, begins_at - timedelta(microseconds=1)), changes)
    found = [each for each in ahead if local_date(each.at, plan.zone) == shown_on]
    if len(found) > 1:
        times = " and ".join(f"{each.at.astimezone(ZoneInfo(plan.zone)):%H:%M}" for each in found)
        raise Refused(f"On {day(shown_on)} there are reviews at {times}. Choose one with the buttons below /review.")
    return found[0].planned_on if found else shown_on


def _change_one(
    session: Session,
    author: Author,
    row: Cadence,
    *,
    planned_on: date | None,
    moved_to: datetime | None,
    because: str,
) -> CadenceFacts:
    before = trail(row)
    facts = _facts(session, row, author.at)
    on = planned_on or (facts.upcoming[0].planned_on if facts.upcoming else None)
    if on is None or not is_planned(plan_of(session, row), on):
        dates = [local_date(each.at, facts.plan.zone) for each in facts.upcoming]
        said = f"No review is planned for that date. The next dates are {', '.join(map(day, dates))}."
        raise NotPlanned(said, dates)
    if reviews.by_slot(session, author.workspace_id, slot_of(row.row_id, on)) is not None:
        raise Refused(f"The review of {day(on)} was opened already. Close it with /review close.")
    if moved_to is not None and moved_to in [each.at for each in facts.upcoming if each.planned_on == on]:
        raise Refused(f"The review of {day(on)} is at that time already, so nothing was changed.")
    if moved_to is not None and _is_taken(session, row, on, moved_to):
        raise Refused(f"{TAKEN} Choose another time.")
    change = reviews.change_of(session, row.row_id, on)
    is_new = change is None or change.moved_to != moved_to
    change = change or CadenceChange(
        workspace_id=author.workspace_id, cadence_id=row.row_id, planned_on=on, at=author.at
    )
    change.moved_to, change.because, change.actor, change.at = moved_to, because, author.user_id, author.at
    session.add(change)
    session.flush()
    facts = changed(session, author, row, before, occurrence=OccurrenceChange(on, moved_to, because))
    if is_new:
        what = "moved" if moved_to else "skipped"
        announce(session, author, row, what=what, planned_on=on, moved_to=moved_to, because=because)
    return facts


def changed(
    session: Session,
    author: Author,
    row: Cadence,
    before: dict[str, object] | None,
    *,
    occurrence: OccurrenceChange | None = None,
    is_held: bool = False,
) -> CadenceFacts:
    """Plan the next occurrence of a cadence that was changed, note it in the audit trail and return the cadence.

    `occurrence` is the one date that was moved or skipped, or `is_held` after all, if that was the change.
    """
    plan_next(session, row, at=author.at, is_replanned=occurrence is None)
    after = trail(row) | ({"occurrence": occurrence_trail(occurrence, is_held=is_held)} if occurrence else {})
    note_change(session, author, TrailSubject.CADENCE, row.row_id, before=before, after=after)
    return _facts(session, row, author.at)


def _is_taken(session: Session, row: Cadence, planned_on: date, moved_to: datetime) -> bool:
    """Return true if another occurrence than this one meets at that instant."""
    changes = change_facts(reviews.changes(session, row.row_id))
    there = next_occurrence(plan_of(session, row), moved_to - timedelta(microseconds=1), changes)
    return there is not None and there.at == moved_to and there.planned_on != planned_on


def required(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> Cadence:
    """Return the channel's cadence. Raises Refused when it has none."""
    row = reviews.cadence_of(session, workspace_id, channel_id, lock=lock)
    if row is None:
        raise Refused(NO_CADENCE)
    return row


def _facts(session: Session, row: Cadence, now: datetime) -> CadenceFacts:
    plan, changes = plan_of(session, row), change_facts(reviews.changes(session, row.row_id))
    is_executive = row.kind == CadenceKind.EXECUTIVE
    scope = {} if is_executive else row.scope
    tiers, chosen = tuple(scope.get("tiers", ())), tuple(scope.get("account_ids", ()))
    settings = settings_of(session, row.workspace_id)
    found = upcoming(plan, now, changes)
    today, last = (local_date(each, plan.zone) for each in (now, found[-1].at if found else now))
    return CadenceFacts(
        id=row.row_id,
        channel_id=row.channel_id,
        plan=plan,
        minutes=row.minutes,
        facilitator=row.facilitator,
        is_paused=row.is_paused,
        upcoming=found,
        days_left_out=left_out(plan, today, last, changes),
        tiers=tiers,
        owners=tuple(scope.get("owners", ())),
        segments=tuple(scope.get("segments", ())),
        account_ids=chosen,
        close_after_minutes=row.close_after_minutes,
        changes=changes,
        wanted_more_often=() if chosen or is_executive else wanted_more_often(plan.rhythm, tiers, settings),
        paused_because=PauseReason(row.paused_because) if row.paused_because else None,
        is_private=row.is_private,
        kind=CadenceKind(row.kind),
        preparation=preparation_of(row),
        sections=sections_of(row.sections),
    )
