"""The part of a card with what was recorded last."""

from agendas.pages.accounts import HistoryLine, account_card
from agendas.rendering.page import Rows
from agendas.rendering.words import Words
from tests.agendas.pages.accounts.test_accounts import CHANGES, event
from tests.agendas.pages.reviews.sections.examples import NORMAL

WORDS = Words()


def test_what_was_recorded_twice_in_the_same_words_is_one_line_of_a_card() -> None:
    twice = tuple(HistoryLine(event(CHANGES[6], number)) for number in (1, 1, 2))
    last = next(
        item for item in reversed(account_card(NORMAL, WORDS, last_events=twice).items) if isinstance(item, Rows)
    )
    assert len(last.lines) == 2
