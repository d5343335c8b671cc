from dataclasses import replace
from datetime import datetime, timedelta

from agendas.facts.reviews import ReminderFacts, Unprepared
from agendas.pages.notices import reminder_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.builders import ANN, ZONE

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
    for page in found.values():
        check_messages(messages(page))
    check_golden("pages/reminder", "\n".join(drawn(kind, page) for kind, page in found.items()))


def test_an_account_of_two_reviews_is_counted_once() -> None:
    again = replace(ONE, channel_id="C0TIERS23")
    page = reminder_page(ReminderFacts(ANN, ZONE, (ONE, again)), Words(), (4, 5))
    assert page.title.startswith("1 account of yours")
