"""Letters told in another letter: what one person gets within a time is collected into one message."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from storage.database.fresh_rows import fresh
from storage.delivery import outbox
from storage.tables import Letter, LetterKind, LetterState

WENT = (LetterState.SENT, LetterState.LEASED, LetterState.UNSURE, LetterState.WAITING)
"""States of a letter that its reader got, or may get."""


def collect(session: Session, letter: Letter, *, page: str, due_at: Callable[[Letter | None], datetime]) -> None:
    """Let the letter be told in the person's message with this page, once; one is queued where none waits.

    `due_at` gives the instant of a new one, from the last one that the person had or may have had.
    """
    into = _open_message(session, letter, page=page, due_at=due_at)
    letter.state, letter.parent, letter.due_at = LetterState.COLLECTED, into.row_id, into.due_at
    outbox.queue(session, letter)


def collected_in(session: Session, letter: Letter) -> list[Letter]:
    """The letters that this one tells, in the order they were queued."""
    query = select(Letter).where(
        Letter.workspace_id == letter.workspace_id,
        Letter.channel_id == "",
        Letter.user_id == letter.user_id,
        Letter.state == LetterState.COLLECTED,
        Letter.parent == letter.id,
    )
    return list(session.exec(query.order_by(col(Letter.id))))


def latest(session: Session, workspace_id: str, user_id: str, *, page: str) -> Letter | None:
    """The person's last letter with this page; nobody takes it before this transaction ends."""
    query = select(Letter).where(
        Letter.workspace_id == workspace_id, Letter.channel_id == "", Letter.user_id == user_id, Letter.page == page
    )
    return session.exec(fresh(query.order_by(col(Letter.id).desc()).limit(1).with_for_update())).first()


def waiting_to(session: Session, workspace_id: str, user_id: str) -> list[Letter]:
    """Direct messages to the person that were never tried; nobody takes them before this transaction ends."""
    query = select(Letter).where(
        Letter.workspace_id == workspace_id,
        Letter.channel_id == "",
        Letter.user_id == user_id,
        Letter.state == LetterState.WAITING,
        Letter.kind == LetterKind.DIRECT,
    )
    locked = fresh(query.order_by(col(Letter.id)).with_for_update())
    return [letter for letter in session.exec(locked) if is_untried(letter)]


def is_untried(letter: Letter) -> bool:
    """Return true if the letter waits and was certainly never sent, so that it can still tell more."""
    return letter.state == LetterState.WAITING and letter.first_tried_at is None and letter.tried_until is None


def _open_message(
    session: Session, letter: Letter, *, page: str, due_at: Callable[[Letter | None], datetime]
) -> Letter:
    workspace_id, user_id = letter.workspace_id, letter.user_id
    last = latest(session, workspace_id, user_id, page=page)
    while last is None or not is_untried(last):
        at = due_at(last if last is not None and last.state in WENT else None)
        new = Letter(
            workspace_id=workspace_id,
            # of several processes that tell the person at once, all queue this one
            key=f"{page}:{user_id}:{last.row_id if last is not None else 0}",
            kind=LetterKind.DIRECT,
            page=page,
            user_id=user_id,
            created_at=at,
            due_at=at,
        )
        outbox.queue(session, new)
        last = latest(session, workspace_id, user_id, page=page)
    return last
