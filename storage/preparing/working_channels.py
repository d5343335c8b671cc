"""Channels in which the bot can post: a cadence whose channel is in trouble waits until it is mended."""

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from storage.tables import Cadence, Channel


def works() -> ColumnElement[bool]:
    """Return the condition of a cadence whose channel is not in trouble: not archived, shared or left by the bot."""
    in_trouble = exists().where(
        col(Channel.workspace_id) == col(Cadence.workspace_id),
        col(Channel.channel_id) == col(Cadence.channel_id),
        col(Channel.trouble) != "",
    )
    return ~in_trouble
