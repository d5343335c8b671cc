"""What becomes of messages: too late to be sent, perhaps sent twice, corrected, shared."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.facts.people import Author
from agendas.facts.program import TrailSubject, UnsureDecision
from agendas.pages.updates import RecordedFacts, corrected_page, thread_undone_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words, day
from agendas.rules.access import NOT_IN_TIME
from agendas.rules.schedule import WAITED_BELOW, is_too_late, judge, late_by
from agendas.text.dates import local_date
from agendas.verbs.card import get_event, recorded_facts
from agendas.verbs.letters import people_who_help, queue_direct
from agendas.verbs.reviews import offer_instead
from agendas.verbs.trail import note_change
from storage import inbox, letter_subjects, outbox, people, reviews
from storage.letter_subjects import ChannelSubject, ChannelTroubleSubject, LetterSubject, subject_of
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.reviews import Review, ReviewState

# Letters that could not be sent for a while expire: those that people still need are sent, the rest dropped.

ANSWERS_KEPT_FOR = timedelta(days=1)
"""Age at which an answer or a confirmation is of no use: the history has what it says."""
MISSED = "the review was missed"


def may_be_overtaken(letter: Letter, now: datetime) -> bool:
    """Return true if the letter has to be checked by `drop_if_overtaken`: it has waited, or its time is over.

    An edit never has to be, since it is composed when it is sent. Without `not_after` a letter's time is never over.
    """
    return letter.kind != LetterKind.EDIT and (
        now - letter.created_at > WAITED_BELOW or now > (letter.not_after or now)
    )


def drop_if_overtaken(session: Session, letter: Letter, *, now: datetime) -> str:
    """Drop the letter, held by a worker, if it has expired, and return the reason; empty when it is to be sent.

    A review whose first message could not be posted within two hours of its time is missed: nothing of it is posted,
    and the channel is offered to hold it now. Without `not_after` a letter's time is never over.
    """
    reason = NOT_IN_TIME if now > (letter.not_after or now) else _reason_to_drop(session, letter, now)
    if reason and outbox.drop_letters(session, letter, reason=reason) and letter.page == "review_header":
        _mark_missed(session, letter, now)
    return reason


def _mark_missed(session: Session, header: Letter, now: datetime) -> None:
    """Mark the review as missed, unless people held it meanwhile without its messages: then it stays as it is."""
    review = _review(session, header, lock=True)
    if review is None or review.was_held:
        return
    review.state = ReviewState.MISSED
    review.reason = f"{late_by(judge(review.planned_at, now).minutes)}, it could not be sent before"
    session.add(review)
    outbox.drop_waiting_of(session, review.row_id, reason=MISSED)
    cadence = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    offer_instead(session, review, next_at=cadence.next_at if cadence else None, now=now)


def _reason_to_drop(session: Session, letter: Letter, now: datetime) -> str:
    """Why the letter is of no use any more; '' for one of a page without a rule here, sent whenever it can be."""
    match letter.page:
        case "review_header":
            review = _review(session, letter, lock=True)
            # where other messages of the review were sent it has begun, and its header is still sent
            letters = outbox.of_review(session, review.row_id) if review else []
            if review is None or any(each.state == LetterState.SENT for each in letters):
                return ""
            # a review with a short closing time may be over before anybody could see it
            is_over = review.state == ReviewState.CLOSED and not review.was_held
            return MISSED if is_over or is_too_late(review.planned_at, review.opened_at, now) else ""
        case "agenda" | "executive_details":
            # closing the review queues edits of letters that are not dropped; of dropped ones no edit may be left
            review = _review(session, letter, lock=True)
            if review is None:
                return ""
            # over too once its closing time has passed: a bot that was away may send letters before it closes reviews
            is_over = review.state != ReviewState.OPEN or (review.closes_at is not None and review.closes_at <= now)
            return "the review was over before it could be posted" if is_over else ""
        case "missed":
            posted_or_missed = (ReviewState.OPEN, ReviewState.CLOSED, ReviewState.MISSED)
            return "a later review followed" if _has_later(session, letter, posted_or_missed) else ""
        case "your_actions":
            return "a later review told of them" if _has_later(session, letter, (ReviewState.CLOSED,)) else ""
        case "recorded" | "said":
            return "it came more than a day too late" if now - letter.created_at > ANSWERS_KEPT_FOR else ""
        case "trouble":
            channel_id = subject_of(letter, ChannelTroubleSubject).channel_id
            channel = people.find_channel(session, letter.workspace_id, channel_id)
            return "" if channel is not None and channel.trouble else "the channel can be posted in again"
    return ""


def _has_later(session: Session, letter: Letter, states: tuple[ReviewState, ...]) -> bool:
    """True if a later review of the channel is in one of these states."""
    review = _review(session, letter)
    if review is None:
        return False
    later = reviews.latest_in(session, letter.workspace_id, review.channel_id)
    return any(each.row_id > review.row_id and each.state in states for each in later)


def _review(session: Session, letter: Letter, *, lock: bool = False) -> Review | None:
    return reviews.get(session, letter.workspace_id, letter.review_id, lock=lock) if letter.review_id else None


# Messages that may have been sent and cannot be looked for: those who can decide are asked once, and decide once.

DECIDED = "That message is not in doubt any more. See /review ledger or /abm health."

ASKED_BY = "doubts"
"""The page that asks the admins."""
ASKED_EVERY_SECONDS = 3_600

THERE = "somebody saw that it is there"
"""Why a letter is not sent again; the ledger shows it."""


def ask_about_unsure(session: Session, letter: Letter, now: datetime) -> None:
    """Queue one direct message for each review to its facilitator and the admins: they have to decide.

    About what belongs to no review the admins are asked, by one message an hour at most that has all of it.
    """
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if review is None:
        # no question about a question that may not have come: `/abm health` shows all such messages anyway
        if letter.page != ASKED_BY:
            _ask_admins(session, letter.workspace_id, now)
        return
    subject = ChannelSubject(review.channel_id, local_date(review.planned_at, review.zone).isoformat())
    deciders = [review.facilitator, *people_who_help(session, review.workspace_id, review.channel_id)]
    for user_id in dict.fromkeys(deciders):
        if user_id:
            key = letter_subjects.of_review(review.row_id, f"doubt:{user_id}")
            queue_direct(session, letter.workspace_id, user_id, page="doubt", subject=subject, key=key, at=now)


def _ask_admins(session: Session, workspace_id: str, now: datetime) -> None:
    """Ask each admin about the unconfirmed messages, once an hour at most.

    While this hour's question waits it covers the new ones too, as it is composed when sent; else the next hour's does.
    """
    hour = int(now.timestamp()) // ASKED_EVERY_SECONDS
    for admin in people.admins(session, workspace_id):
        key = f"doubts:{hour}:{admin.user_id}"
        asked, at = outbox.by_key(session, workspace_id, key), now
        if asked is not None and asked.state != LetterState.WAITING:
            key = f"doubts:{hour + 1}:{admin.user_id}"
            at = datetime.fromtimestamp((hour + 1) * ASKED_EVERY_SECONDS, UTC)
        queue_direct(session, workspace_id, admin.user_id, page=ASKED_BY, subject=LetterSubject(), key=key, at=at)


def post_again(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> None:
    """Send the message again. Raises Refused for others than the facilitator and admins, Outdated when decided."""
    letter = _lock_unsure(session, author, letter_id, is_admin=is_admin)
    outbox.requeue(session, letter, now=author.at)
    _note(session, author, letter, UnsureDecision.POST_AGAIN)


def leave_unsure(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> None:
    """Treat the message as posted; its place is not known, so later changes cannot be shown in it.

    Raises Refused for others than the facilitator and admins, Outdated when somebody decided already.
    """
    letter = _lock_unsure(session, author, letter_id, is_admin=is_admin)
    outbox.give_up(session, letter, reason=THERE)
    _note(session, author, letter, UnsureDecision.IT_IS_THERE)


def _lock_unsure(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> Letter:
    """Return the letter that the author may decide about, locked. Raises Outdated when decided, Refused for others."""
    letter = outbox.lock_unsure(session, author.workspace_id, letter_id)
    if letter is None:
        raise Outdated(DECIDED)
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if not is_admin and (review is None or review.facilitator != author.user_id):
        facilitator = f"the facilitator of the review of {day(review.planned_at, review.zone)} or " if review else ""
        raise Refused(f"Only {facilitator}an admin can decide about this message.")
    return letter


def _note(session: Session, author: Author, letter: Letter, decision: UnsureDecision) -> None:
    before, after = {"state": LetterState.UNSURE.value}, {"decision": decision.value}
    note_change(session, author, TrailSubject.LETTER, letter.row_id, before=before, after=after)


# Pages of letters about corrections: the line in a review's thread, and the receipt of who corrected an entry.


def line(
    session: Session,
    workspace_id: str,
    correction: EventFacts,
    words: Words,
    *,
    zone: str,
    late_for: date | None,
    is_named: bool,
) -> Page:
    """Return the line that says what was taken back or corrected, by whom and why."""
    facts = _entry(session, workspace_id, correction)
    return thread_undone_page(facts, correction, words, zone=zone, late_for=late_for, is_named=is_named)


def receipt(session: Session, workspace_id: str, corrections: Sequence[EventFacts], words: Words) -> Page:
    """Return the receipt of the first correction; the others are of entries that went with its own."""
    entry = _entry(session, workspace_id, corrections[0])
    # the last correction has the account as all of them left it
    return corrected_page(entry, recorded_facts(session, corrections[-1]), words, others=len(corrections) - 1)


def _entry(session: Session, workspace_id: str, correction: EventFacts) -> RecordedFacts:
    """Return the entry that was corrected. Raises Outdated when it is not there."""
    # always a `Corrected` here: only the type of `change` is wider
    entry_id = correction.change.event_id if isinstance(correction.change, Corrected) else correction.id
    return recorded_facts(session, get_event(session, workspace_id, entry_id))


# Sharing of cards and answers: clicks on one Share button that are close together share once.

SHARED_AGAIN_AFTER = timedelta(minutes=1)
"""Clicks on one Share button that are closer together than this share once."""


def claim_share(session: Session, author: Author, channel_id: str, message_ts: str, *, what: str) -> str:
    """The inbox key under which an answer or a card, `what`, is shared now, empty when it was shared just before."""
    claim = f"share:{channel_id}:{message_ts}:{author.user_id}:{what}"
    is_first = inbox.note_key_again(session, author.workspace_id, claim, author.at, after=SHARED_AGAIN_AFTER)
    return claim if is_first else ""
