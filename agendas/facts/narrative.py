"""The narrative of an account: the pressure it is under, our point of view, the proof, the ask."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from agendas.facts.group import BuyingRole

# The justification of an account: why this account, why now, and which motion will move it.


class WhyPart(StrEnum):
    WHY_ACCOUNT = "why_account"
    WHY_NOW = "why_now"
    MOTION = "motion"


@dataclass(frozen=True, slots=True)
class Justification:
    """Why this account, why now, and which motion will move it. A part that nobody gave is empty."""

    why_account: str = ""
    why_now: str = ""
    motion: str = ""

    def with_given(self, *, why_account: str, why_now: str, motion: str) -> "Justification":
        """The justification with each part that is given replaced; an empty one changes nothing."""
        return Justification(why_account or self.why_account, why_now or self.why_now, motion or self.motion)

    def part(self, part: WhyPart) -> str:
        return {WhyPart.WHY_ACCOUNT: self.why_account, WhyPart.WHY_NOW: self.why_now, WhyPart.MOTION: self.motion}[part]


@dataclass(frozen=True, slots=True)
class Justified:
    """The justification is now this one; `before` is what it was. Only the parts that differ were changed."""

    justification: Justification
    before: Justification
    kind: Literal["justified"] = "justified"


@dataclass(frozen=True, slots=True)
class JustificationPart:
    """The present part of a justification, with who gave it and when; empty and None for one that is missing."""

    part: WhyPart
    text: str = ""
    said_by: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Narrative:
    pressure: str
    point_of_view: str
    proof: str
    ask: str
    roles: tuple[BuyingRole, ...] = ()


@dataclass(frozen=True, slots=True)
class NarrativeWritten:
    narrative: Narrative
    kind: Literal["narrative_written"] = "narrative_written"


@dataclass(frozen=True, slots=True)
class NarrativeVersion:
    """The current narrative; versions are counted from 1."""

    narrative: Narrative
    version: int
    written_at: datetime
    written_by: str


# Product's inputs for an account: a use case, proof, a note on implementation fit, and feedback to product.


class ProductField(StrEnum):
    """Field of an input. The first three hold the latest input; feedback is a list."""

    USE_CASE = "use_case"
    PROOF = "proof"
    IMPLEMENTATION_FIT = "implementation_fit"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class ProductInputGiven:
    """Somebody filled in a field; `reference` is the customer who proves it. Where to read it is the evidence."""

    field: ProductField
    text: str
    reference: str = ""
    kind: Literal["product_input"] = "product_input"


@dataclass(frozen=True, slots=True)
class ProductInput:
    """The present text of a field, with who gave it, when, and where to read it; `id` is the event's."""

    id: int
    field: ProductField
    text: str
    given_by: str
    given_at: datetime
    reference: str = ""
    url: str = ""
