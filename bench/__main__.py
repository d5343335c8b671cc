"""`python -m bench [GROUP ...]`: measure what people feel, a line for each figure.

Ends with 1 when an answer is wrong or a figure is far above its budget. A group that fails does not stop the others.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence

from bench import imports, postgres, requests, reviews, soak, start
from bench.figures import HEADING, Figure, WrongAnswer

GROUPS = {
    "requests": requests.figures,
    "reviews": reviews.figures,
    "imports": imports.figures,
    "start": start.figures,
    "postgres": postgres.figures,
    "soak": soak.figures,
}
WHEN_NAMED = ("soak",)
"""What takes ten minutes is measured when it is named."""


def main(words: Sequence[str]) -> int:
    """Measure these groups, or all but the long one; return the exit status."""
    unknown = [word for word in words if word not in GROUPS]
    if unknown:
        print(f"{unknown[0]} is no group of benchmarks. There are: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    print(HEADING, flush=True)
    wanted = words or [group for group in GROUPS if group not in WHEN_NAMED]
    failing = [group for group in wanted if not asyncio.run(report(group, GROUPS[group](is_small=False)))]
    return 1 if failing else 0


async def report(group: str, figures: AsyncIterator[Figure | WrongAnswer]) -> bool:
    """Print the figures of a group; return whether each was answered rightly and none is far above its budget."""
    is_fine = True
    try:
        async for found in figures:
            if isinstance(found, WrongAnswer):
                print(f"{group}: WRONG ANSWER: {found}", flush=True)
                is_fine = False
            else:
                print(found.line(), flush=True)
                is_fine = is_fine and not found.fails
    except Exception as error:
        # whatever breaks a group, the others are measured
        print(f"{group}: {type(error).__name__}: {error}", flush=True)
        return False
    return is_fine


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
