"""Messages to post, and requests already taken."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Exists,
    Select,
    Update,
    UpdateBase,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    update,
)
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import people
from storage.database import fresh, insert_all_new, insert_all_once, insert_once, lease_now, read_columns
from storage.letter_subjects import ContinuationSubject, LetterSubject, letter_to, new_letter, subject_of
from storage.models.delivery import Letter, LetterKind, LetterState, Pace
from storage.models.types import JsonValue, UTCDateTime
from storage.models.workspaces import Channel, Person, Workspace

# Edits of a message that were made before, and how long the next one waits after them.

EDITS_APART = timedelta(seconds=3)
"""Least time between two edits of one message, as Slack advises for messages that change all the time."""


@cache
def _select_earlier_edits() -> Select[int | None, int, Any]:
    """For each letter of `target_ids` that has edits: its id, how many were ever queued, and when the last was made."""
    is_made = col(Letter.state).in_((LetterState.SENT, LetterState.LEASED))
    # an edit that is being sent has no `sent_at` yet, and one in any other state no instant here
    made_at = case((is_made, func.coalesce(Letter.sent_at, Letter.due_at)))
    query = select_columns(col(Letter.target), func.count(), func.max(made_at))
    of_these = col(Letter.target).in_(bindparam("target_ids", expanding=True))
    return query.where(of_these).group_by(col(Letter.target))


# The outbox: letters queued in the transaction of the work that they are about.

UNDER_WAY = (LetterState.WAITING, LetterState.LEASED)
GIVEN_UP = (LetterState.REFUSED, LetterState.DROPPED)
"""States of a letter whose message will never be there."""
MAY_BE_COMPOSED = (*UNDER_WAY, LetterState.UNSURE)
"""States of a letter whose message may still have to be composed."""
COMPOSED = "said"
"""The page of a letter whose text was composed when it was queued; others are composed when they are sent."""
EDIT_DELAY = timedelta(seconds=2)
"""Time that an edit waits for more of the same burst."""


def queue(session: Session, letter: Letter) -> Letter:
    """Store the letter and return it; where its key was queued before, return that row untouched."""
    stored = next(iter(_queue_new(session, [letter])), None) or by_key(session, letter.workspace_id, letter.key)
    if stored is None:
        raise LookupError(f"letter {letter.key} is neither stored nor new")
    return stored


def queue_many(session: Session, letters: Sequence[Letter]) -> None:
    """Store the letters, numbered in their order, by one statement; those whose key was queued before stay as is."""
    insert_all_once(session, Letter, [letter.model_dump(exclude={"id"}) for letter in letters])


def _queue_new(session: Session, letters: Sequence[Letter]) -> list[Letter]:
    """Store the letters and return them as stored, without those whose key was queued before."""
    return insert_all_new(session, Letter, [letter.model_dump(exclude={"id"}) for letter in letters])


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
    """Like `queue_edit` for many messages, in a fixed number of statements; return the edits by the id of the letter.

    The letter is the one that posts the message; those given up are left out.
    """
    found: dict[int, Letter] = {}
    posted = [target for target in targets if target.state not in GIVEN_UP]
    # again where another process took the number of an edit meanwhile, so that it was not stored
    while missing := [target for target in posted if target.row_id not in found]:
        ids = [target.row_id for target in missing]
        # counted first: an edit queued meanwhile by another is then found waiting, or takes the same number
        earlier = list(read_columns(session, _select_earlier_edits(), {"target_ids": ids}))
        numbers = {target: count + 1 for target, count, _ in earlier}
        # an edit waits for the end of a burst of changes, and some seconds after the edit before it, but never longer
        # than that if the clock was set back
        pauses = {target: min(made_at + EDITS_APART - now, EDITS_APART) for target, _, made_at in earlier if made_at}
        delays = {each: max(delay, pauses.get(each, delay)) for each in ids}
        found |= _waiting_edits(session, {each: now + delays[each] for each in ids})
        edits = [
            edit_of(target, number=numbers.get(each, 1), now=now, delay=delays[each], after=after)
            for target in missing
            if (each := target.row_id) not in found
        ]
        found |= {edit.target: edit for edit in _queue_new(session, edits) if edit.target is not None}
    return found


def _waiting_edits(session: Session, due_at: Mapping[int, datetime]) -> dict[int, Letter]:
    """The edits that wait for these letters, the first of each, by the letter's id, due at its instant at the latest.

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


def by_id(session: Session, letter_id: int | None) -> Letter | None:
    """The letter of this id, None where there is none; no statement for one that the session has read."""
    return session.get(Letter, letter_id) if letter_id is not None else None


def by_key(session: Session, workspace_id: str, key: str) -> Letter | None:
    return session.scalars(_select_by_key(), {"workspace_id": workspace_id, "letter_key": key}).first()


@cache
def _select_by_key() -> SelectOfScalar[Letter]:
    return select(Letter).where(Letter.workspace_id == bindparam("workspace_id"), Letter.key == bindparam("letter_key"))


def latest_of(session: Session, workspace_id: str, keys: Collection[str]) -> Letter | None:
    """The letter with one of these keys that is or was due last; nobody takes it before this transaction ends."""
    query = select(Letter).where(Letter.workspace_id == workspace_id, col(Letter.key).in_(keys))
    return session.exec(fresh(query.order_by(col(Letter.due_at).desc()).limit(1).with_for_update())).first()


def by_keys(session: Session, workspace_id: str, keys: Collection[str]) -> dict[str, Letter]:
    found = session.scalars(_select_by_keys(), {"workspace_id": workspace_id, "letter_keys": list(keys)})
    return {letter.key: letter for letter in found}


@cache
def _select_by_keys() -> SelectOfScalar[Letter]:
    is_one = col(Letter.key).in_(bindparam("letter_keys", expanding=True))
    return select(Letter).where(Letter.workspace_id == bindparam("workspace_id"), is_one)


def to_person(session: Session, workspace_id: str, user_id: str, *, page: str) -> list[Letter]:
    """Every letter to the person with this page in the order they were queued, whatever became of it."""
    query = select(Letter).where(Letter.workspace_id == workspace_id, Letter.user_id == user_id, Letter.page == page)
    return list(session.exec(query.order_by(col(Letter.id))))


def of_review(session: Session, review_id: int) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.review_id == review_id).order_by(col(Letter.id))))


def of_reviews(session: Session, review_ids: Collection[int]) -> list[Letter]:
    return list(session.exec(select(Letter).where(col(Letter.review_id).in_(review_ids)).order_by(col(Letter.id))))


def posted_as(session: Session, workspace_id: str, channel_id: str, ts: str) -> Letter | None:
    """The letter that was posted as the message `ts` of the channel, None for a message of somebody else."""
    place = (Letter.workspace_id == workspace_id) & (Letter.sent_channel == channel_id) & (Letter.sent_ts == ts)
    return session.exec(select(Letter).where(place, Letter.kind == LetterKind.POST)).first()


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
    """The letter to queue for this part of a message too long for one: in its thread, or in one that it begins.

    A message that only one person sees has no thread: its parts follow in the same place, or as direct messages if it
    went as one.
    """
    is_ephemeral = letter.kind == LetterKind.EPHEMERAL
    is_direct = is_ephemeral and letter.sent_channel not in ("", letter.channel_id)
    return new_letter(
        LetterKind.DIRECT if is_direct else LetterKind.EPHEMERAL if is_ephemeral else LetterKind.POST,
        letter.workspace_id,
        CONTINUATION,
        ContinuationSubject(letter.row_id, part),
        key=f"{letter.key}/{part}",
        at=now,
        channel_id=letter.sent_channel or letter.channel_id,
        user_id=letter.user_id if is_ephemeral else "",
        parent=None if is_ephemeral else letter.parent or letter.id,
        thread_ts="" if is_direct else letter.thread_ts,
        review_id=letter.review_id,
    )


def next_due_at(session: Session, now: datetime) -> datetime | None:
    """When the next letter that is not due yet will be, None where there is none."""
    query = select(func.min(Letter.due_at)).where(col(Letter.state).in_(UNDER_WAY), col(Letter.due_at) > now)
    return session.exec(query).one()


def is_any_on_its_way(session: Session, until: datetime) -> bool:
    """Return whether a letter is being sent, or will be by then.

    Letters to a channel in trouble do not count, since they wait until it is well; its `trial` does, the one letter
    with which the channel is tried again.
    """
    waits_for_channel = exists().where(
        col(Channel.workspace_id) == Letter.workspace_id,
        col(Channel.channel_id) == Letter.channel_id,
        col(Channel.trouble) != "",
        col(Channel.trial).is_distinct_from(Letter.id),
    )
    goes = and_(col(Letter.state) == LetterState.WAITING, col(Letter.due_at) <= until, ~waits_for_channel)
    query = select(Letter.id).where(or_(col(Letter.state) == LetterState.LEASED, goes)).limit(1)
    return session.exec(query).first() is not None


def unsure(session: Session, workspace_id: str, limit: int) -> list[Letter]:
    """Letters that may have been posted and need a person's decision, newest first."""
    query = select(Letter).where(Letter.workspace_id == workspace_id, Letter.state == LetterState.UNSURE)
    return list(session.exec(query.order_by(col(Letter.due_at).desc(), col(Letter.id).desc()).limit(limit)))


def count_unsure(session: Session, workspace_id: str) -> int:
    return _count(session, (col(Letter.workspace_id) == workspace_id) & (col(Letter.state) == LetterState.UNSURE))


def count_pending(session: Session) -> int:
    return _count(session, col(Letter.state).in_(UNDER_WAY))


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(Letter).where(condition)).one()


# Messages ready to send: due, unleased, first in their channel, with parent and edit target already posted.

NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime)
LEASE_NOW: BindParameter[datetime] = bindparam("lease_now", type_=UTCDateTime)
"""Now by the lease clock."""


def ready() -> SelectOfScalar[int | None]:
    """Ids of the letters ready to send, oldest first, without those of the workspaces in `full`.

    A channel in trouble gets only the letter it is retried with.
    """
    has_room = col(Letter.workspace_id).not_in(bindparam("full", expanding=True))
    return _select_next_in_place().where(has_room, _may_pass(with_trials=True)).order_by(col(Letter.id))


@cache
def any_ready() -> SelectOfScalar[int | None]:
    """The id of the letter that is ready the longest; the statement is made once."""
    return ready().limit(1)


def is_expected_to_go() -> ColumnElement[bool]:
    """The condition of letters that neither their thread or edit target, nor channel or workspace keeps back."""
    return and_(_can_go(Letter), _may_pass(with_trials=False))


def blocked_by(session: Session, letters: Collection[Letter], *, now: datetime) -> dict[int, Letter]:
    """The letter, itself put off after a try, that each of these letters waits behind, by the id of the waiting one.

    The letters are of one workspace. If one waits behind several, it is the one that is retried last.
    """
    waiting = [letter for letter in letters if letter.state in UNDER_WAY]
    query = select(Letter).where(
        col(Letter.workspace_id).in_({letter.workspace_id for letter in waiting}),
        col(Letter.channel_id).in_({letter.channel_id for letter in waiting}),
        col(Letter.state) == LetterState.WAITING,
        col(Letter.attempts) > 0,
        col(Letter.due_at) > now,
        _can_go(Letter),
    )
    # in the order of their retries, so that of several the last one stays
    put_off = session.exec(query.order_by(col(Letter.due_at))).all() if waiting else ()
    return {letter.row_id: first for first in put_off for letter in waiting if _goes_first(first, letter)}


def _goes_first(first: Letter, letter: Letter) -> bool:
    """Return whether `first` starts the thread of `letter` or is ahead in its queue, as in `_select_next_in_place`."""
    # edits have a queue of their own in each place
    queues = [(each.channel_id, each.user_id, each.kind == LetterKind.EDIT) for each in (first, letter)]
    return first.id == letter.parent or (queues[0] == queues[1] and first.row_id < letter.row_id)


def _may_pass(*, with_trials: bool) -> ColumnElement[bool]:
    """The condition of letters whose channel is not in trouble and whose workspace is active.

    `with_trials`: also the letter that a channel in trouble is retried with.
    An ephemeral message goes to its person directly when it cannot be shown in the channel, so it never waits.
    """
    is_in_trouble = col(Channel.trouble) != ""
    if with_trials:
        is_in_trouble &= or_(col(Channel.trial).is_(None), col(Channel.trial) != Letter.id)
    trouble = exists().where(
        col(Channel.workspace_id) == Letter.workspace_id, col(Channel.channel_id) == Letter.channel_id, is_in_trouble
    )
    inactive = exists().where(col(Workspace.id) == Letter.workspace_id, col(Workspace.is_active).is_(False))
    return and_(or_(col(Letter.kind) == LetterKind.EPHEMERAL, ~trouble), ~inactive)


def _select_next_in_place() -> SelectOfScalar[int | None]:
    """Ids of the letters that are due and unleased, and that nothing earlier holds up."""
    earlier = aliased(Letter)
    in_front = and_(
        col(earlier.workspace_id) == Letter.workspace_id,
        col(earlier.channel_id) == Letter.channel_id,
        col(earlier.user_id) == Letter.user_id,
        (col(earlier.kind) == LetterKind.EDIT) == (col(Letter.kind) == LetterKind.EDIT),
        col(earlier.id) < Letter.id,
        # an edit that waits for the end of its burst holds nobody up; one that was put off keeps its place
        col(earlier.state).in_(UNDER_WAY),
        or_(
            col(earlier.state) == LetterState.LEASED,
            and_(or_(col(earlier.due_at) <= NOW, col(earlier.attempts) > 0), _can_go(earlier)),
        ),
    )
    return (
        select(col(Letter.id))
        .where(_is_free(), col(Letter.due_at) <= NOW, _can_go(Letter))
        .where(~exists().where(in_front))
    )


def _is_free() -> ColumnElement[bool]:
    """The condition of letters that wait, or whose lease has ended."""
    expired = or_(col(Letter.leased_until).is_(None), col(Letter.leased_until) <= LEASE_NOW)
    return or_(col(Letter.state) == LetterState.WAITING, and_(col(Letter.state) == LetterState.LEASED, expired))


def _can_go(letter: type[Letter]) -> ColumnElement[bool]:
    """The condition of letters whose thread and edit target are posted.

    An edit is in no thread: its `parent` is a letter that goes first, and it goes also where that one was given up.
    """
    parent, target = aliased(Letter), aliased(Letter)
    is_given_up = and_(col(letter.kind) == LetterKind.EDIT, col(parent.state).not_in(UNDER_WAY))
    return and_(
        or_(
            col(letter.parent).is_(None),
            exists().where(col(parent.id) == letter.parent, or_(col(parent.state) == LetterState.SENT, is_given_up)),
        ),
        or_(
            col(letter.target).is_(None),
            exists().where(col(target.id) == letter.target, col(target.state) == LetterState.SENT),
        ),
    )


# Retries of channels in trouble: with one letter at a time, and in one process.


def channels_due(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of channels in trouble that are due for a retry and have something waiting."""
    query = select(Channel.id).where(col(Channel.try_at) <= now, Channel.trouble != "", _something_waits(now))
    return [row_id for row_id in session.exec(query.order_by(col(Channel.try_at)).limit(limit)) if row_id is not None]


def next_retry_at(session: Session, now: datetime) -> datetime | None:
    """The earliest instant at which a channel in trouble that has something waiting is tried again."""
    return session.exec(select(func.min(Channel.try_at)).where(Channel.trouble != "", _something_waits(now))).one()


def _something_waits(now: datetime) -> Exists:
    """The condition that a letter to the channel of the row waits to be sent."""
    return exists().where(
        col(Letter.workspace_id) == Channel.workspace_id,
        col(Letter.channel_id) == Channel.channel_id,
        col(Letter.user_id) == "",
        col(Letter.state).in_(UNDER_WAY),
        col(Letter.due_at) <= now,
    )


def lock_due(session: Session, row_id: int, now: datetime) -> Channel | None:
    """Lock and return the channel if it is still due for a retry; else None."""
    query = select(Channel).where(Channel.id == row_id, Channel.trouble != "", col(Channel.try_at) <= now)
    return session.exec(fresh(query.with_for_update())).first()


def next_letter(session: Session, channel: Channel, now: datetime) -> int | None:
    """The id of the letter that would be sent to this channel next, messages before edits; None if none can go."""
    values: dict[str, Any] = {"now": now, "lease_now": lease_now(session, now)}
    values |= {"workspace_id": channel.workspace_id, "channel_id": channel.channel_id}
    is_there = (
        col(Letter.workspace_id) == bindparam("workspace_id"),
        col(Letter.channel_id) == bindparam("channel_id"),
        col(Letter.user_id) == "",
    )
    messages_first = (col(Letter.kind) == LetterKind.EDIT, col(Letter.id))
    return session.scalars(_select_next_in_place().where(*is_there).order_by(*messages_first).limit(1), values).first()


def _tried_with(letter: Letter) -> Update:
    """An update, without its values, of the channel whose trial is this letter; of no row for any other letter."""
    is_it = (
        col(Channel.workspace_id) == letter.workspace_id,
        col(Channel.channel_id) == letter.channel_id,
        col(Channel.trial) == letter.row_id,
    )
    return update(Channel).where(*is_it).execution_options(synchronize_session=False)


# Letters collected in another letter: what one person gets within a time is one message.

WENT = (LetterState.SENT, LetterState.LEASED, LetterState.UNSURE, LetterState.WAITING)
"""States of a letter that its reader got, or may get."""


def collect(session: Session, letter: Letter, *, page: str, due_at: Callable[[Letter | None], datetime]) -> None:
    """Show the letter in the next message with this page to its person, instead of sending it by itself.

    If no such message waits, one is queued; `due_at` returns when, given the last one that the person may have had.
    """
    collect_many(session, [letter], page=page, due_at=lambda _letter, last: due_at(last))


def collect_many(
    session: Session, letters: Sequence[Letter], *, page: str, due_at: Callable[[Letter, Letter | None], datetime]
) -> None:
    """Like `collect` for many letters of one workspace, in a fixed number of statements.

    Each letter is stored as collected; its parent is the message that shows it, which gives it its due time. `due_at`
    returns when a new message is due, from its first letter and the last message that the person had, if any.
    """
    if not letters:
        return
    # the first letter of each person: in reversed order it is the one that stays
    first = {each.user_id: each for each in reversed(letters)}
    found: dict[str, Letter] = {}
    # again where another process stored a message meanwhile
    while missing := first.keys() - found.keys():
        last = latest_of_people(session, letters[0].workspace_id, missing, page=page)
        found |= {user_id: letter for user_id, letter in last.items() if is_untried(letter)}
        new = [
            _collecting_letter(first[user_id], last.get(user_id), page=page, due_at=due_at)
            for user_id in sorted(missing - found.keys())
        ]
        queue_many(session, new)
    for letter in letters:
        message = found[letter.user_id]
        letter.state, letter.parent, letter.due_at = LetterState.COLLECTED, message.row_id, message.due_at
    queue_many(session, letters)


def _collecting_letter(
    letter: Letter, last: Letter | None, *, page: str, due_at: Callable[[Letter, Letter | None], datetime]
) -> Letter:
    """The letter to queue for one message in which this letter and later ones to the same person are shown.

    `last` is the person's last message of this kind; one that they certainly never got is not passed to `due_at`.
    """
    at = due_at(letter, last if last is not None and last.state in WENT else None)
    # several processes that need it at once make the same key, so that one message is stored
    key = f"{page}:{letter.user_id}:{last.row_id if last is not None else 0}"
    return letter_to(letter.workspace_id, letter.user_id, page, LetterSubject(), key=key, at=at)


def collected_in(session: Session, letter: Letter) -> list[Letter]:
    """The letters that are shown in this one, in the order they were queued."""
    query = select(Letter).where(
        Letter.workspace_id == letter.workspace_id,
        Letter.channel_id == "",
        Letter.user_id == letter.user_id,
        Letter.state == LetterState.COLLECTED,
        Letter.parent == letter.id,
    )
    return list(session.exec(query.order_by(col(Letter.id))))


def latest_page_letter(session: Session, workspace_id: str, user_id: str, *, page: str) -> Letter | None:
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


def reschedule(session: Session, letter: Letter, due_at: datetime) -> None:
    """Let the letter, with those shown in it, be due at another instant, and count as created then, so not as late."""
    letter.due_at = letter.created_at = due_at
    session.add(letter)
    for collected in collected_in(session, letter):
        collected.due_at = due_at
        session.add(collected)


def is_untried(letter: Letter) -> bool:
    """Return true if the letter waits and was certainly never sent, so that more can be shown in it."""
    return letter.state == LetterState.WAITING and letter.first_tried_at is None and letter.tried_until is None


def may_be_sent(letter: Letter) -> bool:
    """Return true if the letter was sent, or may have been: its message may need an edit to be up to date."""
    return letter.state in WENT and not is_untried(letter)


# Ids of people's direct conversations with the bot, kept from the first contact on.


def is_new(session: Session, workspace_id: str, user_id: str, channel_id: str) -> bool:
    """Return whether this direct conversation of a known person is not the one stored, or none is."""
    person = people.find(session, workspace_id, user_id)
    return person is not None and person.direct_channel != channel_id


def with_direct_channel(session: Session, workspace_id: str, user_ids: Collection[str]) -> set[str]:
    """Those of these people whose direct conversation is stored: writing to the others takes a request more."""
    query = select(Person.user_id).where(Person.workspace_id == workspace_id, Person.direct_channel != "")
    return set(session.exec(query.where(col(Person.user_id).in_(user_ids))))


def keep_direct_channel(session: Session, workspace_id: str, user_id: str, channel_id: str) -> None:
    """Keep the person's conversation; another one kept before is forgotten."""
    is_theirs = col(Person.workspace_id) == workspace_id, col(Person.user_id) == user_id
    is_new = col(Person.direct_channel) != channel_id
    session.execute(
        update(Person)
        .where(*is_theirs, is_new)
        .values(direct_channel=channel_id)
        .execution_options(synchronize_session=False)
    )


# Claim letters to send, each by one worker at a time, and record what became of them.


@dataclass(frozen=True, slots=True)
class Attempts:
    """The time during which earlier attempts may have sent a letter: `since` by Slack's clock, `until` by ours."""

    since: datetime
    until: datetime


def claim_letters(
    session: Session,
    *,
    now: datetime,
    tried_at: datetime,
    worker: str,
    lease: timedelta,
    batch: int,
    full: Collection[str] = (),
) -> list[Letter]:
    """Claim the letters this worker may send now, at most `batch`, oldest first, at most one per place.

    `tried_at` is `now` by Slack's clock, by which the letter's message is looked for later. The lease begins and ends
    by the lease clock. A letter with a `tried_until` was claimed before, and that worker may have sent it (see
    `earlier_attempts`): look for it in Slack before sending it. Letters of the workspaces in `full` are left.
    """
    leased_at = lease_now(session, now)
    values = {"now": now, "lease_now": leased_at, "lease_ends_at": leased_at + lease, "tried_at": tried_at}
    chosen = {"worker": worker, "batch": batch, "full": list(full)}
    return sorted(session.scalars(_claim(), values | chosen), key=lambda letter: letter.row_id)


@cache
def _claim() -> UpdateBase:
    """The statement of `claim_letters`, made once: making it takes longer than executing it."""
    chosen = ready().limit(bindparam("batch")).with_for_update(skip_locked=True, of=Letter)
    return (
        update(Letter)
        .where(col(Letter.id).in_(chosen.scalar_subquery()))
        .values(
            state=LetterState.LEASED,
            leased_until=bindparam("lease_ends_at", type_=UTCDateTime),
            leased_by=bindparam("worker"),
            attempts=Letter.attempts + 1,
            first_tried_at=func.coalesce(Letter.first_tried_at, bindparam("tried_at", type_=UTCDateTime)),
            # from the values before this claim: the end of a lease that nobody settled, else what was noted earlier
            tried_until=func.coalesce(Letter.leased_until, Letter.tried_until, Letter.first_tried_at),
        )
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def earlier_attempts(letter: Letter) -> Attempts | None:
    """Return when earlier attempts may have sent a letter just claimed, None when they cannot have.

    An attempt of a worker that ended was over with its lease at the latest; none began before the letter was created.
    """
    if letter.tried_until is None:
        return None
    return Attempts(letter.first_tried_at or letter.created_at, letter.tried_until)


def is_any_claimable(session: Session, now: datetime, *, full: Collection[str] = ()) -> bool:
    """Return whether `claim_letters` would find a letter."""
    values = {"now": now, "lease_now": lease_now(session, now), "full": list(full)}
    return session.execute(any_ready(), values).first() is not None


def is_held(session: Session, letter: Letter, now: datetime) -> bool:
    """Return whether this worker still has the letter, by the lease clock."""
    leased = select(Letter.id).where(*_leased_as(letter), col(Letter.leased_until) > lease_now(session, now))
    return session.exec(leased).first() is not None


def record_sent(session: Session, letter: Letter, *, channel_id: str, ts: str, at: datetime) -> Letter:
    """Record the letter as sent and return it as stored. An earlier record stays."""
    stored = session.get_one(Letter, letter.row_id)
    if stored.state != LetterState.SENT:
        stored.state, stored.sent_channel, stored.sent_ts, stored.sent_at = LetterState.SENT, channel_id, ts, at
        stored.leased_until, stored.leased_by, stored.last_error, stored.failing_since = None, "", "", None
        session.add(stored)
        session.flush()
        # a channel that was in trouble and tried with this letter is well again
        well = {"trouble": "", "trouble_at": None, "try_at": None, "trial": None, "is_shared": False}
        session.execute(_tried_with(stored).values(**well))
        forget_text(session, stored)
    return stored


def forget_text(session: Session, letter: Letter) -> None:
    """Replace a text composed beforehand by its digest once neither it nor a part of it will be sent any more.

    It may name private accounts, and would be kept for as long as the letter.
    """
    is_part = letter.page == CONTINUATION
    origin = by_id(session, subject_of(letter, ContinuationSubject).of) if is_part else letter
    messages = origin.subject.get("messages") if origin is not None and origin.page == COMPOSED else None
    if origin is None or not messages:
        return
    parts = continuations(session, origin) if len(messages) > 1 else []
    # the later parts are queued once the first one was sent; none will be where that was given up
    is_queued = origin.state in GIVEN_UP or len(parts) + 1 >= len(messages)
    if is_queued and not any(each.state in MAY_BE_COMPOSED for each in (origin, *parts)):
        digest = sha256(dumps(messages).encode()).hexdigest()
        origin.subject = origin.subject | {"messages": [], "digest": digest}
        session.add(origin)
        session.flush()


def put_off(
    session: Session, letter: Letter, *, until: datetime, error: str, tried: Attempts | None, look_cursor: str = ""
) -> None:
    """Let the letter wait until then. `tried` is when it may have been sent, None when it cannot have been.

    `look_cursor` is where the search for its message goes on, which began at the letter's `look_began_at`.
    """
    look = {"look_cursor": look_cursor, "look_began_at": letter.look_began_at} if look_cursor else {}
    _settle(session, letter, state=LetterState.WAITING, error=error, due_at=until, **look, **_attempt_columns(tried))


def put_off_failed(
    session: Session,
    letter: Letter,
    *,
    until: datetime,
    error: str,
    tried: Attempts | None,
    failing_since: datetime | None,
    is_ours: bool = False,
) -> None:
    """Put the letter off after a failed try; where the failure `is_ours` and not Slack's, later letters may go first.

    `failing_since`: when errors of its own began, None in an outage. `tried`: when it may have been sent, else None.
    """
    # a letter that waits with no attempts does not hold up later ones (`_select_next_in_place`)
    counts = {"attempts": 0} if is_ours else {"failures": letter.failures + 1}
    changes = {"due_at": until, "failing_since": failing_since, **counts, **_attempt_columns(tried)}
    _settle(session, letter, state=LetterState.WAITING, error=error, **changes)


def refuse(session: Session, letter: Letter, *, error: str) -> None:
    """Record that Slack refused the letter for good, and drop the letters that depend on it."""
    if _settle(session, letter, state=LetterState.REFUSED, error=error):
        _drop_dependents(session, letter)


def mark_unsure(session: Session, letter: Letter, *, error: str) -> bool:
    """Mark the letter as possibly sent, for a person to decide. Return False when another worker has it."""
    return _settle(session, letter, state=LetterState.UNSURE, error=error)


def drop_letters(session: Session, letter: Letter, *, reason: str) -> bool:
    """Drop one letter that was overtaken, and those that depend on it. Returns False when another worker has it."""
    is_dropped = _settle(session, letter, state=LetterState.DROPPED, error=reason)
    if is_dropped:
        _drop_dependents(session, letter)
    return is_dropped


def drop_waiting_of(session: Session, review_id: int, *, reason: str) -> None:
    is_waiting = and_(col(Letter.review_id) == review_id, col(Letter.state) == LetterState.WAITING)
    session.execute(update(Letter).where(is_waiting).values(state=LetterState.DROPPED, last_error=reason))


def lock_unsure(session: Session, workspace_id: str, letter_id: int) -> Letter | None:
    """Lock and return the letter that a person has to decide about; None when it is not unsure."""
    query = select(Letter).where(
        Letter.workspace_id == workspace_id, Letter.id == letter_id, Letter.state == LetterState.UNSURE
    )
    return session.exec(fresh(query.with_for_update())).first()


def requeue(session: Session, letter: Letter, *, now: datetime) -> None:
    """Let the letter wait as if it was queued now, so that it is not taken for late."""
    letter.state, letter.created_at, letter.due_at, letter.attempts = LetterState.WAITING, now, now, 0
    letter.first_tried_at, letter.tried_until, letter.last_error, letter.failures = None, None, "", 0
    letter.failing_since, letter.not_after = None, None
    session.add(letter)
    session.flush()


def give_up(session: Session, letter: Letter, *, reason: str) -> None:
    """Drop an unsure letter, and those that depend on it, since nobody knows where its message is."""
    letter.state, letter.last_error = LetterState.DROPPED, reason
    session.add(letter)
    session.flush()
    _drop_dependents(session, letter)
    forget_text(session, letter)


def end_all(session: Session, *, now: datetime) -> None:
    """End every lease. Only for a database with one process, at its start: the holders are gone."""
    # its worker may have sent a letter until the lease ended, or until now
    ended = case((col(Letter.leased_until) < now, col(Letter.leased_until)), else_=now)
    statement = update(Letter).where(col(Letter.state) == LetterState.LEASED, col(Letter.leased_until).is_not(None))
    session.execute(statement.values(leased_until=None, tried_until=ended))


def _attempt_columns(tried: Attempts | None) -> dict[str, datetime | None]:
    """The columns that store when the letter may have been sent; None in both where it cannot have been."""
    return {"first_tried_at": tried.since if tried else None, "tried_until": tried.until if tried else None}


def _settle(
    session: Session, letter: Letter, *, state: LetterState, error: str, **changes: datetime | int | str | None
) -> bool:
    """Record what became of the letter. Return False, with nothing recorded, when another worker has it."""
    # a search for its message is over unless `changes` say where it goes on
    no_look = {"look_cursor": "", "look_began_at": None}
    statement = (
        update(Letter)
        .where(*_leased_as(letter))
        .values(state=state, last_error=error, leased_until=None, leased_by="", **(no_look | changes))
        .returning(col(Letter.id))
        .execution_options(synchronize_session=False)
    )
    is_settled = session.execute(statement).first() is not None
    if is_settled and state != LetterState.WAITING:
        # a channel tried with this letter may be tried with another at once, as its trouble began in the past
        session.execute(_tried_with(letter).values(trial=None, try_at=Channel.trouble_at))
    if is_settled and state in GIVEN_UP and letter.page in (COMPOSED, CONTINUATION):
        forget_text(session, session.get_one(Letter, letter.row_id, populate_existing=True))
    return is_settled


def _leased_as(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    """The conditions that the letter is still leased by the claim that returned it, and not by a later one."""
    return (
        col(Letter.id) == letter.row_id,
        col(Letter.state) == LetterState.LEASED,
        col(Letter.leased_by) == letter.leased_by,
        col(Letter.attempts) == letter.attempts,
    )


def _drop_dependents(session: Session, letter: Letter) -> None:
    """Drop the replies to and edits of a message that will never be there, and their own dependents."""
    gone: Sequence[int] = [letter.row_id]
    while gone:
        # the parent of an edit is only the letter that goes before it
        replies = and_(col(Letter.parent).in_(gone), col(Letter.kind) != LetterKind.EDIT)
        dependents = or_(replies, col(Letter.target).in_(gone))
        statement = (
            update(Letter)
            .where(dependents, col(Letter.state) == LetterState.WAITING)
            .values(state=LetterState.DROPPED, last_error="the message it belongs to was not posted")
            .returning(col(Letter.id))
            .execution_options(synchronize_session=False)
        )
        gone = [row_id for row_id in session.scalars(statement) if row_id is not None]


# Moving posted letters to another channel.


def move_to(session: Session, letter: Letter, channel_id: str, *, now: datetime) -> None:
    """Post the letter in this channel (again, if posted elsewhere), with everything waiting for its thread.

    Replies in its old thread stay there. A letter that may have been posted is left to the person who decides.
    """
    # continuations are queued again when it is sent
    parts = [each.row_id for each in continuations(session, letter)]
    if parts:
        session.execute(delete(Letter).where(col(Letter.target).in_(parts) | col(Letter.id).in_(parts)))
    depends_on_it = or_(col(Letter.parent) == letter.id, col(Letter.target) == letter.id)
    waits = depends_on_it & col(Letter.state).in_(UNDER_WAY)
    session.execute(update(Letter).where(waits).values(channel_id=channel_id))
    letter.channel_id = channel_id
    if letter.state in (LetterState.SENT, LetterState.WAITING):
        letter.sent_at, letter.sent_channel, letter.sent_ts = None, "", ""
        requeue(session, letter, now=now)
    session.add(letter)
    session.flush()


# Send times of a workspace, shared by several processes so that together they keep Slack's rate limits.


def lock(session: Session, workspace_id: str) -> Pace:
    """Lock and return the workspace's send times, adding the row when it is missing."""
    query = fresh(select(Pace).where(Pace.workspace_id == workspace_id).with_for_update())
    row = session.exec(query).first()
    if row is None:
        insert_once(session, Pace, {"workspace_id": workspace_id, "state": {}})
        row = session.exec(query).one()
    return row


def sending_state(session: Session, workspace_id: str) -> JsonValue:
    """The send times of the workspace, read without a lock: others may be changing them. Empty when there are none."""
    row = session.exec(select(Pace).where(Pace.workspace_id == workspace_id)).first()
    return row.state if row else {}
