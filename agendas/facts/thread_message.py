"""Messages in the threads of accounts, from which something is recorded."""

from dataclasses import dataclass
from datetime import UTC, datetime

from agendas.facts.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A reply that a person wrote in an account's thread: its place, and its permalink, '' where that is not known.

    `by_letter`: the person is told by a letter what was recorded, as nothing else answers an event.
    """

    channel_id: str
    thread_ts: str
    ts: str
    url: str = ""
    by_letter: bool = True

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The message as evidence, with its own time."""
        at = datetime.fromtimestamp(float(self.ts), UTC)
        return (Evidence("message", at, self.url, kind="message"),) if self.url else ()


@dataclass(frozen=True, slots=True)
class AccountThread:
    """The thread of an account's message. `is_heard`: a message in such a thread reached the bot before."""

    account_id: int
    name: str
    bot_user_id: str
    is_heard: bool
