"""Frozen facts about preparing a review: who takes part and how, when they are asked, and who is away meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

PREP_MINUTES = 24 * 60
"""Time before a review at which people are asked to prepare it. The field asks 24 to 48 hours before."""
CUTOFF_MINUTES = 120
"""Time before a review until which what they say is on its agenda; what comes later is taken and said to be late."""


class Part(StrEnum):
    """How a person takes part: asked and waited for, asked and not waited for, or told and never asked."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    OBSERVING = "observing"


class Reminding(StrEnum):
    """How much people of a cadence are reminded.

    Light asks them to prepare and no more; standard reminds once and sends a digest on mornings with something overdue;
    active tells of new asks and blockers the same day too.
    """

    LIGHT = "light"
    STANDARD = "standard"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Preparation:
    """How the reviews of a cadence are prepared; `prep_minutes` is 0 where nobody is asked.

    Owners, marketing partners and our executives of its accounts take part as mandatory, unless `optional` or
    `observing` names them; both may name others too. All are user ids.
    """

    prep_minutes: int = PREP_MINUTES
    cutoff_minutes: int = CUTOFF_MINUTES
    reminding: Reminding = Reminding.STANDARD
    optional: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()


AS_USUAL = Preparation()
"""Preparation of a cadence of which nobody said otherwise."""


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a person is away, both included, or everybody where `user_id` is ''; '' for no stand-in."""

    user_id: str
    from_on: date
    until_on: date
    stand_in: str = ""
    name: str = ""

    def covers(self, on: date) -> bool:
        """Return true if the local day is one of them."""
        return self.from_on <= on <= self.until_on


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """A person asked to prepare one review; `for_user_id` is the person who is away and whom they stand in for."""

    user_id: str
    part: Part
    asked_at: datetime
    for_user_id: str = ""
    reminded_at: datetime | None = None
    stopped_at: datetime | None = None
    answered_at: datetime | None = None
