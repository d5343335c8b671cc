"""Say in the channel that somebody moved, skipped, held, paused or resumed its reviews."""

from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.people import Author
from storage.delivery import outbox
from storage.delivery.subjects import CadenceChangeSubject, to_json
from storage.tables import Cadence, Letter, LetterKind


def announce(
    session: Session,
    author: Author,
    row: Cadence,
    *,
    what: str,
    planned_on: date | None = None,
    moved_to: datetime | None = None,
    because: str = "",
) -> None:
    """Queue the message to the channel of a cadence: `what` is moved, skipped, held, paused or resumed."""
    subject = CadenceChangeSubject(
        what=what,
        by=author.user_id,
        zone=row.zone,
        planned_on=planned_on.isoformat() if planned_on else "",
        moved_to=moved_to.isoformat() if moved_to else "",
        because=because,
        next_at=row.next_at.isoformat() if row.next_at and not row.is_paused else "",
    )
    letter = Letter(
        workspace_id=author.workspace_id,
        key=f"cadence:{row.row_id}:{what}:{author.at.timestamp()}",
        kind=LetterKind.POST,
        page="cadence_change",
        subject=to_json(subject),
        channel_id=row.channel_id,
        created_at=author.at,
        due_at=author.at,
    )
    outbox.queue(session, letter)
