"""The readers of a page: they decide which private accounts it may show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """The people who can read what is looked up: a person, everybody in a channel, or both.

    With neither, nobody is known who may see a private account: a report, an e-mail, a file of the command line.
    """

    workspace_id: str
    user_id: str | None = None
    channel_id: str = ""
