"""What is still in the hands of somebody whom Slack deactivated."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promised:
    """How many open next actions of the person an account has."""

    account_name: str
    count: int


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a person left behind, accounts by their names in the order of the list.

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
        """Whether nothing waits for somebody else."""
        return not (self.owned or self.partnered or self.promised or self.facilitates)
