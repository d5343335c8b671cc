"""Facts of past reviews: the list of a channel's, one opened as it was, and one of its accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.answered_items import FoundItem
from agendas.facts.reviews import AgendaItem, CorrectedEntry, OpenReview, ReviewFacts


class PastState(StrEnum):
    HELD = "held"
    NOT_HELD = "not_held"
    """It was posted, and nobody recorded or decided anything in it."""
    MISSED = "missed"
    """It was too late to post."""
    NOTHING_IN_SCOPE = "nothing_in_scope"
    """There was no account to review."""
    SKIPPED = "skipped"
    """Somebody skipped the date."""


@dataclass(frozen=True, slots=True)
class PastReview:
    """One review that is over, without its accounts.

    `id` is 0 for a date that was skipped, and `by` then who skipped it. `reason` says why it was not posted.
    """

    id: int
    planned_at: datetime
    zone: str
    state: PastState
    attended: tuple[tuple[str, str], ...] = ()
    late_minutes: int = 0
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class PastReviews:
    """A page of a channel's past reviews, newest first; `more_value` is carried by the button for older ones."""

    channel_id: str
    reviews: tuple[PastReview, ...]
    more_value: str = ""
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class OpenedReview:
    """A past review as it was when it closed, and what was learned since.

    Args:
        past: how it ended.
        review: the review with its accounts as they were frozen; without them where it was not posted.
        previous_id: the review of the channel before it, None for none.
        header_link: the permalink of its header, '' where there is none.
        later: the first entries recorded after it, before the next one opened.
    """

    past: PastReview
    review: ReviewFacts
    previous_id: int | None = None
    next_id: int | None = None
    header_link: str = ""
    recap_link: str = ""
    later: tuple[FoundItem, ...] = ()
    has_more_later: bool = False


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """An account as it was when a review closed, and entries that the review showed and that were corrected since."""

    item: AgendaItem
    review_id: int
    review_on: date
    closed_at: datetime
    zone: str
    corrected: tuple[CorrectedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A review of a channel: over with `past`, open with `running`, else planned.

    `planned_at` is None for a cadence that is paused.
    """

    channel_id: str
    planned_at: datetime | None
    zone: str
    past: PastReview | None = None
    running: OpenReview | None = None
    facilitator: str = ""
