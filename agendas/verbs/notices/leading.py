"""Tell a person that somebody made them the facilitator of a cadence."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.verbs.notices.kinds import LEADS_NOW
from agendas.verbs.notices.queue import queue_notices
from storage.delivery.brief_subjects import LeadsSubject
from storage.delivery.subjects import to_json
from storage.tables import Cadence, Letter, LetterKind


def tell_facilitator(session: Session, author: Author, row: Cadence, before: str) -> None:
    """Queue the message where the facilitator is another person than before, and not the author.

    Whoever leads it now is briefed of the next review, whoever was briefed before.
    """
    if row.facilitator == before:
        return
    row.briefed_on = None
    session.add(row)
    if row.facilitator in ("", author.user_id):
        return
    letter = Letter(
        workspace_id=author.workspace_id,
        key=f"leads:{row.row_id}:{row.facilitator}:{author.at.timestamp()}",
        kind=LetterKind.DIRECT,
        page=LEADS_NOW,
        subject=to_json(LeadsSubject(row.row_id, author.user_id)),
        user_id=row.facilitator,
        created_at=author.at,
        due_at=author.at,
    )
    queue_notices(session, [letter])
