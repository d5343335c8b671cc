"""Reviews: opened on request or when one is due, and planned for the next date of their cadence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import Source
from agendas.facts.people import Author, Function
from agendas.facts.program import TrailSubject
from agendas.facts.reviews import AgendaItem, Away, CadenceKind, ItemPart, sections_of
from agendas.rendering.words import day, day_time
from agendas.rules.deals import excused_reviews
from agendas.rules.question_to_decide import question_of
from agendas.rules.reviews import placed_items
from agendas.rules.schedule import EVERYONE_AWAY, dates_off, judge, late_by, next_occurrence
from agendas.text.dates import local_date
from agendas.verbs.briefing import BRIEFED_BEFORE, follow_brief
from agendas.verbs.closing import after_everything, close_review
from agendas.verbs.loading import agenda_facts, change_facts, plan_of, plans_of, slot_of, state_adapter
from agendas.verbs.notices import follow_move, queue_notices, requeue
from agendas.verbs.privacy import follow_private_cadences
from agendas.verbs.record import follow_cadence, follow_change
from agendas.verbs.roster import asks_at_of, cutoff_of, roster_at_opening
from agendas.verbs.trail import chosen_for, note_change, note_chosen
from storage import accounts, letter_subjects, outbox, people, preparing, reviews, workspaces
from storage.database import showing_all
from storage.letter_subjects import (
    AgendaSubject,
    CadenceChangeSubject,
    LetterSubject,
    MeetingSubject,
    ReviewSubject,
    letter_to,
    new_letter,
)
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence, Review, ReviewItem, ReviewState
from storage.preparing import EXECUTIVES_NOTIFIED, MAY_BE_DONE

DEFAULT_MINUTES = 45
DEFAULT_CLOSE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReviewOpening:
    """A review to open, once for each `slot`; `account_ids`, if any, take the place of the cadence's scope."""

    workspace_id: str
    channel_id: str
    slot: str
    planned_on: date
    planned_at: datetime
    zone: str
    facilitator: str
    late_minutes: int = 0
    account_ids: tuple[int, ...] = ()


# Start reviews: on request, when one is due, and when a missed one is posted after all.


def open_now(
    session: Session, author: Author, channel_id: str, *, asked_by: str, today: date, account_ids: tuple[int, ...] = ()
) -> Review:
    """Open a review on request, outside the grid; the next planned one stays.

    `asked_by`, the key of the request, makes it happen once. Raises Outdated when it happened before, Refused while
    another review is open in the channel.
    """
    slot = f"now:{channel_id}:{asked_by}"
    workspaces.lock(session, author.workspace_id)
    # locked before looking, as `open_due` locks it too: a review that opens at this moment is then seen here
    row = reviews.cadence_of(session, author.workspace_id, channel_id, lock=True)
    _refuse_while_open(session, author, channel_id, slot)
    people.get_or_add_channel(session, author.workspace_id, channel_id)
    opening = ReviewOpening(
        workspace_id=author.workspace_id,
        channel_id=channel_id,
        slot=slot,
        planned_on=today,
        planned_at=author.at,
        zone=row.zone if row else author.zone,
        facilitator=author.user_id,
        account_ids=account_ids,
    )
    review = open_review(session, opening, cadence=row, now=author.at)
    if review is None:
        # the slot is taken, so there is a review of it: only the type is wider
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
    opening = ReviewOpening(
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
        reason = late_by(lateness.minutes)
        missed = _mark_passed(session, row, opening, state=ReviewState.MISSED, reason=reason, now=now)
        if missed is not None:
            offer_instead(session, missed, next_at=row.next_at, now=now)
        return
    try:
        open_review(session, opening, cadence=row, now=now)
    except Refused as refusal:
        _mark_passed(session, row, opening, state=ReviewState.SKIPPED, reason=str(refusal), now=now)


def _mark_passed(
    session: Session, row: Cadence, opening: ReviewOpening, *, state: ReviewState, reason: str, now: datetime
) -> Review | None:
    """Store the occurrence as missed or skipped (`state`) with the reason; None where its slot has a review already."""
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
    subject, key = ReviewSubject(missed.row_id), letter_subjects.of_review(missed.row_id, "missed")
    outbox.queue(session, _letter_to(missed, now, key=key, page="missed", subject=subject))


# Open a review: its row, the facts frozen, and the letters to post, in one transaction.


def open_review(session: Session, opening: ReviewOpening, *, cadence: Cadence | None, now: datetime) -> Review | None:
    """Open a review of the cadence's kind; one of accounts where the opening names accounts.

    Returns None when its slot was taken before. The channel's earlier open review is closed first. Accounts private to
    its channel are in it regardless of who asks, and none private to another channel. Raises Refused when no account is
    in the scope.
    """
    with showing_all(session):
        if reviews.by_slot(session, opening.workspace_id, opening.slot) is not None:
            return None
        earlier = reviews.open_in(session, opening.workspace_id, opening.channel_id, lock=True)
        if cadence is not None and cadence.kind == CadenceKind.EXECUTIVE and not opening.account_ids:
            return _open_executive(session, opening, cadence, earlier, now)
        return _open_of_accounts(session, opening, cadence, earlier, now)


def _open_of_accounts(
    session: Session, opening: ReviewOpening, cadence: Cadence | None, earlier: Review | None, now: datetime
) -> Review:
    """Open a review of the accounts named, or of those in the cadence's scope; see `open_review`."""
    in_reach = set(opening.account_ids)
    if not in_reach:
        scope = cadence.scope if cadence else {}
        in_reach = {row.row_id for row in accounts.in_scope(session, opening.workspace_id, **scope)}
    # locks are taken in one order, the review and then all accounts of both reviews by id: so there is no deadlock
    of_earlier = set(reviews.account_ids(session, earlier.row_id)) if earlier else set()
    locked = accounts.get_many(session, opening.workspace_id, in_reach | of_earlier, lock=True)
    if cadence is not None and cadence.is_private:
        workspace = workspaces.get(session, opening.workspace_id)
        cadence_itself = Author(opening.workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)
        follow_private_cadences(session, cadence_itself, in_reach)
    rows = _reviewed_there([row for row in locked if row.row_id in in_reach], opening)
    if not rows:
        raise Refused(
            "No named account is in this review's scope. Name one first: /account name ACCOUNT tier 1 because TEXT."
        )
    now = after_everything(session, [row.row_id for row in rows], now)
    if earlier is not None:
        close_review(session, earlier, now=now, closed_by="")
    review = _review_row(opening, cadence, now)
    session.add(review)
    session.flush()
    facts = agenda_facts(session, rows, now=now, zone=opening.zone)
    review.settings = facts[rows[0].row_id].settings.to_store()
    if cadence is not None and opening.slot == slot_of(cadence.row_id, opening.planned_on):
        review.roster = roster_at_opening(session, cadence, review.planned_on, at=review.planned_at, now=now)
        if review.roster:
            review.updates_ended_at = review.planned_at - timedelta(minutes=cadence.cutoff_minutes)
    left_out = reviews.times_left_out(session, opening.workspace_id, opening.channel_id, list(facts))
    chosen = chosen_for(cadence, opening.slot, opening.planned_on)
    parts = {account_id: each.part for account_id, each in chosen.items()}
    items = placed_items(facts, left_out, review.minutes, parts, takes_all=bool(opening.account_ids))
    note_chosen(session, review, items, chosen)
    held_item_ids = {row.row_id: row.held_item_id for row in rows}
    for row in rows:
        row.frozen_at = now
    item_rows = [_item_row(review, item, held_item_ids[item.facts.account.account_id]) for item in items]
    reviews.add_items(session, item_rows)
    channel_of = {row.row_id: own_place(row) for row in rows}
    discussed = reviews.numbered(session, review.row_id, ItemPart.DISCUSSED)
    agendas = [agenda_letter(review, item_id, now, channel_of[account_id]) for item_id, account_id in discussed]
    _queue_letters(session, review, agendas, now)
    return review


def _reviewed_there(rows: Sequence[Account], opening: ReviewOpening) -> list[Account]:
    """Return the accounts less those private to another channel. Raises Refused for one that the opening names."""
    elsewhere = [row for row in rows if row.private_channel not in ("", opening.channel_id)]
    if elsewhere and opening.account_ids:
        first = elsewhere[0]
        raise Refused(f"{first.name} is private to another channel, so it is reviewed there alone.")
    return [row for row in rows if row not in elsewhere]


def _review_row(opening: ReviewOpening, cadence: Cadence | None, now: datetime) -> Review:
    """The row of a review that opens now, with the settings of its cadence or the defaults."""
    closes_in = timedelta(minutes=cadence.close_after_minutes) if cadence else DEFAULT_CLOSE_AFTER
    return Review(
        workspace_id=opening.workspace_id,
        cadence_id=cadence.id if cadence else None,
        channel_id=opening.channel_id,
        slot=opening.slot,
        planned_on=opening.planned_on,
        planned_at=opening.planned_at,
        opened_at=now,
        closes_at=now + closes_in,
        late_minutes=opening.late_minutes,
        minutes=cadence.minutes if cadence else DEFAULT_MINUTES,
        facilitator=opening.facilitator,
        zone=opening.zone,
        sections=[each.value for each in sections_of(cadence.sections if cadence else ())],
    )


def _item_row(review: Review, item: AgendaItem, held_item_id: int | None) -> ReviewItem:
    """The review's item of an account, with its place, reasons, question and state as they are at opening."""
    question = question_of(item.facts, item.placement)
    return ReviewItem(
        workspace_id=review.workspace_id,
        review_id=review.row_id,
        account_id=item.facts.account.account_id,
        position=item.position,
        part=item.part.value,
        minutes=item.minutes,
        times_left_out=item.times_left_out,
        bucket=item.placement.bucket.value,
        reasons=[[code.value, number, limit] for code, number, limit in item.placement.reasons],
        is_aged=item.placement.stall.is_stalled,
        excused_reviews=excused_reviews(item.placement.stall, item.facts.excused_before),
        question=[question.code.value, question.number, question.limit] if question else [],
        before_item_id=held_item_id,
        opened_state=state_adapter.dump_python(item.facts.account, mode="json"),
    )


def _queue_letters(session: Session, review: Review, agendas: Sequence[Letter], now: datetime) -> None:
    """The header, then the message of each account, then the header once more with links to them.

    Channels are posted in independently: after each message elsewhere the header is edited again.
    """
    subject, header_key = ReviewSubject(review.row_id), letter_subjects.of_header(review.row_id)
    header = _letter_to(review, now, key=header_key, page="review_header", subject=subject)
    outbox.queue_many(session, [header, *agendas])
    in_channel = [letter.key for letter in (header, *agendas) if letter.channel_id == review.channel_id]
    elsewhere = [letter.key for letter in agendas if letter.channel_id != review.channel_id]
    stored = outbox.by_keys(session, review.workspace_id, (header.key, in_channel[-1], *elsewhere))
    edits = [
        outbox.edit_of(stored[header.key], number=number, now=now, after=stored[key])
        for number, key in enumerate((in_channel[-1], *elsewhere), start=1)
    ]
    outbox.queue_many(session, edits)


DETAILS = "executive_details"
"""The page of the letter with the details."""


def _open_executive(
    session: Session, opening: ReviewOpening, cadence: Cadence, earlier: Review | None, now: datetime
) -> Review:
    """Open a review without accounts, with the page of the month in the channel and its details below it."""
    if earlier is not None:
        close_review(session, earlier, now=now, closed_by="")
    review = _review_row(opening, cadence, now)
    review.kind = CadenceKind.EXECUTIVE
    session.add(review)
    session.flush()
    subject = ReviewSubject(review.row_id)
    key = letter_subjects.of_header(review.row_id)
    header = outbox.queue(session, _letter_to(review, now, key=key, page="review_header", subject=subject))
    details_key = letter_subjects.of_review(review.row_id, "details")
    details = _letter_to(review, now, key=details_key, page=DETAILS, subject=subject)
    details.parent = header.id
    outbox.queue(session, details)
    return review


def own_place(row: Account) -> str:
    """The account's own channel if its agendas go there and it is not private to another one; else ''."""
    return row.channel_id if row.posts_agenda and row.private_channel in ("", row.channel_id) else ""


def agenda_letter(review: Review, item_id: int, now: datetime, place: str = "") -> Letter:
    """The account's message in the review, posted in the channel `place` or, if that is empty, the review's."""
    subject, key = AgendaSubject(review.row_id, item_id), letter_subjects.of_item(review.row_id, item_id)
    letter = _letter_to(review, now, key=key, page="agenda", subject=subject)
    letter.channel_id = place or review.channel_id
    return letter


def _letter_to(review: Review, now: datetime, *, key: str, page: str, subject: LetterSubject) -> Letter:
    where = {"channel_id": review.channel_id, "review_id": review.id}
    return new_letter(LetterKind.POST, review.workspace_id, page, subject, key=key, at=now, **where)


# The next occurrence of a cadence, which the tick looks for.


def plan_next(session: Session, row: Cadence, *, at: datetime, is_replanned: bool = False) -> None:
    """Plan the next occurrence after a change of the cadence; one that is due and not opened yet stays.

    Messages about that review, which asked people to prepare it or remind or brief them, are moved or edited too.
    `is_replanned` where the plan itself was changed, such as its weekday or hour, and not one date of it.
    """
    was_on, was_at = row.next_on, row.next_at
    set_next(session, row, after=_just_before_due(session, row, at) or at)
    follow_change(session, row, was_on, now=at, is_replanned=is_replanned)
    if row.next_at != was_at:
        follow_move(session, row, at)
        _ask_again(session, row, at)
        # a cadence that was paused had no time before: briefs are then looked for at the new one
        follow_brief(session, row, was_at or row.next_at, at)


def _just_before_due(session: Session, row: Cadence, at: datetime) -> datetime | None:
    """Return the instant just before the occurrence that is due at `at` and was not opened yet, None without one.

    The next tick opens it; a change made just before that must not pass over it.
    """
    if row.next_at is None or row.next_on is None or row.next_at > at:
        return None
    if reviews.by_slot(session, row.workspace_id, slot_of(row.row_id, row.next_on)) is not None:
        return None
    return row.next_at - timedelta(microseconds=1)


def set_next(session: Session, row: Cadence, *, after: datetime) -> None:
    """Write the first occurrence after `after`, and when people are asked about it, for the tick; none while paused."""
    plan, changes = plan_of(session, row), change_facts(reviews.changes(session, row.row_id))
    found = None if row.is_paused else next_occurrence(plan, after, changes)
    if found is not None and found.at != row.next_at:
        # executives are notified of the new date too
        row.told_on = None
        # a new brief is sent for another review, or for the same one at another time unless that is within the hour
        if found.planned_on != row.briefed_on or found.at - BRIEFED_BEFORE > after:
            row.briefed_on = None
    row.next_at = found.at if found else None
    row.next_on = found.planned_on if found else None
    row.prepare_at = asks_at_of(row, plan)
    session.add(row)
    session.flush()


def _ask_again(session: Session, row: Cadence, at: datetime) -> None:
    """Queue again the messages that ask people to prepare the next review and were dropped while it was skipped."""
    until = cutoff_of(row)
    if row.next_on is None or until is None or until <= at:
        return
    asked = preparing.of_occurrence(session, row.row_id, row.next_on)
    letters = outbox.by_keys(session, row.workspace_id, {each.letter_key for each in asked}) if asked else {}
    requeue(session, letters.values(), at, not_after=until)


def replan_asking(session: Session, workspace_id: str) -> None:
    """Write when people are asked to prepare the next review of each cadence, after a change of their working days."""
    rows = reviews.cadences(session, workspace_id)
    plans = plans_of(session, rows)
    for row in rows:
        row.prepare_at = asks_at_of(row, plans[row.row_id])
        session.add(row)


def follow_everyone_away(session: Session, author: Author, away: Away, *, is_back: bool = False) -> int:
    """Plan each cadence's next review after these days off changed; return how many planned dates they cover.

    Each channel with such a date gets a message about the first one, unless the days were taken back.
    """
    rows = reviews.cadences(session, author.workspace_id)
    covered = 0
    for row in rows:
        plan_next(session, row, at=author.at)
        if row.is_paused or is_back:
            continue
        plan, changes = plan_of(session, row), change_facts(reviews.changes(session, row.row_id))
        found = dates_off(plan, max(away.from_on, local_date(author.at, row.zone)), away.until_on, changes)
        if found:
            because = away.name or EVERYONE_AWAY
            announce(session, author, row, what="skipped", planned_on=found[0].on, because=because)
        covered += len(found)
    return covered


def announce(
    session: Session,
    author: Author,
    row: Cadence,
    *,
    what: str,
    planned_on: date | None = None,
    moved_to: datetime | None = None,
    because: str = "",
) -> None:
    """Queue the message to the channel of a cadence: `what` is moved, skipped, held, paused or resumed."""
    subject = CadenceChangeSubject(
        what=what,
        by=author.user_id,
        zone=row.zone,
        planned_on=planned_on.isoformat() if planned_on else "",
        moved_to=moved_to.isoformat() if moved_to else "",
        because=because,
        next_at=row.next_at.isoformat() if row.next_at and not row.is_paused else "",
    )
    key, channel = f"cadence:{row.row_id}:{what}:{author.at.timestamp()}", row.channel_id
    page, workspace_id = "cadence_change", author.workspace_id
    letter = new_letter(LetterKind.POST, workspace_id, page, subject, key=key, at=author.at, channel_id=channel)
    outbox.queue(session, letter)


# Letters with the executive page, to our executives and the facilitator, a day before an executive review.

BEFORE = "executive_before"
NOTIFIED_BEFORE = timedelta(hours=24)


def meetings_to_notify(session: Session, now: datetime, limit: int) -> list[int]:
    return EXECUTIVES_NOTIFIED.due(session, now + NOTIFIED_BEFORE, limit)


def next_notice_at(session: Session) -> datetime | None:
    """Return when the next page of the day before is due, None without a meeting ahead."""
    meets_at = EXECUTIVES_NOTIFIED.next_meeting_at(session)
    return meets_at - NOTIFIED_BEFORE if meets_at else None


def notify_executives(session: Session, cadence_id: int, now: datetime) -> None:
    """Queue the page for our executives and the facilitator, once for each meeting day of the cadence."""
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_at is None or row.kind != CadenceKind.EXECUTIVE or row.told_on == row.next_on:
        return
    if row.next_at - NOTIFIED_BEFORE > now:
        return  # another process opened the review, or somebody moved it
    # after a restore from a backup it may have been sent already: it counts as tried, so that Slack is searched first
    tried_since = row.next_at - NOTIFIED_BEFORE if row.told_on == MAY_BE_DONE else None
    row.told_on = row.next_on
    session.add(row)
    if row.next_at <= now:
        return  # the review begins already: the page is for the day before it
    known = people.with_function(session, row.workspace_id)
    executives = [person.user_id for person in known if person.function == Function.EXECUTIVE]
    readers = dict.fromkeys((*executives, row.facilitator))
    subject = MeetingSubject(row.row_id, row.next_at.isoformat())
    key = f"executive:{row.row_id}:{local_date(row.next_at, row.zone)}"
    tried = {"first_tried_at": tried_since, "tried_until": now if tried_since else None}
    letters = [
        letter_to(row.workspace_id, user_id, BEFORE, subject, key=f"{key}:{user_id}", at=now, **tried)
        for user_id in readers
        if user_id
    ]
    queue_notices(session, letters)
