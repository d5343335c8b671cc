"""What a query found: its page, and what the page showed."""

from dataclasses import dataclass

from agendas.rendering.page import Page


@dataclass(frozen=True, slots=True)
class Found:
    """The answer's page, and what follow-ups can stand on.

    `listed` are ids of the accounts that the page names, in its order; `items` those of the events that it shows.
    """

    page: Page
    listed: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
