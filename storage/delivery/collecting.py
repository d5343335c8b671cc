"""Letters told in another letter: what one person gets within a time is collected into one message."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func
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
    collect_many(session, [letter], page=page, due_at=lambda _letter, last: due_at(last))


def collect_many(
    session: Session, letters: Sequence[Letter], *, page: str, due_at: Callable[[Letter, Letter | None], datetime]
) -> None:
    """Let each of these letters of one workspace be told in its person's message, by as many statements as for one.

    `due_at` gives the instant of a new message, from a letter that it tells and the last one that the person had or may
    have had.
    """
    if not letters:
        return
    first = {each.user_id: each for each in reversed(letters)}
    into = _open_messages(session, first, page=page, due_at=due_at)
    for letter in letters:
        message = into[letter.user_id]
        letter.state, letter.parent, letter.due_at = LetterState.COLLECTED, message.row_id, message.due_at
    outbox.queue_many(session, letters)


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


def latest_of_people(session: Session, workspace_id: str, user_ids: Collection[str], *, page: str) -> dict[str, Letter]:
    """The last letter of each of these people with this page; nobody takes them before this transaction ends."""
    last = (
        select(func.max(Letter.id))
        .where(
            Letter.workspace_id == workspace_id,
            Letter.channel_id == "",
            col(Letter.user_id).in_(user_ids),
            Letter.page == page,
        )
        .group_by(col(Letter.user_id))
    )
    query = select(Letter).where(col(Letter.id).in_(last)).order_by(col(Letter.user_id)).with_for_update()
    return {letter.user_id: letter for letter in session.exec(fresh(query))}


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


def due_anew(session: Session, letter: Letter, due_at: datetime) -> None:
    """Let the letter, with all that it tells, be due at another instant; created then too, so as not to be late."""
    letter.due_at = letter.created_at = due_at
    session.add(letter)
    for told in collected_in(session, letter):
        told.due_at = due_at
        session.add(told)


def is_untried(letter: Letter) -> bool:
    """Return true if the letter waits and was certainly never sent, so that it can still tell more."""
    return letter.state == LetterState.WAITING and letter.first_tried_at is None and letter.tried_until is None


def may_be_sent(letter: Letter) -> bool:
    """Return true if the letter was sent, or may have been: what it said may be out of date by now."""
    return letter.state in WENT and not is_untried(letter)


def _open_messages(
    session: Session,
    letters: Mapping[str, Letter],
    *,
    page: str,
    due_at: Callable[[Letter, Letter | None], datetime],
) -> dict[str, Letter]:
    """The untried message with this page of each person, by user id; `letters` are the first that each is to tell."""
    workspace_id = next(iter(letters.values())).workspace_id
    found: dict[str, Letter] = {}
    while missing := letters.keys() - found.keys():
        last = latest_of_people(session, workspace_id, missing, page=page)
        found |= {user_id: letter for user_id, letter in last.items() if is_untried(letter)}
        new = [
            _message(letters[user_id], last.get(user_id), page=page, due_at=due_at)
            for user_id in sorted(missing - found.keys())
        ]
        outbox.queue_many(session, new)
    return found


def _message(
    letter: Letter, last: Letter | None, *, page: str, due_at: Callable[[Letter, Letter | None], datetime]
) -> Letter:
    at = due_at(letter, last if last is not None and last.state in WENT else None)
    return Letter(
        workspace_id=letter.workspace_id,
        # of several processes that tell the person at once, all queue this one
        key=f"{page}:{letter.user_id}:{last.row_id if last is not None else 0}",
        kind=LetterKind.DIRECT,
        page=page,
        user_id=letter.user_id,
        created_at=at,
        due_at=at,
    )
