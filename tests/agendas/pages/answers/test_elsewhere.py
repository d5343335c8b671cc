from datetime import date, timedelta

from agendas.facts.answers import NextReview
from agendas.pages.answers import elsewhere_page
from agendas.rendering.words import Words
from tests.agendas.pages.reviews.sections.examples import NOW, ZONE
from tests.plain import plain


def test_channels_with_reviews_are_named_with_their_next_dates() -> None:
    found = (NextReview("C0ABM1", NOW + timedelta(days=7), ZONE), NextReview("C0ABM2", None, ZONE, is_paused=True))
    said = plain(elsewhere_page(found, Words(), zone=ZONE, today=date(2026, 11, 30)))
    assert "• #C0ABM1: Mon 7 Dec 09:00 EST" in said
    assert "• #C0ABM2: paused" in said
