"""An account's own channel that is lost: its agendas go back to the review's channel, and that is said once."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.events import Edited
from agendas.facts.people import Author
from agendas.verbs.letters.queue import tell
from agendas.verbs.letters.trouble import SHARED
from agendas.verbs.record.record import current_state, record
from storage import accounts, people, reviews, workspaces
from storage.delivery import letter_keys, outbox, places
from storage.delivery.subjects import OwnChannelSubject
from storage.tables import Account, Review


def bring_home(session: Session, account_id: int, *, now: datetime) -> None:
    """Post the account's agendas in the channels of its reviews again, and tell its owner and the admins why.

    Does nothing when its own channel can be posted in again, or when another process did it.
    """
    found = session.get(Account, account_id)
    row = accounts.get(session, found.workspace_id, account_id, lock=True) if found else None
    channel = people.find_channel(session, row.workspace_id, row.channel_id) if row else None
    if row is None or channel is None or not row.posts_agenda or not (channel.trouble or channel.is_shared):
        return
    workspace = workspaces.get(session, row.workspace_id)
    author = Author(row.workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)
    profile = replace(current_state(session, row).profile, posts_agenda=False)
    recorded = record(session, author, account_id, Edited(profile))
    for item_id, review in reviews.open_items_of(session, account_id):
        _post_in_review(session, review, item_id, now)
    subject = OwnChannelSubject(account_id, row.channel_id, channel.trouble or SHARED)
    admins = [admin.user_id for admin in people.admins(session, row.workspace_id)]
    for user_id in dict.fromkeys([*([row.owner] if row.owner else []), *admins]):
        key = f"event:{recorded.event.id}:own_channel:{user_id}"
        tell(session, row.workspace_id, user_id, page="own_channel", subject=subject, key=key, at=now)


def leave_there(session: Session, account_id: int) -> None:
    """Stop looking after an account that could not be brought home several times; its next review posts as usual."""
    row = session.get(Account, account_id)
    if row is not None:
        row.posts_agenda = False
        session.add(row)


def _post_in_review(session: Session, review: Review, item_id: int, now: datetime) -> None:
    """Move the agenda into the review's channel, and show its new place in the header."""
    keys = letter_keys.of_item(review.row_id, item_id), letter_keys.of_header(review.row_id)
    letters = outbox.by_keys(session, review.workspace_id, keys)
    agenda, header = (letters.get(key) for key in keys)
    if agenda is None or agenda.channel_id == review.channel_id:
        return
    places.move_to(session, agenda, review.channel_id, now=now)
    if header is not None:
        outbox.queue_edit(session, target=header, now=now, delay=timedelta(), after=agenda)
