from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import Decision
from agendas.facts.events import DecisionKind
from agendas.facts.reviews import CadenceKind, ReviewFacts
from agendas.pages.executive import Meeting, Outcome, executive_before_page, executive_recap_page, executive_review_page
from agendas.rendering.words import Words
from agendas.rules.executive import executive_report
from tests.agendas.golden import check_golden, drawn
from tests.agendas.pages.executive.test_page import advanced, blocked
from tests.agendas.rules.measures.programs import NOW, of

WORDS = Words()
REVIEW = ReviewFacts(
    id=9,
    channel_id="C0BOARD01",
    zone="UTC",
    planned_at=NOW,
    opened_at=NOW,
    minutes=60,
    facilitator="U1",
    items=(),
    next_at=NOW + timedelta(days=28),
    kind=CadenceKind.EXECUTIVE,
)
CLOSED = replace(REVIEW, closed_at=NOW + timedelta(hours=1), closed_by="U1", was_held=True, attended=(("U1", "sales"),))
ASKED = Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW, "U1", "U2", NOW.date() + timedelta(days=4))


def test_the_pages_of_an_executive_review_say_what_their_golden_file_says() -> None:
    report = executive_report(of(blocked("Corvane"), advanced("Brightwater")))
    outcome = Outcome([("Corvane", ASKED)], [("Corvane", "Call their COO", "U3")])
    pages = {
        "in the channel": executive_review_page(report, REVIEW, Outcome(), WORDS),
        "posted late, closed": executive_review_page(report, replace(CLOSED, late_minutes=30), outcome, WORDS),
        "a day before": executive_before_page(
            report, Meeting("C0BOARD01", NOW, "UTC"), WORDS, can_act=True, reader="U2"
        ),
        "recap": executive_recap_page(CLOSED, NOW.date(), outcome, WORDS),
        "recap of one not held": executive_recap_page(
            replace(CLOSED, was_held=False, attended=(), next_at=None), NOW.date(), Outcome(), WORDS
        ),
    }
    check_golden("pages/executive_review", "\n".join(drawn(kind, page) for kind, page in pages.items()))
