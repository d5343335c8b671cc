"""The menu of the program: how full the list is, and where to go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from agendas.facts.people import PersonFacts
from agendas.facts.program.settings import ProgramSettings
from agendas.pages.list.tier_full import settle_note
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Text
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may
from agendas.rules.list.capacity import caps


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One place to go: a button for those who may do the deed.

    Args:
        action: the button.
        deed: what a person must be allowed to, to be shown it.
        command: the command that the button runs; empty where another subject serves the button.
        text: the words after the command.
    """

    action: str
    deed: Deed = Deed.READ
    command: str = ""
    text: str = ""


MENU = (
    (
        MenuEntry("updates.start", Deed.RECORD),
        MenuEntry("account.list"),
        MenuEntry("abm.list"),
        MenuEntry("menu.review", command="/review"),
        MenuEntry("menu.nominate", Deed.NOMINATE, "/account", "nominate"),
    ),
    (
        MenuEntry("menu.versions", command="/abm", text="versions"),
        MenuEntry("menu.plays", command="/abm", text="plays"),
        MenuEntry("abm.people"),
        MenuEntry("preferences.open"),
        MenuEntry("abm.help"),
    ),
    (
        MenuEntry("menu.executive", command="/abm", text="executive"),
        MenuEntry("menu.scoreboard", command="/abm", text="scoreboard"),
        MenuEntry("menu.measures", command="/abm", text="measures"),
        MenuEntry("menu.audit", command="/abm", text="audit"),
        MenuEntry("calendar.mine"),
    ),
    (
        MenuEntry("menu.trail", Deed.AUDIT, "/abm", "trail"),
        MenuEntry("menu.settings", Deed.ADMINISTER, "/abm", "settings"),
        MenuEntry("menu.health", Deed.INSPECT, "/abm", "health"),
    ),
    (
        MenuEntry("menu.import", Deed.ADMINISTER, "/abm", "import"),
        MenuEntry("menu.export", Deed.ADMINISTER, "/abm", "export"),
        MenuEntry("menu.signals", Deed.ADMINISTER, "/abm", "signals"),
    ),
)
"""The rows of the menu, of five at most: daily work, the program, how it does, how it is run, what goes in and out."""


def menu_page(
    counts: Mapping[int | None, int],
    words: Words,
    *,
    candidates: int,
    paused: int,
    settings: ProgramSettings,
    person: PersonFacts,
    to_set_up: tuple[Item, ...] = (),
) -> Page:
    """Named accounts per tier against the caps, candidates, paused ones, and a button to each page the person may use.

    `to_set_up` is the checklist of an admin, above the buttons.
    """
    tiers = [(tier, counts.get(tier, 0), cap) for tier, cap in caps(settings).items()]
    title = words.raw("account.list_title", named=sum(counts.values()), candidates=candidates, paused=paused)
    items = (
        Heading(words.raw("program.menu_heading")),
        Text(words.say("program.menu_counts", tiers=tiers, candidates=candidates, paused=paused)),
        *(settle_note(tiers, words) if may(person, Deed.DECIDE) else ()),
        *to_set_up,
        *menu_buttons(person, words),
        Note(words.say("program.menu_note")),
    )
    return Page(title, items, key="menu")


def menu_buttons(person: PersonFacts, words: Words, *, without: Collection[str] = ()) -> tuple[Buttons, ...]:
    """A row of buttons for each group of places that the person may go to, `without` some of them."""
    rows = (
        tuple(labelled(words, each.action) for each in row if may(person, each.deed) and each.action not in without)
        for row in MENU
    )
    return tuple(Buttons(row) for row in rows if row)
