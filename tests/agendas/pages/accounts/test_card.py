"""The card of an account: its few lines, why, what is open, and its buttons by what the reader may do."""

from datetime import timedelta

from agendas.pages.accounts import HistoryLine, account_card
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Line
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.accounts.test_accounts import CANDIDATE, CHANGES, event
from tests.agendas.pages.reviews.sections.examples import EMPTY, EXAMPLES, NORMAL, NOW
from tests.plain import plain

WORDS = Words()


def test_a_card_carries_the_account_on_its_buttons_and_only_those_the_person_may_use() -> None:
    recording = account_card(NORMAL, WORDS).items[-1]
    assert [b.action.removeprefix("account.") for b in recording.items] == ["update", "details", "history", "explain"]
    assert [b.action.removeprefix("account.") for b in recording.menu] == [
        "move",
        "blocker",
        "next",
        "waiting",
        "share",
    ]
    assert {b.value for b in (*recording.items, *recording.menu)} == {"7"}
    reading = account_card(NORMAL, WORDS, can_record=False).items[-1]
    assert [b.action for b in (*reading.items, *reading.menu)] == [
        "account.details",
        "account.history",
        "account.explain",
    ]


def test_a_card_has_the_open_items_with_their_buttons_for_who_may_record_and_five_of_them() -> None:
    page = account_card(EXAMPLES["too long"], WORDS)
    lines = [each for each in page.items if isinstance(each, Line) and each.others]
    buttons = [[b.action for b in (each.button, *each.others)] for each in lines]
    wanted = ["action.done", "action.move", "action.edit", "action.drop"]
    assert [each for each in buttons if each[0] == "action.done"] == [wanted] * 5
    assert "more open items: see Details." in plain(page)
    reading = account_card(NORMAL, WORDS, can_record=False)
    assert not any(isinstance(each, Line) for each in reading.items)
    assert "Due Draft the pilot plan · <@U0ANN1> · 3 d late; " in plain(reading)


def test_a_card_says_what_its_golden_file_says() -> None:
    lines = tuple(HistoryLine(event(change, n)) for n, change in enumerate(CHANGES[4:9]))
    pages = {
        "normal": account_card(NORMAL, WORDS, next_review_at=NOW + timedelta(days=7), last_events=lines),
        "empty": account_card(EMPTY, WORDS),
        "candidate": account_card(CANDIDATE, WORDS),
        "with something to correct": account_card(EMPTY, WORDS, last_events=lines, can_correct=True),
    }
    check_golden("pages/card", "\n".join(drawn(kind, page) for kind, page in pages.items()))
    check_golden("pages/card_plain", "\n".join(f"=== {kind}\n{plain(page)}\n" for kind, page in pages.items()))
    for kind in EXAMPLES:
        check_messages(messages(account_card(EXAMPLES[kind], WORDS, last_events=lines)))
