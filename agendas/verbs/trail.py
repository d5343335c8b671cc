"""The audit trail: entries noted, and what is decided by them: what a review takes up, setup steps left out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program import ReportKind, SetupStep, TrailSubject
from agendas.facts.reviews import AgendaItem
from agendas.rendering.mrkdwn import OPERATOR
from agendas.rules.access import MAY_BE_LEFT_OUT
from agendas.rules.preparing import Chosen, chosen_of
from agendas.verbs.loading import slot_of
from storage import trail, workspaces
from storage.models.reviews import Cadence, Review
from storage.models.types import JsonValue

# Entries of the audit trail, noted in the transaction of the change.


def note_change(
    session: Session,
    author: Author,
    about: TrailSubject,
    of: object = "",
    *,
    before: JsonValue = None,
    after: JsonValue = None,
    account_id: int | None = None,
) -> None:
    """Note that the author changed something of the kind `about` with the id `of`; `account_id`: its account, if any.

    `before` and `after` may hold no secret, and no text of a conversation: admins read them.
    """
    trail.add_entry(
        session,
        workspace_id=author.workspace_id,
        actor=author.user_id,
        at=author.at,
        subject=subject_of(about, of),
        before=before,
        after=after,
        account_id=account_id,
    )


def subject_of(about: TrailSubject, of: object = "") -> str:
    """Return the subject as the trail keeps it: `review:12`, or its kind alone."""
    return f"{about.value}:{of}" if of != "" else about.value


def note_export(session: Session, author: Author) -> None:
    """Note that the author exported the data; not how many rows, which would reveal private accounts."""
    note_change(session, author, TrailSubject.EXPORT)


def note_report(session: Session, author: Author, kind: ReportKind, *, file_name: str) -> None:
    note_change(session, author, TrailSubject.REPORT, kind.value, after={"file_name": file_name})


def note_restore(session: Session, *, file_name: str, now: datetime) -> None:
    for workspace in workspaces.get_all(session):
        author = Author(workspace.id, OPERATOR, Source.SYSTEM, now)
        note_change(session, author, TrailSubject.RESTORE, after={"file_name": file_name})


# Choices of somebody for a planned review, as the review obeys them when it opens.


def chosen_for(cadence: Cadence | None, slot: str, planned_on: date) -> Mapping[int, Chosen]:
    """Return what was chosen for the planned date, by account id; nothing for a review on request."""
    if cadence is None or slot != slot_of(cadence.row_id, planned_on):
        return {}
    return chosen_of(cadence.chosen, planned_on)


def note_chosen(session: Session, review: Review, items: Sequence[AgendaItem], chosen: Mapping[int, Chosen]) -> None:
    """Note who chose the part that an account has in the review that opens, where it has it; the header shows that."""
    for item in items:
        account_id = item.facts.account.account_id
        choice = chosen.get(account_id)
        if choice is not None and choice.part is item.part:
            author = Author(review.workspace_id, choice.by, Source.SYSTEM, review.opened_at)
            after = {"account_id": account_id, "part": item.part.value}
            note_change(session, author, TrailSubject.REVIEW, review.row_id, after=after, account_id=account_id)


# Steps of setting up that an admin decided not to take; the audit trail keeps them.


def leave_out(session: Session, author: Author, step: SetupStep) -> None:
    """Leave the step out of the checklist, once. Raises Outdated for a step that has to be taken."""
    if step not in MAY_BE_LEFT_OUT:
        raise Outdated("This step cannot be left out. Look at the checklist again with /abm.")
    if left_out(session, author.workspace_id, step):
        return
    note_change(session, author, TrailSubject.SETUP, step.value, after={"left_out": True})


def left_out(session: Session, workspace_id: str, step: SetupStep) -> bool:
    """Return true if an admin left out this step of setting up."""
    if step not in MAY_BE_LEFT_OUT:
        return False
    return bool(trail.of_subject(session, workspace_id, subject_of(TrailSubject.SETUP, step.value)))
