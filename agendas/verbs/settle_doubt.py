"""A message that may be there and cannot be looked for: who can decide is told once, and decides once."""

from datetime import datetime

from sqlmodel import Session

from agendas.author import Author
from agendas.errors import Outdated, Refused
from agendas.verbs.letters import tell
from agendas.verbs.note_trouble import helpers
from storage import leases, people, reviews
from storage.tables import Letter

DECIDED = "That message is not in doubt any more. See /review ledger."
NOT_YOURS = "Only the facilitator of this review or an admin can decide about this message."
THERE = "somebody saw that it is there"
"""Why a letter is not sent again; the ledger shows it."""


def post_again(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> None:
    """The message is sent again. Raises Refused for others than the facilitator and admins, Outdated when decided."""
    letter = _in_doubt(session, author, letter_id, is_admin=is_admin)
    leases.send_anew(session, letter, now=author.at)
    _note(session, author, letter, "post again")


def leave_it(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> None:
    """The message is there, and is not sent again; without its place its later changes cannot be shown there.

    Raises Refused for others than the facilitator and admins, Outdated when somebody decided already.
    """
    letter = _in_doubt(session, author, letter_id, is_admin=is_admin)
    leases.give_up_doubtful(session, letter, reason=THERE)
    _note(session, author, letter, "it is there")


def tell_of_doubt(session: Session, letter: Letter, now: datetime) -> None:
    """Queues one direct message for each review to its facilitator and the admins: they have to decide."""
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if review is None:
        return
    for user_id in dict.fromkeys([review.facilitator, *helpers(session, review.workspace_id, review.channel_id)]):
        if user_id:
            subject, key = {"channel_id": review.channel_id}, f"review:{review.row_id}:doubt:{user_id}"
            tell(session, letter.workspace_id, user_id, page="doubt", subject=subject, key=key, at=now)


def _in_doubt(session: Session, author: Author, letter_id: int, *, is_admin: bool) -> Letter:
    letter = leases.doubtful(session, author.workspace_id, letter_id)
    if letter is None:
        raise Outdated(DECIDED)
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if not is_admin and (review is None or review.facilitator != author.user_id):
        raise Refused(NOT_YOURS)
    return letter


def _note(session: Session, author: Author, letter: Letter, decision: str) -> None:
    people.note_change(
        session,
        workspace_id=author.workspace_id,
        actor=author.user_id,
        at=author.at,
        subject=f"letter:{letter.row_id}",
        before={"state": "unsure"},
        after={"decision": decision},
    )
