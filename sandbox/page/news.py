"""News of the last move of the clock: the messages that the app posted or changed since, and where."""

from dataclasses import dataclass, replace
from typing import Any, Self

from sandbox.messages import Message
from sandbox.readable import message_words
from sandbox.workspace import Channel, Workspace

MOST_IN_PLACE = 3
"""Messages of one conversation that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the clock: a sentence about it, the ts after which messages belong to it, and whether it is over.

    `number` is the same through one press of the button, so that a panel that is closed meanwhile stays closed; '' for
    a move outside a press, which its `since` identifies. `places` is what came of it, None until `over` notes that.
    """

    text: str
    since: str
    is_done: bool = True
    number: str = ""
    places: list[dict[str, Any]] | None = None

    def over(self, workspace: Workspace) -> Self:
        """Return the move with what came of it so far: what the app posts or changes later is no part of it."""
        return replace(self, places=_places(workspace, self))


def move_json(workspace: Workspace, move: Move | None) -> dict[str, Any] | None:
    """Return the move as the page shows it, with what came of it by conversation: so far, until `over` notes that."""
    if move is None:
        return None
    places = _places(workspace, move) if move.places is None else move.places
    return {
        "text": move.text,
        "since": move.since,
        "number": move.number or move.since,
        "is_done": move.is_done,
        "places": places,
    }


def _places(workspace: Workspace, move: Move) -> list[dict[str, Any]]:
    return [place for channel in workspace.channels.values() if (place := _place(workspace, channel, move.since))]


def _place(workspace: Workspace, channel: Channel, since: str) -> dict[str, Any] | None:
    """Return the app's messages in the conversation since then, None when there are none.

    ``as`` is the member who sees them: of a direct message its other side; in a channel whoever the first new
    message is for alone, else None.
    """
    of_app = [m for m in channel.messages if m.user_id == workspace.bot.id and not m.deleted]
    new = [message for message in of_app if message.ts > since]
    changed = sum(message.ts <= since < (message.edited_ts or "") for message in of_app)
    if not new and not changed:
        return None
    person = next((member for member in channel.members if member != workspace.bot.id), "") if channel.is_im else ""
    return {
        "channel_id": channel.id,
        "as": person or (new[0].ephemeral_to if new else None),
        "name": workspace.users[person].real_name if person else f"#{channel.name}",
        "is_direct": channel.is_im,
        "posts": [{"ts": message.ts, "title": _title(message, workspace)} for message in new[:MOST_IN_PLACE]],
        "count": len(new),
        "changed": changed,
    }


def _title(message: Message, workspace: Workspace) -> str:
    return next((line for line in message_words(message, workspace).splitlines() if line.strip()), "a message")
