"""Read of what is set up in a workspace, for its admins."""

from collections.abc import Iterator

from sqlmodel import Session

from agendas.facts.people import Function, Lead
from agendas.facts.program.health import OwnerlessAccount, SetupFacts, SetupStep
from agendas.rules.access import permissions
from agendas.verbs.loading.rows import person_facts
from agendas.verbs.workspaces.checklist import left_out
from storage import account_list, accounts, imports, people, responsibilities, reviews, workspaces


def setup_facts(session: Session, workspace_id: str) -> SetupFacts:
    """Return the state of the workspace's set-up."""
    workspace = workspaces.get(session, workspace_id)
    granted = workspace.scopes if workspace else ""
    taken = {row.function for row in people.with_function(session, workspace_id)}
    counts = account_list.counts(session, workspace_id)
    return SetupFacts(
        cadences=len(reviews.cadences(session, workspace_id)),
        named=sum(count for (status, _), count in counts.items() if status == "named"),
        ownerless=tuple(OwnerlessAccount(*each) for each in accounts.without_owner(session, workspace_id)),
        without_function=len(responsibilities.taking_part_without_function(session, workspace_id)),
        empty_functions=tuple(each for each in Function if each.value not in taken),
        admins=len(people.admins(session, workspace_id)),
        has_imported=bool(imports.runs(session, workspace_id, limit=1)),
        missing_permissions=permissions.missing(granted) if granted else (),
        without_lead=tuple(each.function for each in _leads(session, workspace_id) if not each.can_be_asked),
        left_out=frozenset(step for step in SetupStep if left_out(session, workspace_id, step)),
    )


def _leads(session: Session, workspace_id: str) -> Iterator[Lead]:
    found = people.leads(session, workspace_id)
    for function in Function:
        yield Lead(function, person_facts(found[function]) if function in found else None)
