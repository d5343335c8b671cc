"""Between values and their JSON: pydantic's adapters, each made when it is first needed and not at the start."""

from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class Adapter(Generic[T]):
    """Reader and writer of values of one type, as pydantic's `TypeAdapter` is."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    @cached_property
    def _made(self) -> TypeAdapter[T]:
        return TypeAdapter(self._kind)

    def validate_python(self, value: object) -> T:
        """The value that these plain dicts and lists stand for. Raises pydantic's ValidationError."""
        return self._made.validate_python(value)

    def validate_json(self, text: str) -> T:
        """Read the value from JSON directly, without Python values in between."""
        return self._made.validate_json(text)

    def dump_python(self, value: T, *, mode: Literal["json", "python"]) -> Any:
        """The value as plain dicts and lists; with `json` of nothing but what JSON has."""
        return self._made.dump_python(value, mode=mode)

    def dump_json(self, value: T) -> bytes:
        """The value as JSON."""
        return self._made.dump_json(value)
