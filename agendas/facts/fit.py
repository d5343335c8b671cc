"""The six criteria by which an account earns its place on the list, and what people score."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Criterion(StrEnum):
    """Criterion of fit, scored from 0 to 4 for every account."""

    ACV = "acv"
    EXPANSION = "expansion"
    URGENCY = "urgency"
    SALES_MOTION = "sales_motion"
    IMPLEMENTATION_FIT = "implementation_fit"
    STRATEGIC_VALUE = "strategic_value"


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion from 0 to 4, with a line of reason."""

    criterion: Criterion
    score: int
    because: str


@dataclass(frozen=True, slots=True)
class FitScored:
    """Somebody scored criteria for their `function`; each replaces what the same person scored for it before.

    `withdrawn` are those whose score they took back without giving another.
    """

    function: str
    scores: tuple[CriterionScore, ...]
    withdrawn: tuple[Criterion, ...] = ()
    kind: Literal["fit_scored"] = "fit_scored"


@dataclass(frozen=True, slots=True)
class FitScore:
    criterion: Criterion
    score: int
    because: str
    function: str
    scored_by: str
    scored_at: datetime


@dataclass(frozen=True, slots=True)
class AskedForFit:
    """Somebody was asked to score an account; `is_open` until they answer, opt out, or the account is decided."""

    user_id: str
    function: str
    asked_at: datetime
    reminded_at: datetime | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class WaitingAccount:
    """An account that somebody is to score: why it was proposed, and what they scored before.

    `request_id` is 0 where nobody asked them.
    """

    account_id: int
    name: str
    because: str = ""
    scores: tuple[FitScore, ...] = ()
    request_id: int = 0


@dataclass(frozen=True, slots=True)
class FitShort:
    """The fit of an account that was given a tier above what its fit reaches: people decide, the page mentions it.

    `fit` is None where nothing is scored, `wanted` the fit that the tier asks for. `percent_wanted` is the share that
    the tier wants known, 0 where it wants none; `vetoes` are the criteria that rule the account out.
    """

    fit: float | None
    wanted: int
    percent_known: int
    percent_wanted: int = 0
    vetoes: tuple[Criterion, ...] = ()
