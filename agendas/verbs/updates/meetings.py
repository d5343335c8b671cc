"""Meetings of our executives with the buyer's."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.group import Contact
from agendas.facts.interventions.events import ExecutiveMet
from agendas.facts.people import Author
from agendas.rules.executive.met_words import MeetingTold
from agendas.rules.group.people_named import contact_named
from agendas.text.days import day_said, local_date
from agendas.text.evidence import take_links
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates.open_accounts import find_open
from agendas.verbs.updates.updates import full_member


def record_meeting(session: Session, author: Author, account_id: int, told: MeetingTold) -> Recorded:
    """Record that somebody of ours met somebody of theirs, on the day that it was.

    Who met us acted too, so the meeting ends the buyer's silence. Raises FieldProblems for a day to come, NotAMember
    for somebody of ours who is no active full member, Refused when the account left the list.
    """
    found = find_open(session, author, account_id)
    ours = full_member(session, author, told.ours or author.user_id)
    happened_at = _instant(author, told.on)
    contact = contact_named(told.theirs, found.state.contacts)
    met = ExecutiveMet(ours, _with_title(told.theirs, contact), told.text, contact.id if contact else None)
    evidence = _evidence(met, happened_at)
    return tell(session, author, account_id, met, evidence=(evidence,), happened_at=happened_at, found=found)


def _instant(author: Author, on: date | None) -> datetime:
    """Return the instant of the meeting: the author's now, or the noon of an earlier day where the author is."""
    today = local_date(author.at, author.zone)
    if on is None or on == today:
        return author.at
    if on > today:
        raise FieldProblems({"on": f"{day_said(on, today)} has not come yet. Record the meeting once it was held."})
    return datetime.combine(on, time(12), ZoneInfo(author.zone)).astimezone(UTC)


def _with_title(written: str, contact: Contact | None) -> str:
    """The name and title as known of the person of the group; as written where nobody there is meant."""
    if contact is None:
        return " ".join(written.split())
    title = contact.profile.title or written.partition(",")[2].strip()
    return f"{contact.profile.name}, {title}" if title else contact.profile.name


def _evidence(met: ExecutiveMet, happened_at: datetime) -> Evidence:
    url = next((link.url for link in take_links(met.text, happened_at)[1]), "")
    return Evidence(
        "meeting",
        happened_at,
        url=url,
        kind="meeting",
        actor=EvidenceActor.BUYER,
        act=BuyerAct.MEETING,
        contact_ids=(met.contact_id,) if met.contact_id else (),
    )
