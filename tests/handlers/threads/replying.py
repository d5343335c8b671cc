"""Replies in the thread of Acme Corp's agenda, and what became of them."""

from typing import Any

from sqlmodel import Session, SQLModel, select

from agendas.facts.account import Source
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.events import Event
from storage.models.reviews import ReviewItem
from storage.models.types import table_of
from tests.builders import ANN, CHANNEL
from tests.handlers import payloads
from tests.handlers.local_bot import LocalBot

AGENDA, HEADER, OTHER = "1795532400.000100", "1795532300.000100", "1795532200.000100"


def account_of(session: Session, item_id: int) -> int:
    item = session.get(ReviewItem, item_id)
    assert item is not None
    return item.account_id


def reply(at: LocalBot, text: str, *, user: str = ANN, thread: str = AGENDA, **changes: Any) -> dict[str, Any]:
    number = at.number()
    inner = {"type": "message", "user": user, "text": text, "ts": f"1795540000.{number}", "channel": CHANNEL}
    inner |= {"channel_type": "channel", "team": "T0SAMPLE1"} | ({"thread_ts": thread} if thread else {})
    return payloads.event(inner | changes, event_id=f"Ev{number}")


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with store.reading() as session:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: list(map(tuple, session.connection().execute(table.select()))) for table in tables}


def recorded(store: Store) -> list[Event]:
    with store.reading() as session:
        return list(session.exec(select(Event).where(Event.source == Source.THREAD)))


def last_letter(store: Store) -> Letter:
    with store.reading() as session:
        return list(session.exec(select(Letter).order_by(table_of(Letter).c.id)))[-1]
