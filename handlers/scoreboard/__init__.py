"""The scoreboard of a month."""

from handlers.scoreboard import pages
from handlers.subject import Subject

SCOREBOARD = Subject(
    abm_words={"scoreboard": pages.show},
    buttons={"scoreboard.more": pages.more, "scoreboard.all": pages.whole},
)
"""The scoreboard, its further accounts, and the page without its filter."""
