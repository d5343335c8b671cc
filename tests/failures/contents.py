"""Contents of the workspace and of the outbox, to compare."""

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from sandbox.messages import Message
from sandbox.server import Sandbox
from storage.database import Store
from storage.models.delivery import Letter


def letters(store: Store) -> list[Letter]:
    with store.reading() as session:
        return list(session.exec(select(Letter).order_by(col(Letter.id))))


def count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def messages(sandbox: Sandbox) -> list[Message]:
    channels = sandbox.workspace.channels.values()
    return [message for channel in channels for message in channel.messages if not message.deleted]


def keys_there(sandbox: Sandbox) -> list[str]:
    return [key for message in messages(sandbox) if (key := key_of(message))]


def key_of(message: Message) -> str:
    """The key that the message carries as metadata, empty for any other message."""
    return str(((message.metadata or {}).get("event_payload") or {}).get("key", ""))
