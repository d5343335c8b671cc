from dataclasses import replace
from datetime import date

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answers import AccountAction, AccountBlocker, Told
from agendas.facts.events import ActionAdded, BlockerOpened, Decided, DecisionKind
from agendas.facts.people import Choice, NoticeKind, Preferences
from agendas.pages.notices import digest_page, preferences_saved_page, told_items, told_page, with_preferences
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Button, Buttons, Note, Page, Text
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.builders import ANN, BOB, NOW, ZONE, event

WORDS, DAY = Words(), date(2026, 12, 25)
ACTION = Told(
    event(ActionAdded("Call their COO", BOB, DAY), id=3),
    "Corvane",
    BOB,
    AccountAction(1, "Corvane", NextAction(3, "Call their COO", BOB, DAY, NOW)),
)
BLOCKER = Told(
    event(BlockerOpened("Liability cap", ANN, "executive"), id=4),
    "Halden",
    BOB,
    AccountBlocker(1, "Halden", Blocker(4, "Liability cap", ANN, "executive", NOW), helper=BOB),
)
DECIDED = Decided(DecisionKind.INTERVENE, "Sign the discount", ask_of=BOB, due_on=date(2026, 11, 27))
ASK = Told(
    event(DECIDED, id=5),
    "Tallow",
    BOB,
    Decision(5, DecisionKind.INTERVENE, "Sign the discount", NOW, ANN, ask_of=BOB, due_on=date(2026, 11, 27)),
)
TIER = Told(event(Decided(DecisionKind.CHANGE_TIER, "No budget", from_tier=2, to_tier=3), id=6), "Sable", BOB)


def test_what_is_new_stands_line_by_line_with_its_buttons_by_whom_and_when() -> None:
    everything = told_page((ACTION, BLOCKER, ASK, TIER), WORDS, now=NOW, zone=ZONE)
    digest = digest_page(
        (told_items((ACTION,), WORDS, now=NOW, zone=ZONE), (Text("*2 actions of yours*"),)), WORDS, on=NOW.date()
    )
    pages = {
        "one": told_page((ACTION,), WORDS, now=NOW, zone=ZONE),
        "one decision": told_page((TIER,), WORDS, now=NOW, zone=ZONE),
        "several": with_preferences(everything, WORDS),
        "who may only read": told_page((ACTION, TIER), WORDS, now=NOW, zone=ZONE, can_record=False),
        "digest": with_preferences(digest, WORDS),
    }
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/told", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_preferences_stand_last_in_the_row_of_buttons_that_there_is() -> None:
    row, note = Buttons((Button("Score", "fit.open"),)), Note("One reminder follows.")
    found = with_preferences(Page("Scores", (Text("Nimbus"), row, note)), WORDS)
    assert [type(each) for each in found.items] == [Text, Buttons, Note]
    assert [each.label for each in found.items[1].items] == ["Score", "Preferences"]


def test_five_hundred_new_things_are_within_what_slack_takes() -> None:
    many = tuple(replace(ACTION, event=replace(ACTION.event, id=number)) for number in range(500))
    check_messages(messages(told_page(many, WORDS, now=NOW, zone=ZONE)))


def test_preferences_once_saved_say_what_comes_when() -> None:
    every = Preferences(tuple((kind, Choice.DIGEST) for kind in NoticeKind))
    none = Preferences(tuple((kind, Choice.OFF) for kind in NoticeKind))
    said = [drawn(name, preferences_saved_page(each, WORDS)) for name, each in (("digest", every), ("off", none))]
    check_golden("pages/preferences_saved", "\n".join(said))
