"""Our people who are mentioned by a program's facts."""

from collections.abc import Iterable, Iterator, Sequence

from agendas.facts.account import EventFacts
from agendas.facts.measures.program import PlannedReview
from agendas.facts.people import Function
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.verbs.measures.placing import Placed
from storage.tables import Person


def mentioned(placed: Iterable[Placed], told: Iterable[EventFacts], reviews: Iterable[PlannedReview]) -> frozenset[str]:
    """Return the user ids of the people who are responsible, recorded or promised something, or took part."""
    found = {event.actor for event in told}
    found.update(*(review.people for review in reviews))
    found.update(*(_of_account(one.facts) for one in placed))
    return frozenset(each for each in found if each)


def names_of(known: Sequence[Person]) -> dict[str, str]:
    """Return the names of these people by user id, without bots."""
    return {person.user_id: person.name for person in known if not person.is_bot}


def functions_of(known: Sequence[Person]) -> dict[str, Function]:
    """Return the functions of those of these people who have one, by user id."""
    return {person.user_id: Function(person.function) for person in known if person.function}


def _of_account(facts: AgendaFacts) -> Iterator[str]:
    account, profile = facts.account, facts.account.profile
    given = (profile.owner, profile.marketing_partner, profile.our_executive)
    yield from (each for each in given if each)
    yield from (action.owner for action in account.actions)
    yield from (ask.ask_of for ask in account.asks if ask.ask_of)
    yield from (each.scored_by for each in account.fit)
    yield from (each.given_by for each in account.product)
    yield from (run.started_by for run in account.plays)
    yield from (event.actor for event in facts.events)
