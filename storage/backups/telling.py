"""Rows of an export that may tell of accounts left out of it: messages, files, drafts and questions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from storage.database.hidden_rows import hidden_in, showing_all
from storage.tables import Account, Event, ReviewItem, SignalRow

TABLES = frozenset({"letter", "draft", "conversation", "file_import"})


@dataclass(frozen=True, slots=True)
class Telling:
    """The accounts left out: the ids of what a message can be about, by their name in its subject, and their words."""

    ids: Mapping[str, frozenset[int]]
    words: frozenset[str]

    def tells(self, row: Mapping[str, Any]) -> bool:
        """True if the row may tell of one of the accounts."""
        subject = row.get("subject") or {}
        if any(subject.get(name) in ids for name, ids in self.ids.items()):
            return True
        if any(not ids.isdisjoint(subject.get(f"{name}s") or ()) for name, ids in self.ids.items()):
            return True
        # a draft is kept under its form and the account
        if str(row.get("form", "")).rpartition(":")[2] in set(map(str, self.ids["account_id"])):
            return True
        said = json.dumps(list(row.values()), default=_text, ensure_ascii=False).casefold()
        return any(word in said for word in self.words)


def telling(session: Session) -> Telling | None:
    """Return what names the accounts that the session hides, None where it hides none."""
    hidden = hidden_in(session)
    if not hidden:
        return None
    with showing_all(session):
        rows = session.exec(select(Account).where(col(Account.id).in_(hidden))).all()
        ids = {
            "account_id": hidden,
            "event_id": _ids(session, Event, hidden),
            "item_id": _ids(session, ReviewItem, hidden),
            "signal_id": _ids(session, SignalRow, hidden),
        }
    words = (word for row in rows for word in (row.name, row.domain, *row.aliases))
    return Telling(ids, frozenset(word.casefold() for word in words if word))


def _ids(
    session: Session, kind: type[Event] | type[ReviewItem] | type[SignalRow], hidden: frozenset[int]
) -> frozenset[int]:
    found = session.exec(select(kind.id).where(col(kind.account_id).in_(hidden)))
    return frozenset(number for number in found if number is not None)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
