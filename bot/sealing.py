"""Secrets at rest: sealed with `CADENCE_SECRET_KEY`, or kept as they are where none is set."""

SEALED = "gAAAA"
"""How everything begins that was sealed: the version of the format and the first bytes of its time."""


class Unreadable(Exception):
    """What was stored cannot be opened with this key."""


class Sealing:
    """Seals and opens secrets with one key; without a key both give back what they got."""

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key

    def seal(self, secret: str) -> str:
        """The secret as it is stored."""
        if not self._key:
            return secret
        from cryptography.fernet import Fernet  # a sixth of the start, and often not needed

        return Fernet(self._key).encrypt(secret.encode()).decode()

    def open(self, stored: str) -> str:
        """The secret that was stored. Raises Unreadable when it was sealed with another key."""
        if not stored.startswith(SEALED):
            return stored
        from cryptography.fernet import Fernet, InvalidToken

        if not self._key:
            raise Unreadable
        try:
            return Fernet(self._key).decrypt(stored).decode()
        except InvalidToken:
            raise Unreadable from None
