"""People of the workspace: the function that they speak for, and their right."""

from dataclasses import dataclass
from enum import StrEnum


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
