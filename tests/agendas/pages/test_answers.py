from dataclasses import replace
from itertools import product

from agendas.facts.answers import FirstWords, WaitingWork
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.program import DEFAULTS
from agendas.facts.reviews import OpenReview
from agendas.pages import answers
from agendas.pages.answers import FormOffer, first_words_page, form_offers_page, greeting_page, nearest_questions
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.page import Button, Buttons, Line, Page
from agendas.rendering.words import Words
from assistant.remarks import groups
from handlers import ROUTES
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import NOW, ZONE
from tests.cases import cases
from tests.plain import plain

# First words by function and right, and the answers to a greeting and to thanks.

WORDS = Words()
NEWCOMER = FirstWords(
    PersonFacts("U0NEW1", "Nia", Right.EDITOR), admins=("U0ANN1", "U0BOB1"), samples=("Larch & Sons", "Pinewood")
)
BUSY = WaitingWork(
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


def test_first_words_say_what_their_golden_file_says() -> None:
    pages = {
        f"{each or 'no function'}": first_words_page(of(each, Right.EDITOR), WORDS) for each in answers.THINGS_TO_DO
    }
    pages["an observer of sales"] = first_words_page(of(Function.SALES, Right.OBSERVER), WORDS)
    pages["the first admin, with an empty list"] = first_words_page(
        replace(of(None, Right.ADMIN), samples=(), admins=()), WORDS
    )
    pages["nobody to ask"] = first_words_page(replace(of(None, Right.VIEWER), admins=()), WORDS)
    check_pages("pages/first_words", pages)


def test_a_greeting_says_what_its_golden_file_says() -> None:
    pages = {
        "busy": greeting_page(BUSY, WORDS, zone=ZONE),
        "one of each": greeting_page(replace(BUSY, actions=1, late=0, asks=1, blockers=0, scores=1), WORDS, zone=ZONE),
        "only to score": greeting_page(WaitingWork(scores=1, samples=("Pinewood",)), WORDS, zone=ZONE),
        "only an open review": greeting_page(WaitingWork(reviews=BUSY.reviews, samples=BUSY.samples), WORDS, zone=ZONE),
        "nothing waits": greeting_page(WaitingWork(samples=("Pinewood",)), WORDS, zone=ZONE),
        "an empty list": greeting_page(WaitingWork(), WORDS, zone=ZONE),
    }
    check_pages("pages/greeting", pages)


@cases(("right", "function"), product(Right, answers.THINGS_TO_DO))
def test_everybody_gets_three_things_with_a_button_that_works(function: Function | None, right: Right) -> None:
    things = answers.things_for(of(function, right).person)
    assert len(set(things)) == answers.THINGS
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
    assert set(answers.THINGS_TO_DO) == {*Function, None}
    assert all(WORDS.label(action) for action in answers.QUESTIONS)


# Texts that tell or order instead of asking, and those that cannot be read: the way on is a button.

SAMPLES = ("Larch & Sons", "Pinewood")
ONE = (FormOffer("move", 7, "Larch & Sons"), FormOffer("evidence", 7, "Larch & Sons"))
OFFERS = (Button("Stalled accounts of tier 2", "ask.read", "{}"), Button("Stalled accounts", "ask.read", "{}"))
TWO = (FormOffer("move", 7, "Larch & Sons"), FormOffer("move", 8, "Pinewood"))


def buttons(page: Page) -> list[tuple[str, str, str]]:
    return [
        (each.label, each.action, each.value) for item in page.items if isinstance(item, Buttons) for each in item.items
    ]


def test_each_answer_says_what_its_golden_file_says() -> None:
    pages = {
        "an order": form_offers_page((FormOffer("pause", 8, "Pinewood"),), WORDS, text="pause Pinewood"),
        "an order of two": form_offers_page(TWO, WORDS, text="Both signed"),
        "an order of nobody knows which": form_offers_page((FormOffer("move"),), WORDS, text="They signed"),
        "an order without a form": form_offers_page((), WORDS, text="skip the review", hint="review"),
        "an order by who may not record": form_offers_page((), WORDS, text="They signed", hint="right"),
        "a long text": form_offers_page(ONE, WORDS, text="x" * 2_500),
        "not understood": answers.unread_page(
            WORDS, text="zorp bloop", samples=SAMPLES, unread=("zorp", "<@U0X|x> *b*")
        ),
        "an account was read": answers.unread_page(WORDS, text="zorp Pinewood", samples=SAMPLES, named=("Pinewood",)),
        "no account is known": answers.unread_page(WORDS, text="asdf", samples=()),
        "readings are offered": answers.offers_page(OFFERS, WORDS, unread=("zorp", "<@U0X|x> *b*")),
        "no such answer": answers.no_answer_page(
            WORDS, text="sum of stages", understood="accounts: Tier 1", samples=SAMPLES
        ),
        "a verdict": answers.outside_page(WORDS, "verdict", samples=SAMPLES),
        "another language": answers.outside_page(WORDS, "language", samples=SAMPLES),
        "the weather": answers.outside_page(WORDS, "world", samples=SAMPLES),
        "a mail to write": answers.outside_page(WORDS, "text", samples=SAMPLES),
        "a voice message": answers.no_text_page(WORDS),
    }
    check_pages("pages/remarks", pages)


def test_every_word_of_the_screen_is_explained_in_a_line_that_says_where_it_is_set() -> None:
    terms = groups()["term"]
    check_pages("pages/terms", {term: answers.term_page(WORDS, term, DEFAULTS) for term in terms})
    own = DEFAULTS.with_own({"tier.1.aged.engaged": 12, "measures.target": ("EUR 500000",)})
    assert "12, 45 and 90 days" in plain(answers.term_page(WORDS, "stalled", own), {})
    assert "It is set" in plain(answers.term_page(WORDS, "target", own), {})


def test_a_form_carries_its_account_and_the_words_and_the_account_is_named_where_there_are_several() -> None:
    text = 'They said "yes" & signed'
    [(label, action, value), _] = buttons(form_offers_page(ONE, WORDS, text=text))
    assert (label, action, answers.read_offer(value)) == ("Movement", "told.move", (7, text))
    labels = [each[0] for each in buttons(form_offers_page(TWO, WORDS, text=text))]
    assert labels == ["Movement: Larch & Sons", "Movement: Pinewood"]


def test_a_text_too_long_for_a_button_is_to_be_copied_and_not_cut() -> None:
    page = form_offers_page(ONE, WORDS, text="y" * BUTTON_VALUE_CHARACTERS)
    assert [answers.read_offer(value) for _, _, value in buttons(page)] == [(7, "")] * 2
    assert "copy your text into the form" in plain(page, {})


def test_the_questions_nearest_to_the_words_come_first_and_are_about_the_persons_own_accounts() -> None:
    assert nearest_questions("whats blokking or blocked at the account", SAMPLES, WORDS)[:2] == (
        "What blocks Larch & Sons?",
        "What is blocked?",
    )
    assert nearest_questions("deals closing", SAMPLES, WORDS)[0] == "Which deals close this quarter?"
    assert nearest_questions("compare them", SAMPLES, WORDS)[0] == "Compare Larch & Sons and Pinewood"
    assert all("  " not in each and "Larch" not in each for each in nearest_questions("x", (), WORDS))
    assert answers.ask_button("What is mine?").value == "What is mine?"
