"""Rights: deeds, and the people allowed to do them."""

from enum import StrEnum

from agendas.facts.people import Function, PersonFacts, Right


class Deed(StrEnum):
    """A deed that needs a right; each is open to fewer people than the one before it."""

    READ = "read"
    NOMINATE = "nominate"
    ADD_PRODUCT = "add_product"
    """Add what product knows of an account; whose function is product need not be able to record anything else."""
    RECORD = "record"
    DECIDE = "decide"
    """Change the list, take a decision, schedule or close a review."""
    AUDIT = "audit"
    """See who changed what."""
    INSPECT = "inspect"
    """See how the bot is."""
    ADMINISTER = "administer"


_DEEDS: dict[Right, frozenset[Deed]] = {
    Right.ADMIN: frozenset(Deed),
    Right.EDITOR: frozenset({Deed.READ, Deed.NOMINATE, Deed.ADD_PRODUCT, Deed.RECORD, Deed.DECIDE, Deed.AUDIT}),
    Right.VIEWER: frozenset({Deed.READ, Deed.NOMINATE}),
    Right.OBSERVER: frozenset({Deed.READ}),
}


def may(person: PersonFacts, deed: Deed) -> bool:
    """True when the person's right covers the deed; never for somebody deactivated."""
    if deed is Deed.ADD_PRODUCT and person.function is Function.PRODUCT:
        deed = Deed.NOMINATE
    return not person.is_deleted and deed in _DEEDS[person.right]
