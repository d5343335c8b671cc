"""The menu of the program: how full the list is, and where to go."""

from collections.abc import Mapping

from agendas.pages.account_list import TIER_CAPS
from agendas.pages.buttons import labelled
from agendas.pages.page import Buttons, Heading, Note, Page, Text
from agendas.pages.words import Words

MENU = ("account.list", "abm.list", "abm.people", "abm.help")


def menu_page(
    counts: Mapping[int | None, int],
    words: Words,
    *,
    candidates: int,
    paused: int,
    caps: Mapping[int | None, int] = TIER_CAPS,
) -> Page:
    """Counts of named accounts per tier against the caps, candidates, paused ones, and a button to each page."""
    tiers = [(tier, counts.get(tier, 0), caps.get(tier, 0)) for tier in (1, 2, 3)]
    title = words.raw("account.list_title", named=sum(counts.values()), candidates=candidates, paused=paused)
    items = (
        Heading(words.raw("program.menu_heading")),
        Text(words.say("program.menu_counts", tiers=tiers, candidates=candidates, paused=paused)),
        Note(words.say("program.menu_note")),
        Buttons(tuple(labelled(words, action) for action in MENU)),
    )
    return Page(title, items, key="menu")
