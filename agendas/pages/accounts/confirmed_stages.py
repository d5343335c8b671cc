"""The answer to Confirm all: the steps recorded from deals of the CRM, and the proposals that were left out."""

from collections.abc import Sequence

from agendas.pages.accounts.recorded import RecordedFacts, update_lines
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Item, Page, Rows, Text
from agendas.rendering.words import Words

SHOWN = 20
"""Steps with their Undo, and proposals left out, on one page."""


def confirmed_stages_page(found: Sequence[RecordedFacts], left_out: Sequence[str], words: Words) -> Page:
    """Return how many were confirmed, each with Undo and what it leaves open, and why others were left out.

    The reasons are raw sentences.
    """
    said = words.say("deals.confirmed", count=len(found))
    items: list[Item] = [Text(said), *update_lines(found[:SHOWN], words)]
    if len(found) > SHOWN:
        items.append(Text(words.say("deals.more_confirmed", count=len(found) - SHOWN)))
    if left_out:
        more = max(0, len(left_out) - SHOWN)
        items.append(Rows(words.lines("deals.left_out", reasons=left_out[:SHOWN], more=more)))
    key = f"confirmed-{found[0].event.id}" if found else "confirmed"
    return Page(read(said), tuple(items), key=key)
