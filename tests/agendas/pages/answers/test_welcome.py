"""First words by function and right, and the answers to a greeting and to thanks."""

from dataclasses import replace
from itertools import product

from agendas.facts.answers import FirstWords, Waiting
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.reviews import OpenReview
from agendas.pages.answers import QUESTIONS, THINGS, THINGS_TO_DO, first_words_page, greeting_page, things_for
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Buttons, Line, Page
from agendas.rendering.words import Words
from handlers import ROUTES
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import NOW, ZONE
from tests.cases import cases

WORDS = Words()
NEWCOMER = FirstWords(
    PersonFacts("U0NEW1", "Nia", Right.EDITOR), admins=("U0ANN1", "U0BOB1"), samples=("Larch & Sons", "Pinewood")
)
BUSY = Waiting(
    actions=3,
    late=1,
    asks=2,
    blockers=1,
    scores=2,
    reviews=(OpenReview(9, "C0ABM1", NOW, ZONE, NOW),),
    samples=("Larch & Sons",),
)


def of(function: Function | None, right: Right) -> FirstWords:
    return replace(NEWCOMER, person=replace(NEWCOMER.person, function=function, right=right))


def golden(name: str, pages: dict[str, Page]) -> None:
    for page in pages.values():
        check_messages(messages(page))
    check_golden(f"pages/{name}", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_first_words_say_what_their_golden_file_says() -> None:
    pages = {f"{each or 'no function'}": first_words_page(of(each, Right.EDITOR), WORDS) for each in THINGS_TO_DO}
    pages["an observer of sales"] = first_words_page(of(Function.SALES, Right.OBSERVER), WORDS)
    pages["the first admin, with an empty list"] = first_words_page(
        replace(of(None, Right.ADMIN), samples=(), admins=()), WORDS
    )
    pages["nobody to ask"] = first_words_page(replace(of(None, Right.VIEWER), admins=()), WORDS)
    golden("first_words", pages)


def test_a_greeting_says_what_its_golden_file_says() -> None:
    pages = {
        "busy": greeting_page(BUSY, WORDS, zone=ZONE),
        "one of each": greeting_page(replace(BUSY, actions=1, late=0, asks=1, blockers=0, scores=1), WORDS, zone=ZONE),
        "only to score": greeting_page(Waiting(scores=1, samples=("Pinewood",)), WORDS, zone=ZONE),
        "only an open review": greeting_page(Waiting(reviews=BUSY.reviews, samples=BUSY.samples), WORDS, zone=ZONE),
        "nothing waits": greeting_page(Waiting(samples=("Pinewood",)), WORDS, zone=ZONE),
        "an empty list": greeting_page(Waiting(), WORDS, zone=ZONE),
    }
    golden("greeting", pages)


@cases(("right", "function"), product(Right, THINGS_TO_DO))
def test_everybody_gets_three_things_with_a_button_that_works(function: Function | None, right: Right) -> None:
    things = things_for(of(function, right).person)
    assert len(set(things)) == THINGS
    page = first_words_page(of(function, right), WORDS)
    buttons = [item.button for item in page.items if isinstance(item, Line)]
    buttons += [button for item in page.items if isinstance(item, Buttons) for button in item.items]
    assert {button.action for button in buttons} <= set(ROUTES.tables["button"])
    # what may not be done is not offered
    if right in (Right.VIEWER, Right.OBSERVER):
        assert "updates.start" not in things
    if right is Right.OBSERVER:
        assert {"menu.nominate", "fit.open"}.isdisjoint(things)


def test_every_function_has_its_own_words_and_every_question_its_button() -> None:
    assert set(THINGS_TO_DO) == {*Function, None}
    assert all(WORDS.label(action) for action in QUESTIONS)
