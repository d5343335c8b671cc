"""Texts that tell or order instead of asking, and those that cannot be read: the way on is a button."""

from agendas.pages.answers import (
    FormOffer,
    ask_button,
    language_page,
    nearest_questions,
    no_answer_page,
    no_text_page,
    read_told,
    told_page,
    unread_page,
    verdict_page,
)
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS, messages
from agendas.rendering.page import Buttons, Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.plain import plain

WORDS = Words()
SAMPLES = ("Larch & Sons", "Pinewood")
ONE = (FormOffer("move", 7, "Larch & Sons"), FormOffer("evidence", 7, "Larch & Sons"))
TWO = (FormOffer("move", 7, "Larch & Sons"), FormOffer("move", 8, "Pinewood"))


def buttons(page: Page) -> list[tuple[str, str, str]]:
    return [
        (each.label, each.action, each.value) for item in page.items if isinstance(item, Buttons) for each in item.items
    ]


def test_each_answer_says_what_its_golden_file_says() -> None:
    pages = {
        "news of one account": told_page(ONE, WORDS, text="Their CFO signed", is_order=False),
        "news of two": told_page(TWO, WORDS, text="Both signed", is_order=False),
        "news of nobody knows which": told_page((FormOffer("move"),), WORDS, text="They signed", is_order=False),
        "an order": told_page((FormOffer("pause", 8, "Pinewood"),), WORDS, text="pause Pinewood", is_order=True),
        "an order without a form": told_page((), WORDS, text="skip the review", is_order=True, hint="review"),
        "news by who may not record": told_page((), WORDS, text="They signed", is_order=False, hint="right"),
        "a long text": told_page(ONE, WORDS, text="x" * 2_500, is_order=False),
        "not understood": unread_page(WORDS, text="zorp bloop", samples=SAMPLES, unread=("zorp", "<@U0X|x> *b*")),
        "an account was read": unread_page(WORDS, text="zorp Pinewood", samples=SAMPLES, named=("Pinewood",)),
        "no account is known": unread_page(WORDS, text="asdf", samples=()),
        "no such answer": no_answer_page(WORDS, text="sum of stages", understood="accounts: Tier 1", samples=SAMPLES),
        "a verdict": verdict_page(WORDS, samples=SAMPLES),
        "another language": language_page(WORDS, samples=SAMPLES),
        "a voice message": no_text_page(WORDS),
    }
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/remarks", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_a_form_carries_its_account_and_the_words_and_the_account_is_named_where_there_are_several() -> None:
    text = 'They said "yes" & signed'
    [(label, action, value), _] = buttons(told_page(ONE, WORDS, text=text, is_order=False))
    assert (label, action, read_told(value)) == ("Movement", "told.move", (7, text))
    labels = [each[0] for each in buttons(told_page(TWO, WORDS, text=text, is_order=False))]
    assert labels == ["Movement: Larch & Sons", "Movement: Pinewood"]


def test_a_text_too_long_for_a_button_is_to_be_copied_and_not_cut() -> None:
    page = told_page(ONE, WORDS, text="y" * BUTTON_VALUE_CHARACTERS, is_order=False)
    assert [read_told(value) for _, _, value in buttons(page)] == [(7, "")] * 2
    assert "copy your text into the form" in plain(page, {})


def test_the_questions_nearest_to_the_words_come_first_and_are_about_the_persons_own_accounts() -> None:
    assert nearest_questions("whats blokking or blocked at the account", SAMPLES, WORDS)[:2] == (
        "What blocks Larch & Sons?",
        "What is blocked?",
    )
    assert nearest_questions("deals closing", SAMPLES, WORDS)[0] == "Which deals close this quarter?"
    assert nearest_questions("compare them", SAMPLES, WORDS)[0] == "Compare Larch & Sons and Pinewood"
    assert all("  " not in each and "Larch" not in each for each in nearest_questions("x", (), WORDS))
    assert ask_button("What is mine?").value == "What is mine?"
