"""Steps of setting up that an admin decided not to take; the audit trail keeps them."""

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import Author
from agendas.facts.program.health import SetupStep
from agendas.rules.access.setup import MAY_BE_LEFT_OUT
from storage import people

CANNOT = "This step cannot be left out. Look at the checklist again with /abm."


def leave_out(session: Session, author: Author, step: SetupStep) -> None:
    """Leave the step out of the checklist, once. Raises Outdated for a step that has to be taken."""
    if step not in MAY_BE_LEFT_OUT:
        raise Outdated(CANNOT)
    if left_out(session, author.workspace_id, step):
        return
    people.add_audit_entry(
        session,
        workspace_id=author.workspace_id,
        actor=author.user_id,
        at=author.at,
        subject=_subject(step),
        before=None,
        after={"left_out": True},
    )


def left_out(session: Session, workspace_id: str, step: SetupStep) -> bool:
    """Return whether an admin left the step out."""
    return bool(people.audit_entries(session, workspace_id, _subject(step))) if step in MAY_BE_LEFT_OUT else False


def _subject(step: SetupStep) -> str:
    return f"setup:{step.value}"
