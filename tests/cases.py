"""Tables of cases: one collected test goes through all of them, and each that fails is named."""

import inspect
import json
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

Test = TypeVar("Test", bound=Callable[..., Any])
FAILURES = (Exception, pytest.fail.Exception)
"""What a row may end with. Only such a row is reported as a subtest: a report of each takes longer than most rows."""


def cases(
    names: str | Sequence[str],
    rows: Iterable[Any],
    *,
    ids: Callable[[Any], Any] | Iterable[Any] = repr,
    one_in: int = 1,
) -> Callable[[Test], Test]:
    """Give a test its arguments row by row, as `pytest.mark.parametrize` does, as subtests of one collected test.

    All rows share the test's fixtures. Where a row leaves these changed for the next one, parametrize instead.
    `make test` takes each row whose number `one_in` divides, `make prove` takes all of them.
    """
    keys = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    table = [tuple(row) if len(keys) > 1 else (row,) for row in rows]
    titles = ids if callable(ids) else list(ids)

    def title(number: int) -> str:
        parts = map(titles, table[number]) if callable(titles) else [titles[number]]
        return ", ".join(map(str, parts))[:200]

    def over_all(test: Test) -> Test:
        signature = inspect.signature(test)
        fixtures = [each for name, each in signature.parameters.items() if name not in (*keys, "subtests")]
        added = ("subtests", "one_in") if one_in > 1 else ("subtests",)
        taken = [*(inspect.Parameter(each, inspect.Parameter.POSITIONAL_OR_KEYWORD) for each in added), *fixtures]

        if inspect.iscoroutinefunction(test):

            @wraps(test)
            async def run(subtests: pytest.Subtests, one_in: int = 1, **given: Any) -> None:
                for number, row in list(enumerate(table))[::one_in]:
                    try:
                        await test(**dict(zip(keys, row, strict=True)), **given)
                    except FAILURES:
                        with subtests.test(title(number)):
                            raise
        else:

            @wraps(test)
            def run(subtests: pytest.Subtests, one_in: int = 1, **given: Any) -> None:
                for number, row in list(enumerate(table))[::one_in]:
                    try:
                        test(**dict(zip(keys, row, strict=True)), **given)
                    except FAILURES:
                        with subtests.test(title(number)):
                            raise

        run.__signature__ = signature.replace(parameters=taken)  # type: ignore[attr-defined]
        if one_in > 1:
            return pytest.mark.parametrize("one_in", [one_in, pytest.param(1, marks=pytest.mark.again)])(run)
        return cast("Test", run)

    return over_all


def texts(*names: str) -> Callable[[Test], Test]:
    """Give a test its texts, and what is read in each, from its section of the `texts.txt` beside it."""

    def over_all(test: Test) -> Test:
        return cases(names, read_in(test.__name__.removeprefix("test_"), Path(inspect.getfile(test)).parent))(test)

    return over_all


def read_in(section: str, folder: Path) -> list[Any]:
    """The rows of the section; a part in quotation marks is a string of JSON."""
    text = (folder / "texts.txt").read_text(encoding="utf-8")
    rows = text.split(f"\n[{section}]\n", 1)[1].split("\n\n", 1)[0].split("\n")
    parts = [tuple(_part(each.strip()) for each in f"{row} ".split(" = ")) for row in rows if row]
    return [row if len(row) > 1 else row[0] for row in parts]


def _part(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') and text.endswith('"') and len(text) > 1 else text
