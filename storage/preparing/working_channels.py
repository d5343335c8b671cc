"""Channels in which the bot can post: a cadence whose channel is in trouble waits until it is mended."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import Session, col, select

from storage.tables import Cadence, Channel


def works() -> ColumnElement[bool]:
    """Return the condition of a cadence whose channel is not in trouble: not archived, shared or left by the bot."""
    in_trouble = exists().where(
        col(Channel.workspace_id) == col(Cadence.workspace_id),
        col(Channel.channel_id) == col(Cadence.channel_id),
        col(Channel.trouble) != "",
    )
    return ~in_trouble


def scopes(session: Session, workspace_id: str) -> list[tuple[dict[str, list[Any]], bool]]:
    """The scope of every cadence of accounts, and whether it runs: neither paused nor with a channel in trouble."""
    runs = and_(col(Cadence.is_paused).is_(False), works())
    query = select(Cadence.scope, runs).where(Cadence.workspace_id == workspace_id, Cadence.kind == "accounts")
    return [(scope, bool(running)) for scope, running in session.exec(query)]
