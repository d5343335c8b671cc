"""Notices of names and domains of private accounts that people wanted who may not see these."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import Right
from agendas.text.account_names import normal_key
from agendas.verbs.letters.queue import tell
from storage import accounts, imports, people
from storage.database.hidden_rows import showing_all
from storage.delivery.subjects import WantedSubject
from storage.privacy import channel_members
from storage.tables import Account

PAGE = "wanted"
EDITORS = {Right.EDITOR, Right.ADMIN}


def tell_of_wish(session: Session, workspace_id: str, account_id: int, *, by: str, word: str, now: datetime) -> None:
    """Tell the account's owner, or the first editor in its channel, who wanted which of its words; once a day."""
    with showing_all(session):
        row = accounts.get(session, workspace_id, account_id)
    reader = _reader(session, row) if row is not None and row.private_channel else None
    if reader is None:
        return
    key, subject = f"{PAGE}:{account_id}:{by}:{now.date()}", WantedSubject(account_id, by, word)
    tell(session, workspace_id, reader, page=PAGE, subject=subject, key=key, at=now)


def tell_of_wishes(session: Session, workspace_id: str, words: Iterable[str], *, by: str, now: datetime) -> None:
    """Tell of each of these words that a private account answers to."""
    wanted = {normal_key(word): word for word in words if word}
    found = imports.answering_to(session, workspace_id, wanted)
    for key, account_ids in sorted(found.items()):
        for account_id in sorted(account_ids):
            tell_of_wish(session, workspace_id, account_id, by=by, word=wanted[key], now=now)


def _reader(session: Session, row: Account) -> str | None:
    """Return the owner where they are in the account's channel, else the first editor who is; None for none."""
    inside = channel_members.members(session, row.workspace_id, row.private_channel)
    if row.owner in inside:
        return row.owner
    known = (people.find(session, row.workspace_id, user_id) for user_id in inside)
    return next((each.user_id for each in known if each and not each.is_deleted and Right(each.right) in EDITORS), None)
