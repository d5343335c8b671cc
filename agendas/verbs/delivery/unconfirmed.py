"""Messages in doubt, which cannot be looked for: those who can decide are told once, and decide once."""

from datetime import UTC, datetime

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.people import Author
from agendas.facts.program.trail import DoubtDecision, TrailSubject
from agendas.rendering.filters import day
from agendas.text.days import local_date
from agendas.verbs.letters.queue import tell
from agendas.verbs.letters.trouble import helpers
from agendas.verbs.trail.note import note_change
from storage import people, reviews
from storage.delivery import leases, letter_keys, outbox
from storage.delivery.subjects import ChannelSubject, Subject
from storage.tables import Letter, LetterState

DECIDED = "That message is not in doubt any more. See /review ledger or /abm health."
ASKED_BY = "doubts"
"""The page that asks the admins."""
ASKED_EVERY_SECONDS = 3_600
THERE = "somebody saw that it is there"
"""Why a letter is not sent again; the ledger shows it."""


def post_again(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> None:
    """Send the message again. Raises Refused for others than the facilitator and admins, Outdated when decided."""
    letter = _in_doubt(session, author, letter_id, is_admin=is_admin)
    leases.requeue(session, letter, now=author.at)
    _note(session, author, letter, DoubtDecision.POST_AGAIN)


def leave_it(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> None:
    """Take the message as posted; its place is not known, so later changes cannot be shown there.

    Raises Refused for others than the facilitator and admins, Outdated when somebody decided already.
    """
    letter = _in_doubt(session, author, letter_id, is_admin=is_admin)
    leases.give_up(session, letter, reason=THERE)
    _note(session, author, letter, DoubtDecision.IT_IS_THERE)


def tell_of_doubt(session: Session, letter: Letter, now: datetime) -> None:
    """Queue one direct message for each review to its facilitator and the admins: they have to decide.

    About what belongs to no review the admins are asked, by one message an hour at most that has all of it.
    """
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if review is None:
        # that the question itself may have come asks nobody again; `/abm health` has it all
        if letter.page != ASKED_BY:
            _ask_admins(session, letter.workspace_id, now)
        return
    subject = ChannelSubject(review.channel_id, local_date(review.planned_at, review.zone).isoformat())
    for user_id in dict.fromkeys([review.facilitator, *helpers(session, review.workspace_id, review.channel_id)]):
        if user_id:
            key = letter_keys.of_review(review.row_id, f"doubt:{user_id}")
            tell(session, letter.workspace_id, user_id, page="doubt", subject=subject, key=key, at=now)


def _ask_admins(session: Session, workspace_id: str, now: datetime) -> None:
    """Queue the question, composed when it is sent; where this hour's is gone, the next hour's has the rest."""
    hour = int(now.timestamp()) // ASKED_EVERY_SECONDS
    for admin in people.admins(session, workspace_id):
        key = f"doubts:{hour}:{admin.user_id}"
        asked, at = outbox.by_key(session, workspace_id, key), now
        if asked is not None and asked.state != LetterState.WAITING:
            key = f"doubts:{hour + 1}:{admin.user_id}"
            at = datetime.fromtimestamp((hour + 1) * ASKED_EVERY_SECONDS, UTC)
        tell(session, workspace_id, admin.user_id, page=ASKED_BY, subject=Subject(), key=key, at=at)


def _in_doubt(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> Letter:
    letter = leases.lock_unsure(session, author.workspace_id, letter_id)
    if letter is None:
        raise Outdated(DECIDED)
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if not is_admin and (review is None or review.facilitator != author.user_id):
        facilitator = f"the facilitator of the review of {day(review.planned_at, review.zone)} or " if review else ""
        raise Refused(f"Only {facilitator}an admin can decide about this message.")
    return letter


def _note(session: Session, author: Author, letter: Letter, decision: DoubtDecision) -> None:
    before, after = {"state": LetterState.UNSURE.value}, {"decision": decision.value}
    note_change(session, author, TrailSubject.LETTER, letter.row_id, before=before, after=after)
