"""Private accounts: they are shown to the members of their channel alone."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.audience import Audience, Members, NotReadable, PrivacySet, UnreadChannel
from agendas.facts.people import Author
from agendas.rules.access import MEMBER_REASONS
from agendas.verbs.follow import channels_for
from agendas.verbs.record import NewEntry, Recorded, current_state, leave_other_reviews, record, record_many
from storage import accounts, privacy, reviews, workspaces
from storage.database import hiding, showing_all
from storage.letter_subjects import addressee_of
from storage.models.delivery import Letter, LetterKind
from storage.privacy import MEMBERS_KNOWN_FOR

# The one check of private accounts: every read for people, and every letter, runs inside it.

P = ParamSpec("P")
T = TypeVar("T")

WAITED_FOR = timedelta(minutes=30)
"""How long a letter about nothing else waits for Slack to list the members. Ours."""


class MembersUnread(Exception):
    """Nobody knows yet if the reader may see the accounts that a letter is about, because Slack has not said so."""


@contextmanager
def seen_by(session: Session, audience: Audience, now: datetime) -> Iterator[bool]:
    """Hide the private accounts that somebody of the audience may not see. Yield whether there are any."""
    hidden = hidden_from(session, audience, now)
    with hiding(session, hidden):
        yield bool(hidden)


def hidden_from(session: Session, audience: Audience, now: datetime) -> frozenset[int]:
    """The ids of the private accounts that somebody of the audience may not see."""
    return privacy.hidden(
        session,
        audience.workspace_id,
        user_id=audience.user_id,
        channel_id=audience.channel_id,
        known_since=now - MEMBERS_KNOWN_FOR,
    )


def wait_for_members(session: Session, letter: Letter, now: datetime) -> None:
    """Raise MembersUnread for a letter to one person, at most for `WAITED_FOR`, while any members are not known."""
    # a letter that has not failed yet begins to wait now
    may_wait = letter.kind == LetterKind.DIRECT and now - (letter.failing_since or now) < WAITED_FOR
    if may_wait and privacy.is_any_unread(session, known_since=now - MEMBERS_KNOWN_FOR):
        raise MembersUnread


def became_hidden(session: Session, *, since: datetime) -> bool:
    """Return whether any account that the session hides became private since then: an older text may name it."""
    return privacy.any_set_since(session, since)


def as_seen_by(
    audience: Audience, now: datetime, verb: Callable[Concatenate[Session, P], T]
) -> Callable[Concatenate[Session, P], T]:
    """Return the verb, finding only what the audience may see."""

    def seen(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with seen_by(session, audience, now):
            return verb(session, *args, **kwargs)

    return seen


def readers_of(letter: Letter) -> Audience:
    """Return the readers of the letter: its person where it is for one, else all in the channel it goes or went to."""
    person, channel = addressee_of(letter), letter.sent_channel or letter.channel_id
    if letter.kind in (LetterKind.DIRECT, LetterKind.EPHEMERAL) or channel.startswith("D"):
        return Audience(letter.workspace_id, user_id=person or None)
    return Audience(letter.workspace_id, channel_id=channel)


# Members of the channels that accounts are private to: stored as Slack lists them, and not trusted after a change.


def keep_members(
    session: Session,
    workspace_id: str,
    channel_id: str,
    members: Members,
    *,
    asked_at: datetime,
    heard: int | None = None,
) -> bool:
    """Store the channel's members as Slack reported them at `asked_at`, or why nobody counts as a member.

    Return False, with nothing stored, when an event changed the channel's members since the reading began: `heard` is
    the number of such events then.
    """
    channel = (workspace_id, channel_id)
    if heard is not None and not privacy.is_unchanged(session, *channel, heard=heard):
        return False
    if members.problem is None:
        privacy.set_members(session, *channel, members.user_ids, read_at=asked_at)
    else:
        # Slack that does not answer says nothing about the members: those known stay for now
        passes = members.problem is NotReadable.NO_ANSWER
        privacy.note_failure(session, *channel, members.problem.value, at=asked_at, passes=passes)
    return True


def note_joined(session: Session, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Have the members read again where somebody joined: they see accounts only once Slack lists them."""
    if _is_bot(session, workspace_id, user_id):
        privacy.distrust(session, workspace_id, channel_id)
    else:
        privacy.changed(session, workspace_id, channel_id)


def note_left(session: Session, workspace_id: str, channel_id: str, user_id: str) -> None:
    """Let the person see nothing more that is private to the channel; without Cadence in it, nobody."""
    if _is_bot(session, workspace_id, user_id):
        privacy.distrust(session, workspace_id, channel_id)
    else:
        privacy.remove_member(session, workspace_id, channel_id, user_id)


def distrust_members(session: Session, workspace_id: str, channel_id: str) -> None:
    """Let nobody see what is private to the channel until Slack says again who is in it."""
    privacy.distrust(session, workspace_id, channel_id)


def unread_channels(session: Session, workspace_id: str) -> tuple[UnreadChannel, ...]:
    """The channels that accounts are private to and whose members cannot be read."""
    return tuple(
        UnreadChannel(each.channel_id, NotReadable(each.error), each.failing_since)
        for each in privacy.not_readable(session, workspace_id)
    )


def _is_bot(session: Session, workspace_id: str, user_id: str) -> bool:
    workspace = workspaces.get(session, workspace_id)
    return workspace is not None and workspace.bot_user_id == user_id


# Make an account private to a channel, and public again.

FIELD = "private_channel"
"""The field of a form at which a refusal of a channel is shown."""
NOT_INSIDE = "You are not in that channel. Ask somebody who is, or choose a private channel of yours."
NO_MORE_INSIDE = "You are not in the channel that it is private to any more, so nothing was saved."


def channel_of(session: Session, workspace_id: str, account_id: int) -> str:
    """Return the channel that the account is private to, empty where everybody sees it. Raises Outdated."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise Outdated("That account does not exist any more. See the list with /abm list.")
    return row.private_channel


def set_privacy(
    session: Session, author: Author, account_id: int, *, channel_id: str, asked: Mapping[str, Members]
) -> Recorded:
    """Make the account private to the channel; with an empty one, let everybody see it again.

    `asked` are the members that Slack tells now of the channel and of the one before. The author must be in both.

    Raises:
        Outdated: the account is not there for the author.
        Refused: nothing differs.
        FieldProblems: nobody counts as a member of the channel, or the author is in one of them no member.
    """
    before = channel_of(session, author.workspace_id, account_id)
    if before == channel_id:
        raise Refused("Nothing differs from what is set already.")
    require_inside(author, before, asked, otherwise=NO_MORE_INSIDE)
    require_inside(author, channel_id, asked, otherwise=NOT_INSIDE)
    if channel_id:
        keep_members(session, author.workspace_id, channel_id, asked[channel_id], asked_at=author.at)
    recorded = record(session, author, account_id, PrivacySet(channel_id))
    leave_other_reviews(session, author, [account_id])
    return recorded


def require_inside(
    author: Author, channel_id: str, asked: Mapping[str, Members], *, otherwise: str, field: str = FIELD
) -> None:
    """Raise FieldProblems unless Slack says that the author is in the channel; an empty one asks for nothing."""
    if not channel_id:
        return
    members = asked.get(channel_id, Members())
    if members.problem is not None:
        raise FieldProblems({field: f"That channel cannot be used: {MEMBER_REASONS[members.problem]}."})
    if author.user_id not in members.user_ids:
        raise FieldProblems({field: otherwise})


# Private cadences: all accounts in the scope are private to the channel, and public again when a person says so.

CADENCE_FIELD = "private"
"""The field of the schedule at which a refusal of the channel is shown."""


def require_members(author: Author, channel_id: str, asked: Members) -> None:
    """Raise FieldProblems unless Slack says that the channel can be private to its members, the author among them."""
    require_inside(author, channel_id, {channel_id: asked}, otherwise=NOT_INSIDE, field=CADENCE_FIELD)


def follow_private_cadences(session: Session, author: Author, account_ids: Collection[int] | None = None) -> None:
    """Make accounts in the scope of a private cadence private to its channel: those of `account_ids`, or all."""
    with showing_all(session):
        ids = accounts.listed(session, author.workspace_id) if account_ids is None else account_ids
        states = [current_state(session, row) for row in accounts.get_many(session, author.workspace_id, ids)]
        wanted = channels_for(session, author.workspace_id, states)
        if not wanted:
            return
        record_many(session, author, {each: [NewEntry(PrivacySet(channel))] for each, channel in wanted.items()})
        leave_other_reviews(session, author, wanted)


def begin_private_cadence(session: Session, author: Author, channel_id: str, asked: Members) -> None:
    """Make all accounts in the scope of the channel's private cadence private to it now."""
    keep_members(session, author.workspace_id, channel_id, asked, asked_at=author.at)
    follow_private_cadences(session, author)


def still_private(session: Session, workspace_id: str, channel_id: str) -> list[str]:
    """Return the names of the accounts private to the channel; none where its cadence is private and keeps them so."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    ids = privacy.private_to(session, workspace_id, channel_id)
    rows = accounts.get_many(session, workspace_id, ids) if cadence is None or not cadence.is_private else []
    return sorted(row.name for row in rows)


def publish_all(session: Session, author: Author, channel_id: str, asked: Mapping[str, Members]) -> int:
    """Let everybody see again what is private to the channel, and return the number of accounts.

    Raises FieldProblems unless the author is in the channel.
    """
    require_inside(author, channel_id, asked, otherwise=NO_MORE_INSIDE)
    ids = privacy.private_to(session, author.workspace_id, channel_id)
    visible_ids = [row.row_id for row in accounts.get_many(session, author.workspace_id, ids)]
    record_many(session, author, {account_id: [NewEntry(PrivacySet(""))] for account_id in visible_ids})
    return len(visible_ids)
