"""Our own people as answers tell of them: facts and numbers, no judgement."""

from dataclasses import dataclass

from agendas.facts.people import Function, PersonFacts


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member with their accounts by name and the number of their open next actions, of which some are late."""

    person: PersonFacts
    leads: tuple[Function, ...] = ()
    owned: tuple[str, ...] = ()
    partnered: tuple[str, ...] = ()
    executive_of: tuple[str, ...] = ()
    open_actions: int = 0
    late_actions: int = 0
