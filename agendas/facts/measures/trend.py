"""Earlier figures of the program, kept when a review was held and when a month ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from agendas.facts.reviews.review import Bucket


class TrendKind(StrEnum):
    """Occasion on which figures were kept."""

    REVIEW = "review"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Progression:
    """Accounts of a tier that can be compared over a period, and how many of them advanced and went back."""

    comparable: int = 0
    advanced: int = 0
    regressed: int = 0
    claimed: int = 0


@dataclass(frozen=True, slots=True)
class PipelineQuality:
    """Open pipeline of one currency in cents: all of it, weighed by the tests it passes, and where all due tests pass.

    `deals` counts those with an amount, `without_amount` those without, which no sum holds.
    """

    value_cents: int = 0
    passed_cents: int = 0
    clean_cents: int = 0
    deals: int = 0
    without_amount: int = 0

    @property
    def percent(self) -> int | None:
        """The pipeline quality in whole percent; None without any open value."""
        return round(100 * self.passed_cents / self.value_cents) if self.value_cents else None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Figures of the program on one local day.

    Args:
        on: the day of the review, or the last day of the month.
        kind: the occasion.
        buckets: accounts by tier and bucket.
        progression: by tier.
        quality: by currency.
        coverage: (roles engaged, roles required) of the buying groups together, by tier.
        audit: verdict by row of the audit, as its codes are.
    """

    on: date
    kind: TrendKind
    buckets: Mapping[int, Mapping[Bucket, int]] = field(default_factory=dict)
    progression: Mapping[int, Progression] = field(default_factory=dict)
    quality: Mapping[str, PipelineQuality] = field(default_factory=dict)
    coverage: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    audit: Mapping[str, str] = field(default_factory=dict)
