from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import ShiftedClock, SystemClock


class HandClock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_computers_clock_gives_aware_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta()


def test_a_shifted_clock_goes_on_from_where_it_was_put() -> None:
    hand = HandClock(NOON)
    clock = ShiftedClock(hand)
    clock.shift_to(NOON + timedelta(days=7))
    hand.at += timedelta(seconds=3)
    assert clock.now() == NOON + timedelta(days=7, seconds=3)


def test_a_shifted_clock_never_goes_back() -> None:
    clock = ShiftedClock(HandClock(NOON))
    clock.shift_to(NOON + timedelta(days=7))
    with pytest.raises(ValueError, match="cannot go back"):
        clock.shift_to(NOON + timedelta(days=6))
    assert clock.now() == NOON + timedelta(days=7)
