"""The receipt of a blocker that needs a function says who is asked, or why nobody is."""

from agendas.facts.events import BlockerOpened
from agendas.facts.people import Function, Lead, PersonFacts, Right
from agendas.pages.updates import RecordedFacts, recorded_page, recorded_several_page
from agendas.rendering.words import Words
from tests.builders import ANN, CLEO, account, event
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
CLEO_IS = PersonFacts(CLEO, "Cleo", Right.VIEWER)


def receipt(lead: Lead | None) -> RecordedFacts:
    return RecordedFacts(event(BlockerOpened("No connector", ANN, "product")), account(), account(), lead=lead)


@cases(
    ("person", "said"),
    [
        (CLEO_IS, "leads product and is asked."),
        (PersonFacts(CLEO, "Cleo", Right.VIEWER, is_away=True), "leads product and is asked, but is away now."),
        (PersonFacts(CLEO, "Cleo", Right.VIEWER, is_away=True, stand_in=ANN), f"but is away now: <@{ANN}> stands in."),
        (PersonFacts(CLEO, "Cleo", Right.VIEWER, is_deleted=True), "leads product and cannot be asked: deactivated."),
        (PersonFacts(CLEO, "Cleo", Right.OBSERVER), "leads product and cannot be asked: only an observer."),
        (None, "Nobody leads product, so nobody is asked."),
    ],
)
def test_the_receipt_says_who_is_asked_or_why_nobody_is(person: PersonFacts | None, said: str) -> None:
    facts = receipt(Lead(Function.PRODUCT, person))
    assert said in plain(recorded_page(facts, WORDS))
    assert said in plain(recorded_several_page((facts, facts), WORDS))
