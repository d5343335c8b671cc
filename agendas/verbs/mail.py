"""Pages by e-mail: the addresses that they go to, and the mails on their way."""

import hmac
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import NotUnderstood, Refused
from agendas.facts.audience import Audience
from agendas.facts.people import Author
from agendas.facts.program import (
    Attachment,
    MailAddressFacts,
    MailContent,
    MailFacts,
    MailKind,
    MailOutcome,
    MailTrouble,
    ReportKind,
    TrailSubject,
)
from agendas.rendering.words import Words
from agendas.rules.access import read_address
from agendas.text.dates import add_months, local_date
from agendas.text.limits import shown
from agendas.verbs.loading import names
from agendas.verbs.privacy import seen_by
from agendas.verbs.reports import HTML, report
from agendas.verbs.trail import note_change
from storage import mails, workspaces
from storage.models.delivery import Mail, MailAddress, MailState

# The mails that go out by themselves: the executive review of each month that ended.

MAILED_AT = time(7)
"""Local time on the first day of a month. Ours: before the day's first meeting."""
BATCH = 200


def next_mail_at(now: datetime, zone: str) -> datetime:
    """Return the instant of the next mail: the morning of the first day of the next month."""
    first = add_months(local_date(now, zone).replace(day=1), 1)
    return datetime.combine(first, MAILED_AT, ZoneInfo(zone)).astimezone(now.tzinfo)


def queue_planned(session: Session, now: datetime) -> int:
    """Queue the page of the month that ended last to every address whose mail is due; return how many.

    What was missed for longer is not sent: the page of an older month tells nobody anything new. Where nothing was
    planned, after a restore, the next month is: this one's page may have been sent.
    """
    queued = 0
    for row in mails.due_addresses(session, now, BATCH):
        zone = workspaces.zone(session, row.workspace_id)
        is_planned = row.next_at is not None
        row.next_at = next_mail_at(now, zone)
        mails.save(session, row)
        if not is_planned:
            continue
        month = f"{local_date(now, zone).replace(day=1) - timedelta(days=1):%Y-%m}"
        mail = Mail(
            workspace_id=row.workspace_id,
            key=f"{MailKind.EXECUTIVE.value}:{month}:{row.address}",
            address=row.address,
            kind=MailKind.EXECUTIVE,
            month=month,
            created_at=now,
            due_at=now,
            changed_at=now,
        )
        queued += mails.queue(session, mail)
    return queued


# Add, confirm and remove the addresses that the executive review is mailed to.

MOST_ADDRESSES = 20
"""Ours: more readers than that are a mailing list, which is one address."""
CODE_DAYS = 2
CODE_TRIES = 5
CODE_WAIT = timedelta(minutes=10)
"""Ours: so long nobody is mailed another code."""
TROUBLES_SHOWN_FOR = timedelta(days=31)


def mail_facts(session: Session, workspace_id: str, *, now: datetime) -> MailFacts:
    """Return the addresses, and the mails of the last month that did not arrive or may not have."""
    return MailFacts(
        tuple(
            MailAddressFacts(row.row_id, row.address, row.added_by, row.added_at, row.confirmed_at)
            for row in mails.addresses(session, workspace_id)
        ),
        mail_troubles(session, workspace_id, now=now),
    )


def mail_troubles(session: Session, workspace_id: str, *, now: datetime) -> tuple[MailTrouble, ...]:
    """Return the mails of the last month that did not arrive or may not have, newest first."""
    return tuple(
        MailTrouble(
            row.row_id,
            row.address,
            MailKind(row.kind),
            row.month,
            row.state == MailState.IN_DOUBT,
            row.last_error,
            row.changed_at,
        )
        for row in mails.in_trouble(session, workspace_id, since=now - TROUBLES_SHOWN_FOR)
    )


def add_address(session: Session, author: Author, typed: str, *, code: str) -> str:
    """Queue a mail with the code to the address and return it; nothing else goes there until the code is typed.

    Raises NotUnderstood for no address; Refused for one that is confirmed, or was mailed a code just now.
    """
    address = read_address(typed)
    workspaces.lock(session, author.workspace_id)
    row = mails.find_address(session, author.workspace_id, address)
    if row is None and len(mails.addresses(session, author.workspace_id)) >= MOST_ADDRESSES:
        raise Refused(
            f"There are {MOST_ADDRESSES} addresses, the most there can be. Remove one, or use a mailing list."
        )
    if row is not None and row.confirmed_at is not None:
        raise Refused(f"{address} is confirmed already: the executive review goes there each month.")
    if row is not None and row.added_at > author.at - CODE_WAIT:
        raise Refused(f"A code was mailed to {address} a short while ago. Type it, or ask for another in ten minutes.")
    row = row or MailAddress(workspace_id=author.workspace_id, address=address, added_by="", added_at=author.at)
    row.code, row.tries_left, row.code_until = code, CODE_TRIES, author.at + timedelta(days=CODE_DAYS)
    row.added_by, row.added_at = author.user_id, author.at
    mails.save(session, row)
    mails.drop_waiting(session, row)
    mails.queue(
        session,
        Mail(
            workspace_id=author.workspace_id,
            key=f"code:{author.at.isoformat()}:{address}",
            address=address,
            kind=MailKind.CODE,
            created_at=author.at,
            due_at=author.at,
            changed_at=author.at,
        ),
    )
    note_change(session, author, TrailSubject.MAIL, address, after={"state": "added"})
    return address


def confirm(session: Session, author: Author, address_typed: str, code: str) -> bool:
    """Confirm the address and return True; False, and one try less, for another code than the one mailed there last.

    Raises NotUnderstood for an address that nobody added, Refused where its code ran out.
    """
    row = _known(session, author, address_typed)
    if row.confirmed_at is not None:
        return True
    if row.code_until < author.at or row.tries_left <= 0:
        raise Refused(f"The code of {row.address} does not count any more. Have another mailed: add the address again.")
    if not hmac.compare_digest(row.code.encode(), "".join(code.split()).encode()):
        row.tries_left -= 1
        mails.save(session, row)
        return False
    zone = workspaces.zone(session, author.workspace_id)
    row.code, row.tries_left, row.confirmed_at = "", 0, author.at
    row.next_at = next_mail_at(author.at, zone)
    mails.save(session, row)
    mails.drop_waiting(session, row)
    note_change(session, author, TrailSubject.MAIL, row.address, after={"state": "confirmed"})
    return True


def remove_address(session: Session, author: Author, address_typed: str) -> str:
    """Remove the address and the mails that wait to go there, and return it. Raises NotUnderstood where it is none."""
    row = _known(session, author, address_typed)
    address = row.address
    mails.remove_address(session, row)
    note_change(session, author, TrailSubject.MAIL, address, after={"state": "removed"})
    return address


def send_again(session: Session, author: Author, mail_id: int) -> str:
    """Queue a mail again that did not arrive, or may not have, and return its address. Raises Refused for any other."""
    row = mails.find(session, author.workspace_id, mail_id)
    if row is None or row.state not in mails.IN_TROUBLE:
        raise Refused("That mail is on its way or sent already.")
    row.state, row.due_at, row.changed_at, row.attempts = MailState.WAITING, author.at, author.at, 0
    mails.save(session, row)
    return row.address


def _known(session: Session, author: Author, typed: str) -> MailAddress:
    row = mails.find_address(session, author.workspace_id, read_address(typed))
    if row is None:
        raise NotUnderstood(f"{shown(typed)} is none of the addresses. See them with /abm mail.")
    return row


# Take up mails that are due, compose what they say at that moment, and note what became of them.

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
    """Claim the next mail that is due, None when there is none; first mark those of stopped processes as in doubt."""
    mails.mark_maybe_sent(session, now, LEFT)
    row = mails.claim(session, now=now, lease=LEASE)
    return Taken(row.workspace_id, row.row_id) if row is not None else None


def mail_content(session: Session, taken: Taken, *, words: Words, now: datetime) -> MailContent | None:
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
        text = words.raw("notices.mail_code_text", code=address.code, by=by, address=row.address)
        return MailContent(row.address, words.raw("notices.mail_code_subject"), text, key)
    with seen_by(session, Audience(row.workspace_id), now):
        made = report(session, row.workspace_id, ReportKind(row.kind), row.month, words=words, now=now)
    text = words.raw("notices.mail_report_text", title=made.page.title, by=by, added_at=address.added_at)
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
