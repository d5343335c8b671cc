from dataclasses import replace
from datetime import date

from agendas.facts.people import Function, Lead, PersonFacts, Right
from agendas.facts.reviews import Away, AwayFacts
from agendas.pages.people import away_page, correct_page, kept_page, people_page, without_pings
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Button, Buttons, Page, Rows, Text
from agendas.rendering.words import Words
from tests.agendas.golden import check_pages

# The page of people: function, right, and who leads which function.

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
    check_pages("pages/people", pages)


# The page of days away, and the receipts of them.

TODAY = date(2026, 11, 27)
ANN = PersonFacts("U0ANN1", "Ann", Right.EDITOR)
OWN = Away("U0ANN1", date(2026, 11, 25), date(2026, 12, 4), "U0BOB1", id=1)
LATER = Away("U0ANN1", date(2026, 12, 21), date(2027, 1, 3), id=2)
BREAK = Away("", date(2026, 12, 24), date(2027, 1, 1), name="Winter break", id=3)
CLEO = Away("U0CLEO1", date(2026, 11, 27), date(2026, 11, 30), "U0ANN1", id=4)
DAN = Away("U0DAN1", date(2026, 12, 2), date(2026, 12, 2), id=5)
FULL = AwayFacts(ANN, TODAY, (OWN, LATER), (CLEO,), (CLEO,), (DAN,), (BREAK,), "DE-BY")


def test_pages_say_what_their_golden_file_says() -> None:
    pages = {
        "for an editor": away_page(FULL, WORDS),
        "for an admin": away_page(replace(FULL, person=replace(ANN, right=Right.ADMIN)), WORDS),
        "for an observer": away_page(replace(FULL, person=replace(ANN, right=Right.OBSERVER)), WORDS),
        "empty": away_page(AwayFacts(ANN, TODAY), WORDS),
        "many": away_page(AwayFacts(ANN, TODAY, soon=(DAN,) * 40), WORDS),
        "kept": kept_page(OWN, WORDS, today=TODAY, is_own=True),
        "kept for somebody": kept_page(DAN, WORDS, today=TODAY, is_own=False),
        "kept for everybody": kept_page(BREAK, WORDS, today=TODAY, is_own=False, left_out=3),
        "refused": correct_page("1 Dec is before 2 Dec. Give a last day after the first.", "one - - -", WORDS),
    }
    check_pages("pages/away", pages)


# Mentions of people.

NAMES = {"U0ANN1": "Ann <Sample>", "U0BOB1": "Bob"}


def test_people_are_named_and_not_mentioned_in_every_text_of_a_message():
    page = Page("<@U0ANN1> moved it", (Text("<@U0ANN1>: up"), Rows(("owner <@U0BOB1>",))), key="k")
    named = without_pings(messages(page)[0], NAMES)
    assert named.text == "Ann &lt;Sample&gt; moved it"
    assert [block["text"]["text"] for block in named.blocks] == ["Ann &lt;Sample&gt;: up", "owner Bob"]


def test_somebody_who_is_not_known_is_shown_by_id_and_not_notified():
    named = without_pings(messages(Page("t", (Text("<@U0NOBODY>"),), key="k"))[0], NAMES)
    assert named.blocks[0]["text"]["text"] == "@U0NOBODY"


def test_a_name_that_is_written_like_a_mention_notifies_nobody():
    page = Page("owner <@U0ANN1>", (Text("owner <@U0ANN1>"),), key="k")
    named = without_pings(messages(page)[0], {"U0ANN1": "<@U0BOB1> <!channel>"})
    assert named.text == "owner &lt;@U0BOB1&gt; &lt;!channel&gt;"
    assert named.blocks[0]["text"]["text"] == named.text


def test_buttons_keep_the_ids_they_carry():
    page = Page("t", (Text("x"), Buttons((Button("Edit", "people.edit", "U0ANN1"),))), key="k")
    rendered = messages(page)[0]
    assert without_pings(rendered, NAMES).blocks[1] == rendered.blocks[1]
