"""Steps of setting up the program, and those that are still to be taken."""

from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.people import Function


class SetupStep(StrEnum):
    """A step of setting up, in the order in which they are taken."""

    PERMISSIONS = "permissions"
    """Slack gave the app what it cannot work without."""
    ADMINS = "admins"
    IMPORT = "import"
    NAMED = "named"
    OWNERS = "owners"
    PEOPLE = "people"
    """Everybody who takes part has a function."""
    FUNCTIONS = "functions"
    """Each function has somebody."""
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class OwnerlessAccount:
    """A named account that nobody owns."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """State of the program's set-up.

    Args:
        cadences: channels with a cadence.
        named: named accounts.
        ownerless: those of them that nobody owns, by tier and name.
        without_function: number of people who take part and have no function.
        empty_functions: functions that nobody has.
        admins: number of active admins.
        has_imported: true once a file was imported.
        missing_permissions: Slack's scopes that the app cannot work without and does not have.
        left_out: steps that an admin decided not to take.
    """

    cadences: int
    named: int
    ownerless: tuple[OwnerlessAccount, ...]
    without_function: int
    empty_functions: tuple[Function, ...]
    admins: int
    has_imported: bool
    missing_permissions: tuple[str, ...] = ()
    left_out: frozenset[SetupStep] = frozenset()
