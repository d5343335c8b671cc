"""/abm: the menu, help, health and export; its other words come from their subjects."""

from handlers.menu import export, pages
from handlers.subject import Subject

MENU = Subject(
    abm_words={"export": export.export, "health": pages.health, "help": pages.show_help},
    buttons={"abm.help": pages.help_button},
)
