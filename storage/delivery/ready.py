"""Messages ready to send: due, unleased, first in their channel, with parent and edit target already posted."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.delivery.outbox import UNDER_WAY
from storage.tables import Channel, Letter, LetterKind, LetterState, Workspace
from storage.tables.types import UTCDateTime

NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime)
LEASE_NOW: BindParameter[datetime] = bindparam("lease_now", type_=UTCDateTime)
"""Now by the lease clock."""


def ready() -> SelectOfScalar[int | None]:
    """Ids of the letters ready to send, oldest first, without those of the workspaces in `full`.

    A channel in trouble gets only the letter it is retried with.
    """
    has_room = col(Letter.workspace_id).not_in(bindparam("full", expanding=True))
    return _next_in_place().where(has_room, _may_pass(with_trials=True)).order_by(col(Letter.id))


@cache
def any_ready() -> SelectOfScalar[int | None]:
    """The id of the letter that is ready the longest; the statement is made once."""
    return ready().limit(1)


def first_ready_in_channel() -> SelectOfScalar[int | None]:
    """The id of the letter that would be sent next in one channel if it were well; messages before edits."""
    is_there = (
        col(Letter.workspace_id) == bindparam("workspace_id"),
        col(Letter.channel_id) == bindparam("channel_id"),
        col(Letter.user_id) == "",
    )
    return _next_in_place().where(*is_there).order_by(col(Letter.kind) == LetterKind.EDIT, col(Letter.id)).limit(1)


def is_expected_to_go() -> ColumnElement[bool]:
    """A letter that is kept back neither by what it depends on, nor by its channel, nor by its workspace."""
    return and_(_can_go(Letter), _may_pass(with_trials=False))


def blocked_by(session: Session, letters: Collection[Letter], *, now: datetime) -> dict[int, Letter]:
    """The letter that each of these waits behind, put off until later, by the id of the one that waits.

    The letters are of one workspace. Of several, the one that is retried last.
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
    put_off = session.exec(query.order_by(col(Letter.due_at))).all() if waiting else ()
    return {letter.row_id: first for first in put_off for letter in waiting if _goes_first(first, letter)}


def _goes_first(first: Letter, letter: Letter) -> bool:
    """The order that `_next_in_place` demands of two letters, and of a message that starts a thread."""
    place, other = ((each.channel_id, each.user_id, each.kind == LetterKind.EDIT) for each in (first, letter))
    return first.id == letter.parent or (place == other and first.row_id < letter.row_id)


def _may_pass(*, with_trials: bool) -> ColumnElement[bool]:
    """Letters that channel and workspace let through; `with_trials` also the one that a channel is retried with.

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


def _next_in_place() -> SelectOfScalar[int | None]:
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
    """Letters that wait, or whose lease has ended."""
    expired = or_(col(Letter.leased_until).is_(None), col(Letter.leased_until) <= LEASE_NOW)
    return or_(col(Letter.state) == LetterState.WAITING, and_(col(Letter.state) == LetterState.LEASED, expired))


def _can_go(letter: type[Letter]) -> ColumnElement[bool]:
    """Letters whose thread and edit target are posted, and whose edit waits for nothing that is still under way."""
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
