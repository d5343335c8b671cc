"""Filters of accounts: the tiers, stages, states, statuses, people and segments that are wanted."""

from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.account import ListStatus, Stage
from agendas.facts.reviews.review import Bucket, Placement

NOBODY = ""
"""Stands for no owner among the people of a filter."""


class AccountStanding(StrEnum):
    """State of a named account in a word: its bucket, or claimed where nothing shows its stage."""

    NEEDS_INTERVENTION = Bucket.NEEDS_INTERVENTION
    STALLED = Bucket.STALLED
    EXPANDED = Bucket.EXPANDED
    ADVANCED = Bucket.ADVANCED
    CLAIMED = "claimed"
    NEW = Bucket.NEW
    STEADY = Bucket.STEADY

    @classmethod
    def of(cls, placement: Placement) -> "AccountStanding":
        """Return the state of an account that stands there."""
        return cls.CLAIMED if placement.is_claimed else cls(placement.bucket.value)


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Accounts wanted: of one of the tiers, and in one of the states, and so on; a part that is empty asks nothing.

    `people` are user ids of owners and marketing partners, NOBODY for accounts without an owner. States are those of
    named accounts, stages those of accounts on the list; `segments` are written as they are stored.
    """

    tiers: tuple[int, ...] = ()
    states: tuple[AccountStanding, ...] = ()
    statuses: tuple[ListStatus, ...] = ()
    people: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if it asks nothing."""
        return self == EVERYTHING


EVERYTHING = AccountFilter()


@dataclass(frozen=True, slots=True)
class ScoreboardFilter:
    """Accounts of the scoreboard that are wanted: of the list's filter, and running one of the plays.

    `plays` are keys of the library. With `without_narrative` only those whose narrative is missing or too old.
    """

    accounts: AccountFilter = EVERYTHING
    plays: tuple[str, ...] = ()
    without_narrative: bool = False

    @property
    def is_empty(self) -> bool:
        """True if it asks nothing."""
        return self.accounts.is_empty and not self.plays and not self.without_narrative
