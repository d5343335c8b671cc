"""The buying group: people at the account, their roles, and how well we know them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class BuyingRole(StrEnum):
    """Role of a person in the purchase. The first five can be required; the executive sponsor is the buyer's."""

    ECONOMIC_BUYER = "economic_buyer"
    TECHNICAL_EVALUATOR = "technical_evaluator"
    CHAMPION = "champion"
    PROCUREMENT = "procurement"
    EXECUTIVE_SPONSOR = "executive_sponsor"
    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    END_USER = "end_user"
    BLOCKER = "blocker"
    COACH = "coach"
    OTHER = "other"


class RoleStatus(StrEnum):
    """Status of a person's roles: only confirmed ones count."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    LEFT = "left"


class Support(StrEnum):
    MENTOR = "mentor"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    NON_SUPPORTER = "non_supporter"
    ENEMY = "enemy"
    UNKNOWN = "unknown"


class ContactDepth(StrEnum):
    UNKNOWN = "unknown"
    NO_CONTACT = "no_contact"
    BRIEF = "brief"
    MULTIPLE = "multiple"
    IN_DEPTH = "in_depth"


@dataclass(frozen=True, slots=True)
class ContactProfile:
    """Profile of a person at the account.

    `roles` are confirmed by a person or stated by the CRM, `suggested_roles` guessed from a title: those never count.
    `touched_on` is the last day on which this person did something towards us; `left_on` the day they were gone.
    """

    name: str
    title: str = ""
    email: str = ""
    roles: tuple[BuyingRole, ...] = ()
    suggested_roles: tuple[BuyingRole, ...] = ()
    support: Support = Support.UNKNOWN
    depth: ContactDepth = ContactDepth.UNKNOWN
    touched_on: date | None = None
    left_on: date | None = None
    crm_system: str = ""
    crm_id: str = ""


@dataclass(frozen=True, slots=True)
class ContactAdded:
    """A person at the account, known from now on by this event's id."""

    contact: ContactProfile
    kind: Literal["contact_added"] = "contact_added"


@dataclass(frozen=True, slots=True)
class ContactEdited:
    contact_id: int
    contact: ContactProfile
    kind: Literal["contact_edited"] = "contact_edited"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at the account as known now; `id` is that of the event that added them.

    `changed_at` is when what is known last changed, `signalled_on` the day of the person's latest signal, `heard_on`
    that of the latest act of theirs that evidence names them for. Both are days in UTC.
    """

    id: int
    profile: ContactProfile
    added_at: datetime
    changed_at: datetime
    signalled_on: date | None = None
    heard_on: date | None = None

    @property
    def status(self) -> RoleStatus:
        if self.profile.left_on is not None:
            return RoleStatus.LEFT
        return RoleStatus.CONFIRMED if self.profile.roles else RoleStatus.SUGGESTED

    @property
    def last_touch_on(self) -> date | None:
        """The last day on which this person did something: recorded, shown by evidence, or seen as a signal."""
        return max((on for on in (self.profile.touched_on, self.signalled_on, self.heard_on) if on), default=None)
