"""Coverage of the buying group, written from the definitions alone."""

from datetime import date

from tests.naive.rules.limits import required_roles
from tests.naive.rules.state import Person, State

ENGAGED_DAYS = 90
THREAD_DAYS = 30


def touched_on(person: Person) -> date | None:
    """The last day on which the person did something: recorded of them, or shown by evidence that names them."""
    return max((on for on in (person.profile.touched_on, person.heard_on) if on), default=None)


def holds(state: State, role: str) -> list[Person]:
    return [each for each in state.people.values() if role in each.profile.roles and each.profile.left_on is None]


def was_active(person: Person, today: date, days: int) -> bool:
    on = touched_on(person)
    return on is not None and (today - on).days <= days


def identified(state: State) -> set[str]:
    return {role for role in required_roles(state) if holds(state, role)}


def is_engaged(state: State, role: str, today: date) -> bool:
    """True if somebody confirmed in the role did something within 90 days."""
    return any(was_active(person, today, ENGAGED_DAYS) for person in holds(state, role))


def engaged(state: State, today: date) -> set[str]:
    return {role for role in required_roles(state) if is_engaged(state, role, today)}


def threads(state: State, today: date) -> set[int]:
    people = state.people.items()
    return {key for key, person in people if person.profile.left_on is None and was_active(person, today, THREAD_DAYS)}
