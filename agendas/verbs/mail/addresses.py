"""Add, confirm and remove the addresses that the executive review is mailed to."""

import hmac
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.errors import NotUnderstood, Refused
from agendas.facts.people import Author
from agendas.facts.program.mail import MailAddressFacts, MailFacts, MailKind, MailTrouble
from agendas.facts.program.trail import TrailSubject
from agendas.rules.access.mail_addresses import read_address
from agendas.text.limits import shown
from agendas.verbs.mail.planned import next_mail_at
from agendas.verbs.trail.note import note_change
from storage import workspaces
from storage.delivery import mails
from storage.tables import Mail, MailAddress, MailState

MOST_ADDRESSES = 20
"""Ours: more readers than that are a mailing list, which is one address."""
CODE_DAYS = 2
CODE_TRIES = 5
CODE_WAIT = timedelta(minutes=10)
"""Ours: so long nobody is mailed another code."""
TROUBLES_TOLD = timedelta(days=31)


def facts(session: Session, workspace_id: str, *, now: datetime) -> MailFacts:
    """Return the addresses, and the mails of the last month that did not arrive or may not have."""
    return MailFacts(
        tuple(
            MailAddressFacts(row.row_id, row.address, row.added_by, row.added_at, row.confirmed_at)
            for row in mails.addresses(session, workspace_id)
        ),
        troubles(session, workspace_id, now=now),
    )


def troubles(session: Session, workspace_id: str, *, now: datetime) -> tuple[MailTrouble, ...]:
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
        for row in mails.in_trouble(session, workspace_id, since=now - TROUBLES_TOLD)
    )


def add(session: Session, author: Author, typed: str, *, code: str) -> str:
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
    mails.queue(session, _code_mail(author, address))
    note_change(session, author, TrailSubject.MAIL, address, after={"state": "added"})
    return address


def confirm(session: Session, author: Author, address_typed: str, code: str) -> bool:
    """Confirm the address and return True; False for a code that is not the one mailed there last, which counts.

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


def remove(session: Session, author: Author, address_typed: str) -> str:
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


def _code_mail(author: Author, address: str) -> Mail:
    return Mail(
        workspace_id=author.workspace_id,
        key=f"code:{author.at.isoformat()}:{address}",
        address=address,
        kind=MailKind.CODE,
        created_at=author.at,
        due_at=author.at,
        changed_at=author.at,
    )
