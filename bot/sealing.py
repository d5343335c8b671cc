"""Encryption of stored secrets with CADENCE_SECRET_KEY; without that key they are stored as they are."""


class UndecryptableSecret(Exception):
    """The stored secret cannot be decrypted with this key."""


class Sealing:
    """Encrypts and decrypts secrets with one key; without a key it changes nothing."""

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key

    def seal(self, secret: str) -> str:
        if not self._key:
            return secret
        from cryptography.fernet import Fernet  # slow to load, and often not needed

        return Fernet(self._key).encrypt(secret.encode()).decode()

    def open(self, stored: str) -> str:
        """Return the secret decrypted. Raises Unreadable when it was not encrypted with this key."""
        if not self._key:
            return stored
        from cryptography.fernet import Fernet, InvalidToken

        try:
            return Fernet(self._key).decrypt(stored).decode()
        except InvalidToken:
            raise UndecryptableSecret from None
