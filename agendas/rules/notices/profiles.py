"""Profiles of reminding: what light, standard and active cadences send to the people who take part in them.

Functions of several profiles take those of all cadences that a person takes part in; none where there is no such
cadence, and then everything comes as it does for a standard one.
"""

from collections.abc import Collection

from agendas.facts.reviews.preparing import Reminding


def reminds(profile: Reminding) -> bool:
    """Return true if who has not prepared a review of the cadence is reminded of it, once."""
    return profile is not Reminding.LIGHT


def has_morning_digest(profiles: Collection[Reminding]) -> bool:
    """Return true if the person is told on working mornings of what is overdue; light ones ask for nothing but prep."""
    return not waits_for_digest(profiles)


def waits_for_digest(profiles: Collection[Reminding]) -> bool:
    """Return true if all cadences of the person are light: new asks and blockers wait for their digest.

    A choice of their own goes before it.
    """
    return bool(profiles) and all(each is Reminding.LIGHT for each in profiles)


def tells_the_same_day(profiles: Collection[Reminding]) -> bool:
    """Return true if the person is told at once of each new ask and blocker of accounts that they take part for."""
    return Reminding.ACTIVE in profiles
