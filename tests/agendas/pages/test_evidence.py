from dataclasses import replace

import pytest

from agendas.errors import Outdated
from agendas.facts.events import ActionAdded, BlockerOpened, Corrected, Moved, NothingMoved
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.pages import evidence
from agendas.pages.accounts import HistoryFacts, HistoryLine, history_page, pick_value, read_pick
from agendas.pages.evidence import ReceiptLine, WordsQuestion, question_page, read_entered, which_page
from agendas.pages.updates import RecordedFacts
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Buttons
from agendas.rendering.words import Words
from tests.agendas.golden import check_messages, check_pages
from tests.agendas.pages.examples import ACCOUNT, BEFORE, NORMAL
from tests.agendas.pages.test_updates import CLAIMED, TODAY, recorded_now
from tests.builders import BOB, ZONE, event
from tests.builders import NOW as EARLIER
from tests.cases import cases

# Questions about the words of a command: what their pages say, and the commands that their buttons carry.

WORDS = Words()
NORMAL_ACCOUNT = NORMAL.facts.account
NEXT = WordsQuestion(7, "/next \u241f", "Acme Corp has 2 open next actions. Which one slipped?", form="next_action")
DAY = replace(
    NEXT,
    sentence='"4/12" can be read in two ways. Which day?',
    choices=(("Fri 4 Dec", "Send it by 2026-12-04"), ("Mon 12 Apr 2027", "Send it by 2027-04-12")),
    typed="/next acme Send <it> 4/12",
    as_text="Send it \u24024/12\u2403",
    entered={"text": "Send it 4/12"},
)


def test_questions_say_what_their_golden_file_says() -> None:
    actions = [
        (each, f"slipped \u241e{each.id}\u241e to 2026-12-04 because <b>") for each in NORMAL_ACCOUNT.open_actions
    ]
    blockers = [(each, f"resolve \u241e{each.id}\u241e They found some") for each in NORMAL_ACCOUNT.open_blockers]
    blocked = replace(NEXT, begun="/blocker \u241f", sentence="Acme Corp has 2 open blockers. Which one is resolved?")
    pages = {
        "a day": question_page(DAY, WORDS),
        "text alone": question_page(replace(DAY, choices=(), form=""), WORDS),
        "actions": which_page(NEXT, actions, WORDS, label="Move to Fri 4 Dec", today=TODAY, zone=ZONE),
        "no action": which_page(
            replace(DAY, sentence="Acme has none."), [], WORDS, label="Done", today=TODAY, zone=ZONE
        ),
        "blockers": which_page(blocked, blockers, WORDS, label="Resolve", today=TODAY, zone=ZONE),
    }
    found = {kind: page for kind, page in pages.items() if page is not None}
    assert len(found) == len(pages)
    check_pages("pages/unclear_words", found)
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


# The receipt of replies in an account's thread.
def line(*changes: Moved | ActionAdded | BlockerOpened | NothingMoved) -> list[ReceiptLine]:
    return [ReceiptLine(RecordedFacts(recorded_now(each, 20 + n), ACCOUNT, ACCOUNT)) for n, each in enumerate(changes)]


def test_a_receipt_looks_like_this() -> None:
    action = ActionAdded("Send the offer", "U0BOB1", TODAY)
    claim = ReceiptLine(RecordedFacts(recorded_now(Moved("They asked for a price", "engaged"), 6), BEFORE, CLAIMED))
    by_another = replace(recorded_now(Corrected(5, "It was Globex"), 9), actor="U0BOB1")
    pages = {
        "replies": [*line(NothingMoved(), action, BlockerOpened("Legal is slow", "U0ANN1", "finance")), claim],
        "taken back": [replace(claim, correction=recorded_now(Corrected(6), 9))],
        "corrected, late": [replace(claim, correction=by_another, late_for=TODAY)],
        "long": line(NothingMoved("so " * 500)),
    }
    shown = {
        kind: evidence.thread_receipt_page(each, WORDS, earlier=kind == "replies", zone=ZONE)
        for kind, each in pages.items()
    }
    check_pages("pages/thread_receipt", shown)
    assert len(shown["long"].title) < evidence.TEXT_CHARACTERS + 80


# The marks of what people said whose act it was.
def test_a_line_shows_its_evidence_as_judged_and_by_whom_if_a_person_did() -> None:
    def line(actor: EvidenceActor, judged_by: str = "") -> str:
        shown = (Evidence("Minutes", EARLIER, "https://notes.example/1", actor=actor),)
        told = HistoryLine(event(Moved("Pilot"), evidence=shown), judged_by=judged_by)
        page = history_page(HistoryFacts(1, "Acme", (told,), ZONE, EARLIER.date()), WORDS)
        return "\n".join(each.text + str(each.blocks) for each in messages(page))

    assert f"(ours, says <@{BOB}>)" in line(EvidenceActor.US, BOB)
    assert f"(the buyer's, says <@{BOB}>)" in line(EvidenceActor.BUYER, BOB).replace("\\'", "'")
    assert ", in doubt" in line(EvidenceActor.IN_DOUBT)
    assert "says" not in line(EvidenceActor.BUYER)
