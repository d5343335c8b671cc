"""A request: one thing a person did, with the person and the instant."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import Outdated, Refused
from agendas.facts.account import Source
from agendas.facts.people import Author, PersonFacts, Right, ThreadMessage
from agendas.rules.access import Permission, may
from handlers.edge.incoming import Incoming, mapping, sequence

OTHER_VERSION = "This comes from another version of Cadence and does nothing here. Ask for it anew, as with /account."

ASKED_BLOCK = "recorded_already"
"""The block of a form that asks whether it is a second one: submitted again, it is."""

NUMBER_DIGITS = 18
"""Digits that fit into an integer column of both databases."""

SOURCES = {
    "command": Source.COMMAND,
    "button": Source.BUTTON,
    "form": Source.MODAL,
    "form_closed": Source.MODAL,
    "shortcut": Source.SHORTCUT,
    "event": Source.DM,
    "options": Source.MODAL,
}


@dataclass(slots=True)
class Written:
    """Whether a request changed anything that people see, and the ids of the answers under way that are its own."""

    yes: bool = False
    answers: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a person who may use the bot did.

    Args:
        incoming: the parts of the payload; the properties below name those that handlers read most.
        workspace_id: the workspace whose token is used.
        request_id: the id that the log and the person see when something fails.
        payload: the payload as Slack sent it, for the few handlers that need more of it.
        written: set once something is written for it.
        is_repeat: the person knows that the same was recorded a short while ago, and means a second one.
        thread_message: the reply in an account's thread that the request is made of, None for any other request.
    """

    incoming: Incoming
    workspace_id: str
    person: PersonFacts
    now: datetime
    request_id: str
    payload: dict[str, Any] = field(default_factory=dict)
    written: Written = field(default_factory=Written)
    is_repeat: bool = False
    thread_message: ThreadMessage | None = None

    @property
    def key(self) -> str:
        """A key that every delivery of this act shares, so that it counts once."""
        return self.incoming.key

    @property
    def question_key(self) -> str:
        """A key that all buttons of the message clicked on share, so that a question is answered once; may be empty."""
        message_ts = self.incoming.message_ts
        return f"question:{self.person.user_id}:{message_ts}" if message_ts else ""

    @property
    def channel_id(self) -> str:
        """The channel or direct conversation it happened in, or ''."""
        return self.incoming.channel_id

    @property
    def text(self) -> str:
        """The text typed after a command or into a select, or that of a message."""
        return self.incoming.text

    @property
    def value(self) -> str:
        """The value that a button or select carries."""
        return self.incoming.value

    @property
    def place(self) -> str:
        """The ts of the thread or message, or ''."""
        return self.incoming.place

    @property
    def is_answered(self) -> bool:
        """True if this process answers the request itself; the answer to an event is a letter."""
        return self.incoming.kind != "event"

    @property
    def author(self) -> Author:
        """The person as the author of what is recorded now; `is_asked` if a repeat of theirs is asked about first."""
        source = Source.THREAD if self.thread_message else SOURCES[self.incoming.kind]
        can_be_asked = self.incoming.kind in ("command", "form") or self.thread_message is not None
        # the form may have asked already whether a repeat is meant; submitted again, it is
        was_asked = any(mapping(block).get("block_id") == ASKED_BLOCK for block in sequence(self.view.get("blocks")))
        is_asked = can_be_asked and not (self.is_repeat or was_asked)
        zone = self.person.time_zone
        return Author(self.workspace_id, self.person.user_id, source, self.now, zone, is_asked, self.thread_message)

    @property
    def today(self) -> date:
        """The date in the person's zone."""
        return self.now.astimezone(ZoneInfo(self.person.time_zone)).date()

    @property
    def number(self) -> int:
        """The number that the button carries. Raises Outdated when it carries none."""
        return number_in(self.value)

    @property
    def two_numbers(self) -> tuple[int, int]:
        """The two numbers that the button carries. Raises Outdated when it carries anything else."""
        first, _, second = self.value.partition(" ")
        return number_in(first), number_in(second)

    @property
    def view(self) -> dict[str, Any]:
        """The form this came from, empty for anything else."""
        return mapping(self.payload.get("view"))

    @property
    def event(self) -> dict[str, Any]:
        """The event as Slack sent it, empty for anything else."""
        return self.payload.get("event") or {}

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the person has the permission."""
        if not may(self.person, permission):
            raise NotAllowed(permission, self.person.right)


def parts_in(written: str, least: int) -> list[str]:
    """The parts of a value such as `7 12 done`. Raises Outdated for fewer than `least`, of an older version."""
    parts = written.split(" ")
    if len(parts) < least:
        raise Outdated(OTHER_VERSION)
    return parts


def number_in(written: str) -> int:
    """The number that `written` is. Raises Outdated when it is none: an older version wrote something else."""
    if not (written.isascii() and written.isdecimal() and len(written) <= NUMBER_DIGITS):
        raise Outdated(OTHER_VERSION)
    return int(written)


class NotAllowed(Refused):
    """The person's right does not include the permission; `admins` can change it and are filled in by the edge."""

    def __init__(self, permission: Permission, right: Right) -> None:
        self.permission, self.right = permission, right
        self.admins: tuple[str, ...] = ()
        super().__init__(f"{right.value} may not {permission.value}")


class Outsider(Refused):
    """Somebody who may not use the bot: `kind` guest, external, deactivated or unknown. The edge fills in `admins`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.admins: tuple[str, ...] = ()
        super().__init__(f"{kind} people are refused")
