"""Open work of somebody whom Slack deactivated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promised:
    """Number of the person's open next actions on an account."""

    account_name: str
    count: int


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Work that a person left behind; accounts by name in the order of the list.

    `promised` begins with the account of the next action that is due first; `facilitates` are the channels whose
    reviews they facilitate.
    """

    user_id: str
    name: str
    owned: tuple[str, ...] = ()
    partnered: tuple[str, ...] = ()
    promised: tuple[Promised, ...] = ()
    facilitates: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """True if nothing waits for somebody else."""
        return not (self.owned or self.partnered or self.promised or self.facilitates)
