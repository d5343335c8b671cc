"""Start reviews: on request, when one is due, and when a missed one is posted after all."""

from datetime import date, datetime

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.rendering.filters import day, day_time
from agendas.rules.reviews.lateness import judge, late_by
from agendas.verbs.loading.plan import slot_of
from agendas.verbs.record.show_preparations import follow_cadence
from agendas.verbs.reviews.executive import open_any
from agendas.verbs.reviews.next_date import set_next
from agendas.verbs.reviews.open import Opening
from agendas.verbs.trail.note import note_change
from storage import people, reviews, workspaces
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import ReviewSubject, to_json
from storage.tables import Cadence, Letter, LetterKind, Review, ReviewState


def open_now(
    session: Session,
    author: Author,
    channel_id: str,
    *,
    asked_by: str,
    today: date,
    account_ids: tuple[int, ...] = (),
) -> Review:
    """Open a review on request, outside the grid; the next planned one stays.

    `asked_by`, the key of the request, makes it happen once. Raises Outdated when it happened before, Refused while
    another review is open in the channel.
    """
    slot = f"now:{channel_id}:{asked_by}"
    workspaces.lock(session, author.workspace_id)
    # the lock of `open_due`, before looking: what that opens at this moment is seen here
    row = reviews.cadence_of(session, author.workspace_id, channel_id, lock=True)
    _refuse_while_open(session, author, channel_id, slot)
    people.get_or_add_channel(session, author.workspace_id, channel_id)
    opening = Opening(
        workspace_id=author.workspace_id,
        channel_id=channel_id,
        slot=slot,
        planned_on=today,
        planned_at=author.at,
        zone=row.zone if row else author.zone,
        facilitator=author.user_id,
        account_ids=account_ids,
    )
    review = open_any(session, opening, cadence=row, now=author.at)
    if review is None:
        opened = reviews.by_slot(session, author.workspace_id, slot) or opening
        raise Outdated(f"The review of {day(opened.planned_at, opened.zone)} was opened already.")
    note_change(session, author, TrailSubject.REVIEW, review.row_id, after={"opened": True})
    return review


def _refuse_while_open(session: Session, author: Author, channel_id: str, slot: str) -> None:
    """Raise Refused while another review is open in the channel: opening one more would close it."""
    running = reviews.open_in(session, author.workspace_id, channel_id)
    if running is None or running.slot == slot:
        return
    until = f" until {day_time(running.closes_at, running.zone)}" if running.closes_at else ""
    raise Refused(
        f"The review of {day(running.planned_at, running.zone)} is open in this channel{until}. "
        "Close it first with /review close."
    )


def open_due(session: Session, cadence_id: int, *, now: datetime) -> None:
    """Open the cadence's due occurrence, or mark it missed when it is more than two hours late; set the next one.

    Does nothing when another process is at it, or was.
    """
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_at is None or row.next_on is None or row.next_at > now:
        return
    lateness = judge(row.next_at, now)
    opening = Opening(
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        slot=slot_of(row.row_id, row.next_on),
        planned_on=row.next_on,
        planned_at=row.next_at,
        zone=row.zone,
        facilitator=row.facilitator,
        late_minutes=lateness.minutes if lateness.state == "late" else 0,
    )
    set_next(session, row, after=row.next_at)
    follow_cadence(session, row, opening.planned_on, now=now)
    if lateness.state == "missed":
        missed = _mark(session, row, opening, state=ReviewState.MISSED, reason=late_by(lateness.minutes), now=now)
        if missed is not None:
            offer_instead(session, missed, next_at=row.next_at, now=now)
        return
    try:
        open_any(session, opening, cadence=row, now=now)
    except Refused as nothing:
        _mark(session, row, opening, state=ReviewState.SKIPPED, reason=str(nothing), now=now)


def _mark(
    session: Session, row: Cadence, opening: Opening, *, state: ReviewState, reason: str, now: datetime
) -> Review | None:
    """Store that the occurrence was not posted, and why; return None when its slot is taken."""
    if reviews.by_slot(session, row.workspace_id, opening.slot) is not None:
        return None
    marked = Review(
        workspace_id=row.workspace_id,
        cadence_id=row.id,
        channel_id=row.channel_id,
        slot=opening.slot,
        planned_on=opening.planned_on,
        planned_at=opening.planned_at,
        opened_at=now,
        state=state,
        kind=row.kind,
        minutes=row.minutes,
        facilitator=row.facilitator,
        zone=row.zone,
        reason=reason,
    )
    session.add(marked)
    session.flush()
    return marked


def offer_instead(session: Session, missed: Review, *, next_at: datetime | None, now: datetime) -> None:
    """Say in the channel that the review was missed, unless the next one is due already and speaks for itself."""
    if next_at is not None and next_at <= now:
        return
    letter = Letter(
        workspace_id=missed.workspace_id,
        key=letter_keys.of_review(missed.row_id, "missed"),
        kind=LetterKind.POST,
        page="missed",
        subject=to_json(ReviewSubject(missed.row_id)),
        channel_id=missed.channel_id,
        review_id=missed.id,
        created_at=now,
        due_at=now,
    )
    outbox.queue(session, letter)
