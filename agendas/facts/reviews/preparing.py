"""Frozen facts about preparing a review: who takes part and how, when they are asked, and who is away meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from agendas.facts.account import Stage

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
    """Days on which a person is away, both included, or everybody where `user_id` is ''; '' for no stand-in.

    `id` is that of the stored days, 0 where they are not.
    """

    user_id: str
    from_on: date
    until_on: date
    stand_in: str = ""
    name: str = ""
    id: int = field(default=0, compare=False)

    def covers(self, on: date) -> bool:
        """Return true if the local day is one of them."""
        return self.from_on <= on <= self.until_on


class Question(StrEnum):
    """Question that a person is asked about an account before its review; of two the first is asked."""

    MOVED = "moved"
    """What moved, and what shows it: for its owner and our executive."""
    BUYER = "buyer"
    """What the buyer did with the last play or signal: for its marketing partner."""
    SUCCESS = "success"
    """How the customer fares, and what they could use more of: for customer success."""
    FIT = "fit"
    """Fit, use case and proof: for product."""


@dataclass(frozen=True, slots=True)
class PeopleOfAccount:
    """An account in the scope of a review and the people that it names.

    `scored_by` are those who scored it, by function. `private_to` is the channel whose members alone may see it.
    """

    account_id: int
    tier: int | None
    stage: Stage
    owner: str | None = None
    marketing_partner: str | None = None
    our_executive: str | None = None
    scored_by: Mapping[str, str] = field(default_factory=dict)
    private_to: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Facts by which it is told who of these people takes part.

    `may_answer` are the user ids of those who may record something, `leads` the user ids of those who lead a function
    by function, `members` those of channels that accounts are private to, by channel. `away` are those who are away
    while the review is prepared.
    """

    may_answer: frozenset[str]
    leads: Mapping[str, str] = field(default_factory=dict)
    away: Mapping[str, Away] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who takes part in a planned review, and the question that they are asked about each account.

    `for_user_id` is the person who is away and whom they stand in for; `away` says that it is they who are away: then
    they are not asked.
    """

    user_id: str
    part: Part
    questions: Mapping[int, Question] = field(default_factory=dict)
    for_user_id: str = ""
    away: Away | None = None

    @property
    def is_asked(self) -> bool:
        """True for somebody who is asked something now."""
        return self.part is not Part.OBSERVING and self.away is None and bool(self.questions)


@dataclass(frozen=True, slots=True)
class OnRoster:
    """A person on the roster of a review that was opened: asked to prepare it, or away then until a day."""

    user_id: str
    part: Part
    for_user_id: str = ""
    away_until: date | None = None
