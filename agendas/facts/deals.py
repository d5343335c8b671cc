"""Opportunities: deals of the account in the CRM, with their true dates."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class OpportunityType(StrEnum):
    NEW_BUSINESS = "new_business"
    EXISTING_BUSINESS = "existing_business"


class Phase(StrEnum):
    """Phase of a deal. People say once which of the CRM's stage names means which phase."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    WON = "won"
    LOST = "lost"

    @property
    def rank(self) -> int:
        """0 for lost, 1 to 3 for open ones, 4 for won."""
        return _PHASE_RANKS[self]

    @property
    def is_open(self) -> bool:
        return self in (Phase.EARLY, Phase.MIDDLE, Phase.LATE)


_PHASE_RANKS = {Phase.LOST: 0, Phase.EARLY: 1, Phase.MIDDLE: 2, Phase.LATE: 3, Phase.WON: 4}


@dataclass(frozen=True, slots=True)
class OpportunityProfile:
    """A deal as the CRM has it. `key` names it within the workspace, as `salesforce:006...`; amounts are in cents.

    `adds_value` is false for a renewal or a smaller contract: won, it books nothing more than there was.
    """

    key: str
    name: str
    stage_name: str
    phase: Phase
    type: OpportunityType = OpportunityType.NEW_BUSINESS
    amount_cents: int | None = None
    currency: str = ""
    closes_on: date | None = None
    next_step: str = ""
    adds_value: bool = True

    @property
    def is_expansion(self) -> bool:
        return self.type is OpportunityType.EXISTING_BUSINESS and self.adds_value


@dataclass(frozen=True, slots=True)
class OpportunityChanged:
    """A deal appeared, or is now this.

    `since_known` is false where an import found it so without a date; `opened_at` is when the CRM says it began.
    `is_history` is true of a row of the CRM's history: all that it says was so from its date on.
    """

    opportunity: OpportunityProfile
    since_known: bool = True
    opened_at: datetime | None = None
    is_history: bool = False
    kind: Literal["opportunity_changed"] = "opportunity_changed"


@dataclass(frozen=True, slots=True)
class StageDeclined:
    """Somebody declined the stage that the deal of this key implies: the deal does not propose it again."""

    deal_key: str
    deal_name: str
    stage: str
    because: str
    kind: Literal["stage_declined"] = "stage_declined"


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A deal's current state: since when in its stage, and how often its close date was pushed to a later one.

    `stage_since_known` is false where an import found it in its stage without a date: days are then "at least", and
    `closed_at` of a closed one is None. `declined_stage` is the stage that somebody declined for it, '' for none.
    Where the CRM did not say when it was opened, `opening_known` is false and `opened_at` when it was first seen.
    """

    profile: OpportunityProfile
    opened_at: datetime
    stage_since: datetime
    pushes: int = 0
    closed_at: datetime | None = None
    stage_since_known: bool = True
    declined_stage: str = ""
    opening_known: bool = True

    @property
    def key(self) -> str:
        """Its name within the workspace."""
        return self.profile.key

    @property
    def is_open(self) -> bool:
        return self.profile.phase.is_open
