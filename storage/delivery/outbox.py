"""The outbox: letters queued in the transaction of the work that they tell of."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.database.fresh_rows import fresh
from storage.database.upsert import insert_all_once, insert_once
from storage.delivery.earlier_edits import delay_after, earlier_edits
from storage.delivery.subjects import ContinuationSubject, to_json
from storage.tables import Channel, Letter, LetterKind, LetterState

UNDER_WAY = (LetterState.WAITING, LetterState.LEASED)
GIVEN_UP = (LetterState.REFUSED, LetterState.DROPPED)
"""States of a letter whose message will never be there."""
EDIT_DELAY = timedelta(seconds=2)
"""Time that an edit waits for more of the same burst."""


def queue(session: Session, letter: Letter) -> Letter:
    """The stored letter. When its key was queued before, that row, untouched."""
    insert_once(session, Letter, letter.model_dump(exclude={"id"}))
    stored = by_key(session, letter.workspace_id, letter.key)
    if stored is None:
        raise LookupError(f"letter {letter.key} is neither stored nor new")
    return stored


def queue_many(session: Session, letters: Sequence[Letter]) -> None:
    """Store the letters, numbered in their order, by one statement; those whose key was queued before stay as is."""
    insert_all_once(session, Letter, [letter.model_dump(exclude={"id"}) for letter in letters])


def queue_edit(
    session: Session, *, target: Letter, now: datetime, delay: timedelta = EDIT_DELAY, after: Letter | None = None
) -> Letter | None:
    """The one edit that waits for the message of `target`: a burst of changes is shown by one edit.

    What it says is composed when it is sent, so an edit that still waits covers every change before. It also waits
    until the letter `after`, if given, was sent. None when the letter of the message was given up.
    """
    return queue_edits(session, [target], now=now, delay=delay, after=after).get(target.row_id)


def queue_edits(
    session: Session,
    targets: Sequence[Letter],
    *,
    now: datetime,
    delay: timedelta = EDIT_DELAY,
    after: Letter | None = None,
) -> dict[int, Letter]:
    """Queue the edits of many messages by as many statements as for one; by the id of the letter that posted each."""
    found: dict[int, Letter] = {}
    there = [target for target in targets if target.state not in GIVEN_UP]
    while missing := [target for target in there if target.row_id not in found]:
        ids = [target.row_id for target in missing]
        # counted first: an edit queued meanwhile by another is then found waiting, or takes the same number
        earlier = earlier_edits(session, ids)
        delays = {each: delay_after(earlier.get(each), now=now, delay=delay) for each in ids}
        found |= _waiting_edits(session, {each: now + delays[each] for each in ids})
        edits = [
            edit_of(target, number=number, now=now, delay=delays[target.row_id], after=after)
            for target in missing
            if target.row_id not in found
            for number in (earlier[target.row_id].count + 1 if target.row_id in earlier else 1,)
        ]
        queue_many(session, edits)
    return found


def edit_of(
    target: Letter, *, now: datetime, delay: timedelta = timedelta(), number: int = 1, after: Letter | None = None
) -> Letter:
    """The edit to queue of a message that has no other waiting, its first unless `number` says otherwise."""
    return Letter(
        workspace_id=target.workspace_id,
        key=f"{target.key}:edit:{number}",
        kind=LetterKind.EDIT,
        page=target.page,
        subject=target.subject,
        channel_id=target.channel_id,
        user_id=target.user_id,
        parent=after.id if after else None,
        target=target.id,
        review_id=target.review_id,
        created_at=now,
        due_at=now + delay,
    )


def by_key(session: Session, workspace_id: str, key: str) -> Letter | None:
    """The letter of this key, None if it was never queued."""
    return session.scalars(_by_key(), {"workspace_id": workspace_id, "letter_key": key}).first()


def latest_of(session: Session, workspace_id: str, keys: Collection[str]) -> Letter | None:
    """The letter with one of these keys that is or was due last; nobody takes it before this transaction ends."""
    query = select(Letter).where(Letter.workspace_id == workspace_id, col(Letter.key).in_(keys))
    return session.exec(fresh(query.order_by(col(Letter.due_at).desc()).limit(1).with_for_update())).first()


@cache
def _by_key() -> SelectOfScalar[Letter]:
    return select(Letter).where(Letter.workspace_id == bindparam("workspace_id"), Letter.key == bindparam("letter_key"))


def by_keys(session: Session, workspace_id: str, keys: Collection[str]) -> dict[str, Letter]:
    """The letters stored under these keys, by key."""
    found = session.scalars(_by_keys(), {"workspace_id": workspace_id, "letter_keys": list(keys)})
    return {letter.key: letter for letter in found}


@cache
def _by_keys() -> SelectOfScalar[Letter]:
    is_one = col(Letter.key).in_(bindparam("letter_keys", expanding=True))
    return select(Letter).where(Letter.workspace_id == bindparam("workspace_id"), is_one)


def to_person(session: Session, workspace_id: str, user_id: str, *, page: str) -> list[Letter]:
    """Every letter to the person with this page in the order they were queued, whatever became of it."""
    query = select(Letter).where(Letter.workspace_id == workspace_id, Letter.user_id == user_id, Letter.page == page)
    return list(session.exec(query.order_by(col(Letter.id))))


def of_review(session: Session, review_id: int) -> list[Letter]:
    """Every letter of a review in the order they were queued, for its ledger."""
    return list(session.exec(select(Letter).where(Letter.review_id == review_id).order_by(col(Letter.id))))


def of_reviews(session: Session, review_ids: Collection[int]) -> list[Letter]:
    """Every letter of these reviews in the order they were queued."""
    return list(session.exec(select(Letter).where(col(Letter.review_id).in_(review_ids)).order_by(col(Letter.id))))


def posted_as(session: Session, workspace_id: str, channel_id: str, ts: str) -> Letter | None:
    """The letter that was posted as the message `ts` of the channel, None for a message of somebody else."""
    here = (Letter.workspace_id == workspace_id) & (Letter.sent_channel == channel_id) & (Letter.sent_ts == ts)
    return session.exec(select(Letter).where(here, Letter.kind == LetterKind.POST)).first()


def discard(session: Session, letters: Collection[Letter]) -> None:
    """Delete these letters, which were never sent."""
    session.flush()
    session.execute(delete(Letter).where(col(Letter.id).in_([letter.row_id for letter in letters])))


def continuations(session: Session, letter: Letter) -> list[Letter]:
    """The letters that carry on a message too long for one, in order."""
    query = select(Letter).where(
        Letter.workspace_id == letter.workspace_id,
        Letter.page == CONTINUATION,
        Letter.kind != LetterKind.EDIT,
        col(Letter.key).startswith(f"{letter.key}/", autoescape=True),
    )
    return list(session.exec(query.order_by(col(Letter.id))))


CONTINUATION = "continuation"
"""The page of a letter that carries on another."""

ALSO_TO_CHANNEL = ("recap",)
"""Pages of letters that stand in a thread and are shown in the channel too."""


def continuation_of(letter: Letter, *, part: int, now: datetime) -> Letter:
    """The letter to queue for this part of a message too long for one, in the same thread.

    What only one person sees has no thread of its own: the parts follow it in its place, or directly where it went so.
    """
    is_ephemeral = letter.kind == LetterKind.EPHEMERAL
    is_direct = is_ephemeral and letter.sent_channel not in ("", letter.channel_id)
    return Letter(
        workspace_id=letter.workspace_id,
        key=f"{letter.key}/{part}",
        kind=LetterKind.DIRECT if is_direct else LetterKind.EPHEMERAL if is_ephemeral else LetterKind.POST,
        page=CONTINUATION,
        subject=to_json(ContinuationSubject(letter.row_id, part)),
        channel_id=letter.sent_channel or letter.channel_id,
        user_id=letter.user_id if is_ephemeral else "",
        parent=None if is_ephemeral else letter.parent or letter.id,
        thread_ts="" if is_direct else letter.thread_ts,
        review_id=letter.review_id,
        created_at=now,
        due_at=now,
    )


def next_due_at(session: Session, now: datetime) -> datetime | None:
    """The earliest instant after now at which a letter of any workspace falls due."""
    query = select(func.min(Letter.due_at)).where(col(Letter.state).in_(UNDER_WAY), col(Letter.due_at) > now)
    return session.exec(query).one()


def is_any_on_its_way(session: Session, until: datetime) -> bool:
    """Return whether a letter is being sent or will be by then; those to channels in trouble wait for their retry."""
    in_trouble = exists().where(
        col(Channel.workspace_id) == Letter.workspace_id,
        col(Channel.channel_id) == Letter.channel_id,
        col(Channel.trouble) != "",
        col(Channel.trial).is_distinct_from(Letter.id),
    )
    goes = and_(col(Letter.state) == LetterState.WAITING, col(Letter.due_at) <= until, ~in_trouble)
    query = select(Letter.id).where(or_(col(Letter.state) == LetterState.LEASED, goes)).limit(1)
    return session.exec(query).first() is not None


def unsure(session: Session, workspace_id: str, limit: int) -> list[Letter]:
    """Letters that may have been posted and need a person's decision, newest first."""
    query = select(Letter).where(Letter.workspace_id == workspace_id, Letter.state == LetterState.UNSURE)
    return list(session.exec(query.order_by(col(Letter.due_at).desc(), col(Letter.id).desc()).limit(limit)))


def count_unsure(session: Session, workspace_id: str) -> int:
    """The number of unsure letters of the workspace."""
    return _count(session, (col(Letter.workspace_id) == workspace_id) & (col(Letter.state) == LetterState.UNSURE))


def count_pending(session: Session) -> int:
    """The number of letters still to be sent."""
    return _count(session, col(Letter.state).in_(UNDER_WAY))


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(Letter).where(condition)).one()


def _waiting_edits(session: Session, due_at: Mapping[int, datetime]) -> dict[int, Letter]:
    """The edits of letters that were not sent yet, by the letter's id, due at its instant at the latest.

    Their lock keeps them from being composed before this transaction can be seen.
    """
    query = select(Letter).where(col(Letter.target).in_(due_at), Letter.state == LetterState.WAITING)
    found: dict[int, Letter] = {}
    for edit in session.exec(fresh(query.order_by(col(Letter.id)).with_for_update())):
        if edit.target is None or edit.target in found:
            continue
        found[edit.target] = edit
        # one that Slack put off keeps the time that Slack asked for
        if edit.attempts == 0 and edit.due_at > due_at[edit.target]:
            edit.due_at = due_at[edit.target]
            session.add(edit)
    return found
