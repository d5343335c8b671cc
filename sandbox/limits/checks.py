"""Composable checks: each adds Slack's problems with a value to a list."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any


@dataclass
class Problems:
    """Problems in Slack's words with a JSON pointer, in order of finding."""

    found: list[str] = field(default_factory=list)

    def add(self, what: str, at: str) -> None:
        """Add one problem at this pointer (``/blocks/0/text``)."""
        self.found.append(f"{what} [json-pointer:{at}]")


Check = Callable[[Any, str, Problems], None]


def length(text: str) -> int:
    """Return the length of a text in UTF-16 units, as in Slack's clients: most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def string(at_most: int, *, at_least: int = 1) -> Check:
    """Check for a string of ``at_least`` to ``at_most`` characters."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.add("must provide a string", at)
        elif length(value) > at_most:
            problems.add(f"must be less than {at_most + 1} characters", at)
        elif length(value) < at_least:
            problems.add(f"must be more than {at_least - 1} characters", at)

    return check


def matching(pattern: str, what: str) -> Check:
    """Check for a string that matches ``pattern``; ``what`` names the form."""
    form = re.compile(pattern)

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, str) or form.fullmatch(value) is None:
            problems.add(f"must be a valid {what}", at)

    return check


def in_turn(first: Check, second: Check) -> Check:
    """Check with ``first``, then with ``second`` if that found no problem."""

    def check(value: Any, at: str, problems: Problems) -> None:
        before = len(problems.found)
        first(value, at, problems)
        if len(problems.found) == before:
            second(value, at, problems)

    return check


def integer(low: int, high: int) -> Check:
    """Check for an integer from ``low`` to ``high``."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            problems.add("must provide an integer", at)
        elif not low <= value <= high:
            problems.add(f"must be between {low} and {high}", at)

    return check


def number(value: Any, at: str, problems: Problems) -> None:
    """Check for a number that JSON can say."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        problems.add("must provide a number", at)


def boolean(value: Any, at: str, problems: Problems) -> None:
    """Check for a boolean."""
    if not isinstance(value, bool):
        problems.add("must provide a boolean", at)


def one_of(*allowed: Any) -> Check:
    """Check for one of these values."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if value not in allowed:
            problems.add(f"must be one of: {', '.join(map(str, allowed))}", at)

    return check


def items(check_item: Check, low: int, high: int) -> Check:
    """Check for a list of ``low`` to ``high`` items, and each item."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.add("must provide an array", at)
            return
        if len(value) > high:
            problems.add(f"no more than {high} items allowed", at)
        if len(value) < low:
            problems.add(f"no less than {low} items allowed", at)
        for index, item in enumerate(value):
            check_item(item, f"{at}/{index}", problems)

    return check


def object_with(required: Mapping[str, Check], optional: Mapping[str, Check], *extra: Check) -> Check:
    """Check for an object with exactly these fields, then run each ``extra`` check on the object."""
    known = {**required, **optional}

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.add("must provide an object", at)
            return
        for name in required:
            if value.get(name) is None:
                problems.add(f"missing required field: {name}", at)
        for name, part in value.items():
            _check_field(known.get(name), name in required, (name, part), (at, problems))
        for check_object in extra:
            check_object(value, at, problems)

    return check


def _check_field(check: Check | None, required: bool, field_: tuple[str, Any], where: tuple[str, Problems]) -> None:
    (name, part), (at, problems) = field_, where
    if check is None:
        problems.add(f"invalid additional property: {name}", at)
    elif part is not None:
        check(part, f"{at}/{name}", problems)
    elif not required:
        problems.add(f"must not be null: {name}", at)


def by_type(kinds: Mapping[str, Check], *, noun: str = "type") -> Check:
    """Check for an object by its ``type``; other types are refused."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.add("must provide an object", at)
            return
        kind = value.get("type")
        if kind is None:
            problems.add("missing required field: type", at)
        elif kind not in kinds:
            problems.add(f"unsupported {noun}: {kind}", f"{at}/type")
        else:
            kinds[kind](value, at, problems)

    return check


def any_of(*names: str) -> Check:
    """Check that at least one of these fields is present."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if all(value.get(name) is None for name in names):
            problems.add(f"must define either {' or '.join(f'`{name}`' for name in names)}", at)

    return check


def not_both(first: str, second: str) -> Check:
    """Check that at most one of these two fields is present."""

    def check(value: Any, at: str, problems: Problems) -> None:
        if value.get(first) is not None and value.get(second) is not None:
            problems.add(f"cannot define both `{first}` and `{second}`", at)

    return check


def unique(values: Iterable[Any], what: str, at: str, problems: Problems) -> None:
    """Add a problem for every value that occurs more than once."""
    seen: list[Any] = []
    for value in values:
        if value in seen:
            problems.add(f"{what} already exists: {value}", at)
        seen.append(value)
