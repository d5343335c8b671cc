"""The justification of an account: why this account, why now, and which motion will move it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Part(StrEnum):
    """Part of a justification, by its field."""

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
        """Return the justification with each part that is given; an empty one leaves what stands."""
        return Justification(why_account or self.why_account, why_now or self.why_now, motion or self.motion)

    def part(self, part: Part) -> str:
        """Return the text of one part."""
        return {
            Part.WHY_ACCOUNT: self.why_account,
            Part.WHY_NOW: self.why_now,
            Part.MOTION: self.motion,
        }[part]


@dataclass(frozen=True, slots=True)
class Justified:
    """The justification is now this one; `before` is what it was. Only the parts that differ were changed."""

    justification: Justification
    before: Justification
    kind: Literal["justified"] = "justified"


@dataclass(frozen=True, slots=True)
class SaidPart:
    """A part of a justification as it stands, with who gave it and when; empty and None for one that is missing."""

    part: Part
    text: str = ""
    said_by: str = ""
    said_at: datetime | None = None
