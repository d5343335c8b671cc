"""Pages about what was recorded, whom it asks for something and what is open, of facts that hold a hostile text."""

from collections.abc import Callable
from dataclasses import replace

from agendas.errors import RecordedAlready
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.answers import NotifiedEvent
from agendas.facts.events import ActionAdded
from agendas.facts.nudging import Escalated, Morning, NotHeld
from agendas.facts.people import Preferences
from agendas.facts.reviews import FeedFacts, ReminderFacts, Unprepared
from agendas.pages import notices, updates
from agendas.pages.deals import confirmed_stages_page
from agendas.pages.evidence import ReceiptLine, UnansweredFacts, thread_receipt_page, unanswered_page
from agendas.pages.home import HomeView, home_page
from agendas.pages.open_items import ACTIONS, BLOCKERS, ReviewList, owed_page, review_page, waiting_page
from agendas.pages.reviews import address_page, feed_page
from agendas.pages.updates import corrected_page, recorded_page, thread_line_page, too_late_page, undone_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.nudging import item_of
from tests.agendas.pages.examples import NOW, ZONE
from tests.agendas.pages.home_days import full_day
from tests.agendas.pages.hostile import poisoned
from tests.agendas.pages.hostile_facts import an_account, correction_of, events, recorded
from tests.agendas.pages.test_signals import NOTED
from tests.builders import ANN, CHANNEL

WORDS, DAY = Words(), NOW.date()


def actions_of(text: str) -> list[FoundItem]:
    return [item_of(OfAccount(7, text), each) for each in an_account(text).open_actions]


def blockers_of(text: str) -> list[FoundItem]:
    return [item_of(OfAccount(7, text), each) for each in an_account(text).open_blockers]


def asks_of(text: str) -> list[FoundItem]:
    return [item_of(OfAccount(7, text), each) for each in an_account(text).open_asks]


def told_of(text: str) -> list[NotifiedEvent]:
    asked = replace(events(text)[0], change=ActionAdded(text, "U0BOB1", DAY))
    waiting = [NotifiedEvent(asked, text, "U0ANN1", each) for each in (*actions_of(text), *blockers_of(text))]
    subjects = {"decided": "", "blocker_changed": text}
    others = [each for each in events(text) if each.change.kind in subjects]
    return waiting + [NotifiedEvent(each, text, "U0ANN1", subject=subjects[each.change.kind]) for each in others]


def morning_of(text: str, away_of: str = "") -> Morning:
    asks, actions, blockers = (tuple(of(text)) for of in (asks_of, actions_of, blockers_of))
    return Morning(asks, blockers, actions, blockers, away_of=away_of)


RECORDED_PAGES: dict[str, Callable[[str], list[Page]]] = {
    "open of a review": lambda text: [
        review_page(ReviewList(9, NOW, ZONE, NOW), actions_of(text), WORDS, ACTIONS),
        review_page(ReviewList(9, NOW, ZONE, NOW, can_record=False), blockers_of(text), WORDS, BLOCKERS),
    ],
    "nudges": lambda text: [
        page
        for away_of in ("", "U0BOB1")
        if (page := notices.morning_page(morning_of(text, away_of), WORDS, now=NOW, zone=ZONE)) is not None
    ],
    "escalated": lambda text: [
        notices.escalated_page(Escalated(each, 14, "U0ANN1", 3, to_admins=to_admins), WORDS, now=NOW, zone=ZONE)
        for each in morning_of(text).blockers
        for to_admins in (False, True)
    ],
    "not held": lambda text: [
        notices.not_held_page(NotHeld("C0A", ZONE, 2, (NOW, NOW), 3, 2, (("U0ANN1", 2),)), WORDS) for _ in (text,)
    ],
    "recorded": lambda text: [recorded_page(each, WORDS) for each in recorded(text)],
    "several": lambda text: [updates.recorded_several_page(recorded(text), WORDS)],
    "unanswered": lambda text: [
        unanswered_page(
            UnansweredFacts(tuple(recorded(text)), tuple(recorded(text)), (poisoned(NOTED, text),), ZONE), WORDS
        )
    ],
    "recorded already": lambda text: [
        updates.recorded_already_page(RecordedAlready("event 7", text, text, at=NOW, zone=ZONE), WORDS, command=command)
        for command in (f"/move {text}", f"/move {text}" + "x" * 2_000)
    ],
    "confirmed": lambda text: [confirmed_stages_page(recorded(text), (text,), WORDS)],
    "thread": lambda text: [thread_line_page(each, WORDS, late_for=DAY, is_named=True) for each in recorded(text)],
    "undone": lambda text: (
        [undone_page(each, WORDS) for each in recorded(text)]
        + [
            updates.thread_undone_page(each, correction_of(each.event, text), WORDS, zone=ZONE)
            for each in recorded(text)
        ]
    ),
    "replies": lambda text: [
        thread_receipt_page(
            [
                *(ReceiptLine(each, late_for=DAY) for each in recorded(text)),
                *(ReceiptLine(each, correction_of(each.event, text)) for each in recorded(text)),
            ],
            WORDS,
            earlier=2,
            zone=ZONE,
        )
    ],
    "calendars": lambda text: [
        address_page("https://cadence.example/calendar/x.ics", WORDS, channel_id="C0WEEKLY1"),
        feed_page(FeedFacts(NOW, "U0ANN1"), WORDS, zone=ZONE, today=DAY),
        feed_page(FeedFacts(NOW, text, "C0WEEKLY1"), WORDS, zone=ZONE, today=DAY),
    ],
    "too late": lambda text: [too_late_page(text, 7, 3, WORDS)],
    "corrected": lambda text: [
        corrected_page(each, replace(each, event=correction_of(each.event, text)), WORDS) for each in recorded(text)
    ],
    "home": lambda text: [home_page(full_day(text, 20), WORDS, shown=HomeView())],
    "waiting": lambda text: [
        waiting_page((*day.asks, *day.blockers), WORDS, person=day.person, now=NOW) for day in [full_day(text, 20)]
    ],
    "owed": lambda text: [owed_page(actions_of(text), WORDS, today=DAY, can_record=may) for may in (True, False)],
    "told": lambda text: [
        notices.news_page(told_of(text), WORDS, now=NOW, zone=ZONE),
        notices.reminder_page(
            ReminderFacts(ANN, ZONE, (Unprepared(CHANNEL, NOW, NOW, ((7, text),) * 7),)), WORDS, (1,)
        ),
        notices.news_page(told_of(text)[:1], WORDS, now=NOW, zone=ZONE, can_record=False),
        notices.digest_page([notices.news_items(told_of(text), WORDS, now=NOW, zone=ZONE)], WORDS, on=DAY),
        notices.preferences_saved_page(Preferences(), WORDS),
    ],
}
