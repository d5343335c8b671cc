"""Turnout of a review: who took part by what they wrote, and whether that makes it held."""

from collections.abc import Collection, Iterable, Iterator

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.facts.people import Function
from agendas.facts.reviews.review import ReviewFacts
from agendas.rules.history.corrections import standing
from agendas.rules.history.weight import AUTOMATIC
from agendas.rules.preparing.answered import SAYS_SOMETHING

SIDES = (Function.SALES, Function.MARKETING)
"""Functions that a review of accounts needs both of."""


def by_hand(events: Iterable[EventFacts]) -> Iterator[EventFacts]:
    """Yield what makes a review held: decisions and updates by hand that stand still.

    What a file, a program or the bot recorded is nobody's word, and a correction is no update.
    """
    for each in standing(events):
        if each.source not in AUTOMATIC and not isinstance(each.change, Corrected):
            yield each


def writers(events: Iterable[EventFacts]) -> frozenset[str]:
    """Return the people who wrote what makes a review held."""
    return frozenset(each.actor for each in by_hand(events))


def wrote_in(review: ReviewFacts) -> frozenset[str]:
    """Return the people who wrote in the review, of what its reader may see."""
    events = (event for item in review.items for event in item.facts.events)
    return writers(event for event in events if event.recorded_at > review.opened_at)


def preparers(events: Iterable[EventFacts]) -> frozenset[str]:
    """Return the people who said something of an account before its review: an update by hand that stands."""
    return frozenset(each.actor for each in by_hand(events) if each.change.kind in SAYS_SOMETHING)


def was_held(writing: Collection[str], preparing: Collection[str], said: bool | None) -> bool:
    """Return true if somebody wrote in the review, unless whoever closes it says that it was not held.

    Where all was said before it opened, `preparing` are those who did, given where a person closes it: they met.
    """
    return bool(writing or preparing) and said is not False


def missing_sides(functions: Collection[str]) -> tuple[Function, ...]:
    """Return which of sales and marketing nobody there spoke for."""
    return tuple(side for side in SIDES if side not in functions)
