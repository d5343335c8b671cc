"""The header and recaps of the demo are short, and the review has few primary buttons."""

import re
from textwrap import wrap

from agendas.pages.reviews.agenda import agenda_page
from agendas.pages.reviews.header import review_header_page
from agendas.pages.reviews.recap import recap_page
from agendas.rendering.blockkit import messages
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.verbs.reads.reviews.facts import review_facts
from agendas.verbs.reviews.close import close_review
from storage import reviews
from tests.sandbox.seed.sample import CHANNEL, WORKSPACE, Sample

DESKTOP_CHARACTERS = 110
RECAP_LINES = 28
WORDS = Words()


def test_every_recap_of_the_demo_is_no_longer_than_a_screen(sample: Sample) -> None:
    opened = sample.opens()

    def close(session) -> None:
        review = reviews.by_id(session, opened.id, lock=True)
        assert review is not None
        close_review(session, review, now=sample.opens_at, closed_by="U0INES")

    sample.store.write_now(close)
    counted = []
    for row in sample.store.read_now(reviews.latest_in, WORKSPACE, CHANNEL, 20):
        facts = sample.store.read_now(review_facts, WORKSPACE, row.row_id, now=sample.opens_at)
        counted.append(lines_of(recap_page(facts, WORDS)))
    assert len(counted) > 3
    assert max(counted) <= RECAP_LINES, counted


def test_the_header_names_every_account_once_and_has_the_only_primary_button_of_the_review(sample: Sample) -> None:
    facts = sample.opens()
    page = review_header_page(facts, WORDS)
    [message] = messages(page)
    shown = str(message.blocks)
    assert [shown.count(escape(item.facts.account.name)) for item in facts.items] == [1] * len(facts.items)
    assert shown.count("'style': 'primary'") == 1
    assert lines_of(page) <= 18
    agendas = [message for item in facts.items for message in messages(agenda_page(item, WORDS, is_open=True))]
    assert not any("'style': 'primary'" in str(each.blocks) for each in agendas)


def lines_of(page: Page) -> int:
    """Return the lines that the page takes on a desktop, a row of buttons counted as one."""
    [message] = messages(page)
    texts = [block["text"]["text"] for block in message.blocks if "text" in block]
    lines = [line for text in texts for line in text.split("\n")]
    return sum(len(wrap(seen(line), DESKTOP_CHARACTERS)) for line in lines) + len(message.blocks) - len(texts)


def seen(mrkdwn: str) -> str:
    """The text as it is read: a link or a time by its label, a mark as two characters."""
    return re.sub(r":[a-z_]+:", "##", re.sub(r"<[^|>]+\|([^>]*)>", r"\1", mrkdwn)).replace("*", "")
