"""The account that a message is about: named in it, or that of its thread or channel. Nothing here writes."""

from collections.abc import Iterable

from sqlmodel import Session

from agendas.errors import UnknownAccount
from agendas.facts.account import ListStatus
from agendas.verbs.reads.accounts import find_in_text
from agendas.verbs.reads.reviews.facts import account_of
from storage import accounts

WORDS_READ = 300
"""Words of a long message among which an account's name is looked for. Ours."""


def account_of_message(
    session: Session, workspace_id: str, text: str, *, channel_id: str, places: Iterable[str] = ()
) -> tuple[str, str] | None:
    """Return (name, id) of the account that a message is about, None where none or several are named.

    `places` are the ts of the message and of its thread. An account that left the list is none.
    """
    try:
        named = find_in_text(session, workspace_id, " ".join(text.split()[:WORDS_READ]))
    except UnknownAccount:
        return None
    found = named or next(filter(None, (account_of(session, workspace_id, channel_id, ts) for ts in places)), None)
    if found is None:
        row = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
    else:
        row = accounts.get(session, workspace_id, found)
    if row is None or ListStatus(row.list_status).is_closed:
        return None
    return row.name, str(row.row_id)
