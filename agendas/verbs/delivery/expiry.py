"""Expiry of letters that could not be sent for a while: those that people still need are sent, the rest dropped."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.rules.access.delivery_reasons import NOT_IN_TIME
from agendas.rules.reviews.lateness import WAITED_BELOW, is_too_late, judge, late_by
from agendas.verbs.reviews.start import offer_instead
from storage import people, reviews
from storage.delivery import leases, outbox
from storage.delivery.subjects import ChannelTroubleSubject, subject_of
from storage.tables import Letter, LetterKind, LetterState, Review, ReviewState

ANSWERS_KEPT_FOR = timedelta(days=1)
"""Age at which an answer or a confirmation is of no use: the history has what it says."""

MISSED = "the review was missed"


def may_be_overtaken(letter: Letter, now: datetime) -> bool:
    """Return true if the letter may have expired: it has waited, and is no edit, which is always composed anew."""
    return letter.kind != LetterKind.EDIT and (
        now - letter.created_at > WAITED_BELOW or _is_after_its_time(letter, now)
    )


def drop_if_overtaken(session: Session, letter: Letter, *, now: datetime) -> str:
    """Drop the letter, held by a worker, if it has expired, and return the reason; empty when it is to be sent.

    A review whose first message could not be posted within two hours of its time is missed: nothing of it is posted,
    and the channel is offered to hold it now.
    """
    reason = NOT_IN_TIME if _is_after_its_time(letter, now) else ""
    if not reason and letter.page in REASONS:
        reason = REASONS[letter.page](session, letter, now)
    if reason and leases.drop(session, letter, reason=reason) and letter.page == "review_header":
        _miss(session, letter, now)
    return reason


def _is_after_its_time(letter: Letter, now: datetime) -> bool:
    return letter.not_after is not None and now > letter.not_after


def _header(session: Session, letter: Letter, now: datetime) -> str:
    review = _review(session, letter, lock=True)
    # where other messages of it are there, it is under way without its first one
    if review is None or any(each.state == LetterState.SENT for each in outbox.of_review(session, review.row_id)):
        return ""
    # one with a short closing time may be over before anybody could see it
    is_over = review.state == ReviewState.CLOSED and not review.was_held
    return MISSED if is_over or is_too_late(review.planned_at, review.opened_at, now) else ""


def _agenda(session: Session, letter: Letter, now: datetime) -> str:
    # closing the review queues edits of letters that are not dropped; of dropped ones no edit may be left
    review = _review(session, letter, lock=True)
    return "the review was over before it could be posted" if review is not None and _is_over(review, now) else ""


def _is_over(review: Review, now: datetime) -> bool:
    """Return true if it is closed, or will be at the next tick: a bot that comes back may get to its letters before."""
    return review.state != ReviewState.OPEN or (review.closes_at is not None and review.closes_at <= now)


def _missed(session: Session, letter: Letter, _now: datetime) -> str:
    posted_or_missed = (ReviewState.OPEN, ReviewState.CLOSED, ReviewState.MISSED)
    return "a later review followed" if _has_later(session, letter, posted_or_missed) else ""


def _your_actions(session: Session, letter: Letter, _now: datetime) -> str:
    return "a later review told of them" if _has_later(session, letter, (ReviewState.CLOSED,)) else ""


def _answer(_session: Session, letter: Letter, now: datetime) -> str:
    return "it came more than a day too late" if now - letter.created_at > ANSWERS_KEPT_FOR else ""


def _trouble(session: Session, letter: Letter, _now: datetime) -> str:
    channel = people.find_channel(session, letter.workspace_id, subject_of(letter, ChannelTroubleSubject).channel_id)
    return "" if channel is not None and channel.trouble else "the channel can be posted in again"


REASONS: dict[str, Callable[[Session, Letter, datetime], str]] = {
    "review_header": _header,
    "agenda": _agenda,
    "executive_details": _agenda,
    "missed": _missed,
    "your_actions": _your_actions,
    "recorded": _answer,
    "said": _answer,
    "trouble": _trouble,
}
"""Rules of expiry by page; letters with pages that are not here are sent whenever they can be."""


def _miss(session: Session, header: Letter, now: datetime) -> None:
    """Mark the review as missed, unless people held it meanwhile without its messages: then it stays as it is."""
    review = reviews.get(session, header.workspace_id, header.review_id or 0, lock=True)
    if review is None or review.was_held:
        return
    review.state = ReviewState.MISSED
    review.reason = f"{late_by(judge(review.planned_at, now).minutes)}, it could not be sent before"
    session.add(review)
    leases.drop_waiting_of(session, review.row_id, reason=MISSED)
    cadence = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    offer_instead(session, review, next_at=cadence.next_at if cadence else None, now=now)


def _review(session: Session, letter: Letter, *, lock: bool = False) -> Review | None:
    return reviews.get(session, letter.workspace_id, letter.review_id, lock=lock) if letter.review_id else None


def _has_later(session: Session, letter: Letter, states: tuple[ReviewState, ...]) -> bool:
    """Return true if the channel has had another review since that is in one of these states."""
    review = _review(session, letter)
    if review is None:
        return False
    later = reviews.latest_in(session, letter.workspace_id, review.channel_id)
    return any(each.row_id > review.row_id and each.state in states for each in later)
