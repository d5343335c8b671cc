"""Frozen facts about days away: what a person wishes, and everything that the page of days away shows."""

from dataclasses import dataclass
from datetime import date

from agendas.facts.people import PersonFacts
from agendas.facts.reviews.preparing import Away


@dataclass(frozen=True, slots=True)
class AwayFacts:
    """Days away that are not over, as one person sees them.

    Args:
        person: the person.
        today: the day in their zone.
        own: their own days, the earliest first.
        standing_for: days of those whom they stand in for today.
        now: people away today, each until the last day; `soon` those of the next two weeks.
        everyone: days on which everybody is away.
        holidays_of: the place whose public holidays nobody works on, '' for none.
    """

    person: PersonFacts
    today: date
    own: tuple[Away, ...] = ()
    standing_for: tuple[Away, ...] = ()
    now: tuple[Away, ...] = ()
    soon: tuple[Away, ...] = ()
    everyone: tuple[Away, ...] = ()
    holidays_of: str = ""
