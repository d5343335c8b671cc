"""The mails that go out by themselves: the executive review of each month that ended."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.facts.program.mail import MailKind
from agendas.text.date_forms import add_months
from agendas.text.days import local_date
from storage import workspaces
from storage.delivery import mails
from storage.tables import Mail

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
        month = f"{_month_ended(local_date(now, zone)):%Y-%m}"
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


def _month_ended(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)
