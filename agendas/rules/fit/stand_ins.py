"""Leads who score for a function that has nobody else to score."""

from collections.abc import Iterable

from agendas.facts.people import Function, Lead, PersonFacts
from agendas.rules.access.rights import Deed, may
from agendas.rules.fit.score import criteria_of


def stand_ins(leads: Iterable[Lead], scorers: Iterable[PersonFacts]) -> dict[str, tuple[Function, ...]]:
    """Return the functions for which each lead scores, by user id: those of which none of the `scorers` is.

    A lead who may not score, or is away, stands in for nothing.
    """
    spoken_for = {each.function for each in scorers}
    found: dict[str, tuple[Function, ...]] = {}
    for lead in leads:
        person = lead.person
        is_alone = lead.function not in spoken_for and bool(criteria_of(lead.function))
        if is_alone and person is not None and may(person, Deed.NOMINATE) and not person.is_away:
            found[person.user_id] = (*found.get(person.user_id, ()), lead.function)
    return found
