"""The arguments of a call, from query, form or JSON."""

import json
from typing import Any

from sandbox.webapi.errors import ApiError, invalid_arguments


class Arguments:
    """Typed access to a call's arguments; a missing or wrong one raises ``invalid_arguments``."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given

    def has(self, name: str) -> bool:
        """Return True if the argument was given with a value."""
        return self.given.get(name) is not None

    def text(self, name: str) -> str:
        """Return a required string."""
        value = self.text_or_none(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def text_or_none(self, name: str) -> str | None:
        """Return a string, None when it was not given."""
        value = self.given.get(name)
        if value is None:
            return None
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            raise invalid_arguments(f"must provide a string [json-pointer:/{name}]")
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return True for ``true``, ``1`` and JSON true."""
        value = self.given.get(name)
        if value is None:
            return default
        return value in (True, "true", "1", "True", 1)

    def integer(self, name: str, *, default: int, high: int) -> int:
        """Return an integer from 1 to ``high``; raises ``invalid_limit``."""
        value = self.given.get(name, default)
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise ApiError("invalid_limit") from None
        if not 1 <= number <= high:
            raise ApiError("invalid_limit")
        return number

    def json_value(self, name: str, *, error: str) -> Any:
        """Return a JSON value, decoded when it came as text; raises ``error`` for text that cannot be decoded."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise ApiError(error) from None

    def strings(self, name: str) -> list[str]:
        """Return a list of strings, given as JSON or separated by commas."""
        value = self.given.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value).split(",") if part.strip()] if value is not None else []
