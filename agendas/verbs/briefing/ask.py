"""Ask somebody for something before a review, or remind them of the updates that they owe."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.people import Author
from agendas.rendering.filters import day, time_of_day
from agendas.text.days import day_said, local_date
from agendas.verbs.briefing.choose import next_review
from agendas.verbs.briefing.shown import show_again
from agendas.verbs.loading.days_away import absent_among
from agendas.verbs.notices.kinds import ASKED_BEFORE
from agendas.verbs.notices.queue import queue_notices, who_may_act
from agendas.verbs.updates.updates import full_member
from storage import people
from storage.delivery import letter_keys, outbox
from storage.delivery.brief_subjects import AskedBeforeSubject
from storage.delivery.subjects import to_json
from storage.tables import Letter, LetterKind

CANNOT_ANSWER = "That person is an observer here and can record nothing. Choose somebody else."
AWAY = "{} is away until {}, so nothing was sent. {}"
WANTS_NONE = "That person switched messages about preparing reviews off, so nothing was sent. Ask them yourself."
TOO_LATE = (
    "It would reach that person only on {} {}, after the review begins, so nothing was sent: ask them yourself, or "
    "move the review."
)


class Asking(NamedTuple):
    """A person and the words for them, '' to remind them; the same `once` is sent once."""

    user_id: str
    text: str
    once: str


def ask_before(session: Session, author: Author, cadence_id: int, planned_on: date, *, asking: Asking) -> None:
    """Queue a direct message to the person, within what they get in a week, once.

    Raises Refused where the review has begun, or the person cannot answer, is away, wants no such messages, or gets
    them only after it begins: in their digest, or as their week is full; NotAMember.
    """
    row = next_review(session, author, cadence_id, planned_on)
    full_member(session, author, asking.user_id)
    if not who_may_act(session, author.workspace_id, (asking.user_id,)):
        raise Refused(CANNOT_ANSWER)
    _require_there(session, author, asking.user_id)
    meets_on = local_date(row.next_at or author.at, row.zone)
    letter = Letter(
        workspace_id=author.workspace_id,
        key=letter_keys.of_brief(row.row_id, meets_on, asking.once),
        kind=LetterKind.DIRECT,
        page=ASKED_BEFORE,
        subject=to_json(AskedBeforeSubject(row.row_id, planned_on.isoformat(), author.user_id, asking.text)),
        user_id=asking.user_id,
        created_at=author.at,
        due_at=author.at,
        not_after=row.next_at,
    )
    key = letter.key
    queue_notices(session, [letter])
    queued = outbox.by_key(session, author.workspace_id, key)
    if queued is None:
        raise Refused(WANTS_NONE)
    if row.next_at is not None and queued.due_at >= row.next_at:
        raise Refused(TOO_LATE.format(day(queued.due_at, row.zone), time_of_day(queued.due_at, row.zone)))
    show_again(session, row, author)


def remind_before(session: Session, author: Author, cadence_id: int, planned_on: date, *, whom: str) -> None:
    """Remind the person of the updates that they owe, once for a review. Raises as `ask_before`."""
    ask_before(session, author, cadence_id, planned_on, asking=Asking(whom, "", f"remind:{whom}"))


def _require_there(session: Session, author: Author, user_id: str) -> None:
    """Raise Refused for somebody who is away, with who stands in."""
    for person in absent_among(session, author.workspace_id, (user_id,), author.at):
        stand_in = people.find(session, author.workspace_id, person.stand_in) if person.stand_in else None
        instead = f"Ask {stand_in.name}, who stands in." if stand_in is not None else "Nobody stands in."
        raise Refused(
            AWAY.format(person.name, day_said(person.away_until or local_date(author.at, author.zone)), instead)
        )
