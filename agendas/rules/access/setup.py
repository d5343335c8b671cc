"""Steps of setting up that are still to be taken."""

from agendas.facts.program.health import SetupFacts, SetupStep

ADMINS_ADVISED = 2
"""One may be away when rights have to be given."""

MAY_BE_LEFT_OUT = frozenset({SetupStep.IMPORT, SetupStep.FUNCTIONS, SetupStep.LEADS})
"""Not every company has a CRM, or somebody for each function, or a lead of it."""


def open_steps(facts: SetupFacts) -> tuple[SetupStep, ...]:
    """Return the steps still to be taken, in their order; none once all is set up."""
    is_open = {
        SetupStep.PERMISSIONS: bool(facts.missing_permissions),
        SetupStep.ADMINS: facts.admins < ADMINS_ADVISED,
        SetupStep.IMPORT: not facts.has_imported,
        SetupStep.NAMED: not facts.named,
        SetupStep.OWNERS: bool(facts.ownerless),
        SetupStep.PEOPLE: bool(facts.without_function),
        SetupStep.FUNCTIONS: bool(facts.empty_functions),
        SetupStep.LEADS: bool(facts.without_lead),
        SetupStep.CADENCE: not facts.cadences,
    }
    left_out = facts.left_out & MAY_BE_LEFT_OUT
    return tuple(step for step in SetupStep if is_open[step] and step not in left_out)
