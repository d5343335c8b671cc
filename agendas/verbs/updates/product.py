"""Add product's input to an account: a use case, proof, a note on implementation fit, feedback."""

from sqlmodel import Session

from agendas.facts.evidence import Evidence
from agendas.facts.people import Author
from agendas.facts.product import ProductInputGiven
from agendas.rules.fit.product_inputs import refuse_wrong
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates.updates import open_account


def give_product_input(
    session: Session, author: Author, account_id: int, given: ProductInputGiven, *, link: Evidence | None = None
) -> Recorded:
    """Record what was given, with the link to where it can be read as its evidence.

    Raises FieldProblems for what is missing or too long, Refused when just that stands there already.
    """
    state = open_account(session, author, account_id)
    refuse_wrong(given, state, url=link.url if link else "")
    return tell(session, author, account_id, given, evidence=(link,) if link else ())
