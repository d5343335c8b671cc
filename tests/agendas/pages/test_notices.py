from dataclasses import replace
from datetime import date, datetime, timedelta

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answered_items import OfAccount
from agendas.facts.answers import NotifiedEvent
from agendas.facts.events import ActionAdded, BlockerOpened, Decided, DecisionKind, NothingMoved
from agendas.facts.nudging import Escalated, Morning, NotHeld
from agendas.facts.people import NoticeChoice, NoticeKind, Preferences
from agendas.facts.reviews import PlannedState, PrepAccount, PrepFacts, Question, ReminderFacts, ReviewAhead, Unprepared
from agendas.pages import notices
from agendas.pages.notices import morning_page, news_page, not_held_page, prep_page, reminder_page, with_preferences
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Button, Buttons, Line, Note, Page, Text
from agendas.rendering.words import Words
from agendas.rules.nudging import item_of
from tests import builders
from tests.agendas.golden import check_golden, check_messages, check_pages, drawn
from tests.builders import ANN, BOB, CHANNEL, DAN, HOUR, NOW, ZONE, account, agenda_item, ago, event, profile
from tests.cases import cases

# The message that asks a person to prepare their reviews.

WORDS = Words()
MEETS = NOW + timedelta(hours=23)
AHEAD = ReviewAhead("C0WEEKLY1", MEETS.date(), PlannedState.AHEAD, MEETS, MEETS - 2 * HOUR)
LATE = NextAction(3, "Call their COO", ANN, date(2026, 11, 20), ago(20), slips=1)
CAP = Blocker(4, "Liability cap", ANN, "executive", ago(24))


def asked(number: int, name: str, question: Question = Question.MOVED, **values: object) -> PrepAccount:
    state = account(account_id=number, profile=profile(name), blockers=(CAP,) if number == 1 else ())
    return PrepAccount(agenda_item(builders.agenda_facts(account=state)), question, **values)  # type: ignore[arg-type]


CORVANE = asked(1, "Corvane Logistics", actions=(LATE,))
ACCOUNTS = (
    CORVANE,
    asked(2, "Halden", Question.BUYER),
    asked(3, "Sable", Question.SUCCESS, for_user_id=BOB),
    asked(4, "Tallow", Question.FIT),
    asked(5, "Merrow", answer=event(NothingMoved(), account_id=5, actor=BOB)),
)


def prep(*accounts: PrepAccount, reviews: tuple[ReviewAhead, ...] = (AHEAD,)) -> PrepFacts:
    return PrepFacts("prepare:1:2026-11-25:U0ANN0001", ANN, ZONE, NOW, reviews, accounts)


def test_a_preparation_says_what_its_golden_file_says() -> None:
    moved = replace(AHEAD, planned_on=MEETS.date() - timedelta(days=1), was_moved=True, channel_id="C0SECOND1")
    states = [replace(AHEAD, state=state, cutoff_at=None) for state in PlannedState if state is not PlannedState.AHEAD]
    pages = {
        "normal": prep_page(prep(*ACCOUNTS), WORDS),
        "all said": prep_page(prep(ACCOUNTS[-1]), WORDS),
        "two reviews": prep_page(prep(CORVANE, reviews=(AHEAD, moved)), WORDS),
        "what became of it": prep_page(prep(ACCOUNTS[1], ACCOUNTS[-1], reviews=tuple(states)), WORDS),
        "more than fit": prep_page(prep(*(asked(number, f"Account {number}") for number in range(2, 42))), WORDS),
    }
    for page in pages.values():
        assert len(messages(page)) == 1
    check_pages("pages/preparation", pages)


@cases(
    ("accounts", "said"),
    [
        ((CORVANE, ACCOUNTS[1], ACCOUNTS[4]), "2 of 3 accounts to update"),
        ((replace(CORVANE, answer=ACCOUNTS[4].answer), ACCOUNTS[1]), "1 of 2 accounts to update · 1 promise to answer"),
        ((replace(CORVANE, answer=ACCOUNTS[4].answer, actions=(LATE, LATE)),), "2 promises to answer"),
    ],
)
def test_it_counts_accounts_without_an_answer_and_of_others_the_promises_that_are_due(accounts, said):
    assert drawn("", prep_page(prep(*accounts), WORDS)).count(f"\n{said}\n") == 1


# The reminder.

AT = datetime.fromisoformat("2026-11-30T09:00-05:00")
CUTOFF = AT - timedelta(hours=2)
ONE = Unprepared("C0WEEKLY1", AT, CUTOFF, ((7, "Corvane Logistics"),))
SEVEN = Unprepared("C0TIERS23", AT + timedelta(days=1), CUTOFF, tuple((n, f"Sample {n}") for n in range(7)))
SNOOZES = (
    ("hour", datetime.fromisoformat("2026-11-27T11:00-05:00")),
    ("afternoon", datetime.fromisoformat("2026-11-27T14:00-05:00")),
    ("tomorrow", AT),
)
OVER = ReminderFacts(ANN, ZONE)


def test_the_reminder_names_reviews_accounts_and_the_end_of_updates_and_later_what_became_of_it() -> None:
    pages = {
        "one": ReminderFacts(ANN, ZONE, (ONE,), SNOOZES),
        "two reviews, nothing to snooze to": ReminderFacts(ANN, ZONE, (ONE, SEVEN)),
        "two reviews, of which one is not snoozed": ReminderFacts(ANN, ZONE, (ONE,), snoozed_until=SNOOZES[2][1]),
        "answered": OVER,
        "snoozed": replace(OVER, snoozed_until=SNOOZES[1][1]),
        "stopped": replace(OVER, is_stopped=True),
    }
    found = {kind: reminder_page(facts, Words(), (4, 5)) for kind, facts in pages.items()}
    check_pages("pages/reminder", found)


def test_an_account_of_two_reviews_is_counted_once() -> None:
    again = replace(ONE, channel_id="C0TIERS23")
    page = reminder_page(ReminderFacts(ANN, ZONE, (ONE, again)), Words(), (4, 5))
    assert page.title.startswith("1 account of yours")


# Pages of a morning, of a blocker past its limit, and of reviews that were not held, as their readers see them.

SIGN = Decision(5, DecisionKind.INTERVENE, "Sign the discount", ago(9), ANN, DAN, date(2026, 11, 20))
ASK = item_of(OfAccount(1, "Tallow"), SIGN)
BLOCKER = replace(item_of(OfAccount(2, "Halden"), Blocker(4, "Liability cap", ANN, "executive", ago(15))), asked=DAN)
ACTION = item_of(OfAccount(3, "Corvane"), NextAction(3, "Call their COO", DAN, date(2026, 11, 20), ago(20), slips=2))
OLD = item_of(OfAccount(4, "Sable"), Blocker(6, "No budget", DAN, None, ago(40)))
FULL = Morning((ASK,), (BLOCKER,), (ACTION,), (OLD,), reader=DAN)
ESCALATED = Escalated(BLOCKER, 14, has_it=DAN, nudges=10, reader=ANN)
NOT_HELD = NotHeld(CHANNEL, ZONE, 2, (ago(14), ago(7)), 9, 7, ((BOB, 4), (ANN, 2)), 1, facilitator=ANN)


def test_each_message_stands_as_its_readers_see_it() -> None:
    many = replace(
        FULL, overdue=tuple(replace(ACTION, account=OfAccount(number, "Corvane")) for number in range(10, 30))
    )
    shown = {"now": NOW, "zone": ZONE}
    silent = NotHeld(CHANNEL, ZONE, 4, (ago(14), ago(7)), 9, 9, tuple((f"U0{n}", 1) for n in range(9)))
    pages = {
        "a morning": morning_page(FULL, WORDS, **shown),
        "a morning of many": morning_page(many, WORDS, **shown),
        "one overdue": morning_page(Morning(overdue=(ACTION,)), WORDS, **shown),
        "for a stand-in": morning_page(replace(FULL, away_of=BOB, away_until=date(2026, 12, 4)), WORDS, **shown),
        "who may only read": morning_page(FULL, WORDS, **shown, can_record=False),
        "escalated": notices.escalated_page(ESCALATED, WORDS, **shown),
        "escalated to admins": notices.escalated_page(
            replace(ESCALATED, has_it="", nudges=0, to_admins=True), WORDS, **shown
        ),
        "not held": not_held_page(NOT_HELD, WORDS),
        "not held by anybody": not_held_page(silent, WORDS),
        "not held by executives": not_held_page(replace(NOT_HELD, is_executive=True), WORDS),
    }
    for page in pages.values():
        assert page is not None
        check_messages(messages(page))
    check_golden("pages/nudges", "\n".join(drawn(kind, page) for kind, page in pages.items() if page is not None))


def test_a_morning_shows_ten_lines_and_nothing_where_nothing_waits() -> None:
    page = morning_page(replace(FULL, overdue=(ACTION,) * 20), WORDS, now=NOW, zone=ZONE)
    assert isinstance(page, Page)
    assert sum(isinstance(each, Line) for each in page.items) == 10
    assert morning_page(Morning(), WORDS, now=NOW + timedelta(days=1), zone=ZONE) is None


# What people are told of what others did.

DAY = date(2026, 12, 25)
ACTION_TOLD = NotifiedEvent(
    event(ActionAdded("Call their COO", BOB, DAY), id=3),
    "Corvane",
    BOB,
    item_of(OfAccount(1, "Corvane"), NextAction(3, "Call their COO", BOB, DAY, NOW)),
)
BLOCKER_TOLD = NotifiedEvent(
    event(BlockerOpened("Liability cap", ANN, "executive"), id=4),
    "Halden",
    BOB,
    replace(item_of(OfAccount(1, "Halden"), Blocker(4, "Liability cap", ANN, "executive", NOW)), helper=BOB),
)
DECIDED = Decided(DecisionKind.INTERVENE, "Sign the discount", ask_of=BOB, due_on=date(2026, 11, 27))
ASK_TOLD = NotifiedEvent(
    event(DECIDED, id=5),
    "Tallow",
    BOB,
    item_of(OfAccount(1, "Tallow"), replace(SIGN, decided_at=NOW, ask_of=BOB, due_on=date(2026, 11, 27))),
)
TIER = NotifiedEvent(event(Decided(DecisionKind.CHANGE_TIER, "No budget", from_tier=2, to_tier=3), id=6), "Sable", BOB)


def test_what_is_new_stands_line_by_line_with_its_buttons_by_whom_and_when() -> None:
    everything = news_page((ACTION_TOLD, BLOCKER_TOLD, ASK_TOLD, TIER), WORDS, now=NOW, zone=ZONE)
    digest = notices.digest_page(
        (notices.news_items((ACTION_TOLD,), WORDS, now=NOW, zone=ZONE), (Text("*2 actions of yours*"),)),
        WORDS,
        on=NOW.date(),
    )
    pages = {
        "one": news_page((ACTION_TOLD,), WORDS, now=NOW, zone=ZONE),
        "one decision": news_page((TIER,), WORDS, now=NOW, zone=ZONE),
        "several": with_preferences(everything, WORDS),
        "who may only read": news_page((ACTION_TOLD, TIER), WORDS, now=NOW, zone=ZONE, can_record=False),
        "digest": with_preferences(digest, WORDS),
    }
    check_pages("pages/told", pages)


def test_preferences_stand_last_in_the_row_of_buttons_that_there_is() -> None:
    row, note = Buttons((Button("Score", "fit.open"),)), Note("One reminder follows.")
    found = with_preferences(Page("Scores", (Text("Nimbus"), row, note)), WORDS)
    assert [type(each) for each in found.items] == [Text, Buttons, Note]
    assert [each.label for each in found.items[1].items] == ["Score", "Preferences"]


def test_five_hundred_new_things_are_within_what_slack_takes() -> None:
    many = tuple(replace(ACTION_TOLD, event=replace(ACTION_TOLD.event, id=number)) for number in range(500))
    check_messages(messages(news_page(many, WORDS, now=NOW, zone=ZONE)))


def test_preferences_once_saved_say_what_comes_when() -> None:
    every = Preferences(tuple((kind, NoticeChoice.DIGEST) for kind in NoticeKind))
    none = Preferences(tuple((kind, NoticeChoice.OFF) for kind in NoticeKind))
    said = [
        drawn(name, notices.preferences_saved_page(each, WORDS)) for name, each in (("digest", every), ("off", none))
    ]
    check_golden("pages/preferences_saved", "\n".join(said))
