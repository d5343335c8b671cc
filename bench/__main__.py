"""`python -m bench [GROUP ...]`: measure, print a line per figure, exit with 1 when a reach is missed."""

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence

from bench.figures import HEADING, BenchFailed, Figure, write

GROUPS = (
    "requests",
    "questions",
    "reviews",
    "busy",
    "measures",
    "posting",
    "preparing",
    "stalls",
    "postgres",
)
"""Modules of this package whose `figures()` yields figures."""


def main(words: Sequence[str]) -> int:
    """Return 0 when every reach is met, 1 when one is missed or a measurement is invalid, 2 for an unknown group."""
    unknown = [word for word in words if word not in GROUPS]
    if unknown:
        print(f"{unknown[0]} is no group of benchmarks. There are: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    found: list[Figure] = []
    failures: list[str] = []
    print(HEADING, flush=True)
    for word in words or GROUPS:
        measure: Callable[[], Iterator[Figure]] = importlib.import_module(f"bench.{word}").figures
        try:
            for figure in measure():
                found.append(figure)
                print(figure.line(), flush=True)
        except BenchFailed as error:
            failures.append(f"{word}: {error}")
            print(failures[-1], file=sys.stderr, flush=True)
    if not words and not failures:
        write(found)
    return 1 if failures or not all(figure.is_met for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
