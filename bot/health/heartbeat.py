"""The heartbeat of a loop, by which others see that it still goes round."""

from time import monotonic


class Heartbeat:
    """The moment at which a loop last showed that it is alive; the first one is when this is made."""

    def __init__(self) -> None:
        self._beaten_at = monotonic()

    def beat(self) -> None:
        """Note that the loop is alive now."""
        self._beaten_at = monotonic()

    @property
    def age_seconds(self) -> float:
        """Seconds since the last beat."""
        return monotonic() - self._beaten_at
