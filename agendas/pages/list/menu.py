"""The menu of the program: how full the list is, and where to go."""

from collections.abc import Mapping

from agendas.facts.settings import ProgramSettings
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Note, Page, Text
from agendas.rendering.words import Words
from agendas.rules.list.capacity import caps

MENU = ("account.list", "abm.list", "abm.people", "abm.help")


def menu_page(
    counts: Mapping[int | None, int],
    words: Words,
    *,
    candidates: int,
    paused: int,
    settings: ProgramSettings,
) -> Page:
    """Counts of named accounts per tier against the caps, candidates, paused ones, and a button to each page."""
    tiers = [(tier, counts.get(tier, 0), cap) for tier, cap in caps(settings).items()]
    title = words.raw("account.list_title", named=sum(counts.values()), candidates=candidates, paused=paused)
    items = (
        Heading(words.raw("program.menu_heading")),
        Text(words.say("program.menu_counts", tiers=tiers, candidates=candidates, paused=paused)),
        Note(words.say("program.menu_note")),
        Buttons(tuple(labelled(words, action) for action in MENU)),
    )
    return Page(title, items, key="menu")
