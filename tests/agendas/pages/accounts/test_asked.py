"""Questions about the words of a command: what their pages say, and the commands that their buttons carry."""

from dataclasses import replace

import pytest

from agendas.errors import Outdated
from agendas.pages.accounts import pick_value, read_pick
from agendas.pages.evidence import Question, question_page, read_entered, which_action_page, which_blocker_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Buttons
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import NORMAL, NOW, ZONE
from tests.cases import cases

WORDS = Words()
TODAY = NOW.date()
ACCOUNT = NORMAL.facts.account
NEXT = Question(7, "/next \u241f", "Acme Corp has 2 open next actions. Which one slipped?", form="next_action")
DAY = replace(
    NEXT,
    sentence='"4/12" can be read in two ways. Which day?',
    choices=(("Fri 4 Dec", "Send it by 2026-12-04"), ("Mon 12 Apr 2027", "Send it by 2027-04-12")),
    typed="/next acme Send <it> 4/12",
    as_text="Send it \u24024/12\u2403",
    entered={"text": "Send it 4/12"},
)


def test_questions_say_what_their_golden_file_says() -> None:
    actions = [(each, f"slipped \u241e{each.id}\u241e to 2026-12-04 because <b>") for each in ACCOUNT.open_actions]
    blockers = [(each, f"resolve \u241e{each.id}\u241e They found some") for each in ACCOUNT.open_blockers]
    blocked = replace(NEXT, begun="/blocker \u241f", sentence="Acme Corp has 2 open blockers. Which one is resolved?")
    pages = {
        "a day": question_page(DAY, WORDS),
        "text alone": question_page(replace(DAY, choices=(), form=""), WORDS),
        "actions": which_action_page(NEXT, actions, WORDS, label="Move to Fri 4 Dec", today=TODAY),
        "no action": which_action_page(replace(DAY, sentence="Acme has none."), [], WORDS, label="Done", today=TODAY),
        "blockers": which_blocker_page(blocked, blockers, WORDS, now=NOW, zone=ZONE),
    }
    found = {kind: page for kind, page in pages.items() if page is not None}
    assert len(found) == len(pages)
    check_golden("pages/unclear_words", "\n".join(drawn(kind, page) for kind, page in found.items()))
    for page in found.values():
        check_messages(messages(page))


def test_the_buttons_carry_the_command_and_the_form_what_was_understood() -> None:
    page = question_page(DAY, WORDS)
    assert page is not None
    (row,) = (item for item in page.items if isinstance(item, Buttons))
    commands = [read_pick(button.value) for button in row.items if button.action.startswith("account.pick")]
    assert commands == [
        (7, "/next \u241f Send it by 2026-12-04"),
        (7, "/next \u241f Send it by 2027-04-12"),
        (7, "/next \u241f Send it \u24024/12\u2403"),
    ]
    assert read_entered(row.items[-1].value) == (7, {"text": "Send it 4/12"})


@cases("text", ["", "[]", "7", '{"text": 7}', "nothing"])
def test_a_button_that_carries_no_values_of_a_form_is_of_another_version(text: str) -> None:
    with pytest.raises(Outdated, match="another version"):
        read_entered(pick_value(7, text))
