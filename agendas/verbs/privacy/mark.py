"""Make an account private to a channel, and public again."""

from collections.abc import Mapping

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.audience import Members, PrivacySet
from agendas.facts.people import Author
from agendas.rules.access.member_reasons import REASONS
from agendas.verbs.privacy.members import keep_members
from agendas.verbs.record.leave_reviews import leave_other_reviews
from agendas.verbs.record.record import Recorded, record
from storage import accounts

FIELD = "private_channel"
"""The field of a form that a refusal of a channel stands beside."""
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
        raise FieldProblems({field: f"That channel cannot be used: {REASONS[members.problem]}."})
    if author.user_id not in members.user_ids:
        raise FieldProblems({field: otherwise})
