"""Compose the letters of executive reviews: the page in the channel, its details, the recap, and the page before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from agendas.facts.measures.executive import ExecutiveReport
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.review import ReviewFacts
from agendas.pages.executive.page import executive_details_page
from agendas.pages.executive.review import (
    Meeting,
    Outcome,
    executive_before_page,
    executive_recap_page,
    executive_review_page,
)
from agendas.rendering.page import Page
from agendas.rules.executive.reviewed import month_reviewed
from agendas.text.days import local_date
from agendas.verbs.delivery.composing import Composing, reader_can_record, reader_zone
from agendas.verbs.measures.executive import executive
from agendas.verbs.reads.reviews.facts import review_facts
from agendas.verbs.reviews.executive import DETAILS
from agendas.verbs.reviews.executive_before import BEFORE
from agendas.verbs.reviews.told import outcome_of
from storage import reviews
from storage.delivery.subjects import MeetingSubject, ReviewSubject


def header(composing: Composing, review: ReviewFacts) -> Page | None:
    """Return the page of an executive review; None for a review of accounts."""
    if review.kind is not CadenceKind.EXECUTIVE:
        return None
    report, outcome = _report(composing, _month(review)), _outcome(composing, review)
    return executive_review_page(report, review, outcome, composing.words)


def recap(composing: Composing, review: ReviewFacts) -> Page | None:
    """Return the recap of an executive review; None for a review of accounts."""
    if review.kind is not CadenceKind.EXECUTIVE:
        return None
    return executive_recap_page(review, _month(review), _outcome(composing, review), composing.words)


def details(composing: Composing) -> Page:
    """Return the details of an executive review."""
    review_id = composing.subject(ReviewSubject).review_id
    review = review_facts(composing.session, composing.letter.workspace_id, review_id, now=composing.now)
    page = executive_details_page(_report(composing, _month(review)), composing.words)
    return replace(page, key=f"details-{review.id}")


def before(composing: Composing) -> Page | None:
    """Return the executive page for somebody who meets a day later; None where that was skipped, moved or paused."""
    subject = composing.subject(MeetingSubject)
    row = reviews.cadence(composing.session, subject.cadence_id)
    at = datetime.fromisoformat(subject.at)
    if row is None or row.next_at != at or at <= composing.now or row.kind != CadenceKind.EXECUTIVE:
        return None
    report = _report(composing, month_reviewed(local_date(at, row.zone)))
    meeting = Meeting(row.channel_id, at, reader_zone(composing))
    can_act, reader = reader_can_record(composing), composing.letter.user_id
    return executive_before_page(report, meeting, composing.words, can_act=can_act, reader=reader)


def _outcome(composing: Composing, review: ReviewFacts) -> Outcome:
    return outcome_of(composing.session, composing.letter.workspace_id, review, composing.now)


def _month(review: ReviewFacts) -> date:
    return month_reviewed(local_date(review.planned_at, review.zone))


def _report(composing: Composing, month: date) -> ExecutiveReport:
    return executive(composing.session, composing.letter.workspace_id, f"{month:%Y-%m}", now=composing.now)


EXECUTIVE_PAGES: dict[str, Callable[[Composing], Page | None]] = {DETAILS: details, BEFORE: before}
