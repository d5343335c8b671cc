"""Where two frozen values differ, for a failing test to say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Yield a line for each of the innermost parts in which the values differ."""
    if one == other:
        return
    if is_dataclass(one) and type(one) is type(other):
        for each in fields(one):
            yield from differences(getattr(one, each.name), getattr(other, each.name), f"{path}.{each.name}")
    elif isinstance(one, Mapping) and isinstance(other, Mapping) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{path}[{key}]")
    elif (
        isinstance(one, Sequence)
        and isinstance(other, Sequence)
        and not isinstance(one, str)
        and len(one) == len(other)
    ):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{path}[{number}]")
    else:
        yield f"{path}: {one!r} is not {other!r}"
