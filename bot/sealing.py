"""Secrets at rest: sealed with `CADENCE_SECRET_KEY`, or kept as they are where none is set."""


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
        """The secret that was stored. Raises Unreadable when it was not sealed with this key."""
        if not self._key:
            return stored
        from cryptography.fernet import Fernet, InvalidToken

        try:
            return Fernet(self._key).decrypt(stored).decode()
        except InvalidToken:
            raise Unreadable from None
