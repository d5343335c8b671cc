"""Identifiers that look like Slack's, in order of creation."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Hands out identifiers such as ``U0SB0000A1``: a prefix, then a number that never repeats."""

    def __init__(self) -> None:
        self._count = 0

    def new(self, prefix: str) -> str:
        """A fresh identifier with this prefix (``U``, ``C``, ``D``, ``V``, ``T`` ...)."""
        self._count += 1
        number, digits = self._count, ""
        while number:
            number, rest = divmod(number, 36)
            digits = _DIGITS[rest] + digits
        return f"{prefix}0SB{digits.rjust(7, '0')}"
