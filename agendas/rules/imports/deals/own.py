"""Opportunities in a file of our own: known by account and name where they have no id, with phases in words."""

from agendas.facts.deals import Phase
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.record_ids import read_id
from agendas.text.account_names import normal_key

OWN_SYSTEM = "own"
"""System of opportunities that are of no CRM."""

NAMED = f"{OWN_SYSTEM}:="
"""Beginning of the key of a row without an id, until it is known which opportunity it means."""

PHASES = {phase.value: phase for phase in Phase} | {"closed won": Phase.WON, "closed lost": Phase.LOST}


def own_key(cells: Cells) -> str:
    """The opportunity's key: its CRM's id, else NAMED with its account and name as they stand; '' without either."""
    number = read_id(cells.system, cells.text("id"))
    if number is None:
        return ""
    if number:
        return f"{cells.system or OWN_SYSTEM}:{number}"
    account, name = normal_key(cells.text("account")), normal_key(cells.text("name"))
    if not (account and name):
        return ""
    return f"{NAMED}{account}/{name}"


def own_phase(cells: Cells) -> Phase | None:
    """The phase in the row's own words, or that its stage is the name of; None where neither says one."""
    said = cells.text("phase")
    phase = PHASES.get(said.casefold())
    if said and phase is None:
        cells.not_understood("phase", said)
    return phase or PHASES.get(cells.text("stage").casefold())
