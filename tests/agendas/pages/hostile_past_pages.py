"""The pages of past reviews, of facts that hold a hostile text."""

from dataclasses import replace

from agendas.facts.account import EventFacts, Source
from agendas.facts.answers import AccountEvent
from agendas.facts.events import Corrected, Moved
from agendas.facts.past_review import OpenedAccount, OpenedReview, PastReview, PastReviews, PastState
from agendas.facts.reviews import CorrectedEntry, ReviewFacts
from agendas.pages.recap import opened_account_page, opened_review_page, past_reviews_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.pages.examples import NOW, ZONE

WORDS = Words()


def past_pages(review: ReviewFacts, text: str) -> list[Page]:
    """The list, a review opened, and one of its accounts, with the text wherever somebody may have typed it."""
    skipped = PastReview(0, NOW, ZONE, PastState.SKIPPED, reason=text, by="U0ANN1")
    held = PastReview(5, NOW, ZONE, PastState.HELD, attended=review.attended, late_minutes=3)
    told = EventFacts(9, 1, Moved(text), NOW, NOW, "U0ANN1", Source.COMMAND)
    correction = EventFacts(10, 1, Corrected(9, text), NOW, NOW, "U0BOB1", Source.COMMAND)
    entry = CorrectedEntry(told, correction)
    item = review.items[0]
    corrected = replace(review, corrected=((item.facts.account.account_id, entry),))
    opened = OpenedReview(
        held, corrected, 3, 7, "https://example.slack.com/archives/C01/p1", "", (AccountEvent(text, told),)
    )
    account = OpenedAccount(item, 5, NOW.date(), NOW, ZONE, (entry,))
    return [
        past_reviews_page(PastReviews("C0WEEKLY", (held, skipped)), WORDS),
        opened_review_page(opened, WORDS),
        opened_account_page(account, WORDS),
    ]
