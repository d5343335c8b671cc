"""The cadence of a channel: scheduled, changed, paused, with its scope, preparation and sections."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import NotPlanned, Outdated, Refused
from agendas.facts.account import ListStatus, Source
from agendas.facts.people import Author
from agendas.facts.program import PauseReason, TrailSubject, of_tier
from agendas.facts.reviews import (
    AS_USUAL,
    USUAL,
    AgendaItem,
    AgendaSection,
    CadenceFacts,
    CadenceKind,
    CadenceWish,
    ItemPart,
    OccurrenceChange,
    Participation,
    Preparation,
    ScopeNow,
    sections_of,
)
from agendas.rendering.words import day
from agendas.rules.reviews import fit, place
from agendas.rules.schedule import (
    dates_off,
    is_planned,
    local_instant,
    next_occurrence,
    skipped_ahead,
    upcoming,
    wanted_more_often,
)
from agendas.text.dates import local_date
from agendas.verbs.letters import end_trouble, is_posted_in, pause_channel, resume_channel, stop_trying
from agendas.verbs.loading import agenda_facts, change_facts, facts_to_place, plan_of, settings_of, slot_of
from agendas.verbs.notices import follow_move, tell_facilitator
from agendas.verbs.review_reads import NOT_KEPT
from agendas.verbs.reviews import agenda_letter, announce, own_place, plan_next
from agendas.verbs.roster import preparation_of
from agendas.verbs.trail import note_change
from agendas.verbs.updates import full_member
from storage import accounts, letter_subjects, outbox, people, reviews, workspaces
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.models.reviews import Cadence, CadenceChange, Review, ReviewState

NO_CADENCE = "This channel has no cadence yet. Set one with /review schedule."


def schedule(session: Session, author: Author, channel_id: str, wish: CadenceWish) -> CadenceFacts:
    """Schedule the channel's cadence, or change the one it has; one of executives takes no accounts, nor is it private.

    Without a preparation in the wish, the one it has stays.
    """
    # the workspace is locked since there may be no cadence yet to lock: else two transactions could make one each
    workspaces.lock(session, author.workspace_id)
    row = reviews.cadence_of(session, author.workspace_id, channel_id, lock=True)
    before, last_facilitator = (trail(row), row.facilitator) if row else (None, "")
    if row is None:
        row = Cadence(
            workspace_id=author.workspace_id,
            channel_id=channel_id,
            rhythm=wish.plan.rhythm.value,
            anchor_on=wish.plan.anchor_on,
            local_time=wish.plan.local_time,
            zone=wish.plan.zone,
            created_at=author.at,
        )
    row.rhythm, row.anchor_on = wish.plan.rhythm.value, wish.plan.anchor_on
    row.local_time, row.zone = wish.plan.local_time, wish.plan.zone
    row.days_off = sorted(day.isoformat() for day in wish.plan.days_off)
    row.day_names = {each.on.isoformat(): each.name for each in wish.plan.named_days_off}
    row.holidays_of = wish.plan.holidays_of
    is_executive = wish.kind is CadenceKind.EXECUTIVE
    row.kind, row.is_private = wish.kind, wish.is_private and not is_executive
    row.scope = SCOPE_OF_NO_ACCOUNT if is_executive else scope_to_store(session, author.workspace_id, wish, row.scope)
    row.minutes, row.facilitator, row.close_after_minutes = wish.minutes, wish.facilitator, wish.close_after_minutes
    keep_preparation(row, wish.preparation)
    session.add(row)
    session.flush()
    tell_facilitator(session, author, row, before=last_facilitator)
    people.get_or_add_channel(session, author.workspace_id, channel_id)
    return changed(session, author, row, before)


def keep_preparation(row: Cadence, wanted: Preparation | None) -> None:
    """Write the preparation into the row; None, for a form that did not ask for it, leaves it as it is."""
    if wanted is None:
        return
    row.prep_minutes, row.cutoff_minutes = wanted.prep_minutes, wanted.cutoff_minutes
    row.profile = wanted.reminding.value
    row.parts = {
        Participation.OPTIONAL.value: list(wanted.optional),
        Participation.OBSERVING.value: list(wanted.observing),
    }


def lock(session: Session, workspace_id: str, channel_id: str) -> None:
    """Let nobody else change the channel's cadence, or any channel's be made, until the transaction ends."""
    workspaces.lock(session, workspace_id)
    reviews.cadence_of(session, workspace_id, channel_id, lock=True)


def find_cadence(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> CadenceFacts | None:
    """Return the channel's cadence with its next three dates, None when it has none."""
    row = reviews.cadence_of(session, workspace_id, channel_id)
    return _facts_of(session, row, now) if row is not None else None


def cadence_facts(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> CadenceFacts:
    """Return the channel's cadence with its next three dates. Raises Refused when it has none."""
    return _facts_of(session, required_cadence(session, workspace_id, channel_id), now)


def required_cadence(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> Cadence:
    """Return the channel's cadence. Raises Refused when it has none."""
    row = reviews.cadence_of(session, workspace_id, channel_id, lock=lock)
    if row is None:
        raise Refused(NO_CADENCE)
    return row


def _facts_of(session: Session, row: Cadence, now: datetime) -> CadenceFacts:
    """The stored cadence with its next three dates; one of executives has no scope."""
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
        days_left_out=dates_off(plan, today, last, changes),
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

    `occurrence` is the one date that was moved or skipped, or with `is_held` is held after all though it was skipped
    before; None where the cadence itself was changed.
    """
    plan_next(session, row, at=author.at, is_replanned=occurrence is None)
    after = trail(row)
    if occurrence:
        moved_to = occurrence.moved_to.isoformat() if occurrence.moved_to else None
        entry = {"planned_on": occurrence.planned_on.isoformat(), "moved_to": moved_to, "because": occurrence.because}
        after["occurrence"] = entry | ({"is_held": True} if is_held else {})
    note_change(session, author, TrailSubject.CADENCE, row.row_id, before=before, after=after)
    return _facts_of(session, row, author.at)


def trail(row: Cadence) -> dict[str, object]:
    """Return the fields of a cadence for the audit trail; of its preparation what differs from the usual one."""
    preparation, usual = _preparation_values(preparation_of(row)), _preparation_values(AS_USUAL)
    return {
        "rhythm": row.rhythm,
        "anchor_on": row.anchor_on.isoformat(),
        "local_time": row.local_time.isoformat(),
        "zone": row.zone,
        "minutes": row.minutes,
        "facilitator": row.facilitator,
        "scope": row.scope,
        "days_off": row.days_off,
        **({"holidays_of": row.holidays_of} if row.holidays_of else {}),
        "is_paused": row.is_paused,
        **({"is_private": True} if row.is_private else {}),
        **({"kind": row.kind} if row.kind != CadenceKind.ACCOUNTS else {}),
        **({"paused_because": row.paused_because} if row.paused_because else {}),
        **{name: value for name, value in preparation.items() if value != usual[name]},
        **({"sections": row.sections} if row.sections else {}),
        "next_on": row.next_on.isoformat() if row.next_on else None,
    }


def _preparation_values(preparation: Preparation) -> dict[str, object]:
    """The preparation by the names under which the audit trail keeps it."""
    return {
        "prep_minutes": preparation.prep_minutes,
        "cutoff_minutes": preparation.cutoff_minutes,
        "reminding": preparation.reminding.value,
        "optional": list(preparation.optional),
        "observing": list(preparation.observing),
    }


# One occurrence: skipped, moved, or held after all.

PLANS_CHANGED = "This channel's reviews are planned anew. See the next dates with /review."
TAKEN = "Another review of this channel is planned at that time."


def skip(
    session: Session,
    author: Author,
    channel_id: str,
    *,
    because: str,
    planned_on: date | None = None,
    shown_on: date | None = None,
) -> CadenceFacts:
    """Skip one occurrence, the next one unless a date is given.

    `planned_on` is the date by the plan, `shown_on` the one where people see it, which differs once it was moved.
    Raises Refused for a date without a review.
    """
    row = required_cadence(session, author.workspace_id, channel_id, lock=True)
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
    """Move one occurrence, the next one unless a date is given, to another instant; the rest stay.

    `planned_on` is its date by the plan, `shown_on` the one where people see it. Raises Refused for a past instant or a
    taken one, NotPlanned for a date without a review.
    """
    row = required_cadence(session, author.workspace_id, channel_id, lock=True)
    planned_on = _planned_on(session, row, shown_on, author.at) if shown_on else planned_on
    if moved_to <= author.at:
        raise Refused("That time has passed. Give a later one, or use /review now.")
    return _change_one(session, author, row, planned_on=planned_on, moved_to=moved_to, because=because)


def _planned_on(session: Session, row: Cadence, shown_on: date, now: datetime) -> date:
    """Return the planned date of the occurrence that people see on `shown_on`; that day itself if they see none on it.

    Raises Refused if they see two.
    """
    plan, changes = plan_of(session, row), change_facts(reviews.changes(session, row.row_id))
    begins_at, _ = local_instant(shown_on, time.min, plan.zone)
    # `upcoming` gives what is later than the instant, and a review may be at midnight
    ahead = upcoming(plan, max(now, begins_at - timedelta(microseconds=1)), changes)
    found = [each for each in ahead if local_date(each.at, plan.zone) == shown_on]
    if len(found) > 1:
        times = " and ".join(f"{each.at.astimezone(ZoneInfo(plan.zone)):%H:%M}" for each in found)
        raise Refused(f"On {day(shown_on)} there are reviews at {times}. Choose one with the buttons below /review.")
    return found[0].planned_on if found else shown_on


def _change_one(
    session: Session, author: Author, row: Cadence, *, planned_on: date | None, moved_to: datetime | None, because: str
) -> CadenceFacts:
    """Move one occurrence, or skip it without `moved_to`, and announce that; the next one without `planned_on`.

    Raises NotPlanned for a date without a review, Refused where it was opened already or its new time is taken.
    """
    before = trail(row)
    facts = _facts_of(session, row, author.at)
    on = planned_on or (facts.upcoming[0].planned_on if facts.upcoming else None)
    if on is None or not is_planned(plan_of(session, row), on):
        dates = [local_date(each.at, facts.plan.zone) for each in facts.upcoming]
        sentence = f"No review is planned for that date. The next dates are {', '.join(map(day, dates))}."
        raise NotPlanned(sentence, dates)
    if reviews.by_slot(session, author.workspace_id, slot_of(row.row_id, on)) is not None:
        raise Refused(f"The review of {day(on)} was opened already. Close it with /review close.")
    if moved_to is not None and moved_to in [each.at for each in facts.upcoming if each.planned_on == on]:
        raise Refused(f"The review of {day(on)} is at that time already, so nothing was changed.")
    if moved_to is not None and _is_taken(session, row, on, moved_to):
        raise Refused(f"{TAKEN} Choose another time.")
    change = reviews.change_of(session, row.row_id, on)
    # another reason for the same change is recorded and not announced
    is_new = change is None or change.moved_to != moved_to
    change = change or CadenceChange(
        workspace_id=author.workspace_id, cadence_id=row.row_id, planned_on=on, at=author.at
    )
    was_shown_on = local_date(change.moved_to, facts.plan.zone) if change.moved_to else on
    change.moved_to, change.because, change.actor, change.at = moved_to, because, author.user_id, author.at
    session.add(change)
    session.flush()
    facts = changed(session, author, row, before, occurrence=OccurrenceChange(on, moved_to, because))
    if is_new:
        what = "moved" if moved_to else "skipped"
        announce(session, author, row, what=what, planned_on=was_shown_on, moved_to=moved_to, because=because)
    return facts


def hold_after_all(session: Session, author: Author, cadence_id: int, planned_on: date) -> CadenceFacts:
    """Take back that an occurrence is skipped, as long as it is ahead.

    Raises Refused where it is not skipped, has passed or its time is taken, Outdated where the cadence is gone.
    """
    known = reviews.cadence(session, cadence_id)
    if known is None or known.workspace_id != author.workspace_id:
        raise Outdated(PLANS_CHANGED)
    row = required_cadence(session, author.workspace_id, known.channel_id, lock=True)
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


def _is_taken(session: Session, row: Cadence, planned_on: date, moved_to: datetime) -> bool:
    """Return true if an occurrence other than the one of `planned_on` meets at the instant `moved_to`."""
    changes = change_facts(reviews.changes(session, row.row_id))
    # `next_occurrence` gives what is later than the instant, so it is asked from just before
    at_that_time = next_occurrence(plan_of(session, row), moved_to - timedelta(microseconds=1), changes)
    return at_that_time is not None and at_that_time.at == moved_to and at_that_time.planned_on != planned_on


# Pausing the reviews of a channel, and resuming them: by a person, or because the bot lost the channel.


def pause(session: Session, author: Author, channel_id: str) -> CadenceFacts:
    """Pause the cadence. Raises Refused when it is paused already."""
    row = required_cadence(session, author.workspace_id, channel_id, lock=True)
    if row.is_paused:
        raise Refused("The reviews of this channel are paused already.")
    return _set_paused(session, author, row)


def resume(session: Session, author: Author, channel_id: str, *, is_shared: bool | None = None) -> CadenceFacts | None:
    """Resume the cadence and end the channel's trouble; None where only the channel was in trouble.

    `is_shared`: whether another company reads the channel, None if Slack does not say. Raises Refused if one does, and
    if there is nothing to resume.
    """
    was_in_trouble = end_trouble(session, author, channel_id, is_shared=is_shared)
    row = reviews.cadence_of(session, author.workspace_id, channel_id, lock=True)
    if row is not None and row.is_paused:
        return _set_paused(session, author, row, paused=False)
    if was_in_trouble:
        return None
    raise Refused("The reviews of this channel are not paused." if row is not None else NO_CADENCE)


def lose_channel(session: Session, workspace_id: str, channel_id: str, *, because: PauseReason, now: datetime) -> None:
    """Pause a channel that the bot was removed from, or that is gone, with its cadence, and notify those who can help.

    Nothing is posted there again by itself, since trying would let a removed bot join again. Nothing happens if nothing
    is posted in it, and a cadence that a person paused keeps that as its reason.
    """
    if not is_posted_in(session, workspace_id, channel_id):
        return
    pause_channel(session, workspace_id, channel_id, error=because.value, now=now)
    stop_trying(session, workspace_id, channel_id, error=because.value)
    row = reviews.cadence_of(session, workspace_id, channel_id, lock=True)
    if row is not None and not row.is_paused:
        _set_paused(session, _itself(workspace_id, now), row, because=because)


def resume_if_invited(session: Session, workspace_id: str, channel_id: str, *, user_id: str, now: datetime) -> None:
    """Resume the channel when the member who joined it is the bot, with a cadence that paused because it had left."""
    workspace = workspaces.get(session, workspace_id)
    if workspace is None or workspace.bot_user_id != user_id:
        return
    resume_channel(session, workspace_id, channel_id)
    row = reviews.cadence_of(session, workspace_id, channel_id, lock=True)
    if row is not None and row.is_paused and row.paused_because == PauseReason.LEFT:
        _set_paused(session, _itself(workspace_id, now), row, paused=False)


def _itself(workspace_id: str, now: datetime) -> Author:
    """The author of changes that the bot makes without a person."""
    return Author(workspace_id, "", Source.SYSTEM, now)


def _set_paused(
    session: Session, author: Author, row: Cadence, *, paused: bool = True, because: PauseReason | None = None
) -> CadenceFacts:
    """Pause or resume the cadence, and announce that in the channel where a person did it.

    `because` is the event that makes it pause by itself, None if a person pauses it.
    """
    before, row.is_paused = trail(row), paused
    row.paused_because = because.value if because else ""
    facts = changed(session, author, row, before)
    if author.user_id:
        announce(session, author, row, what="paused" if paused else "resumed")
    return facts


# Change how the reviews of a channel are prepared.

OF_NO_ACCOUNT = "An executive review takes no accounts, so nobody is asked to prepare it."


def change_preparation(session: Session, author: Author, channel_id: str, wanted: Preparation) -> CadenceFacts:
    """Change how the channel's reviews are prepared, from the first one on that nobody was asked about yet.

    Reminders of those who were asked already follow the new end of updates and the new profile.
    Raises Refused where the channel has no cadence or one of executives, NotAMember for no full member.
    """
    row = required_cadence(session, author.workspace_id, channel_id, lock=True)
    if row.kind == CadenceKind.EXECUTIVE:
        raise Refused(OF_NO_ACCOUNT)
    for user_id in (*wanted.optional, *wanted.observing):
        full_member(session, author, user_id)
    before = trail(row)
    keep_preparation(row, wanted)
    session.add(row)
    facts = changed(session, author, row, before)
    follow_move(session, row, author.at)
    return facts


# The scope of a cadence: how many accounts it has now, how long they take, and what of it is gone.


class CadenceScope(TypedDict, total=False):
    """Accounts that fit every part; a part that is empty or missing lets every account through."""

    tiers: tuple[int, ...]
    owners: tuple[str, ...]
    segments: tuple[str, ...]
    account_ids: tuple[int, ...]


PLACED_AT_MOST = 200
"""Accounts looked at while a form opens, for which Slack gives three seconds. Ours; no slot holds as many."""

SCOPE_OF_NO_ACCOUNT: dict[str, object] = {"tiers": [], "owners": [], "segments": [], "account_ids": [0]}
"""The stored scope of a review of executives: no account has the id 0, and an empty scope would mean all accounts."""


def scope_of(cadence: CadenceFacts) -> CadenceScope:
    return CadenceScope(
        tiers=cadence.tiers, owners=cadence.owners, segments=cadence.segments, account_ids=cadence.account_ids
    )


def with_scope(session: Session, workspace_id: str, cadence: CadenceFacts, *, now: datetime) -> CadenceFacts:
    """Return the cadence with what its scope has now; one of executives takes no accounts."""
    if cadence.kind is CadenceKind.EXECUTIVE:
        return cadence
    channel = {"channel_id": cadence.channel_id, "zone": cadence.plan.zone}
    found = scope_now(session, workspace_id, scope_of(cadence), **channel, now=now)
    return replace(cadence, scope_now=found)


def scope_now(
    session: Session, workspace_id: str, scope: CadenceScope, *, channel_id: str, zone: str, now: datetime
) -> ScopeNow:
    """Return the accounts of a scope, the minutes that those with news would take, and what of the scope is gone.

    An account that is private to another channel is not reviewed in this one, no matter who asks.
    """
    found = accounts.in_scope(session, workspace_id, **scope)
    rows = [row for row in found if row.private_channel in ("", channel_id)]
    to_discuss, minutes = _needed(session, rows, zone=zone, now=now)
    chosen = accounts.get_many(session, workspace_id, scope.get("account_ids", ()))
    owners, segments = scope.get("owners", ()), scope.get("segments", ())
    known = accounts.segments(session, workspace_id) if segments else ()
    owner_rows = people.get_many(session, workspace_id, owners) if owners else ()
    return ScopeNow(
        accounts=len(rows),
        to_discuss=to_discuss,
        minutes=minutes,
        chosen=tuple(row.name for row in chosen if row.list_status == ListStatus.NAMED),
        gone=tuple(row.name for row in chosen if row.list_status != ListStatus.NAMED),
        deactivated=tuple(person.user_id for person in owner_rows if person.is_deleted),
        empty_segments=tuple(segment for segment in segments if segment not in known),
    )


def _needed(session: Session, rows: Sequence[Account], *, zone: str, now: datetime) -> tuple[int | None, int]:
    """Return (how many of the accounts have something to discuss, the minutes that takes).

    (None, the minutes of all accounts) where there are too many to look at each.
    """
    if not rows:
        return 0, 0
    settings = settings_of(session, rows[0].workspace_id)
    if len(rows) > PLACED_AT_MOST:
        return None, sum(settings.number(of_tier(row.tier, "minutes")) for row in rows)
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings)
    items = [AgendaItem(position=0, facts=each, placement=place(each)) for each in facts.values()]
    # with time for all, what is not discussed has nothing to discuss
    enough_minutes = 100_000
    discussed = [item for item in fit(items, enough_minutes) if item.part is ItemPart.DISCUSSED]
    return len(discussed), sum(item.minutes for item in discussed)


def segments_like(session: Session, workspace_id: str, typed: str) -> tuple[str, ...]:
    """Return the segments of named accounts that contain the typed text in any case, at most 100."""
    wanted = typed.casefold().strip()
    return tuple(each for each in accounts.segments(session, workspace_id) if wanted in each.casefold())[:100]


def chosen_names(session: Session, workspace_id: str, account_ids: Collection[int]) -> tuple[tuple[str, str], ...]:
    """Return (name, id as text) of these accounts."""
    rows = accounts.get_many(session, workspace_id, account_ids) if account_ids else ()
    return tuple((row.name, str(row.row_id)) for row in rows)


def scope_to_store(
    session: Session, workspace_id: str, wish: CadenceWish, had: Mapping[str, Any] | None
) -> dict[str, object]:
    """Return the wished scope as it is stored.

    Accounts chosen before (in `had`, None for a new cadence) that the author may not see stay chosen, since their form
    does not show them.
    """
    # without the 0 of a review of executives, see SCOPE_OF_NO_ACCOUNT
    before = [account_id for account_id in (had or {}).get("account_ids", ()) if account_id]
    visible = {row.row_id for row in accounts.get_many(session, workspace_id, before)} if before else set()
    return {
        "tiers": list(wish.tiers),
        "owners": list(wish.owners),
        "segments": list(wish.segments),
        "account_ids": [*wish.account_ids, *(account_id for account_id in before if account_id not in visible)],
    }


# Choose the sections of the agendas of a channel's reviews, shown on one of its accounts.

NO_ACCOUNT_AGENDAS = "An executive review takes no accounts, so it has no agenda of theirs."
NONE_CHOSEN = "Choose at least one section."


def choose_sections(session: Session, author: Author, channel_id: str, wanted: Sequence[AgendaSection]) -> CadenceFacts:
    """Choose the sections and their order, from the next review on: one that is open keeps those it opened with.

    Raises Refused where the channel has no cadence or one of executives, or nothing is chosen.
    """
    row = required_cadence(session, author.workspace_id, channel_id, lock=True)
    if row.kind == CadenceKind.EXECUTIVE:
        raise Refused(NO_ACCOUNT_AGENDAS)
    if not wanted:
        raise Refused(NONE_CHOSEN)
    before = trail(row)
    # none stored are the usual ones
    row.sections = [] if tuple(wanted) == USUAL else [each.value for each in wanted]
    session.add(row)
    return changed(session, author, row, before)


def account_to_show(session: Session, workspace_id: str, channel_id: str, scope: CadenceScope) -> int:
    """Return the account by which to show the sections, 0 where there is none.

    It is the first that the channel's latest review discussed, else the first one named in the scope.
    """
    for review in reviews.latest_in(session, workspace_id, channel_id, 1):
        discussed = reviews.numbered(session, review.row_id, ItemPart.DISCUSSED)
        if discussed:
            _item_id, account_id = discussed[0]
            return account_id
    return min((row.row_id for row in accounts.in_scope(session, workspace_id, **scope)), default=0)


def shown_account(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str
) -> AgendaItem | None:
    """Return the account as an agenda would show it now, None where the reader sees no such account."""
    rows = accounts.get_many(session, workspace_id, {account_id}) if account_id else []
    if not rows:
        return None
    facts = agenda_facts(session, rows, now=now, zone=zone)[account_id]
    return AgendaItem(position=1, facts=facts, placement=place(facts))


# Put an account on the agenda of an open review that had no time left for it.


class Added(NamedTuple):
    """The account that was added, and the day its review is held for."""

    name: str
    review_on: date


def add_account(session: Session, author: Author, item_id: int) -> Added:
    """Put the account of a review's item on its agenda. Its message is posted once.

    Raises Outdated when there is no such item, Refused when the review is closed, the account is in already, or it
    left the list.
    """
    item = reviews.item(session, author.workspace_id, item_id)
    if item is None:
        raise Outdated(NOT_KEPT)
    review = reviews.get(session, author.workspace_id, item.review_id, lock=True)
    row = accounts.get(session, author.workspace_id, item.account_id)
    if review is None or row is None:
        raise Outdated(NOT_KEPT)
    # read again below the lock: two may add it at once
    session.refresh(item)
    review_on = local_date(review.planned_at, review.zone)
    if review.state != ReviewState.OPEN:
        raise Refused(
            f"The review of {day(review_on)} is closed, so {row.name} was not added. "
            "In the next one, what was left out comes first among its equals."
        )
    if item.part == ItemPart.DISCUSSED:
        raise Refused(f"{row.name} is in the review of {day(review_on)} already.")
    if row.list_status != ListStatus.NAMED:
        raise Refused(f"{row.name} is {row.list_status} meanwhile, so it was not added.")
    before = {"account_id": item.account_id, "part": item.part}
    item.part = ItemPart.DISCUSSED.value
    session.add(item)
    after = before | {"part": item.part}
    note_change(
        session, author, TrailSubject.REVIEW, review.row_id, before=before, after=after, account_id=item.account_id
    )
    _post(session, review, agenda_letter(review, item_id, author.at, own_place(row)), author)
    return Added(row.name, review_on)


def _post(session: Session, review: Review, agenda: Letter, author: Author) -> None:
    """Queue the account's message, and after it an edit of the header, if there is one, with a link to the message."""
    posted = outbox.queue(session, agenda)
    header = outbox.by_key(session, review.workspace_id, letter_subjects.of_header(review.row_id))
    if header is None:
        return
    edit = outbox.queue_edit(session, target=header, now=author.at, delay=timedelta(), after=posted)
    if edit is not None and edit.parent != posted.id:
        # an edit that was queued before waits for this message too, so that it shows the link
        edit.parent = posted.id
        session.add(edit)
