"""The one check of private accounts: every read for people, and every letter, runs inside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.facts.audience import Audience
from storage.database.hidden_rows import hiding
from storage.delivery.subjects import addressee_of
from storage.privacy import private_accounts
from storage.privacy.channel_members import MEMBERS_KNOWN_FOR
from storage.tables import Letter, LetterKind

P = ParamSpec("P")
T = TypeVar("T")

WAITED_FOR = timedelta(minutes=30)
"""A letter that tells of nothing else waits so long for Slack to tell the members. Ours."""


class MembersUnread(Exception):
    """Nobody knows yet if the reader may see the accounts that a letter tells of, because Slack has not said so."""


@contextmanager
def seen_by(session: Session, audience: Audience, now: datetime) -> Iterator[bool]:
    """Let the session find nothing of the private accounts that somebody of the audience may not see.

    Yield whether there are any.
    """
    hidden = hidden_from(session, audience, now)
    with hiding(session, hidden):
        yield bool(hidden)


def hidden_from(session: Session, audience: Audience, now: datetime) -> frozenset[int]:
    """The ids of the private accounts that somebody of the audience may not see."""
    return private_accounts.hidden(
        session,
        audience.workspace_id,
        user_id=audience.user_id,
        channel_id=audience.channel_id,
        known_since=now - MEMBERS_KNOWN_FOR,
    )


def wait_for_members(session: Session, letter: Letter, now: datetime) -> None:
    """Raise MembersUnread where one person's letter may have something to say once Slack has told the members."""
    may_wait = letter.kind == LetterKind.DIRECT and now - (letter.failing_since or now) < WAITED_FOR
    if may_wait and private_accounts.is_any_unread(session, known_since=now - MEMBERS_KNOWN_FOR):
        raise MembersUnread


def became_hidden(session: Session, *, since: datetime) -> bool:
    """Return whether any account that the session hides became private since then: an older text may tell of it."""
    return private_accounts.any_set_since(session, since)


def as_seen_by(
    audience: Audience, now: datetime, verb: Callable[Concatenate[Session, P], T]
) -> Callable[Concatenate[Session, P], T]:
    """Return the verb, finding only what the audience may see."""

    def seen(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with seen_by(session, audience, now):
            return verb(session, *args, **kwargs)

    return seen


def readers_of(letter: Letter) -> Audience:
    """Return the readers of the letter: its person where it is for one, else everybody in its channel."""
    person, channel = addressee_of(letter), letter.sent_channel or letter.channel_id
    if letter.kind in (LetterKind.DIRECT, LetterKind.EPHEMERAL) or channel.startswith("D"):
        return Audience(letter.workspace_id, user_id=person or None)
    return Audience(letter.workspace_id, channel_id=channel)
