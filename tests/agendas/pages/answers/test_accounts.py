from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import EventFacts, Source
from agendas.facts.answers import AccountAction, AccountBlocker, AccountEvent, NextReview
from agendas.facts.events import Decided, DecisionKind, Moved
from agendas.facts.review import Bucket
from agendas.pages.answers.accounts import (
    accounts_of_page,
    moved_of_page,
    moved_page,
    owner_page,
    stalled_page,
    status_page,
)
from agendas.pages.answers.open_items import (
    actions_page,
    blockers_page,
    elsewhere_page,
    events_page,
    next_reviews_page,
)
from agendas.pages.answers.questions import can_ask_page
from agendas.pages.reviews.sections.examples import ACCOUNT, BEFORE, EMPTY, EVENTS, EXAMPLES, HOSTILE, NORMAL, NOW, ZONE
from agendas.rendering.blockkit import messages
from agendas.rendering.mrkdwn import mention
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.samples import item

WORDS = Words()
TODAY = date(2026, 11, 30)
WHEN = {"zone": ZONE, "today": TODAY}
ANN = mention("U0ANN1")


def golden(name: str, pages: dict) -> None:
    for page in pages.values():
        check_messages(messages(page))
    check_golden(f"pages/{name}", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_answers_about_accounts_say_what_their_golden_file_says() -> None:
    nobody = replace(BEFORE, profile=replace(BEFORE.profile, owner=None))
    pages = {
        "status": status_page(NORMAL, WORDS, next_review_at=NOW + timedelta(days=7), last_event=EVENTS[0]),
        "status, nothing recorded": status_page(EMPTY, WORDS),
        "status, hostile": status_page(EXAMPLES["hostile"], WORDS),
        "moved": moved_page((NORMAL, EMPTY), WORDS, since=[date(2026, 11, 16), date(2026, 11, 20)]),
        "moved, nothing": moved_page((), WORDS, since=[date(2026, 11, 16)]),
        "moved, one": moved_of_page(NORMAL, WORDS),
        "moved, one that did not": moved_of_page(item("Globex", 1, Bucket.STEADY), WORDS),
        "owner": owner_page(ACCOUNT, WORDS),
        "owner, none": owner_page(nobody, WORDS),
        "owner, with its source": owner_page(ACCOUNT, WORDS, source=EVENTS[0], **WHEN),
        "accounts of somebody": accounts_of_page((NORMAL,), WORDS, about=ANN, next_reviews={}),
        "accounts of somebody, none": accounts_of_page((), WORDS, about=ANN, next_reviews={}),
        "stalled": stalled_page((NORMAL, item("Globex", 2, Bucket.STALLED)), WORDS),
        "stalled, mine": stalled_page((item("Globex", 2, Bucket.STALLED),), WORDS, about=ANN),
        "stalled, none": stalled_page((), WORDS, about=ANN),
        "what can be asked": can_ask_page(WORDS, ("Larch & Sons", "Pinewood")),
        "not understood": can_ask_page(WORDS, ("Larch & Sons",), was_asked=True),
        "what can be asked, with an empty list": can_ask_page(WORDS),
    }
    golden("asked", pages)


def test_answers_that_list_carry_their_sources() -> None:
    blockers = tuple(AccountBlocker(7, "Acme Corp", blocker, EVENTS[0]) for blocker in ACCOUNT.open_blockers)
    actions = tuple(AccountAction(7, HOSTILE, action, EVENTS[1]) for action in ACCOUNT.open_actions)
    decision = Decided(DecisionKind.PAUSE, "They reorganise until spring")
    events = (
        AccountEvent("Acme Corp", EVENTS[0]),
        AccountEvent("Globex", EventFacts(60, 8, decision, NOW, NOW, "U0DAN1", Source.BUTTON)),
        AccountEvent(HOSTILE, EventFacts(61, 9, Moved(HOSTILE), NOW, NOW, "U0DAN1", Source.DM)),
    )
    after = NOW - timedelta(days=7)
    reviews = (NextReview("C0ABM1", NOW + timedelta(days=7), ZONE), NextReview("C0ABM2", None, ZONE, is_paused=True))
    pages = {
        "blockers": blockers_page(blockers, WORDS, now=NOW, zone=ZONE, about="Acme Corp"),
        "blockers, none": blockers_page((), WORDS, now=NOW, zone=ZONE),
        "actions": actions_page(actions, WORDS, **WHEN, about=ANN),
        "actions overdue, none": actions_page((), WORDS, **WHEN, about=HOSTILE, due="overdue"),
        "actions of the week": actions_page(actions[:1], WORDS, **WHEN, due="week"),
        "actions of the week, none": actions_page((), WORDS, **WHEN, due="week"),
        "decided": events_page("decided", events[1:2], WORDS, **WHEN),
        "decided, none": events_page("decided", (), WORDS, **WHEN, about="Acme Corp"),
        "changed": events_page("changed", events, WORDS, **WHEN, after=after),
        "changed, none": events_page("changed", (), WORDS, **WHEN, after=after),
        "next review": next_reviews_page(reviews, WORDS, **WHEN),
        "reviews elsewhere": elsewhere_page(reviews, WORDS, **WHEN),
        "next review, none": next_reviews_page((), WORDS, **WHEN, about="Acme Corp"),
    }
    golden("asked_open", pages)


def test_a_status_of_a_long_account_stays_within_the_limits() -> None:
    check_messages(messages(status_page(EXAMPLES["too long"], WORDS)))
