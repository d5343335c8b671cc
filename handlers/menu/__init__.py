"""/abm: the menu, the checklist of admins, help, health and export; its other words come from their subjects."""

from agendas.pages.admin.refusals import RUN
from agendas.pages.list.menu import MENU as ENTRIES
from handlers.menu import export, pages, setup
from handlers.subject import Subject

MENU = Subject(
    abm_words={"export": export.export, "health": pages.health, "help": pages.show_help},
    buttons={
        "abm.help": pages.help_button,
        RUN: pages.run_offered,
        "setup.owner": setup.choose_owner,
        **{entry.action: pages.runs(entry) for row in ENTRIES for entry in row if entry.command},
    },
)
