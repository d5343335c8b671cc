"""Look-ups of past reviews as they were."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.events import Corrected
from agendas.facts.past_review import OpenedAccount, OpenedReview, PastReview, PastReviews, PastState
from agendas.facts.reviews import CadenceKind, ReviewFacts
from agendas.rendering.words import day
from agendas.rules.entries import uncorrected
from agendas.rules.executive import month_reviewed
from agendas.rules.history import AUTOMATIC
from agendas.rules.schedule import instant_of
from agendas.text.dates import local_date
from agendas.verbs.card import subject_in, subjects
from agendas.verbs.loading import event_facts, plan_of
from agendas.verbs.review_reads import (
    GONE,
    NOT_KEPT,
    corrected_in,
    functions_of,
    get_review,
    permalinks,
    review_facts,
    review_item,
)
from agendas.verbs.roster import asked_about_next_at
from storage import accounts, letter_subjects, outbox, reviews
from storage import past_reviews as stored_past_reviews
from storage.models.events import Event
from storage.models.reviews import Review, ReviewState

REVIEWS_PER_PAGE = 10
LATER_SHOWN = 6
LATER_FOR = timedelta(days=14)
"""Time after a review closed in which entries are shown as late, unless the next one opens before."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def past_reviews(
    session: Session,
    workspace_id: str,
    channel_id: str,
    *,
    now: datetime,
    is_here: bool = True,
    before: tuple[int, int] | None = None,
) -> PastReviews:
    """Return a page of the channel's past reviews, newest first, with dates that were skipped.

    `before` is (microseconds of the planned instant, id) of the last one shown. `is_here`: the reader is in that
    channel; elsewhere only reviews with accounts that the reader may see are shown.
    """
    position = (EPOCH + timedelta(microseconds=before[0]), before[1]) if before else None
    rows = stored_past_reviews.page(
        session, workspace_id, channel_id, before=position, with_not_posted=is_here, limit=REVIEWS_PER_PAGE + 1
    )
    shown = rows[:REVIEWS_PER_PAGE]
    functions = functions_of(session, workspace_id)
    has_more = len(rows) > REVIEWS_PER_PAGE
    # the dates that belong between the reviews of this page
    span = (shown[-1].planned_at if has_more else EPOCH, position[0] if position else now)
    skipped = _skipped(session, workspace_id, channel_id, span) if is_here else []
    found = [*(past_review(row, functions) for row in shown), *skipped]
    return PastReviews(
        channel_id=channel_id,
        reviews=tuple(sorted(found, key=lambda each: (each.planned_at, each.id), reverse=True)),
        more_value=f"{channel_id} {_microseconds(shown[-1])} {shown[-1].row_id}" if has_more else "",
        is_first=before is None,
    )


def opened_review(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> OpenedReview:
    """Return a past review as it was.

    Raises Outdated where there is none, it is not closed yet, it was an executive one, or its accounts are hidden.
    """
    row = get_review(session, workspace_id, review_id)
    if row.state == ReviewState.OPEN:
        raise Outdated(
            f"The review of {day(row.planned_at, row.zone)} is open still. See it in its channel, or with /review."
        )
    if row.kind == CadenceKind.EXECUTIVE:
        month = month_reviewed(local_date(row.planned_at, row.zone))
        raise Outdated(f"That was an executive review. See the page of its month with /abm executive {month:%Y-%m}.")
    review = review_facts(session, workspace_id, review_id, now=now)
    if row.state == ReviewState.CLOSED and not review.items:
        raise Outdated(GONE)
    previous_id, next_id = stored_past_reviews.neighbours(session, row)
    later = _later(session, row, review, next_id)
    keys = [letter_subjects.of_header(row.row_id), letter_subjects.of_review(row.row_id, "recap")]
    links = permalinks(session, workspace_id, outbox.by_keys(session, workspace_id, keys).values())
    return OpenedReview(
        past=past_review(row, functions_of(session, workspace_id)),
        review=review,
        previous_id=previous_id,
        next_id=next_id,
        header_link=links.get(keys[0], ""),
        recap_link=links.get(keys[1], ""),
        later=_late_entries(session, workspace_id, later[:LATER_SHOWN]),
        has_more_later=len(later) > LATER_SHOWN,
    )


def with_late_entries(session: Session, workspace_id: str, review: ReviewFacts) -> ReviewFacts:
    """Return the review with the accounts that got uncorrected entries after it had closed.

    Entries from after people were asked about the next review count for that one.
    """
    row = get_review(session, workspace_id, review.id)
    _, next_id = stored_past_reviews.neighbours(session, row)
    next_at = asked_about_next_at(session, row)
    later = [each for each in _later(session, row, review, next_id) if next_at is None or each.recorded_at < next_at]
    # a correction has a line of its own
    updated = {
        event.account_id for event in uncorrected(map(event_facts, later)) if not isinstance(event.change, Corrected)
    }
    late = (item.facts.account for item in review.items if item.facts.account.account_id in updated)
    return replace(review, late=tuple(account.name for account in late))


def opened_account(session: Session, workspace_id: str, item_id: int, *, now: datetime) -> OpenedAccount:
    """Return an account as it was when a review closed. Raises Outdated when there is none, or it is open still."""
    item_row = reviews.item(session, workspace_id, item_id)
    row = reviews.get(session, workspace_id, item_row.review_id) if item_row else None
    if row is None or row.closed_at is None:
        raise Outdated(NOT_KEPT)
    item = review_item(session, workspace_id, item_id, now=now, review=row)
    return OpenedAccount(
        item=item,
        review_id=row.row_id,
        review_on=local_date(row.planned_at, row.zone),
        closed_at=row.closed_at,
        zone=row.zone,
        corrected=tuple(entry for _, entry in corrected_in(session, row, (item,))),
    )


_STATES = {ReviewState.MISSED: PastState.MISSED, ReviewState.SKIPPED: PastState.NOTHING_IN_SCOPE}


def past_review(row: Review, functions: dict[str, str]) -> PastReview:
    """Return how a review that is over ended, and who was there by function."""
    closed = PastState.HELD if row.was_held else PastState.NOT_HELD
    return PastReview(
        id=row.row_id,
        planned_at=row.planned_at,
        zone=row.zone,
        state=_STATES.get(row.state, closed),
        attended=tuple((person, functions.get(person, "")) for person in row.attended),
        late_minutes=row.late_minutes,
        reason=row.reason,
    )


def _skipped(session: Session, workspace_id: str, channel_id: str, span: tuple[datetime, datetime]) -> list[PastReview]:
    """Return the dates of the channel's cadence between two instants that somebody skipped."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    if cadence is None:
        return []
    found, plan = [], plan_of(session, cadence)
    for change in reviews.changes(session, cadence.row_id):
        at, _ = instant_of(plan, change.planned_on)
        if change.moved_to is None and span[0] < at < span[1]:
            found.append(PastReview(0, at, cadence.zone, PastState.SKIPPED, reason=change.because, by=change.actor))
    return found


def _later(session: Session, row: Review, review: ReviewFacts, next_id: int | None) -> Sequence[Event]:
    """Return what people recorded of the review's accounts after it closed and before the next one opened.

    It is one more than is shown, so that the page knows whether there are more, and nothing while the review is open.
    """
    if row.closed_at is None:
        return ()
    following = reviews.by_id(session, next_id) if next_id is not None else None
    until = row.closed_at + LATER_FOR
    if following is not None:
        until = min(until, following.opened_at)
    return stored_past_reviews.recorded_later(
        session,
        [item.facts.account.account_id for item in review.items],
        after=row.closed_at,
        until=until,
        excluded=[source.value for source in AUTOMATIC],
        limit=LATER_SHOWN + 1,
    )


def _late_entries(session: Session, workspace_id: str, rows: Iterable[Event]) -> tuple[FoundItem, ...]:
    """The entries on accounts that the reader may see, each with the text of the item that it is about."""
    entries = [event_facts(row) for row in rows]
    texts = subjects(session, entries)
    ids = {entry.account_id for entry in entries}
    found = {row.row_id: row for row in (accounts.get_many(session, workspace_id, ids) if ids else ())}
    visible = (
        (OfAccount(each.account_id, found[each.account_id].name), each) for each in entries if each.account_id in found
    )
    return tuple(FoundItem(account, each, each.id, subject=subject_in(each, texts)) for account, each in visible)


def _microseconds(row: Review) -> int:
    return (row.planned_at - EPOCH) // timedelta(microseconds=1)
