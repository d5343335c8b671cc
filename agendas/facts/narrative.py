"""The narrative of an account: the pressure it is under, our point of view, the proof, the ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agendas.facts.group import BuyingRole


@dataclass(frozen=True, slots=True)
class Narrative:
    """Our message to an account, and the roles it is meant for."""

    pressure: str
    point_of_view: str
    proof: str
    ask: str
    roles: tuple[BuyingRole, ...] = ()


@dataclass(frozen=True, slots=True)
class NarrativeWritten:
    """The account's narrative is now this one."""

    narrative: Narrative
    kind: Literal["narrative_written"] = "narrative_written"


@dataclass(frozen=True, slots=True)
class NarrativeVersion:
    """The current narrative; versions are counted from 1."""

    narrative: Narrative
    version: int
    written_at: datetime
    written_by: str
