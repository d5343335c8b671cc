"""Record a change, show it where the account is being reviewed, and tell those whom it asks for something."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.events import Change
from agendas.facts.evidence import Evidence
from agendas.facts.people import Author
from agendas.verbs.notices.telling import tell_at_once
from agendas.verbs.record.record import Found, Recorded, record
from agendas.verbs.record.show import show_update
from agendas.verbs.record.show_decided import show_decided
from agendas.verbs.record.show_reminders import show_in_reminders


def tell(
    session: Session,
    author: Author,
    account_id: int,
    change: Change,
    *,
    evidence: Sequence[Evidence] = (),
    happened_at: datetime | None = None,
    found: Found | None = None,
) -> Recorded:
    """Record the change, show it in the review, and tell whom it asks for something; other arguments as in `record`."""
    recorded = record(session, author, account_id, change, evidence=evidence, happened_at=happened_at, found=found)
    show_update(session, author, recorded)
    show_decided(session, author, change)
    tell_at_once(session, author, recorded.event, recorded.after)
    show_in_reminders(session, author)
    return recorded
