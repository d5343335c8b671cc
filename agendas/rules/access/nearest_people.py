"""The people whose names are nearest to one that was typed."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from agendas.facts.people import PersonFacts

MOST_PEOPLE = 3
LOWEST_SCORE = 60.0
"""Of 100, at which a name is worth offering."""


def nearest_people(typed: str, people: Iterable[PersonFacts]) -> tuple[PersonFacts, ...]:
    """At most three people whose name, or a word of it, is most like `typed`, best first; an @ does not count."""
    wanted = typed.removeprefix("@").replace(".", " ").replace("_", " ").casefold().strip()
    scored = [(_likeness(wanted, each.name.casefold()), each) for each in people]
    near = sorted((pair for pair in scored if pair[0] >= LOWEST_SCORE), key=lambda pair: (-pair[0], pair[1].name))
    return tuple(person for _, person in near[:MOST_PEOPLE])


def _likeness(wanted: str, name: str) -> float:
    return max((fuzz.ratio(wanted, each) for each in (name, *name.split())), default=0.0)
