"""How long ago a loop last showed that it is alive."""

from time import monotonic


class Pulse:
    """Beaten by a loop as it goes round; it counts as beaten once when it is made."""

    def __init__(self) -> None:
        self._beaten_at = monotonic()

    def beat(self) -> None:
        """The loop is alive now."""
        self._beaten_at = monotonic()

    @property
    def age_seconds(self) -> float:
        """Seconds since the last beat."""
        return monotonic() - self._beaten_at
