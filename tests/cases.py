"""Tables of cases: one collected test goes through all of them, and each that fails is named."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

import pytest

Test = TypeVar("Test", bound=Callable[..., Any])
LONGEST_TITLE = 200


def cases(
    names: str | Sequence[str], rows: Iterable[Any], *, ids: Callable[[Any], Any] | Iterable[Any] = repr
) -> Callable[[Test], Test]:
    """Give a test its arguments row by row, as `pytest.mark.parametrize` does, as subtests of one collected test.

    All rows share the test's fixtures. Where a row leaves these changed for the next one, parametrize instead.
    """
    keys = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    table = [tuple(row) if len(keys) > 1 else (row,) for row in rows]
    titles = ids if callable(ids) else list(ids)

    def title(number: int) -> str:
        parts = map(titles, table[number]) if callable(titles) else [titles[number]]
        return ", ".join(map(str, parts))[:LONGEST_TITLE]

    def over_all(test: Test) -> Test:
        signature = inspect.signature(test)
        fixtures = [each for name, each in signature.parameters.items() if name not in (*keys, "subtests")]
        taken = [inspect.Parameter("subtests", inspect.Parameter.POSITIONAL_OR_KEYWORD), *fixtures]

        if inspect.iscoroutinefunction(test):

            @wraps(test)
            async def run(subtests: pytest.Subtests, **given: Any) -> None:
                for number, row in enumerate(table):
                    with subtests.test(title(number)):
                        await test(**dict(zip(keys, row, strict=True)), **given)
        else:

            @wraps(test)
            def run(subtests: pytest.Subtests, **given: Any) -> None:
                for number, row in enumerate(table):
                    with subtests.test(title(number)):
                        test(**dict(zip(keys, row, strict=True)), **given)

        run.__signature__ = signature.replace(parameters=taken)  # type: ignore[attr-defined]
        return cast("Test", run)

    return over_all
