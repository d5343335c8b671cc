"""The accounts that letters are about, where they are about one alone."""

from sqlmodel import Session

from storage import events, reviews, signals
from storage.delivery.subjects import SignalSubject, UpdateSubject, item_id_of, subject_of
from storage.tables import Letter

OF_ACCOUNT = ("agenda", "update_line", "signal_line")
"""Pages in channels that are about one account."""


def account_of(session: Session, letter: Letter) -> int | None:
    """The account that an agenda or a line in a thread is about; None for any other letter, and for one not found."""
    if letter.page == "update_line":
        event = events.get(session, letter.workspace_id, subject_of(letter, UpdateSubject).event_id)
        return event.account_id if event is not None else None
    if letter.page == "signal_line":
        signal = signals.get(session, letter.workspace_id, subject_of(letter, SignalSubject).signal_id)
        return signal.account_id if signal is not None else None
    item = reviews.item(session, letter.workspace_id, item_id_of(letter) or 0) if letter.page == "agenda" else None
    return item.account_id if item is not None else None


def is_seen(session: Session, letter: Letter) -> bool:
    """False for a letter about an account that the session does not find."""
    return letter.page not in OF_ACCOUNT or account_of(session, letter) is not None
