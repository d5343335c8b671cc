"""Follow a private channel to the new id that Slack gives it when it is shared with another company."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Edited
from agendas.facts.people import Author
from agendas.verbs.letters.trouble import note_sharing
from agendas.verbs.record.record import current_state, record
from storage import accounts, channels, workspaces
from storage.privacy import channel_members, private_accounts


def follow_channel(session: Session, workspace_id: str, old_id: str, new_id: str, *, now: datetime) -> None:
    """Move all that belongs to the channel to its new id: cadence, reviews, letters, accounts private to it, its own.

    Where it is known already that another company reads the new one, its reviews are paused as in any such channel.
    """
    own = accounts.of_channel(session, workspace_id, old_id)
    private = private_accounts.private_to(session, workspace_id, old_id)
    channel = channels.change_id(session, workspace_id, old_id, new_id)
    if channel is not None and channel.is_shared:
        note_sharing(session, workspace_id, new_id, is_shared=True, now=now)
    workspace = workspaces.get(session, workspace_id)
    author = Author(workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)
    for account_id in private:
        record(session, author, account_id, PrivacySet(new_id))
    channel_members.change_id(session, workspace_id, old_id, new_id)
    if own is not None:
        profile = replace(current_state(session, own).profile, channel_id=new_id)
        record(session, author, own.row_id, Edited(profile))
