"""The accounts that letters are about, where they are about one alone."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from storage import events, reviews, signals
from storage.delivery.subjects import SignalSubject, item_id_of, subject_of
from storage.tables import Event, Letter, ReviewItem, SignalRow

OF_EVENT = ("update_line", "thread_receipt")
"""Pages in channels whose subject names an event of the account."""

OF_ACCOUNT = ("agenda", "signal_line", *OF_EVENT)
"""Pages in channels that are about one account."""


def account_of(session: Session, letter: Letter) -> int | None:
    """The account that an agenda or a line in a thread is about; None for any other letter, and for one not found."""
    if letter.page in OF_EVENT:
        event = events.get(session, letter.workspace_id, letter.subject["event_id"])
        return event.account_id if event is not None else None
    if letter.page == "signal_line":
        signal = signals.get(session, letter.workspace_id, subject_of(letter, SignalSubject).signal_id)
        return signal.account_id if signal is not None else None
    item = reviews.item(session, letter.workspace_id, item_id_of(letter) or 0) if letter.page == "agenda" else None
    return item.account_id if item is not None else None


def seen_among(session: Session, letters: Iterable[Letter]) -> list[Letter]:
    """The letters without those about an account that the session does not find, by as many statements as for one."""
    found = list(letters)
    there = {
        "agenda": _there(session, ReviewItem, [each.subject.get("item_id") for each in found]),
        **dict.fromkeys(OF_EVENT, _there(session, Event, [each.subject.get("event_id") for each in found])),
        "signal_line": _there(session, SignalRow, [each.subject.get("signal_id") for each in found]),
    }
    names = {"agenda": "item_id", "signal_line": "signal_id"} | dict.fromkeys(OF_EVENT, "event_id")
    return [
        each for each in found if each.page not in OF_ACCOUNT or each.subject.get(names[each.page]) in there[each.page]
    ]


def _there(
    session: Session, kind: type[ReviewItem] | type[Event] | type[SignalRow], numbers: Iterable[int | None]
) -> set[int | None]:
    wanted = {each for each in numbers if each}
    return set(session.exec(select(kind.id).where(col(kind.id).in_(wanted)))) if wanted else set()
