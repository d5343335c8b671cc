"""Turnout of a review: who took part by what they wrote, and whether that makes it held."""

from collections.abc import Collection, Iterable, Iterator

from agendas.facts.account import EventFacts
from agendas.facts.events import Corrected
from agendas.facts.reviews.review import ReviewFacts
from agendas.rules.history.news import SAYS_SOMETHING, by_people


def by_hand(events: Iterable[EventFacts]) -> Iterator[EventFacts]:
    """Yield what makes a review held: decisions and updates of people that stand still; a correction is no update."""
    return (each for each in by_people(events) if not isinstance(each.change, Corrected))


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
