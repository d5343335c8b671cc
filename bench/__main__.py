"""`python -m bench [GROUP ...]`: measures, prints the table, and exits with 1 when a reach is missed."""

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence

from bench.harness import BenchFailed, Figure, report, write

GROUPS = {
    "requests": "bench.requests",
    "socket": "bench.sockets",
    "starting": "bench.starting",
    "reviews": "bench.reviews",
    "posting": "bench.posting",
    "ticking": "bench.ticking",
    "stalls": "bench.stalls",
    "list": "bench.list_figures",
}
"""Word → the module whose `figures()` yields its figures."""


def main(words: Sequence[str]) -> int:
    """0 when every reach is met, 1 when one is missed or a measurement is no good, 2 for a word that is no group."""
    unknown = [word for word in words if word not in GROUPS]
    if unknown:
        print(f"{unknown[0]} is no group of benchmarks. There are: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    found: list[Figure] = []
    failures: list[str] = []
    for word in words or GROUPS:
        measure: Callable[[], Iterator[Figure]] = importlib.import_module(GROUPS[word]).figures
        try:
            for figure in measure():
                found.append(figure)
                print(report([figure]).splitlines()[1], flush=True)
        except BenchFailed as error:
            failures.append(f"{word}: {error}")
    print("\n" + report(found))
    print("\n".join(failures), file=sys.stderr)
    if not words and not failures:
        write(found)
    return 1 if failures or not all(figure.passed for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
