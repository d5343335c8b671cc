"""Take up mails that are due, compose what they say at that moment, and note what became of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.facts.program.mail import Attachment, MailContent, MailKind, MailOutcome
from agendas.facts.program.reports import ReportKind
from agendas.rendering.words import Words
from agendas.verbs.loading.load_facts import names
from agendas.verbs.privacy.audience import seen_by
from agendas.verbs.reports.files import HTML, report
from storage.delivery import mails
from storage.tables import MailState

LEASE = timedelta(minutes=10)
"""Ours: far longer than a mail server may take, so that one that is still being sent then was left by a crash."""
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""Ours: waits before each further try; after the last the mail is refused."""
LEFT = "the program stopped while it was being sent"
ERROR_CHARACTERS = 300

_STATES = {
    MailOutcome.SENT: MailState.SENT,
    MailOutcome.REFUSED: MailState.REFUSED,
    MailOutcome.IN_DOUBT: MailState.IN_DOUBT,
    MailOutcome.LATER: MailState.WAITING,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that this process sends now."""

    workspace_id: str
    id: int


def take_up(session: Session, now: datetime) -> Taken | None:
    """Take the next mail that is due, None when there is none; mails left by a process that stopped are in doubt."""
    mails.doubt_left(session, now, LEFT)
    row = mails.claim(session, now=now, lease=LEASE)
    return Taken(row.workspace_id, row.row_id) if row is not None else None


def content(session: Session, taken: Taken, *, words: Words, now: datetime) -> MailContent | None:
    """Return the mail's content as it is now, None where its address was removed or its code has no use any more.

    Its reader is outside the workspace: private accounts are left out.
    """
    row = mails.get(session, taken.workspace_id, taken.id)
    known = {each.address: each for each in mails.addresses(session, taken.workspace_id)}
    address = known.get(row.address) if row else None
    if row is None or address is None or (row.kind == MailKind.CODE and not address.code):
        return None
    by = names(session, row.workspace_id, [address.added_by]).get(address.added_by, address.added_by)
    key = f"{row.workspace_id}:{row.key}"
    if row.kind == MailKind.CODE:
        said = words.raw("mail.code_text", code=address.code, by=by, address=row.address)
        return MailContent(row.address, words.raw("mail.code_subject"), said, key)
    with seen_by(session, Audience(row.workspace_id), now):
        made = report(session, row.workspace_id, ReportKind(row.kind), row.month, words=words, now=now)
    text = words.raw("mail.report_text", title=made.page.title, by=by, added_at=address.added_at)
    attachment = Attachment(made.name(HTML), made.content(HTML).decode())
    return MailContent(row.address, made.page.title, text, key, (attachment,))


def settle(session: Session, taken: Taken, outcome: MailOutcome, *, error: str = "", now: datetime) -> None:
    """Note what became of the mail; one to be tried later is refused after its last try."""
    row = mails.find(session, taken.workspace_id, taken.id)
    if row is None or row.state != MailState.SENDING:
        return
    is_last = row.attempts > len(RETRY_AFTER)
    if outcome is MailOutcome.LATER and not is_last:
        row.due_at = now + RETRY_AFTER[row.attempts - 1]
    row.state = _STATES[MailOutcome.REFUSED if outcome is MailOutcome.LATER and is_last else outcome]
    row.last_error, row.changed_at, row.leased_until = error[:ERROR_CHARACTERS], now, None
    mails.save(session, row)
