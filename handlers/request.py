"""What arrived, frozen: the same shape for a command, a click, a form, a shortcut and an event."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agendas.errors import Outdated, Refused
from agendas.facts.account import PersonFacts, Right, Source
from agendas.facts.author import Author
from agendas.rules.access.rights import Deed, may

OTHER_VERSION = "This comes from another version of Cadence and does nothing here. Ask for it anew, as with /account."

NUMBER_DIGITS = 18
"""What fits into a number of the databases."""

SOURCES = {
    "command": Source.COMMAND,
    "button": Source.BUTTON,
    "form": Source.MODAL,
    "form_closed": Source.MODAL,
    "shortcut": Source.SHORTCUT,
    "event": Source.DM,
    "options": Source.MODAL,
}


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person did.

    `kind` is a key of SOURCES; `word` the command, action id, callback id or event type; `text` what was typed;
    `value` what a button or select carries; `place` the thread's or message's ts; `key` makes it count once;
    `message_ts` the message that was clicked on.
    `payload` is Slack's own, for the few handlers that need more of it.
    """

    kind: str
    word: str
    workspace_id: str
    person: PersonFacts
    now: datetime
    request_id: str
    key: str
    channel_id: str = ""
    text: str = ""
    value: str = ""
    place: str = ""
    trigger_id: str = ""
    message_ts: str = ""
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def author(self) -> Author:
        """The person as the author of what is recorded now."""
        return Author(self.workspace_id, self.person.user_id, SOURCES[self.kind], self.now, self.person.time_zone)

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
        return self.payload.get("view") or {}

    def require(self, deed: Deed) -> None:
        """Raises NotAllowed unless the person may do the deed."""
        if not may(self.person, deed):
            raise NotAllowed(deed, self.person.right)


def number_in(written: str) -> int:
    """The number written there. Raises Outdated when it is none: an older version wrote something else."""
    if not (written.isascii() and written.isdecimal() and len(written) <= NUMBER_DIGITS):
        raise Outdated(OTHER_VERSION)
    return int(written)


class NotAllowed(Refused):
    """The person's right does not cover the deed; `admins` can change it and are filled in when it is said."""

    def __init__(self, deed: Deed, right: Right) -> None:
        self.deed, self.right = deed, right
        self.admins: tuple[str, ...] = ()
        super().__init__(f"{right.value} may not {deed.value}")


class Outsider(Refused):
    """Somebody who may not use the bot at all; `who` is guest, external, deactivated or unknown.

    `admins` can help and are filled in when it is said.
    """

    def __init__(self, who: str) -> None:
        self.who = who
        self.admins: tuple[str, ...] = ()
        super().__init__(f"{who} people are refused")
