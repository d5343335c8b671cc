"""The page of days away, and the receipts of them."""

from dataclasses import replace
from datetime import date

from agendas.facts.people import PersonFacts, Right
from agendas.facts.reviews import Away, AwayFacts
from agendas.pages.people import away_page, correct_page, kept_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, drawn

WORDS = Words()
TODAY = date(2026, 11, 27)
ANN = PersonFacts("U0ANN1", "Ann", Right.EDITOR)
OWN = Away("U0ANN1", date(2026, 11, 25), date(2026, 12, 4), "U0BOB1", id=1)
LATER = Away("U0ANN1", date(2026, 12, 21), date(2027, 1, 3), id=2)
BREAK = Away("", date(2026, 12, 24), date(2027, 1, 1), name="Winter break", id=3)
CLEO = Away("U0CLEO1", date(2026, 11, 27), date(2026, 11, 30), "U0ANN1", id=4)
DAN = Away("U0DAN1", date(2026, 12, 2), date(2026, 12, 2), id=5)
FULL = AwayFacts(ANN, TODAY, (OWN, LATER), (CLEO,), (CLEO,), (DAN,), (BREAK,), "DE-BY")


def test_pages_say_what_their_golden_file_says() -> None:
    pages = {
        "for an editor": away_page(FULL, WORDS),
        "for an admin": away_page(replace(FULL, person=replace(ANN, right=Right.ADMIN)), WORDS),
        "for an observer": away_page(replace(FULL, person=replace(ANN, right=Right.OBSERVER)), WORDS),
        "empty": away_page(AwayFacts(ANN, TODAY), WORDS),
        "many": away_page(AwayFacts(ANN, TODAY, soon=(DAN,) * 40), WORDS),
        "kept": kept_page(OWN, WORDS, today=TODAY, is_own=True),
        "kept for somebody": kept_page(DAN, WORDS, today=TODAY, is_own=False),
        "kept for everybody": kept_page(BREAK, WORDS, today=TODAY, is_own=False, left_out=3),
        "refused": correct_page("1 Dec is before 2 Dec. Give a last day after the first.", "one - - -", WORDS),
    }
    for each in pages.values():
        check_messages(messages(each))
    check_golden("pages/away", "\n".join(drawn(name, each) for name, each in pages.items()))
