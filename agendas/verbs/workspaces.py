"""A workspace: its checklist at the beginning, and its removal."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import Author
from agendas.facts.program import SetupStep, TrailSubject
from agendas.rules.access import MAY_BE_LEFT_OUT
from agendas.verbs.trail import note_change, subject_of
from storage import trail, workspaces

# Steps of setting up that an admin decided not to take; the audit trail keeps them.


def leave_out(session: Session, author: Author, step: SetupStep) -> None:
    """Leave the step out of the checklist, once. Raises Outdated for a step that has to be taken."""
    if step not in MAY_BE_LEFT_OUT:
        raise Outdated("This step cannot be left out. Look at the checklist again with /abm.")
    if left_out(session, author.workspace_id, step):
        return
    note_change(session, author, TrailSubject.SETUP, step.value, after={"left_out": True})


def left_out(session: Session, workspace_id: str, step: SetupStep) -> bool:
    if step not in MAY_BE_LEFT_OUT:
        return False
    return bool(trail.of_subject(session, workspace_id, subject_of(TrailSubject.SETUP, step.value)))


# Removal of the bot from a workspace.


def remove_workspace(session: Session, workspace_id: str, *, gone_at: datetime) -> bool:
    """Stop all work for the workspace. True when it did; False when the bot was installed there again since."""
    return workspaces.deactivate(session, workspace_id, gone_at=gone_at, is_removed=True)
