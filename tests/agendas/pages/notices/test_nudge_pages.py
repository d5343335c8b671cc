"""Pages of a morning, of a blocker past its limit, and of reviews that were not held, as their readers see them."""

from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answers import AccountAction, AccountAsk, AccountBlocker
from agendas.facts.events import DecisionKind
from agendas.facts.nudging import Escalated, Morning, NotHeld
from agendas.pages.notices import escalated_page, morning_page, not_held_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Line, Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.builders import ANN, BOB, CHANNEL, DAN, NOW, ZONE, ago

WORDS = Words()
ASK = AccountAsk(
    1, "Tallow", Decision(5, DecisionKind.INTERVENE, "Sign the discount", ago(9), ANN, DAN, date(2026, 11, 20))
)
BLOCKER = AccountBlocker(2, "Halden", Blocker(4, "Liability cap", ANN, "executive", ago(15)), asked=DAN)
ACTION = AccountAction(3, "Corvane", NextAction(3, "Call their COO", DAN, date(2026, 11, 20), ago(20), slips=2))
OLD = AccountBlocker(4, "Sable", Blocker(6, "No budget", DAN, None, ago(40)))
FULL = Morning((ASK,), (BLOCKER,), (ACTION,), (OLD,), reader=DAN)
ESCALATED = Escalated(BLOCKER, 14, has_it=DAN, nudges=10, reader=ANN)
NOT_HELD = NotHeld(CHANNEL, ZONE, 2, (ago(14), ago(7)), 9, 7, ((BOB, 4), (ANN, 2)), 1, facilitator=ANN)


def test_each_message_stands_as_its_readers_see_it() -> None:
    many = replace(FULL, overdue=tuple(replace(ACTION, account_id=number) for number in range(10, 30)))
    shown = {"now": NOW, "zone": ZONE}
    silent = NotHeld(CHANNEL, ZONE, 4, (ago(14), ago(7)), 9, 9, tuple((f"U0{n}", 1) for n in range(9)))
    pages = {
        "a morning": morning_page(FULL, WORDS, **shown),
        "a morning of many": morning_page(many, WORDS, **shown),
        "one overdue": morning_page(Morning(overdue=(ACTION,)), WORDS, **shown),
        "for a stand-in": morning_page(replace(FULL, away_of=BOB, away_until=date(2026, 12, 4)), WORDS, **shown),
        "who may only read": morning_page(FULL, WORDS, **shown, can_record=False),
        "escalated": escalated_page(ESCALATED, WORDS, **shown),
        "escalated to admins": escalated_page(replace(ESCALATED, has_it="", nudges=0, to_admins=True), WORDS, **shown),
        "not held": not_held_page(NOT_HELD, WORDS),
        "not held by anybody": not_held_page(silent, WORDS),
        "not held by executives": not_held_page(replace(NOT_HELD, is_executive=True), WORDS),
    }
    for page in pages.values():
        assert page is not None
        check_messages(messages(page))
    check_golden("pages/nudges", "\n".join(drawn(kind, page) for kind, page in pages.items() if page is not None))


def test_a_morning_shows_ten_lines_and_nothing_where_nothing_waits() -> None:
    many = replace(FULL, overdue=(ACTION,) * 20)
    page = morning_page(many, WORDS, now=NOW, zone=ZONE)
    assert isinstance(page, Page)
    assert sum(isinstance(each, Line) for each in page.items) == 10
    assert morning_page(Morning(), WORDS, now=NOW + timedelta(days=1), zone=ZONE) is None
