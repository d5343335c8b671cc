"""The page of people: function, right, and who leads which function."""

from agendas.facts.people import Function, Lead, PersonFacts, Right
from agendas.pages.people import people_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn

WORDS = Words()
PEOPLE = (
    PersonFacts("U0ANN1", "Ann", Right.ADMIN, Function.SALES),
    PersonFacts("U0BOB1", "Bob", Right.EDITOR, Function.MARKETING, is_away=True),
    PersonFacts("U0CAT1", "Cat", Right.VIEWER),
)
LEADS = (
    Lead(Function.SALES, PersonFacts("U0ANN1", "Ann", Right.ADMIN)),
    Lead(Function.MARKETING, PersonFacts("U0BOB1", "Bob", Right.EDITOR, is_away=True)),
    Lead(Function.CUSTOMER_SUCCESS, PersonFacts("U0DEE1", "Dee", Right.EDITOR, is_deleted=True)),
    Lead(Function.PRODUCT, PersonFacts("U0OBI1", "Obi", Right.OBSERVER)),
    Lead(Function.FINANCE),
    Lead(Function.EXECUTIVE, PersonFacts("U0DAN1", "Dan", Right.VIEWER)),
)


def test_people_and_leads_say_what_their_golden_file_says() -> None:
    pages = {
        "people, for an admin": people_page(PEOPLE, WORDS, can_edit=True),
        "people": people_page(PEOPLE, WORDS, can_edit=False),
        "people with leads, for an admin": people_page(PEOPLE, WORDS, can_edit=True, leads=LEADS),
        "people with leads": people_page(PEOPLE, WORDS, can_edit=False, leads=LEADS),
        "people of a name": people_page(PEOPLE, WORDS, can_edit=True, leads=LEADS, name="bob"),
    }
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/people", "\n".join(drawn(name, each) for name, each in pages.items()))
