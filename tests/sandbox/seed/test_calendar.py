"""The calendar of the sample program: which review is the coming one."""

from datetime import UTC, datetime

import pytest

from sandbox.seed.calendar import HELD_REVIEWS, calendar_before


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        (datetime(2026, 11, 30, 13, 59, 59, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        # in the minute of a review: the next week's
        (datetime(2026, 11, 30, 14, tzinfo=UTC), datetime(2026, 12, 7, 14, tzinfo=UTC)),
        # the clocks go forward before the review
        (datetime(2027, 3, 12, 23, tzinfo=UTC), datetime(2027, 3, 15, 13, tzinfo=UTC)),
        (datetime(2027, 5, 3, 3, tzinfo=UTC), datetime(2027, 5, 3, 13, tzinfo=UTC)),
        # after a leap day
        (datetime(2028, 3, 1, 0, tzinfo=UTC), datetime(2028, 3, 6, 14, tzinfo=UTC)),
    ],
)
def test_the_coming_review_is_on_the_next_monday_at_nine_in_new_york(now: datetime, opens_at: datetime) -> None:
    assert calendar_before(now).review_at(HELD_REVIEWS + 1) == opens_at
