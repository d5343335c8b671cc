"""Ids of people's direct conversations with the bot, kept from the first contact on."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage import people
from storage.tables import Person


def is_new(session: Session, workspace_id: str, user_id: str, channel_id: str) -> bool:
    """Return whether another conversation of the person, or none, is kept."""
    person = people.find(session, workspace_id, user_id)
    return person is not None and person.direct_channel != channel_id


def known(session: Session, workspace_id: str, user_ids: Collection[str]) -> set[str]:
    """Return those of these people whose conversation is kept."""
    query = select(Person.user_id).where(Person.workspace_id == workspace_id, Person.direct_channel != "")
    return set(session.exec(query.where(col(Person.user_id).in_(user_ids))))


def keep(session: Session, workspace_id: str, user_id: str, channel_id: str) -> None:
    """Keep the person's conversation; another one kept before is forgotten."""
    is_theirs = col(Person.workspace_id) == workspace_id, col(Person.user_id) == user_id
    is_new = col(Person.direct_channel) != channel_id
    session.execute(
        update(Person)
        .where(*is_theirs, is_new)
        .values(direct_channel=channel_id)
        .execution_options(synchronize_session=False)
    )
