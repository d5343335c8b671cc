"""People of the workspace: the function that they speak for, their right, and work that somebody left behind."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agendas.facts.account import Source


class Function(StrEnum):
    """The part of the company a person speaks for."""

    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SUCCESS = "customer_success"
    PRODUCT = "product"
    FINANCE = "finance"
    EXECUTIVE = "executive"


class Right(StrEnum):
    """Right of a person: admins everything, editors record and decide, viewers ask and nominate, observers read."""

    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person of the workspace. `function` is None until an admin sets it."""

    user_id: str
    name: str
    right: Right
    function: Function | None = None
    time_zone: str = "UTC"
    is_away: bool = False
    is_deleted: bool = False


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


@dataclass(frozen=True, slots=True)
class Author:
    """The person behind a verb. `at` is the aware UTC instant at which it is recorded, `zone` the person's own."""

    workspace_id: str
    user_id: str
    source: Source
    at: datetime
    zone: str = "UTC"
