"""Processor time of a question beside that of an empty acknowledgement by Bolt alone."""

from collections.abc import Iterator

from bench import payloads
from bench.figures import Figure
from bench.requests import Kind, figures_of
from bench.workspace import PEOPLE

FEW, MANY = 300, 1_000
"""Named accounts of the two programs."""

ONE_ACCOUNT = (
    Kind(
        "question about one account: who owns it",
        30.0,
        payloads.command("/abm", "ask who owns firm@M@.example?"),
        requests=100,
        shortest=100,
        spread=FEW,
    ),
    Kind(
        "question about one account: its next actions",
        30.0,
        payloads.command("/abm", "ask what is next for firm@M@.example?"),
        requests=100,
        shortest=200,
        spread=FEW,
    ),
)


def figures() -> Iterator[Figure]:
    """Yield the figures of questions about one account, and of a filtered list over 300 and 1,000 named accounts."""
    yield from figures_of((*ONE_ACCOUNT, _filtered(FEW, 400.0)), named=FEW)
    yield from figures_of((_filtered(MANY, 1_300.0),), named=MANY)


def _filtered(named: int, reach: float) -> Kind:
    return Kind(
        f"question with two filters over {named:,} named accounts",
        reach,
        payloads.question("which tier 2 accounts are stalled?"),
        requests=6,
        shortest=200,
        spread=len(PEOPLE),
        is_posted=True,
    )
