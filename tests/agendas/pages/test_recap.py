from dataclasses import replace
from datetime import timedelta

from agendas.pages.recap import recap_details_page, recap_file_page, recap_page, recap_table
from agendas.rendering.blockkit import messages
from agendas.rendering.html import Reader, text_file
from agendas.rendering.words import Words
from tests.agendas.golden import check_messages, check_pages
from tests.agendas.pages.examples import NOW
from tests.agendas.pages.samples import HOSTILE, TOO_LONG, review
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
CLOSED = NOW + timedelta(hours=1)
HELD = review(closed_at=CLOSED, was_held=True, attended=(("U0ANN1", "sales"),))


def test_the_details_of_a_recap_say_what_came_of_each_account() -> None:
    pages = {
        "held": recap_details_page(HELD, WORDS),
        "hostile": recap_details_page(review(HOSTILE, closed_at=CLOSED, was_held=True), WORDS),
        "empty": recap_details_page(review(items=(), closed_at=CLOSED, was_held=False, decisions=()), WORDS),
    }
    check_pages("pages/recap_details", pages)
    check_messages(messages(recap_details_page(review(HOSTILE, *TOO_LONG, closed_at=CLOSED, was_held=True), WORDS)))


@cases(
    ("changes", "said"),
    [
        ({}, "not held: nobody recorded anything"),
        ({"asked": 4}, "not held: nobody recorded anything (asked 4, updated 0 in this review)"),
        ({"closed_by": "U0DAN1", "opened_at": NOW - timedelta(days=90)}, "not held, says <@U0DAN1>: "),
    ],
)
def test_a_recap_of_a_review_that_was_not_held_says_why(changes: dict[str, object], said: str) -> None:
    facts = review(**{"closed_at": CLOSED, "was_held": False, "decisions": (), **changes})
    assert said in plain(recap_page(facts, WORDS))
    assert "Who was there" not in str(messages(recap_page(facts, WORDS)))


def test_a_recap_as_a_table_has_a_row_for_each_account_and_a_column_for_each_thing() -> None:
    header, rows = recap_table(HELD, {"U0ANN1": "Ann", "U0EVE1": "Eve"})
    assert {len(row) for row in rows} == {len(header)}
    assert len(rows) == len(HELD.items)
    first = dict(zip(header, rows[0], strict=True))
    told = ("held", "account", "tier", "motion", "owner", "movement", "decisions", "asked_of", "actions_done")
    assert [first[name] for name in told] == [
        *("yes", "Acme Corp", "1", "one_to_one", "Ann", "advanced", "intervene", "Eve", "1")
    ]
    assert recap_table(replace(HELD, items=()), {}) == (("held",), ())


def test_a_recap_as_text_has_people_by_name_and_no_buttons() -> None:
    text = text_file(recap_file_page(HELD, WORDS), Reader(NOW, "UTC", {"U0ANN1": "Ann", "U0EVE1": "Eve"})).decode()
    assert "held by @Ann, without marketing" in text
    assert "Ask their CFO for a meeting · @Eve by Fri 27 Nov" in text
    for word in ("<", "recap.", "*Decided*", "Blockers 2"):
        assert word not in text
