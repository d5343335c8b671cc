"""The readers of a page, and the members of a channel: they decide which private accounts it may show."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of a look-up's result: a person, everybody in a channel, or both.

    With neither, private accounts stay hidden: a report, an e-mail, a file of the command line.
    """

    workspace_id: str
    user_id: str | None = None
    channel_id: str = ""


@dataclass(frozen=True, slots=True)
class PrivacySet:
    """The account is private to this channel from now on: its members alone see it. Empty: everybody does."""

    channel_id: str
    kind: Literal["privacy_set"] = "privacy_set"


class NotReadable(StrEnum):
    """The reason for which nobody counts as a member of a channel. Stored."""

    ARCHIVED = "archived"
    SHARED = "shared"
    """Another company reads it."""
    PUBLIC = "public"
    DIRECT = "direct"
    """It is a direct message, of two people or of several."""
    NOT_INVITED = "not_invited"
    """Cadence is not in it, or it is gone."""
    EMPTY = "empty"
    """Nobody but Cadence is in it."""
    NO_PERMISSION = "no_permission"
    NO_ANSWER = "no_answer"
    """Slack did not answer; who was in it counts until that is too old."""


@dataclass(frozen=True, slots=True)
class Members:
    user_ids: frozenset[str] = frozenset()
    problem: NotReadable | None = None


@dataclass(frozen=True, slots=True)
class UnreadChannel:
    channel_id: str
    problem: NotReadable
    since: datetime | None
