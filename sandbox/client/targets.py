"""The targets of an action - a message or a view - and its outcome."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MessageTarget:
    """A message, by its channel and ts (ephemeral ones too)."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class ViewTarget:
    """An open modal or a published Home, by its view id."""

    view_id: str


Target = MessageTarget | ViewTarget


@dataclass(frozen=True)
class Outcome:
    """The outcome of a person's action.

    ``error`` is the sentence that Slack's client would show, None when nothing went wrong. ``response`` is the body of
    the app's acknowledgement (empty when it had none), None when the app was not asked or gave no answer. ``ts`` is the
    ts of a message that the person posted.
    """

    ok: bool
    error: str | None = None
    response: dict[str, Any] | None = None
    ts: str | None = None
