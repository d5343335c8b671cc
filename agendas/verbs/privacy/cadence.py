"""Private cadences: all accounts in the scope are private to the channel, and public again when a person says so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from agendas.facts.audience import Members, PrivacySet
from agendas.facts.people import Author
from agendas.verbs.privacy.mark import NO_MORE_INSIDE, NOT_INSIDE, require_inside
from agendas.verbs.privacy.members import keep_members
from agendas.verbs.record.follow_scope import channels_for
from agendas.verbs.record.leave_reviews import leave_other_reviews
from agendas.verbs.record.record import current_state
from agendas.verbs.record.record_many import Entry, record_many
from storage import accounts, reviews
from storage.database.hidden_rows import showing_all
from storage.privacy import private_accounts

FIELD = "private"
"""The field of the schedule that a refusal of the channel stands beside."""


@dataclass(frozen=True, slots=True)
class StillPrivate:
    """Accounts that are private to a channel, by name, whose cadence is not private any more."""

    channel_id: str
    names: tuple[str, ...]


def require_members(author: Author, channel_id: str, asked: Members) -> None:
    """Raise FieldProblems unless Slack says that the channel can be private to its members, the author among them."""
    require_inside(author, channel_id, {channel_id: asked}, otherwise=NOT_INSIDE, field=FIELD)


def follow_private_cadences(session: Session, author: Author, account_ids: Collection[int] | None = None) -> None:
    """Make accounts in the scope of a private cadence private to its channel: these, or all."""
    with showing_all(session):
        ids = accounts.listed(session, author.workspace_id) if account_ids is None else account_ids
        states = [current_state(session, row) for row in accounts.get_many(session, author.workspace_id, ids)]
        wanted = channels_for(session, author.workspace_id, states)
        if not wanted:
            return
        record_many(session, author, {number: [Entry(PrivacySet(channel))] for number, channel in wanted.items()})
        leave_other_reviews(session, author, wanted)


def begin_private_cadence(session: Session, author: Author, channel_id: str, asked: Members) -> None:
    """Make all accounts in the scope of the channel's private cadence private to it now."""
    keep_members(session, author.workspace_id, channel_id, asked, asked_at=author.at)
    follow_private_cadences(session, author)


def still_private(session: Session, workspace_id: str, channel_id: str) -> StillPrivate | None:
    """Return the accounts private to the channel where its cadence is not private; None for none."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    ids = private_accounts.private_to(session, workspace_id, channel_id)
    rows = accounts.get_many(session, workspace_id, ids) if cadence is None or not cadence.is_private else []
    return StillPrivate(channel_id, tuple(sorted(row.name for row in rows))) if rows else None


def publish_all(session: Session, author: Author, channel_id: str, asked: Mapping[str, Members]) -> int:
    """Let everybody see again what is private to the channel, and return the number of accounts.

    Raises FieldProblems unless the author is in the channel.
    """
    require_inside(author, channel_id, asked, otherwise=NO_MORE_INSIDE)
    ids = private_accounts.private_to(session, author.workspace_id, channel_id)
    seen = [row.row_id for row in accounts.get_many(session, author.workspace_id, ids)]
    record_many(session, author, {number: [Entry(PrivacySet(""))] for number in seen})
    return len(seen)
