"""The agendas of the demo are short: so many lines as a reader sees, with what wraps, the buttons and a receipt."""

import re
from textwrap import wrap

from agendas.facts.reviews.review import Bucket
from agendas.pages.reviews.agenda import agenda_page
from agendas.rendering.page import Buttons, Line, Note, Page, Rows
from agendas.rendering.words import Words
from sandbox.seed.people import MEMBERS
from tests.sandbox.seed.sample import Sample

DESKTOP_CHARACTERS = 95
"""Characters of 15 px type in a line of the demo's page at 1280 px, 680 px of text. Measured."""

BUTTON_CHARACTERS = 20
"""The room that a button beside a line takes of it."""

NAMES = {f"U0{each.handle.upper()}": each.name for each in MEMBERS}
ORDINARY, WORST = 10, 16


def test_agendas_of_the_demo_have_ten_lines_and_the_worst_sixteen(sample: Sample) -> None:
    items = {item.facts.account.name: item for item in sample.opens().items}
    # one line more for the receipt of an update
    counted = {name: lines_of(agenda_page(item, Words(), is_open=True)) + 1 for name, item in items.items()}
    in_trouble = {name for name, item in items.items() if item.placement.bucket is Bucket.NEEDS_INTERVENTION}
    assert {name: lines for name, lines in counted.items() if lines > WORST} == {}
    assert {name for name, lines in counted.items() if lines > ORDINARY} <= in_trouble, counted


def lines_of(page: Page) -> int:
    """Return the lines that the page takes on a desktop, a row of buttons counted as one."""
    count = 0
    for item in page.items:
        match item:
            case Rows(lines):
                count += sum(_wrapped(line, DESKTOP_CHARACTERS) for line in lines)
            case Line(mrkdwn):
                count += _wrapped(mrkdwn, DESKTOP_CHARACTERS - BUTTON_CHARACTERS)
            case Note(mrkdwn):
                count += _wrapped(mrkdwn, DESKTOP_CHARACTERS)
            case Buttons():
                count += 1
            case _:
                raise AssertionError(f"an agenda has no {item}")
    return count


def _wrapped(mrkdwn: str, characters: int) -> int:
    """Return the lines that mrkdwn wraps to: a person by name, a link by its label, a mark as two characters."""
    seen = re.sub(r"<@(\w+)>", lambda found: NAMES.get(found[1], found[1]), mrkdwn)
    seen = re.sub(r"<[^|>]+\|([^>]*)>", r"\1", seen)
    seen = re.sub(r":[a-z_]+:", "##", seen).replace("*", "").replace("&amp;", "&")
    return len(wrap(seen, characters))
